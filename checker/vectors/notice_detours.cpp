// Calls that a change touches, in states that the search has not met: up to three calls at random
// come in between.
#include <algorithm>
#include <random>
#include <set>

#include "checker/vectors/notice.h"

namespace gms::check {
namespace {

/// Without the calls that it is noticed without.
Run shortened(const NoticeAids& aids, Run run) {
  for (std::size_t i = run.calls.size(); i-- > 0;) {
    Run less = run;
    less.calls.erase(less.calls.begin() + static_cast<std::ptrdiff_t>(i));
    if (!less.calls.empty() && aids.is_noticed(less)) run = std::move(less);
  }
  return run;
}

}  // namespace

/// One call at random goes on the trail; false if there is none. If it shows the change: `noticed`.
bool ChangedSpec::wander(const NoticeAids& aids, std::mt19937_64& random, Trail& trail,
                         std::optional<Run>& noticed) {
  const std::vector<RunCall>& way = trail.way->calls;
  ir::ActionId action = ir::kNoId;
  std::optional<std::vector<Datum>> args;
  if (!way.empty() && random() % 3 == 0) {
    const RunCall& again = way[random() % way.size()];
    action = again.action;
    args = random() % 2 == 0 ? again.args : aids.args.beside(action, again.args, random);
  } else {
    action = preferred_[random() % preferred_.size()];
    args = aids.args.draw(trail.at.state, action, true, random);
  }
  if (!args || !may_call(aids, trail, false, action, *args)) return false;
  return go_on(aids, random, trail, action, *args, noticed);
}

/// The call goes on the trail; false if it does nothing. If it shows the change: `noticed`.
bool ChangedSpec::go_on(const NoticeAids& aids, std::mt19937_64& random, Trail& trail,
                        ir::ActionId action, const std::vector<Datum>& args,
                        std::optional<Run>& noticed) {
  std::vector<Trail> next;
  if (const auto call = notice(trail, action, args, &next, true)) {
    noticed = confirmed(aids, run_of(trail, &*call));
    return false;
  }
  if (next.empty()) return false;
  trail = std::move(next[random() % next.size()]);
  return true;
}

/// All actions; those that look at these functions many times.
void ChangedSpec::prefer(const NoticeAids& aids, const std::set<ir::StateId>& functions) {
  constexpr std::size_t kTimes = 16;
  preferred_.clear();
  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    const bool looks = std::any_of(functions.begin(), functions.end(),
                                   [&](ir::StateId f) { return aids.reads[a][f]; });
    preferred_.insert(preferred_.end(), looks ? kTimes : 1, a);
  }
}

std::optional<Run> ChangedSpec::search_at_random(const NoticeAids& aids,
                                                 const std::set<ir::StateId>& apart,
                                                 std::uint64_t calls) {
  calls_ = 0;
  judged_ = refused_ = 0;
  until_ = calls;
  prefer(aids, apart);
  std::optional<Run> run = try_detours(aids);
  if (run) run = shortened(aids, std::move(*run));
  return run;
}

std::optional<Run> ChangedSpec::try_detours(const NoticeAids& aids) {
  std::mt19937_64 random(aids.seed);
  constexpr unsigned kMostCalls = 3, kTries = 12;
  std::optional<Run> noticed;
  std::vector<ir::ActionId> known;
  for (const ir::ActionId action : touched_)
    if (!aids.steps.of(action).empty()) known.push_back(action);
  if (known.empty()) return std::nullopt;
  while (calls_ < until_) {
    ++calls_;  // whatever comes, it ends
    const ir::ActionId action = known[random() % known.size()];
    const auto steps = aids.steps.of(action);
    const KnownStep& step = steps[random() % steps.size()];
    Trail trail = trail_to(aids, step, noticed);
    if (noticed) return noticed;
    if (trail.at.changed.empty()) continue;
    const std::size_t between = 1 + random() % kMostCalls;
    for (unsigned tries = 0; trail.calls.size() < between && tries < kTries * between; ++tries) {
      wander(aids, random, trail, noticed);
      if (noticed) return noticed;
    }
    if (random() % 2 != 0) {
      if (may_call(aids, trail, false, action, step.args))
        go_on(aids, random, trail, action, step.args, noticed);
    } else if (const auto args = aids.args.draw(trail.at.state, action, false, random);
               args && may_call(aids, trail, false, action, *args)) {
      go_on(aids, random, trail, action, *args, noticed);
    }
    if (noticed) return noticed;
    constexpr unsigned kLooks = 3;
    for (unsigned looks = 0; looks < kLooks && calls_ < until_; ++looks) {
      if (looks > 0) wander(aids, random, trail, noticed);
      if (noticed) return noticed;
      if (same(trail.at.state, trail.at.changed.front())) break;
      constexpr std::uint64_t kCallsOfOneAction = 30;
      auto run = look(aids, trail, kCallsOfOneAction);
      if (run) return run;
    }
  }
  return std::nullopt;
}

}  // namespace gms::check
