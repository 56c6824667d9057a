// What `gmemspec diff` finds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/conform/datum.h"
#include "checker/diff/join.h"
#include "ir/ir.h"

namespace gms::diff {

enum class Level : std::uint8_t { kEquivalent, kCompatible, kRisk, kBreak };
std::string_view level_name(Level level);
std::optional<Level> level_of(std::string_view name);

enum class RuleId : std::uint8_t {
#define GMS_RULE(id, name, level, who, direction, kind, what, why) id,
#include "checker/diff/rules.def"
#undef GMS_RULE
};
struct Rule {
  RuleId id;
  std::string_view name;  // kebab-case, never changed
  Level level;
  std::string_view who, direction, kind;
  std::string_view what;  // "{0}" stands for the call or the name
  std::string_view why;
};
const std::vector<Rule>& all_rules();
const Rule& rule(RuleId id);
const Rule* find_rule(std::string_view name);

/// One way in which a call may end, as a caller sees it: outputs by JointAction::outputs, unset as
/// none. Not compared: what one side lacks.
struct End {
  std::uint64_t result = 0;
  std::vector<check::Datum> outputs;
  std::vector<ir::ClauseId> clauses;  // that lead to it, ascending
};

/// A call on both sides: arguments by JointAction::params.
struct PairCall {
  ir::ActionId action = ir::kNoId;
  std::vector<check::Datum> args;
};
/// With all ends on both sides. Of a call that is not the last, `chosen` is the one that the run
/// went on with, which both have.
struct WitnessCall {
  PairCall call;
  std::vector<End> old_ends, new_ends;
  std::optional<End> chosen;
};

/// From the fresh system: all calls but the last end alike, and the last does not.
struct Witness {
  std::vector<WitnessCall> calls;
};

struct Finding {
  RuleId rule = RuleId::kCallRefused;
  Level level = Level::kBreak;
  std::string subject;     // the action, or the name that is declared otherwise
  std::string class_name;  // of the call, by a constant that the actions ask for; may be empty
  std::string detail;      // of a declaration: what it is on both sides
  std::vector<ir::ClauseId> old_clauses, new_clauses;  // that decide, ascending
  std::optional<Witness> witness;
  /// kEffectChanged: the call of the witness that leaves something else.
  std::size_t cause = 0;
  std::vector<std::string> run;  // kOverlapBreaks: calls and steps, in lines
  std::size_t seen = 1;          // how many different calls showed it
  std::string waived;            // why it is accepted; empty: it is not
  std::string fingerprint;
};

/// Twelve hexadecimal digits of rule, subject, class and the clause labels of the side that has
/// fewer: what stays when texts are reworded.
std::string fingerprint_of(const Joint& joint, const Finding& finding);

}  // namespace gms::diff
