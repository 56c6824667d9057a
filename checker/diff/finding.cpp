#include "checker/diff/finding.h"

#include <algorithm>
#include <set>

#include "base/fingerprint.h"

namespace gms::diff {

std::string_view level_name(Level level) {
  switch (level) {
    case Level::kEquivalent: return "equivalent";
    case Level::kCompatible: return "compatible";
    case Level::kRisk: return "risk";
    case Level::kBreak: break;
  }
  return "break";
}

std::optional<Level> level_of(std::string_view name) {
  for (const Level level : {Level::kEquivalent, Level::kCompatible, Level::kRisk, Level::kBreak})
    if (level_name(level) == name) return level;
  return std::nullopt;
}

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules = {
#define GMS_RULE(id, name, level, who, direction, kind, what, why) \
  {RuleId::id, name, Level::level, who, direction, kind, what, why},
#include "checker/diff/rules.def"
#undef GMS_RULE
  };
  return rules;
}

const Rule& rule(RuleId id) {
  return all_rules()[static_cast<std::size_t>(id)];
}

const Rule* find_rule(std::string_view name) {
  for (const Rule& one : all_rules())
    if (one.name == name) return &one;
  return nullptr;
}

std::string fingerprint_of(const Joint& joint, const Finding& finding) {
  std::string key = std::string(rule(finding.rule).name) + '\n' + finding.subject + '\n' +
                    finding.class_name + '\n';
  const bool by_new = finding.new_clauses.size() < finding.old_clauses.size();
  const ir::Module& m = by_new ? joint.now : joint.old;
  std::set<std::string> labels;
  for (const ir::ClauseId c : by_new ? finding.new_clauses : finding.old_clauses)
    labels.insert(m.clauses[c].label);
  for (const std::string& label : labels)
    key += label + '\n';
  return base::hex(base::fingerprint(key)).substr(4);
}

}  // namespace gms::diff
