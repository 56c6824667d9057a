#include "checker/interleave/orders.h"

#include <algorithm>

#include "checker/explore/search.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

bool alike(const std::vector<Datum>& a, const std::vector<Datum>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Datum& x, const Datum& y) {
    return may_equal(x, y) || may_equal(y, x);
  });
}

}  // namespace

std::optional<std::set<ir::StateId>> Orders::nearest(const std::vector<CallEnd>& ends,
                                                     const interp::State& after) const {
  Nearest best;
  follow(from_, 0, ends, after, best);
  return best;
}

void Orders::follow(const interp::State& state, std::uint32_t done,
                    const std::vector<CallEnd>& ends, const interp::State& after,
                    Nearest& best) const {
  if (best && best->empty()) return;
  if (done + 1 == std::uint32_t{1} << calls_.size()) {
    std::set<ir::StateId> differs = lifter_.differences(state, after);
    if (!best || differs.size() < best->size()) best = std::move(differs);
    return;
  }
  for (std::size_t c = 0; c < calls_.size(); ++c) {
    if ((done >> c & 1) != 0) continue;
    std::vector<interp::RacingCall> others;
    for (std::size_t o = 0; o < calls_.size(); ++o)
      if (o != c) others.push_back({calls_[o].action, calls_[o].args});
    interp::RunOptions how = call_options();
    how.racing = &others;
    for (const interp::Outcome& end :
         alone_.outcomes(state, calls_[c].action, calls_[c].args, how)) {
      if (end.result != ends[c].result || !alike(end.outputs, ends[c].outputs)) continue;
      follow(end.next, done | std::uint32_t{1} << c, ends, after, best);
    }
  }
}

}  // namespace gms::check
