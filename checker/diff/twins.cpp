#include "checker/diff/twins.h"

#include <algorithm>
#include <set>

#include "checker/explore/search.h"
#include "ir/type.h"

namespace gms::diff {
namespace {

namespace interp = ir::interp;
using check::Datum;

/// States of one side after the same calls with the same answers; beyond it nothing is followed.
constexpr std::size_t kMaxStates = 6;

/// Without the names of symbols.
Datum seen(const Datum& value) {
  if (check::is_none(value)) return Datum::none();
  Datum out = value;
  out.symbol = 0;
  out.affine = out.scale = 0;
  out.each = false;
  if (value.is_unknown()) out.bits = 0;
  return out;
}

bool same_end(const End& a, const End& b) {
  return a.result == b.result && a.outputs == b.outputs;
}

bool covers(const End& general, const End& special) {
  if (general.result != special.result) return false;
  for (std::size_t i = 0; i < general.outputs.size(); ++i)
    if (!diff::covers(general.outputs[i], special.outputs[i])) return false;
  return true;
}

bool is_within(const End& end, const std::vector<End>& all) {
  return std::any_of(all.begin(), all.end(), [&](const End& one) { return covers(one, end); });
}
bool are_within(const std::vector<End>& some, const std::vector<End>& all) {
  return std::all_of(some.begin(), some.end(), [&](const End& one) { return is_within(one, all); });
}

std::vector<End> those(const std::vector<End>& ends, bool successes) {
  std::vector<End> out;
  for (const End& e : ends)
    if ((e.result == 0) == successes) out.push_back(e);
  return out;
}

/// Clauses of the ends that the others lack.
std::vector<ir::ClauseId> clauses_without(const std::vector<End>& ends,
                                          const std::vector<End>& others) {
  std::set<ir::ClauseId> out;
  for (const End& e : ends)
    if (!is_within(e, others)) out.insert(e.clauses.begin(), e.clauses.end());
  return {out.begin(), out.end()};
}

std::set<std::uint64_t> results(const std::vector<End>& ends) {
  std::set<std::uint64_t> out;
  for (const End& e : ends)
    out.insert(e.result);
  return out;
}

Unlike classify(const std::vector<End>& old, const std::vector<End>& now) {
  Unlike out;
  const auto set = [&](RuleId id) {
    out.rule = id;
    out.level = rule(id).level;
  };
  out.old_clauses = clauses_without(old, now);
  out.new_clauses = clauses_without(now, old);
  const std::vector<End> old_ok = those(old, true), new_ok = those(now, true);
  const std::vector<End> old_bad = those(old, false), new_bad = those(now, false);
  if (old.empty() || now.empty()) {
    set(RuleId::kCallBlocked);
  } else if (old_ok.empty() != new_ok.empty()) {
    set(new_ok.empty() ? RuleId::kCallRefused : RuleId::kCallAccepted);
    // What decides is how it succeeds on the one side, and fails on the other.
    (new_ok.empty() ? out.old_clauses : out.new_clauses) =
        clauses_without(new_ok.empty() ? old_ok : new_ok, {});
    std::vector<ir::ClauseId>& failing = new_ok.empty() ? out.new_clauses : out.old_clauses;
    const std::vector<ir::ClauseId> all = clauses_without(new_ok.empty() ? new_bad : old_bad, {});
    const std::vector<ir::ClauseId> others = clauses_without(new_ok.empty() ? old : now, {});
    failing.clear();
    std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                        std::back_inserter(failing));
    if (failing.empty()) failing = all;
  } else if (!are_within(old_ok, new_ok) || !are_within(new_ok, old_ok)) {
    set(are_within(new_ok, old_ok)   ? RuleId::kOutputNarrowed
        : are_within(old_ok, new_ok) ? RuleId::kOutputWidened
                                     : RuleId::kOutputChanged);
    out.old_clauses = clauses_without(old_ok, new_ok);
    out.new_clauses = clauses_without(new_ok, old_ok);
  } else if (results(old_bad) == results(new_bad)) {
    set(are_within(new_bad, old_bad)   ? RuleId::kOutputNarrowed
        : are_within(old_bad, new_bad) ? RuleId::kOutputWidened
                                       : RuleId::kOutputChanged);
  } else if (are_within(new_bad, old_bad)) {
    set(RuleId::kErrnoNarrowed);
  } else if (are_within(old_bad, new_bad)) {
    set(RuleId::kErrnoWidened);
    if (old_bad.empty()) out.level = Level::kBreak;
  } else {
    set(RuleId::kErrnoChanged);
  }
  return out;
}

}  // namespace

bool covers(const Datum& general, const Datum& special) {
  if (general.tag == check::Tag::kUnknown) return true;
  if (general.tag == check::Tag::kUnknownSome)
    return special.tag == check::Tag::kUnknownSome || special.tag == check::Tag::kKnown;
  return general == special;
}

Twins::Twins(const Joint& joint)
    : joint_(joint),
      old_(joint.old, joint.old_values),
      now_(joint.now, joint.new_values),
      fresh_{{old_.fresh()}, {now_.fresh()}} {}

PairState Twins::fresh() const {
  return fresh_;
}

bool Twins::run(interp::Interpreter& in, bool is_old, const std::vector<interp::State>& from,
                const PairCall& call, bool successors, Side& out) {
  const JointAction& action = joint_.actions[call.action];
  const ir::Action& mine = in.module().actions[call.action];
  std::vector<Datum> args(mine.params.size());
  for (std::size_t i = 0; i < action.params.size(); ++i) {
    const int at = is_old ? action.params[i].old_at : action.params[i].new_at;
    if (at >= 0) args[static_cast<std::size_t>(at)] = call.args[i];
  }
  const interp::RunOptions options = check::call_options();
  for (const interp::State& state : from) {
    bool good = true;
    const auto done = in.outcomes(state, call.action, args, options, [&](interp::Outcome&& o) {
      End end{o.result, {}, {}};
      for (const JointLocal& local : action.outputs) {
        const int at = is_old ? local.old_at : local.new_at;
        const bool both = local.old_at >= 0 && local.new_at >= 0;
        Datum value = both ? seen(o.outputs[static_cast<std::size_t>(at)]) : Datum::none();
        if (both && check::is_none(value) && !local.type.optional)
          value = Datum::known(ir::zero_bits(in.module(), local.type));
        end.outputs.push_back(value);
      }
      const auto known = std::find_if(out.ends.begin(), out.ends.end(),
                                      [&](const End& e) { return same_end(e, end); });
      const auto at = static_cast<std::size_t>(known - out.ends.begin());
      if (known == out.ends.end()) {
        out.ends.push_back(std::move(end));
        out.next.emplace_back();
      }
      std::vector<ir::ClauseId>& clauses = out.ends[at].clauses;
      const auto place = std::lower_bound(clauses.begin(), clauses.end(), o.clause);
      if (place == clauses.end() || *place != o.clause) clauses.insert(place, o.clause);
      if (!successors) return true;
      std::vector<interp::State>& next = out.next[at];
      good = good && o.next.exact();
      if (std::find(next.begin(), next.end(), o.next) == next.end())
        next.push_back(std::move(o.next));
      return true;
    });
    if (done != interp::Completeness::kAll || !good) return false;
  }
  return true;
}

Twins::Answer Twins::call(const PairState& state, const PairCall& call, bool successors) {
  Answer answer;
  if (!joint_.actions[call.action].comparable) return answer;
  Side old, now;
  if (!run(old_, true, state.old, call, successors, old)) return answer;
  if (!run(now_, false, state.now, call, successors, now)) return answer;
  answer.comparable = !old.ends.empty() || !now.ends.empty();
  if (!are_within(old.ends, now.ends) || !are_within(now.ends, old.ends))
    answer.unlike = classify(old.ends, now.ends);
  answer.next.resize(old.ends.size());
  for (std::size_t i = 0; successors && i < old.ends.size(); ++i) {
    const auto same = std::find_if(now.ends.begin(), now.ends.end(),
                                   [&](const End& e) { return same_end(e, old.ends[i]); });
    if (same == now.ends.end()) continue;
    std::vector<interp::State>& theirs =
        now.next[static_cast<std::size_t>(same - now.ends.begin())];
    if (old.next[i].size() > kMaxStates || theirs.size() > kMaxStates) continue;
    // Objects are paired by number: both must have made as many.
    bool lockstep = true;
    for (ir::DomainId d = 0; d < joint_.old.domains.size(); ++d)
      for (const std::vector<interp::State>* all : {&old.next[i], &theirs})
        for (const interp::State& s : *all)
          lockstep = lockstep && s.next_handle(d) == old.next[i].front().next_handle(d);
    if (lockstep) answer.next[i] = PairState{std::move(old.next[i]), std::move(theirs)};
  }
  answer.old_ends = std::move(old.ends);
  answer.new_ends = std::move(now.ends);
  return answer;
}

Twins::Answer Twins::call_alike(const PairState& state, const PairCall& call) {
  Answer answer;
  if (!joint_.actions[call.action].comparable) return answer;
  Side old;
  if (!run(old_, true, state.old, call, true, old)) return answer;
  answer.comparable = !old.ends.empty();
  answer.next.resize(old.ends.size());
  for (std::size_t i = 0; i < old.ends.size(); ++i) {
    if (old.next[i].size() > kMaxStates) continue;
    PairState pair;
    bool lockstep = true;
    for (interp::State& s : old.next[i]) {
      for (ir::DomainId d = 0; d < joint_.old.domains.size(); ++d)
        lockstep = lockstep && s.next_handle(d) == old.next[i].front().next_handle(d);
      pair.now.push_back(s.with_shape(fresh_.now.front().shape()));
    }
    pair.old = std::move(old.next[i]);
    if (lockstep) answer.next[i] = std::move(pair);
  }
  answer.old_ends = old.ends;
  answer.new_ends = std::move(old.ends);
  return answer;
}

std::vector<ir::StateId> Twins::differing(const PairState& state) const {
  std::vector<ir::StateId> out;
  struct Point {
    interp::HandleKey key;
    std::uint64_t from, last;
    Datum value;
    bool operator==(const Point&) const = default;
  };
  const auto points = [](const interp::State& s, ir::StateId f) {
    std::vector<Point> all;
    s.for_each_run(f, [&](const interp::HandleKey& key, std::uint64_t from, std::uint64_t last,
                          const Datum& value) {
      all.push_back({key, from, last, seen(value)});
    });
    return all;
  };
  for (ir::StateId f = 0; f < joint_.shared.size(); ++f) {
    if (!joint_.shared[f]) continue;
    std::vector<std::vector<Point>> old, now;
    for (const interp::State& s : state.old)
      old.push_back(points(s, f));
    for (const interp::State& s : state.now)
      now.push_back(points(s, f));
    const auto within = [](const auto& some, const auto& all) {
      return std::all_of(some.begin(), some.end(), [&](const auto& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
      });
    };
    if (!within(old, now) || !within(now, old)) out.push_back(f);
  }
  return out;
}

}  // namespace gms::diff
