#include "checker/interleave/interleave.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/cpu_time.h"
#include "checker/conform/reach.h"
#include "checker/explore/arg_pool.h"
#include "checker/explore/goal_book.h"
#include "checker/explore/shrink_run.h"
#include "checker/interleave/dependence.h"
#include "checker/interleave/lift.h"
#include "checker/interleave/overlap.h"
#include "checker/interleave/situations.h"
#include "checker/interleave/steps.h"
#include "ir/smt/footprint.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

constexpr unsigned kShrinks = 400;  // runs that are tried in place of one

/// Calls of one situation that are to overlap.
struct Group {
  std::size_t situation = 0;
  std::vector<Intent> calls;
};

/// Two actions, and how far the situations were searched for calls of theirs that depend on each
/// other.
struct Pair {
  ir::ActionId a = ir::kNoId, b = ir::kNoId;
  std::size_t situation = 0;
  std::size_t first = 0, second = 0;  // of the calls there: what comes next
  std::vector<Intent> seconds;        // for the first one at hand
};

class Finder {
 public:
  Finder(const ir::Module& atomic, const ir::Stepwise& stepwise,
         const std::vector<std::uint32_t>& properties, const InterleaveOptions& options)
      : atomic_(atomic),
        m_(stepwise.module),
        steps_(stepwise),
        lifter_(atomic, steps_),
        effects_(atomic),
        prints_(atomic),
        pools_(stepwise.module),
        options_(options),
        start_(base::thread_seconds()) {
    for (const std::uint32_t p : properties) {
      out_.found.goals.push_back({goal_of(m_, p), std::nullopt, 0});
      reads_.push_back(ir::smt::footprint(m_, m_.properties[p].expr));
    }
    touched_.resize(m_.actions.size());
    concerned_.resize(atomic.actions.size());
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
      Reach reach(m_);
      reach.add_action(a);
      for (std::size_t g = 0; g < reads_.size(); ++g)
        if (touches(reach, g)) touched_[a].push_back(g);
      if (!touched_[a].empty()) concerned_[stepwise.origins[a].action] = true;
    }
  }

  Interleavings run() {
    SituationOptions where;
    where.valuations = options_.valuations;
    where.matters = matters();
    where.seconds = 0.25 * options_.seconds;
    where.max_calls = options_.max_steps / 16;
    situations_.emplace(atomic_, where);
    pairs(0.7);
    if (options_.calls > 2) triples();
    for (std::size_t g = 0; g < out_.found.goals.size(); ++g)
      if (out_.found.goals[g].run) simplify(g);
    out_.found.bound.seconds = base::thread_seconds() - start_;
    return std::move(out_);
  }

 private:
  /// State functions of the atomic module that the goals speak of.
  std::vector<bool> matters() const {
    std::set<std::string> names;
    for (const ir::smt::Footprint& reads : reads_)
      for (const ir::StateId s : reads.states)
        names.insert(m_.states[s].name);
    std::vector<bool> result;
    for (const ir::State& state : atomic_.states)
      result.push_back(names.count(state.name) > 0);
    return result;
  }

  bool touches(const Reach& reach, std::size_t goal) const {
    const ir::Property& p = m_.properties[out_.found.goals[goal].goal.id];
    if (!is_on_state(p)) return true;
    for (const ir::StateId s : reads_[goal].states)
      if (reach.writes()[s]) return true;
    return std::any_of(reads_[goal].domains.begin(), reads_[goal].domains.end(),
                       [&](ir::DomainId d) { return reach.creates(d); });
  }

  bool out_of_time(double share) {
    const bool out = base::thread_seconds() - start_ > share * options_.seconds ||
                     static_cast<double>(out_.found.bound.calls) >
                         share * static_cast<double>(options_.max_steps);
    return out || std::all_of(out_.found.goals.begin(), out_.found.goals.end(),
                              [](const Reached& reached) { return reached.run.has_value(); });
  }

  /// Each pair of actions gets its turn before any has a second one.
  void pairs(double share) {
    std::vector<Pair> open;
    for (ir::ActionId a = 0; a < atomic_.actions.size(); ++a)
      for (ir::ActionId b = a; b < atomic_.actions.size(); ++b)
        if (worth_it(a, b)) open.push_back({a, b, 0, 0, 0, {}});
    while (!open.empty() && !out_of_time(share)) {
      for (Pair& pair : open) {
        if (std::optional<Group> group = next(pair)) {
          look_at(*group);
          dependent_.push_back(std::move(*group));
        }
        if (out_of_time(share)) return;
      }
      std::erase_if(open, [this](const Pair& p) { return p.situation >= situations_->size(); });
    }
  }

  bool worth_it(ir::ActionId a, ir::ActionId b) const {
    return (concerned_[a] || concerned_[b]) && !(steps_.is_whole(a) && steps_.is_whole(b)) &&
           effects_.meet(a, b);
  }

  /// Nothing if there is none in the next few situations.
  std::optional<Group> next(Pair& pair) {
    constexpr std::size_t kSituations = 40, kTries = 100;
    std::size_t tries = 0;
    for (std::size_t n = 0; n < kSituations && pair.situation < situations_->size();) {
      const std::vector<Intent>& firsts = situations_->calls(pair.situation, pair.a);
      if (pair.first == firsts.size()) {
        pair.first = pair.second = 0;
        ++pair.situation;
        ++n;
        continue;
      }
      const Intent& first = firsts[pair.first];
      if (pair.second == 0) pair.seconds = situations_->beside(pair.situation, first, pair.b);
      while (pair.second < pair.seconds.size() && tries++ < kTries) {
        const Intent& second = pair.seconds[pair.second++];
        if (depends(pair.situation, first, second)) return Group{pair.situation, {first, second}};
      }
      if (tries > kTries) return std::nullopt;
      pair.second = 0;
      ++pair.first;
    }
    return std::nullopt;
  }

  bool depends(std::size_t situation, const Intent& a, const Intent& b) {
    if (a == b) return false;
    const Situation& where = (*situations_)[situation];
    return depend(situations_->interpreter(where.way.valuation), prints_, where.state, a, b);
  }

  /// Pairs that depend on each other, with a third call that depends on one of them; each three
  /// actions a few times, then more often.
  void triples() {
    std::map<std::vector<ir::ActionId>, std::size_t> met;
    for (std::size_t limit = 1; limit < 1000; limit *= 4) {
      for (const Group& pair : dependent_) {
        for (ir::ActionId c = 0; c < atomic_.actions.size(); ++c) {
          std::vector<ir::ActionId> actions{pair.calls[0].action, pair.calls[1].action, c};
          if (!worth_it(actions[0], c) && !worth_it(actions[1], c)) continue;
          std::sort(actions.begin(), actions.end());
          std::size_t& times = met[actions];
          for (const Intent& third : situations_->calls(pair.situation, c)) {
            if (times >= limit) break;
            if (third == pair.calls[0] || third == pair.calls[1] ||
                (!depends(pair.situation, pair.calls[0], third) &&
                 !depends(pair.situation, pair.calls[1], third)))
              continue;
            ++times;
            look_at({pair.situation, {pair.calls[0], pair.calls[1], third}});
            if (out_of_time(1)) return;
          }
        }
      }
    }
  }

  interp::Interpreter& stepping(const Valuation& valuation) {
    std::unique_ptr<interp::Interpreter>& in = stepping_[valuation];
    if (in == nullptr) in = std::make_unique<interp::Interpreter>(m_, valuation);
    return *in;
  }
  const std::optional<Lifted>& lifted(std::size_t situation) {
    const Run& way = (*situations_)[situation].way;
    const auto it = lifted_.find(situation);
    if (it != lifted_.end()) return it->second;
    auto from = lifter_.lift(situations_->interpreter(way.valuation), stepping(way.valuation), way);
    return lifted_.emplace(situation, std::move(from)).first->second;
  }

  void look_at(const Group& group) {
    const std::optional<Lifted>& from = lifted(group.situation);
    const Run& way = (*situations_)[group.situation].way;
    if (!from) {
      if (!out_.not_lifted || way.calls.size() < out_.not_lifted->calls.size())
        out_.not_lifted = way;
      return;
    }
    interp::Interpreter& in = stepping(way.valuation);
    const auto visit = [&](const StepMade& made) { return judge(in, way.valuation, *from, made); };
    const Orders orders(situations_->interpreter(way.valuation), lifter_,
                        (*situations_)[group.situation].state, group.calls);
    OverlapOptions how;
    if (group.calls.size() == 2)
      how.on_end = [&](const OverlapEnd& end) { hold_against(orders, group, way, *from, end); };
    OverlapResult result = overlap(steps_, in, from->state, group.calls, how, visit);
    ExploreBound& bound = out_.found.bound;
    bound.states += result.states;
    bound.calls += result.steps;
    bound.depth = std::max(bound.depth, static_cast<unsigned>(way.calls.size()));
    ++bound.groups;
    if (result.stuck && !out_.stuck)
      out_.stuck = joined(way.valuation, from->steps, std::move(*result.stuck));
    if (options_.progress)
      options_.progress(fmt::format("{} groups of calls that overlap", bound.groups));
  }

  void hold_against(const Orders& orders, const Group& group, const Run& way, const Lifted& from,
                    const OverlapEnd& end) {
    ++out_.ends;
    const auto nearest = orders.nearest(end.ends, end.state);
    if (nearest && nearest->empty()) return;
    const auto [it, is_new] = odd_.try_emplace(
        std::minmax(group.calls[0].action, group.calls[1].action), out_.no_order.size());
    if (is_new) {
      out_.no_order.emplace_back();
      out_.no_order.back().first = atomic_.actions[it->first.first].name;
      out_.no_order.back().second = atomic_.actions[it->first.second].name;
    }
    NoOrder& odd = out_.no_order[it->second];
    // A run that shows results says more than one that shows what is left.
    if (is_new || (!nearest && !odd.results))
      odd.run = joined(way.valuation, from.steps, end.way());
    odd.results = odd.results || !nearest;
    if (!nearest) return;
    for (const ir::StateId id : *nearest)
      odd.differs.insert(id == ir::kNoId ? "which objects there are" : atomic_.states[id].name);
  }

  static Run joined(const Valuation& valuation, const std::vector<RunCall>& before,
                    std::vector<RunCall> after) {
    Run run{valuation, before, {}, {}, {}};
    std::move(after.begin(), after.end(), std::back_inserter(run.calls));
    return run;
  }

  /// Fewer and simpler calls, then the shortest order of the steps of those that overlap.
  void simplify(std::size_t g) {
    Reached& reached = out_.found.goals[g];
    interp::Interpreter& in = stepping(reached.run->valuation);
    const ReplayedSteps whole = steps_.replay(in, *reached.run);
    std::optional<Run> less =
        shrink_steps(in, pools_, *reached.run, whole.call_of, reached.goal, kShrinks);
    if (!less) return;
    const ReplayedSteps replayed = steps_.replay(in, *less);
    const std::size_t alone = replayed.alone_before();
    const std::size_t from = alone == 0 ? 0 : replayed.calls[alone - 1].last + 1;
    std::vector<Intent> calls;
    for (std::size_t n = alone; n < replayed.calls.size(); ++n)
      calls.push_back(steps_.intent_of(less->calls[replayed.calls[n].first]));
    const std::vector<RunCall> before(less->calls.begin(),
                                      less->calls.begin() + static_cast<std::ptrdiff_t>(from));
    bool found = false;
    overlap(steps_, in, replayed.states[from], calls, {}, [&](const StepMade& made) {
      if (found || !reaches(in, reached.goal, made)) return !found;
      less = joined(less->valuation, before, made.way());
      less->calls.push_back(made.step.call);
      found = true;
      return false;
    });
    reached.run = std::move(less);
  }

  static bool reaches(interp::Interpreter& in, const Goal& goal, const StepMade& made) {
    return step_reaches(in, goal, made.before, made.step.call.action, made.step.outcome);
  }

  /// Whether the step breaks nothing.
  bool judge(interp::Interpreter& in, const Valuation& valuation, const Lifted& from,
             const StepMade& made) {
    bool sound = true;
    const std::size_t length = from.steps.size() + made.depth + 1;
    for (const std::size_t g : touched_[made.step.call.action]) {
      Reached& reached = out_.found.goals[g];
      if (reached.run && reached.goal.kind == GoalKind::kCover) continue;
      if (!reaches(in, reached.goal, made)) continue;
      sound = sound && reached.goal.kind == GoalKind::kCover;
      if (reached.run && reached.run->calls.size() <= length) continue;
      reached.run = joined(valuation, from.steps, made.way());
      reached.run->calls.push_back(made.step.call);
      reached.seconds = base::thread_seconds() - start_;
    }
    return sound;
  }

  const ir::Module& atomic_;
  const ir::Module& m_;
  const Steps steps_;
  const Lifter lifter_;
  const ActionEffects effects_;
  Fingerprinter prints_;
  const ArgPools pools_;  // of m_
  const InterleaveOptions& options_;
  const double start_;
  Interleavings out_;
  std::vector<ir::smt::Footprint> reads_;          // by goal
  std::vector<std::vector<std::size_t>> touched_;  // by action of m_: goals that it may reach
  std::vector<bool> concerned_;                    // by action of atomic_: some step touches a goal
  std::optional<Situations> situations_;
  std::vector<Group> dependent_;  // pairs that were looked at
  std::map<std::pair<ir::ActionId, ir::ActionId>, std::size_t>
      odd_;  // into Interleavings::no_order
  std::map<Valuation, std::unique_ptr<interp::Interpreter>> stepping_;
  std::unordered_map<std::size_t, std::optional<Lifted>> lifted_;
};

}  // namespace

Interleavings interleave(const ir::Module& atomic, const ir::Stepwise& stepwise,
                         const std::vector<std::uint32_t>& properties,
                         const InterleaveOptions& options) {
  return Finder(atomic, stepwise, properties, options).run();
}

}  // namespace gms::check
