#include "checker/interleave/dependence.h"

#include <array>
#include <set>

#include "checker/conform/reach.h"
#include "checker/explore/search.h"
#include "model/runtime/hash.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// Both calls, one after the other: results, and where it ends up to the names of objects.
std::set<std::uint64_t> ends(interp::Interpreter& in, Fingerprinter& prints,
                             const interp::State& state, const Intent& first, const Intent& second,
                             bool swapped) {
  constexpr std::size_t kMaxWays = 6;  // of one call: enough to tell that an order matters
  std::set<std::uint64_t> result;
  std::vector<interp::Outcome> after = in.outcomes(state, first.action, first.args, call_options());
  if (after.size() > kMaxWays) after.erase(after.begin() + kMaxWays, after.end());
  for (const interp::Outcome& one : after) {
    const auto both = in.outcomes(one.next, second.action, second.args, call_options());
    if (both.empty()) result.insert(swapped ? 1 : 2);
    for (std::size_t i = 0; i < both.size() && i < kMaxWays; ++i) {
      std::uint64_t hash = prints.exact(both[i].next);
      for (const interp::Outcome* end :
           swapped ? std::array{&both[i], &one} : std::array{&one, &both[i]}) {
        hash = model::hash_mix(hash, end->clause);
        for (const Datum& output : end->outputs)
          hash = model::hash_mix(hash, output.is_known() ? output.hash() : 0);
      }
      result.insert(hash);
    }
  }
  return result;
}

}  // namespace

ActionEffects::ActionEffects(const ir::Module& atomic) {
  for (ir::ActionId a = 0; a < atomic.actions.size(); ++a) {
    Reach reach(atomic);
    reach.add_action(a);
    reads_.push_back(reach.reads());
    writes_.push_back(reach.writes());
  }
}

bool ActionEffects::meet(ir::ActionId a, ir::ActionId b) const {
  for (std::size_t s = 0; s < writes_[a].size(); ++s) {
    if (writes_[a][s] && (reads_[b][s] || writes_[b][s])) return true;
    if (writes_[b][s] && reads_[a][s]) return true;
  }
  return false;
}

bool depend(interp::Interpreter& atomic, Fingerprinter& prints, const interp::State& state,
            const Intent& a, const Intent& b) {
  return ends(atomic, prints, state, a, b, false) != ends(atomic, prints, state, b, a, true);
}

}  // namespace gms::check
