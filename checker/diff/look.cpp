#include "checker/diff/look.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <tuple>
#include <unordered_map>

#include "checker/conform/reach.h"
#include "checker/diff/canonical.h"
#include "checker/diff/classes.h"
#include "checker/diff/shrink.h"
#include "checker/diff/twins.h"
#include "checker/explore/arg_pool.h"
#include "ir/build.h"
#include "ir/type.h"
#include "model/runtime/hash.h"

namespace gms::diff {
namespace {

namespace interp = ir::interp;
using check::Datum;

/// What both sides are known to have gone through alike.
struct Entry {
  PairState pair;
  std::size_t parent = 0;
  PairCall call;
  End chosen;
  unsigned depth = 0;
  std::vector<ir::StateId> apart;  // functions that differ between the sides
};

constexpr std::size_t kMaxEntries = 150'000;
constexpr std::size_t kStatesOfAKind = 8;

/// What is known of the actions before anything is called.
struct Plan {
  explicit Plan(const Joint& joint) : old_pools(joint.old), new_pools(joint.now) {
    Canonical old(joint.old, joint.old_values), now(joint.now, joint.new_values);
    const std::size_t functions = joint.shared.size();
    std::vector<std::vector<bool>> writes;
    std::vector<bool> creates, relevant(functions);
    for (ir::ActionId a = 0; a < joint.actions.size(); ++a) {
      same_text.push_back(joint.actions[a].comparable && old.action(a) == now.action(a));
      reads.emplace_back(functions);
      writes.emplace_back(functions);
      creates.push_back(false);
      for (const ir::Module* m : {&joint.old, &joint.now}) {
        check::Reach reach(*m);
        reach.add_action(a);
        for (std::size_t f = 0; f < functions; ++f) {
          reads[a][f] = reads[a][f] || reach.reads()[f];
          writes[a][f] = writes[a][f] || reach.writes()[f];
        }
        for (ir::DomainId d = 0; d < m->domains.size(); ++d)
          creates[a] = creates[a] || reach.creates(d);
      }
    }
    find_changed(joint);
    // What an action that was changed reads, and what those read that write it.
    useful.assign(joint.actions.size(), false);
    for (bool more = true; more;) {
      more = false;
      for (ir::ActionId a = 0; a < joint.actions.size(); ++a) {
        if (useful[a]) continue;
        bool needed = !same_text[a] || creates[a];
        for (std::size_t f = 0; f < functions && !needed; ++f)
          needed = writes[a][f] && relevant[f];
        if (!needed) continue;
        useful[a] = more = true;
        for (std::size_t f = 0; f < functions; ++f)
          relevant[f] = relevant[f] || reads[a][f];
      }
    }
  }

  /// What functions and procedures read that were changed, or are called where something was;
  /// without any, what the changed actions read themselves.
  void find_changed(const Joint& joint) {
    changed_reads.assign(joint.shared.size(), false);
    const auto texts = [](const ir::Module& m, const check::Valuation& values) {
      Canonical canonical(m, values);
      std::map<std::string, std::string> out;
      for (ir::FnId f = 0; f < m.fns.size(); ++f)
        out[m.fns[f].name] = canonical.function(f);
      return out;
    };
    const auto old = texts(joint.old, joint.old_values), now = texts(joint.now, joint.new_values);
    for (const ir::Module* m : {&joint.old, &joint.now}) {
      check::Reach reach(*m);
      for (const ir::Callable& f : m->fns) {
        const auto a = old.find(f.name), b = now.find(f.name);
        if (a == old.end() || b == now.end() || a->second == b->second) continue;
        reach.add_expr(f.expr);
      }
      for (std::size_t f = 0; f < changed_reads.size(); ++f)
        changed_reads[f] = changed_reads[f] || reach.reads()[f];
    }
    // An action whose own text was changed, not only what it calls: hard to tell here, so all that
    // it reads counts as well where nothing else would.
    for (ir::ActionId a = 0; a < same_text.size(); ++a) {
      if (same_text[a]) continue;
      bool any = false;
      for (std::size_t f = 0; f < changed_reads.size(); ++f)
        any = any || (changed_reads[f] && reads[a][f]);
      for (std::size_t f = 0; f < changed_reads.size() && !any; ++f)
        if (reads[a][f]) changed_reads[f] = true;
    }
  }

  std::vector<bool> changed_reads;       // by state function
  std::vector<bool> same_text, useful;   // by action
  std::vector<std::vector<bool>> reads;  // by action and state function
  check::ArgPools old_pools, new_pools;
};

/// One search: after the states of one version, with the other one along.
class OneSide {
 public:
  OneSide(const Joint& joint, const Plan& plan, bool is_old)
      : joint_(joint),
        plan_(plan),
        is_old_(is_old),
        module_(is_old ? joint.old : joint.now),
        twins_(joint),
        classes_(joint) {
    add({twins_.fresh(), 0, {}, {}, 0, {}});
  }

  check::ExploreBound run(const LookOptions& options) {
    std::vector<check::Goal> goals;
    const ir::Module guided = with_guides(goals);
    check::ExploreOptions explore;
    explore.seed = options.seed;
    explore.seconds = options.seconds;
    explore.max_calls = options.calls;
    explore.shrink = false;
    explore.valuations = {is_old_ ? joint_.old_values : joint_.new_values};
    explore.may_call = [&](const auto&, const interp::State& s, auto, ir::ActionId a, auto) {
      if (!joint_.actions[a].comparable) return false;
      const Entry* from = find(s);
      return from != nullptr && (plan_.useful[a] || !from->apart.empty());
    };
    explore.on_call = [&](const auto& made) { called(made.before, made.action, made.args); };
    check::ExploreBound bound = check::explore(guided, goals, explore).bound;
    bound.calls += observe(options);
    return bound;
  }
  const std::set<ir::StateId>& apart() const { return apart_; }

  /// The shortest for each kind of difference.
  struct Seen {
    std::vector<Step> steps;
    std::size_t count = 0;
  };
  using Key = std::tuple<ir::ActionId, std::string, RuleId, Level, std::vector<ir::ClauseId>,
                         std::vector<ir::ClauseId>>;
  const std::map<Key, Seen>& seen() const { return seen_; }

 private:
  const std::vector<interp::State>& mine(const PairState& p) const {
    return is_old_ ? p.old : p.now;
  }

  /// The module with an exit in each action that was changed, which is never taken and looks as if
  /// it depended on what the changed texts read: so the search goes after states that differ in
  /// that.
  ir::Module with_guides(std::vector<check::Goal>& goals) const {
    ir::Module m = module_;
    ir::ExprBuilder build(m);
    for (ir::ActionId a = 0; a < joint_.actions.size(); ++a) {
      if (!joint_.actions[a].comparable || plan_.same_text[a]) continue;
      ir::ExprId never = build.boolean(false);
      for (ir::StateId f = 0; f < plan_.changed_reads.size(); ++f) {
        // One of the two searches goes by what was changed, the other by all that the changed
        // actions read.
        if (!plan_.reads[a][f] || (!is_old_ && !plan_.changed_reads[f])) continue;
        std::vector<ir::ExprId> keys;
        for (const ir::Type& k : m.states[f].keys)
          keys.push_back(build.constant(k, ir::zero_bits(m, k)));
        const ir::ExprId read = build.read(f, std::move(keys));
        never = build.both(never, build.eq(read, read));
      }
      const ir::ClauseId clause = ir::add_clause(m, a, "guide", 1);
      ir::Guard guard;
      guard.clause = clause;
      guard.cond = never;
      const ir::StmtId stmt = ir::add_stmt(m, std::move(guard));
      m.actions[a].body.insert(m.actions[a].body.begin(), stmt);
      goals.push_back({check::GoalKind::kClause, clause});
    }
    return m;
  }

  const Entry* find(const interp::State& state) const {
    const auto [from, to] = by_hash_.equal_range(state.hash());
    for (auto it = from; it != to; ++it) {
      const std::vector<interp::State>& all = mine(entries_[it->second].pair);
      if (std::find(all.begin(), all.end(), state) != all.end()) return &entries_[it->second];
    }
    return nullptr;
  }

  void add(Entry entry) {
    if (entries_.size() >= kMaxEntries) return;
    bool fresh = false;
    std::vector<std::uint64_t> hashes;
    for (const interp::State& s : mine(entry.pair)) {
      fresh = fresh || find(s) == nullptr;
      hashes.push_back(s.hash());
    }
    if (!fresh) return;
    for (const std::uint64_t hash : hashes)
      by_hash_.emplace(hash, entries_.size());
    entries_.push_back(std::move(entry));
  }

  PairCall joint_call(ir::ActionId id, const std::vector<Datum>& args) const {
    PairCall call{id, {}};
    for (const JointLocal& p : joint_.actions[id].params) {
      const int at = is_old_ ? p.old_at : p.new_at;
      if (at >= 0) {
        call.args.push_back(args[static_cast<std::size_t>(at)]);
      } else {
        // What this version does not look at: the simplest there is.
        const bool none = p.type.optional || p.type.kind == ir::TypeKind::kHandle;
        call.args.push_back(none && p.type.optional ? Datum::none()
                                                    : Datum::known(ir::zero_bits(module_, p.type)));
      }
    }
    return call;
  }

  void called(const interp::State& state, ir::ActionId action, const std::vector<Datum>& args) {
    const Entry* from = find(state);
    if (from == nullptr) return;
    const std::size_t parent = static_cast<std::size_t>(from - entries_.data());
    PairCall call = joint_call(action, args);
    made(parent, call);
  }

  void made(std::size_t parent, const PairCall& call) {
    const Entry& from = entries_[parent];
    const bool alike = from.apart.empty() && plan_.same_text[call.action];
    Twins::Answer answer =
        alike ? twins_.call_alike(from.pair, call) : twins_.call(from.pair, call);
    if (!answer.comparable) return;
    const unsigned depth = from.depth + 1;
    if (answer.unlike) note(parent, call, *answer.unlike);
    for (std::size_t i = 0; i < answer.next.size(); ++i) {
      if (!answer.next[i]) continue;
      std::vector<ir::StateId> apart;
      if (!alike) apart = twins_.differing(*answer.next[i]);
      apart_.insert(apart.begin(), apart.end());
      add({std::move(*answer.next[i]), parent, call, answer.old_ends[i], depth, std::move(apart)});
    }
  }

  /// Calls that may tell what was left behind: from states in which something differs, those that
  /// read it, with arguments drawn at random; and again behind one more call.
  std::uint64_t observe(const LookOptions& options) {
    std::mt19937_64 rng(options.seed);
    std::map<std::pair<ir::ActionId, std::vector<ir::StateId>>, std::vector<std::size_t>> kinds;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      const Entry& e = entries_[i];
      if (e.apart.empty() || !entries_[e.parent].apart.empty()) continue;
      std::vector<std::size_t>& known = kinds[{e.call.action, e.apart}];
      if (known.size() < kStatesOfAKind) known.push_back(i);
    }
    const std::uint64_t each = kinds.empty() ? 0 : options.calls / 4 / kinds.size();
    std::uint64_t calls = 0;
    for (const auto& [kind, states] : kinds) {
      std::vector<ir::ActionId> readers;
      for (ir::ActionId a = 0; a < joint_.actions.size(); ++a)
        if (joint_.actions[a].comparable &&
            std::any_of(kind.second.begin(), kind.second.end(),
                        [&](ir::StateId f) { return plan_.reads[a][f]; }))
          readers.push_back(a);
      if (readers.empty()) continue;
      std::vector<std::size_t> open = states;
      for (std::uint64_t n = 0; n < each; ++n, ++calls) {
        const std::size_t at = open[rng() % open.size()];
        const ir::ActionId action = rng() % 4 == 0
                                        ? static_cast<ir::ActionId>(rng() % joint_.actions.size())
                                        : readers[rng() % readers.size()];
        const auto call = any_call(entries_[at].pair, action, rng);
        if (!call) continue;
        const std::size_t before = entries_.size();
        made(at, *call);
        for (std::size_t i = before; i < entries_.size() && open.size() < 4 * kStatesOfAKind; ++i)
          if (!entries_[i].apart.empty()) open.push_back(i);
      }
    }
    return calls;
  }

  std::optional<PairCall> any_call(const PairState& pair, ir::ActionId action,
                                   std::mt19937_64& rng) const {
    if (!joint_.actions[action].comparable) return std::nullopt;
    PairCall call{action, {}};
    const interp::State& state = pair.now.front();
    for (const JointLocal& p : joint_.actions[action].params) {
      if (p.type.optional && rng() % 4 == 0) {
        call.args.push_back(Datum::none());
      } else if (p.type.kind == ir::TypeKind::kHandle) {
        const auto live = state.live(p.type.decl);
        if (live.empty() && !p.type.optional) return std::nullopt;
        call.args.push_back(live.empty() ? Datum::none() : Datum::known(live[rng() % live.size()]));
      } else {
        const auto& pools = p.new_at >= 0 ? plan_.new_pools : plan_.old_pools;
        const auto at = static_cast<std::size_t>(p.new_at >= 0 ? p.new_at : p.old_at);
        const std::vector<std::uint64_t>& values = pools.of(action)[at].values;
        const std::size_t some =
            rng() % 4 == 0 ? values.size() : std::min<std::size_t>(values.size(), 3);
        call.args.push_back(Datum::known(some == 0 ? 0 : values[rng() % some]));
      }
    }
    return call;
  }

  void note(std::size_t parent, const PairCall& call, const Unlike& unlike) {
    Seen& seen = seen_[Key{call.action, classes_.of(call), unlike.rule, unlike.level,
                           unlike.old_clauses, unlike.new_clauses}];
    ++seen.count;
    const std::size_t length = entries_[parent].depth + 1;
    if (!seen.steps.empty() && seen.steps.size() <= length) return;
    seen.steps.clear();
    seen.steps.push_back({call, {}});
    for (std::size_t at = parent; at != 0; at = entries_[at].parent)
      seen.steps.push_back({entries_[at].call, entries_[at].chosen});
    std::reverse(seen.steps.begin(), seen.steps.end());
  }

  const Joint& joint_;
  const Plan& plan_;
  bool is_old_;
  const ir::Module& module_;
  Twins twins_;
  Classes classes_;
  std::vector<Entry> entries_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_hash_;
  std::map<Key, Seen> seen_;
  std::set<ir::StateId> apart_;
};

/// Whose doing a difference is: the last call's, or that of an earlier one which left something
/// that the last one reads.
class Blame {
 public:
  Blame(const Joint& joint, const Plan& plan) : plan_(plan), twins_(joint) {}

  /// Index of the call.
  std::size_t cause(const Witness& w) {
    PairState state = twins_.fresh();
    std::map<ir::StateId, std::size_t> since;
    for (std::size_t i = 0; i + 1 < w.calls.size(); ++i) {
      Twins::Answer answer = twins_.call(state, w.calls[i].call);
      const End& chosen = *w.calls[i].chosen;
      for (std::size_t e = 0; e < answer.next.size(); ++e) {
        const End& end = answer.old_ends[e];
        if (!answer.next[e] || end.result != chosen.result || end.outputs != chosen.outputs)
          continue;
        state = std::move(*answer.next[e]);
        break;
      }
      std::map<ir::StateId, std::size_t> now;
      for (const ir::StateId f : twins_.differing(state)) {
        const auto known = since.find(f);
        now.emplace(f, known == since.end() ? i : known->second);
      }
      since = std::move(now);
    }
    std::size_t first = w.calls.size() - 1;
    for (const auto& [f, call] : since)
      if (plan_.reads[w.calls.back().call.action][f]) first = std::min(first, call);
    return first;
  }

 private:
  const Plan& plan_;
  Twins twins_;
};

std::set<ir::ClauseId> set_of(const std::vector<ir::ClauseId>& all) {
  return {all.begin(), all.end()};
}

/// Findings of one rule about one call whose clauses meet, on either side, are one.
void merge_into(std::vector<Finding>& all, Finding finding) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    Finding& other = all[i];
    if (other.rule != finding.rule || other.subject != finding.subject ||
        other.class_name != finding.class_name)
      continue;
    const auto meet = [](const std::vector<ir::ClauseId>& a, const std::vector<ir::ClauseId>& b) {
      return std::any_of(a.begin(), a.end(), [&](ir::ClauseId c) {
        return std::find(b.begin(), b.end(), c) != b.end();
      });
    };
    if (!meet(other.old_clauses, finding.old_clauses) &&
        !meet(other.new_clauses, finding.new_clauses))
      continue;
    const bool better = finding.level > other.level ||
                        (finding.level == other.level &&
                         finding.witness->calls.size() < other.witness->calls.size());
    Finding joined = better ? finding : other;
    const Finding& rest = better ? other : finding;
    for (const bool is_old : {true, false}) {
      std::vector<ir::ClauseId>& into = is_old ? joined.old_clauses : joined.new_clauses;
      std::set<ir::ClauseId> both = set_of(into);
      const auto& more = is_old ? rest.old_clauses : rest.new_clauses;
      both.insert(more.begin(), more.end());
      into.assign(both.begin(), both.end());
    }
    joined.seen = other.seen + finding.seen;
    // What was apart may meet now.
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    merge_into(all, std::move(joined));
    return;
  }
  all.push_back(std::move(finding));
}

}  // namespace

LookReport look(const Joint& joint, const LookOptions& options) {
  const Plan plan(joint);
  OneSide by_new(joint, plan, false), by_old(joint, plan, true);
  LookOptions again = options;
  again.seed = options.seed + 1;  // mostly the same states: another way through them
  auto other = std::async(std::launch::async, [&] { return by_old.run(again); });
  const check::ExploreBound first = by_new.run(options);
  const check::ExploreBound second = other.get();
  LookReport report;
  report.calls = first.calls + second.calls;
  report.states = first.states + second.states;
  report.depth = std::max(first.depth, second.depth);

  std::map<OneSide::Key, OneSide::Seen> all = by_new.seen();
  for (const auto& [key, seen] : by_old.seen()) {
    OneSide::Seen& into = all[key];
    if (into.steps.empty() || seen.steps.size() < into.steps.size()) into.steps = seen.steps;
    into.count += seen.count;
  }
  const Classes classes(joint);
  Shrinker shrinker(joint);
  Blame blame(joint, plan);
  for (const OneSide* side : {&by_old, &by_new})
    for (const ir::StateId f : side->apart())
      report.apart.insert(joint.now.states[f].name);
  for (const auto& [key, seen] : all) {
    const auto& [action, class_name, rule_id, level, old_clauses, new_clauses] = key;
    Finding finding;
    finding.rule = rule_id;
    finding.level = level;
    finding.subject = joint.actions[action].name;
    finding.class_name = class_name;
    finding.old_clauses = old_clauses;
    finding.new_clauses = new_clauses;
    finding.seen = seen.count;
    finding.witness = shrinker.shrink(seen.steps);
    if (!finding.witness) continue;
    finding.cause = blame.cause(*finding.witness);
    if (finding.cause + 1 < finding.witness->calls.size()) {
      const WitnessCall& cause = finding.witness->calls[finding.cause];
      finding.rule = RuleId::kEffectChanged;
      finding.subject = joint.actions[cause.call.action].name;
      finding.class_name = classes.of(cause.call);
      finding.old_clauses = finding.new_clauses = cause.chosen->clauses;
    }
    merge_into(report.findings, std::move(finding));
  }
  std::stable_sort(
      report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
        return std::tuple(-static_cast<int>(a.level), a.subject, a.rule, a.class_name) <
               std::tuple(-static_cast<int>(b.level), b.subject, b.rule, b.class_name);
      });
  for (Finding& f : report.findings)
    f.fingerprint = fingerprint_of(joint, f);
  return report;
}

bool replays(const Joint& joint, const Witness& witness) {
  const auto same = [](const std::vector<End>& a, const std::vector<End>& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](auto& x, auto& y) {
             return x.result == y.result && x.outputs == y.outputs && x.clauses == y.clauses;
           });
  };
  Twins twins(joint);
  PairState state = twins.fresh();
  for (const WitnessCall& one : witness.calls) {
    Twins::Answer answer = twins.call(state, one.call);
    const bool last = &one == &witness.calls.back();
    if (!answer.comparable || !same(answer.old_ends, one.old_ends) ||
        !same(answer.new_ends, one.new_ends) || answer.unlike.has_value() < last)
      return false;
    if (last) return true;
    bool gone_on = false;
    for (std::size_t i = 0; i < answer.next.size() && !gone_on; ++i) {
      const End& end = answer.old_ends[i];
      if (!answer.next[i] || end.result != one.chosen->result || end.outputs != one.chosen->outputs)
        continue;
      state = std::move(*answer.next[i]);
      gone_on = true;
    }
    if (!gone_on) return false;
  }
  return false;
}

}  // namespace gms::diff
