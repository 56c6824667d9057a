// The search for calls that notice a change.
#include <algorithm>
#include <set>

#include "checker/vectors/notice.h"
#include "checker/vectors/pairs.h"
#include "model/runtime/hash.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using model::hash_mix;

/// States that were told apart are looked at in this number for each way in which they differ.
constexpr unsigned kMostAlike = 2;
constexpr std::size_t kMaxTrails = 24, kMaxCalls = 3;
constexpr std::uint64_t kCallsOfOneAction = 250, kMovesOfOneAction = 40;

std::uint64_t hash_of(const std::vector<ir::StateId>& functions) {
  std::uint64_t hash = functions.size();
  for (const ir::StateId f : functions)
    hash = hash_mix(hash, f);
  return hash;
}

}  // namespace

/// Calls that the change does not touch, behind ways that it does.
std::optional<Run> ChangedSpec::try_ways(const NoticeAids& aids, std::vector<Trail>& differ) {
  std::map<std::uint64_t, unsigned> alike;
  bool more = true;
  for (std::size_t n = 0; more; ++n) {
    more = false;
    for (ir::ActionId action = 0; action < m_.actions.size(); ++action) {
      const auto steps = aids.steps.of(action);
      if (n >= steps.size() || is_touched(action)) continue;
      if (calls_ >= until_) return std::nullopt;
      more = true;
      const KnownStep& step = steps[n];
      const std::vector<RunCall>& way = step.way.calls;
      if (std::none_of(way.begin(), way.end(),
                       [&](const RunCall& call) { return is_touched(call.action); }))
        continue;
      Kernel& k = kernel(step.way.valuation);
      Trail trail{
          &k, &step.way, {}, {step.before.with_shape(k.in.fresh().shape()), {k.changed.fresh()}}};
      std::size_t made = 0;
      while (made < way.size() && !trail.at.changed.empty())
        trail.at.changed = follow(k, trail.at.changed, way[made++]);
      if (trail.at.changed.empty()) {
        Run run = step.way;
        run.calls.resize(made);
        if (auto noticed = confirmed(aids, std::move(run))) return noticed;
        continue;
      }
      if (same(trail.at.state, trail.at.changed.front())) continue;
      const auto call = notice(trail, action, step.args, nullptr);
      if (call && may_call(aids, trail, false, action, step.args)) {
        if (auto noticed = confirmed(aids, run_of(trail, &*call))) return noticed;
      }
      std::uint64_t kind = hash_of(apart(trail.at));
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
        kind = hash_mix(kind, trail.at.state.live(d).empty() ? 0 : 1);
      if (differ.size() < 2 * kMaxTrails && alike[kind]++ < kMostAlike)
        differ.push_back(std::move(trail));
    }
  }
  return std::nullopt;
}

ChangedSpec::Trail ChangedSpec::trail_to(const NoticeAids& aids, const KnownStep& step,
                                         std::optional<Run>& noticed) {
  Kernel& k = kernel(step.way.valuation);
  Trail trail{&k, &step.way, {}, {step.before.with_shape(k.in.fresh().shape()), {}}};
  const std::vector<RunCall>& way = step.way.calls;
  if (std::none_of(way.begin(), way.end(),
                   [&](const RunCall& call) { return is_touched(call.action); })) {
    trail.at.changed = {step.before.with_shape(k.changed.fresh().shape())};
    return trail;
  }
  trail.at.changed = {k.changed.fresh()};
  for (std::size_t n = 0; n < way.size(); ++n) {
    trail.at.changed = follow(k, trail.at.changed, way[n]);
    if (!trail.at.changed.empty()) continue;
    Run run = step.way;
    run.calls.resize(n + 1);
    noticed = confirmed(aids, std::move(run));
    break;
  }
  return trail;
}

std::optional<Run> ChangedSpec::try_steps(const NoticeAids& aids, std::vector<Trail>& differ) {
  std::map<std::uint64_t, unsigned> alike;
  std::vector<Trail> next;
  const auto attempt = [&](const Trail& trail, ir::ActionId action,
                           const std::vector<Datum>& args) -> std::optional<Run> {
    next.clear();
    const auto call = notice(trail, action, args, &next);
    if ((!call && next.empty()) || !may_call(aids, trail, false, action, args)) return std::nullopt;
    if (call) return confirmed(aids, run_of(trail, &*call));
    for (Trail& one : next) {
      std::uint64_t kind = hash_mix(one.calls.back().clause, hash_of(apart(one.at)));
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
        kind = hash_mix(kind, one.at.state.live(d).empty() ? 0 : 1);
      if (differ.size() < kMaxTrails && alike[kind]++ < kMostAlike) differ.push_back(one);
    }
    return std::nullopt;
  };
  // Known calls first, then with another argument.
  const std::uint64_t begin = calls_, end = until_;
  for (const bool vary : {false, true}) {
    for (std::size_t i = 0; i < touched_.size(); ++i) {
      // Each action has its part of two thirds of the calls.
      until_ = begin + (end - begin) * 2 / 3 * (i + 1 + (vary ? touched_.size() : 0)) /
                           (2 * touched_.size());
      for (const KnownStep& step : aids.steps.of(touched_[i])) {
        if (calls_ >= until_) break;
        std::optional<Run> run;
        const Trail trail = trail_to(aids, step, run);
        if (run) {
          until_ = end;
          return run;
        }
        if (trail.at.changed.empty()) continue;
        if (!vary) {
          run = attempt(trail, touched_[i], step.args);
        } else {
          aids.args.near(trail.at.state, touched_[i], step.args,
                         [&](const std::vector<Datum>& args) {
                           run = attempt(trail, touched_[i], args);
                           return !run && calls_ < until_;
                         });
        }
        if (!run) continue;
        until_ = end;
        return run;
      }
    }
  }
  until_ = end;
  return std::nullopt;
}

std::optional<Run> ChangedSpec::tell(const NoticeAids& aids, const Trail& trail,
                                     ir::ActionId action, const std::vector<Datum>& args) {
  constexpr unsigned kMaxJudged = 300;
  if (judged_ == kMaxJudged || !may_call(aids, trail, false, action, args)) return std::nullopt;
  const auto outcomes = trail.kernel->in.outcomes(trail.at.state, action, args);
  if (outcomes.empty()) return std::nullopt;
  ++judged_;
  const interp::Outcome& end = outcomes.front();
  const RunCall call{action, args, end.clause, end.result, end.outputs, 0};
  return confirmed(aids, run_of(trail, &call));
}

/// Calls that nobody makes but in an event that stands for another call.
std::optional<Run> ChangedSpec::try_events(const NoticeAids& aids) {
  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    if (std::none_of(aids.tells[a].begin(), aids.tells[a].end(),
                     [&](ir::ActionId other) { return is_touched(other); }))
      continue;
    for (const KnownStep& step : aids.steps.of(a)) {
      Kernel& k = kernel(step.way.valuation);
      const Trail trail{&k, &step.way, {}, {step.before.with_shape(k.in.fresh().shape()), {}}};
      if (auto run = tell(aids, trail, a, step.args)) return run;
    }
  }
  return std::nullopt;
}

std::vector<std::vector<Datum>> ChangedSpec::args_on_way(const Trail& trail, ir::ActionId action) {
  std::vector<std::vector<Datum>> out;
  for (const std::vector<RunCall>* calls : {&trail.way->calls, &trail.calls})
    for (const RunCall& call : *calls)
      if (call.action == action) out.push_back(call.args);
  return out;
}

std::optional<Run> ChangedSpec::look(const NoticeAids& aids, const Trail& trail,
                                     std::uint64_t calls_of_one_action) {
  const std::vector<ir::StateId> functions = apart(trail.at);
  const std::vector<std::uint64_t> places =
      places_that_differ(trail.at.changed.front(), trail.at.state);
  const auto reads = [&](ir::ActionId a) {
    return std::any_of(functions.begin(), functions.end(),
                       [&](ir::StateId f) { return aids.reads[a][f]; });
  };
  std::optional<Run> found;
  for (ir::ActionId action = 0; action < m_.actions.size() && !found; ++action) {
    const bool tells = std::any_of(aids.tells[action].begin(), aids.tells[action].end(), reads);
    const bool finds = std::any_of(functions.begin(), functions.end(),
                                   [&](ir::StateId f) { return aids.found_by[action][f]; });
    if (!tells && !finds && !reads(action) && !is_touched(action)) continue;
    std::uint64_t left = calls_ + calls_of_one_action;
    const ArgsVisitor attempt = [&](const std::vector<Datum>& args) {
      // The line may say the call in the original only.
      if (tells || (finds && !may_call(aids, trail, true, action, args)))
        found = tell(aids, trail, action, args);
      if (found) return false;
      const auto call = notice(trail, action, args, nullptr);
      if (call && may_call(aids, trail, false, action, args))
        found = confirmed(aids, run_of(trail, &*call));
      return !found && calls_ < until_ && calls_ < left;
    };
    // What was done on the way may be done again, or no more.
    if (aids.args.with(args_on_way(trail, action), trail.at.state, action, places, attempt)) {
      left = calls_ + calls_of_one_action;
      aids.args.all(trail.at.state, action, places, attempt);
    }
  }
  return found;
}

void ChangedSpec::move(const NoticeAids& aids, const Trail& trail, std::set<std::uint64_t>& kinds,
                       std::vector<Trail>& next) {
  const std::vector<ir::StateId> functions = apart(trail.at);
  for (ir::ActionId action = 0; action < m_.actions.size(); ++action) {
    std::uint64_t left = calls_ + kMovesOfOneAction;
    const ArgsVisitor attempt = [&](const std::vector<Datum>& args) {
      std::vector<Trail> some;
      notice(trail, action, args, &some);
      for (Trail& one : some) {
        const std::vector<ir::StateId> written = changed_functions(trail.at.state, one.at.state);
        const std::vector<ir::StateId> now = apart(one.at);
        if (written.empty() && now == functions) continue;
        std::uint64_t kind = hash_mix(one.calls.back().clause, hash_of(written));
        kind = hash_mix(hash_mix(kind, hash_of(now)), hash_of(functions));
        if (kinds.contains(kind) || !may_call(aids, trail, false, action, args)) continue;
        kinds.insert(kind);
        next.push_back(std::move(one));
      }
      return calls_ < until_ && calls_ < left;
    };
    aids.args.with(args_on_way(trail, action), trail.at.state, action, {}, attempt);
    left = calls_ + kMovesOfOneAction;
    aids.args.moves(trail.at.state, action, attempt);
  }
}

std::optional<Run> ChangedSpec::seek(const NoticeAids& aids, std::vector<Trail> differ) {
  std::set<std::uint64_t> kinds;
  for (std::size_t depth = 0; depth < kMaxCalls && !differ.empty(); ++depth) {
    for (const Trail& trail : differ) {
      if (calls_ >= until_) return std::nullopt;
      if (auto run = look(aids, trail, kCallsOfOneAction)) return run;
    }
    if (depth + 1 == kMaxCalls) break;
    std::vector<Trail> next;
    for (const Trail& trail : differ)
      if (calls_ < until_) move(aids, trail, kinds, next);
    differ = std::move(next);
  }
  return std::nullopt;
}

std::optional<Run> ChangedSpec::search(const NoticeAids& aids, std::uint64_t calls) {
  calls_ = 0;
  judged_ = refused_ = 0;
  until_ = calls;
  std::vector<Trail> differ;
  if (auto run = try_events(aids)) return run;
  if (auto run = try_steps(aids, differ)) return run;
  until_ = calls_ + calls;
  if (auto run = try_ways(aids, differ)) return run;
  std::stable_sort(differ.begin(), differ.end(), [](const Trail& a, const Trail& b) {
    return a.way->calls.size() < b.way->calls.size();
  });
  until_ = calls_ + calls;
  seen_apart_.clear();
  for (const Trail& trail : differ)
    for (const ir::StateId f : apart(trail.at))
      seen_apart_.insert(f);
  return seek(aids, std::move(differ));
}

}  // namespace gms::check
