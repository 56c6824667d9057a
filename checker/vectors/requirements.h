// What a set of test vectors has to show of a spec.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "checker/vectors/premises.h"
#include "checker/vectors/probes.h"
#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

enum class Criterion : std::uint8_t {
  kClause,     // a call leaves by the clause
  kCondition,  // the condition decides, once true and once false (masking MC/DC)
  kBoundary,   // a comparison that decides, at its boundary and one to each side
  kPair,       // one call writes a state function, the next one would end otherwise without that
  kPremise,    // a property says something: its premise holds
  kMutation,   // a small change of the spec shows in what calls return
};
std::string_view criterion_name(Criterion criterion);

struct Requirement {
  Criterion criterion = Criterion::kClause;
  ir::ClauseId clause = ir::kNoId;  // of the probed module; kPair: none
  std::uint32_t probe = ir::kNoId;  // kCondition, kBoundary: index into Probed::probes
  // kPair: which action writes what, and which depends on it.
  ir::ActionId writer = ir::kNoId, reader = ir::kNoId;
  ir::StateId state = ir::kNoId;
  std::uint32_t mutation = ir::kNoId;  // kMutation: index into ir::mutations()
  std::uint32_t property = ir::kNoId;  // kPremise: index into Module::properties
};

/// Where something stands, and its text.
using PlaceText = std::function<std::string(base::Span)>;

/// "set_memory_attributes2.busy", "close writes fd_open, dup depends on it", ...
/// `module` is the one that was probed.
std::string requirement_text(const ir::Module& module, const Probed& probed,
                             const std::vector<ir::Mutation>& mutations,
                             const Requirement& requirement, const PlaceText& place);
/// "set_memory_attributes2.busy"
std::string clause_text(const ir::Module& module, ir::ClauseId clause);

/// Those of the criteria, in the order of the module. Pairs are those that the effects of actions
/// allow, mutations those that touch an action; whether one of them can be shown is not known.
std::vector<Requirement> requirements(const ir::Module& module, const Probed& probed,
                                      const std::vector<Premises::Premise>& premises,
                                      const std::vector<ir::Mutation>& mutations,
                                      const std::vector<Criterion>& criteria);

/// Which requirement a clause or a pair of calls shows.
class RequirementIndex {
 public:
  explicit RequirementIndex(const std::vector<Requirement>& requirements);
  /// An index into the requirements, or null.
  const std::uint32_t* of_clause(ir::ClauseId clause) const;
  const std::uint32_t* of_pair(ir::ActionId writer, ir::StateId state, ir::ActionId reader) const;
  /// Of clauses, probes as well, ascending.
  const std::map<ir::ClauseId, std::uint32_t>& clauses() const { return by_clause_; }

 private:
  std::map<ir::ClauseId, std::uint32_t> by_clause_;
  std::map<std::tuple<ir::ActionId, ir::StateId, ir::ActionId>, std::uint32_t> by_pair_;
};

}  // namespace gms::check
