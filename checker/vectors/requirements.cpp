#include "checker/vectors/requirements.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/conform/reach.h"

namespace gms::check {
namespace {

std::string decision_text(const ir::Module& m, const Probe& probe) {
  if (probe.decides != ir::kNoId) return clause_text(m, probe.decides);
  return (probe.action != ir::kNoId ? m.actions[probe.action].name : m.procs[probe.proc].name) +
         ", a branch";
}

}  // namespace

std::string_view criterion_name(Criterion criterion) {
  switch (criterion) {
    case Criterion::kClause: return "clause";
    case Criterion::kCondition: return "condition";
    case Criterion::kBoundary: return "boundary";
    case Criterion::kPair: return "pair";
    case Criterion::kPremise: return "premise";
    case Criterion::kMutation: return "mutation";
  }
  return "";
}

std::string clause_text(const ir::Module& m, ir::ClauseId id) {
  const ir::Clause& clause = m.clauses[id];
  return (clause.action != ir::kNoId ? m.actions[clause.action].name : m.procs[clause.proc].name) +
         '.' + clause.label;
}

std::string requirement_text(const ir::Module& m, const Probed& probed,
                             const std::vector<ir::Mutation>& mutations, const Requirement& one,
                             const PlaceText& place) {
  switch (one.criterion) {
    case Criterion::kClause: return clause_text(m, one.clause);
    case Criterion::kCondition: {
      const Probe& probe = probed.probes[one.probe];
      return fmt::format("{}: {} is {} and decides", decision_text(m, probe),
                         place(m.exprs[probe.condition].span), probe.value != 0);
    }
    case Criterion::kBoundary: {
      const Probe& probe = probed.probes[one.probe];
      return fmt::format("{}: {} decides, its sides {}", decision_text(m, probe),
                         place(m.exprs[probe.condition].span),
                         probe.value == 0  ? "equal"
                         : probe.value < 0 ? "differ by one, the left one less"
                                           : "differ by one, the left one more");
    }
    case Criterion::kPair:
      return fmt::format("{} writes {}, {} depends on it", m.actions[one.writer].name,
                         m.states[one.state].name, m.actions[one.reader].name);
    case Criterion::kPremise:
      return fmt::format("the premise of {} holds", m.properties[one.property].name);
    case Criterion::kMutation: {
      const ir::Mutation& mutation = mutations[one.mutation];
      return fmt::format("{}: {} ({}) would be noticed", mutation.place, place(mutation.span),
                         mutation.what);
    }
  }
  return {};
}

std::vector<Requirement> requirements(const ir::Module& m, const Probed& probed,
                                      const std::vector<Premises::Premise>& premises,
                                      const std::vector<ir::Mutation>& mutations,
                                      const std::vector<Criterion>& criteria) {
  const auto wants = [&](Criterion criterion) {
    return std::find(criteria.begin(), criteria.end(), criterion) != criteria.end();
  };
  std::vector<Requirement> all;
  if (wants(Criterion::kClause)) {
    for (ir::ClauseId c = 0; c < m.clauses.size(); ++c) {
      Requirement one;
      one.clause = c;
      all.push_back(one);
    }
  }
  for (std::uint32_t p = 0; p < probed.probes.size(); ++p) {
    const Criterion criterion =
        probed.probes[p].kind == ProbeKind::kDecides ? Criterion::kCondition : Criterion::kBoundary;
    if (!wants(criterion)) continue;
    Requirement one;
    one.criterion = criterion;
    one.clause = probed.probes[p].clause;
    one.probe = p;
    all.push_back(one);
  }
  for (std::size_t i = 0; wants(Criterion::kPremise) && i < premises.size(); ++i) {
    Requirement one;
    one.criterion = Criterion::kPremise;
    one.property = premises[i].property;
    all.push_back(one);
  }
  for (std::uint32_t i = 0; wants(Criterion::kMutation) && i < mutations.size(); ++i) {
    if (ir::touched_actions(m, mutations[i]).empty()) continue;
    Requirement one;
    one.criterion = Criterion::kMutation;
    one.mutation = i;
    all.push_back(one);
  }
  if (!wants(Criterion::kPair)) return all;
  std::vector<std::vector<bool>> reads, writes;
  for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
    Reach reach(m);
    reach.add_action(a);
    reads.push_back(reach.reads());
    writes.push_back(reach.writes());
  }
  for (ir::ActionId w = 0; w < m.actions.size(); ++w) {
    for (ir::StateId f = 0; f < m.states.size(); ++f) {
      for (ir::ActionId r = 0; r < m.actions.size() && writes[w][f]; ++r) {
        if (!reads[r][f]) continue;
        Requirement one;
        one.criterion = Criterion::kPair;
        one.writer = w;
        one.reader = r;
        one.state = f;
        all.push_back(one);
      }
    }
  }
  return all;
}

RequirementIndex::RequirementIndex(const std::vector<Requirement>& requirements) {
  for (std::uint32_t r = 0; r < requirements.size(); ++r) {
    const Requirement& one = requirements[r];
    if (one.clause != ir::kNoId) by_clause_[one.clause] = r;
    if (one.criterion == Criterion::kPair) by_pair_[{one.writer, one.state, one.reader}] = r;
  }
}

const std::uint32_t* RequirementIndex::of_clause(ir::ClauseId clause) const {
  const auto at = by_clause_.find(clause);
  return at == by_clause_.end() ? nullptr : &at->second;
}

const std::uint32_t* RequirementIndex::of_pair(ir::ActionId writer, ir::StateId state,
                                               ir::ActionId reader) const {
  const auto at = by_pair_.find({writer, state, reader});
  return at == by_pair_.end() ? nullptr : &at->second;
}

}  // namespace gms::check
