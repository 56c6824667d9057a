#include "gen/backend/cpp/unit.h"

#include <cstdio>
#include <sstream>
#include <utility>

#include "ir/type.h"

namespace gms::gen::cpp {
namespace {

using ir::TypeKind;

// What generated code uses unqualified.
const std::set<std::string> kFunctions = {"add",        "all",         "append_outputs",
                                          "choose",     "copied",      "destroy",
                                          "div",        "first",       "for_each_stretch",
                                          "from_datum", "is_exit",     "computed",
                                          "lift",       "mul",         "neg",
                                          "number_of",  "out",         "outcome",
                                          "range",      "rem",         "result_of",
                                          "run",        "s",           "shl",
                                          "shr",        "some",        "stretch",
                                          "sub",        "to_datum",    "whole",
                                          "wrap",       "wrap_signed", "words",
                                          "model",      "std",         "gms",
                                          "kInfo",      "agrees",      "unsure"};
const std::set<std::string> kTypes = {
    "Base",      "Bits",    "Chooser",  "Clause",    "Cursor",   "Datum",    "Deferred",
    "Enumerate", "Errno",   "EventRun", "FieldSlot", "Follow",   "Function", "Handle",
    "Index",     "Lazy",    "Model",    "NoOutputs", "Optional", "Params",   "State",
    "Stretch",   "Verdict", "Spelling", "WordTable", "Spec"};
const std::set<std::string> kStateMembers = {
    "all",     "copied",  "create",         "end",    "functions", "hash",        "is_exact",
    "is_live", "journal", "lose_exactness", "params", "tables",    "use_journal", "State"};

std::string hex(std::uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

}  // namespace

Unit::Unit(const ir::Module& module, Places places)
    : m(module), facts(module), functions(kFunctions), places_(std::move(places)) {
  space = Scope().add(to_snake(module.name));
  Scope types(kTypes);
  for (std::size_t i = 0; i < module.enums.size(); ++i) {
    const ir::Enum& one = module.enums[i];
    enums.push_back(i == ir::kErrnoEnum ? "Errno" : types.add(to_pascal(one.name)));
    Scope scope;
    std::vector<std::string>& names = members.emplace_back();
    for (const ir::EnumMember& member : one.members)
      names.push_back(enums.back() + "::" + scope.add("k" + to_pascal(member.name)));
  }
  for (const ir::Domain& one : module.domains) {
    domains.push_back(types.add(to_pascal(one.name)));
    handle_names.push_back(Scope({"s"}).add(to_snake(one.name)));
    tags.push_back(types.add(domains.back() + "Tag"));
  }
  for (const ir::IndexSort& one : module.index_sorts)
    sorts.push_back(types.add(to_pascal(one.name)));
  Scope param_scope;
  for (const ir::Param& one : module.params)
    params.push_back(param_scope.add(to_snake(one.name)));
  Scope state_scope(kStateMembers);
  for (const ir::State& one : module.states)
    states.push_back(state_scope.add(to_snake(one.name)));
  const auto fields = [](const ir::Callable& one) {
    Scope scope;
    std::vector<std::string> names;
    for (const ir::VarId var : one.outputs)
      names.push_back(scope.add(to_snake(one.locals[var].name)));
    return names;
  };
  for (const ir::Callable& one : module.fns)
    fns.push_back(functions.add(to_snake(one.name)));
  for (const ir::Callable& one : module.procs) {
    procs.push_back(functions.add(to_snake(one.name)));
    proc_results.push_back(one.outputs.empty() ? ""
                                               : types.add(to_pascal(procs.back()) + "Results"));
    proc_fields.push_back(fields(one));
  }
  for (const ir::Action& one : module.actions) {
    actions.push_back(functions.add(to_snake(one.name)));
    action_outputs.push_back(
        one.outputs.empty() ? "" : types.add(to_pascal(actions.back()) + "Outputs"));
    action_fields.push_back(fields(one));
  }
  for (const ir::Event& one : module.events)
    events.push_back(functions.add("on_" + to_snake(one.op)));
  Scope clause_scope({"kNone", "kImpossible"});
  for (const ir::Clause& one : module.clauses) {
    const std::string& owner = one.action != ir::kNoId ? actions[one.action] : procs[one.proc];
    clauses.push_back("Clause::" + clause_scope.add("k" + to_pascal(owner) + to_pascal(one.label)));
  }
}

std::string Unit::number_type(unsigned width, bool is_signed) {
  const char* name = width <= 8    ? "int8_t"
                     : width <= 16 ? "int16_t"
                     : width <= 32 ? "int32_t"
                                   : "int64_t";
  return std::string("std::") + (is_signed ? "" : "u") + name;
}

std::string Unit::type(const ir::Type& t, bool lazy) const {
  if (lazy) return "Lazy<" + type(t) + ">";
  if (t.optional) return "Optional<" + type(ir::value_of(t)) + ">";
  switch (t.kind) {
    case TypeKind::kBool: return "bool";
    case TypeKind::kInt: return number_type(t.width, t.is_signed);
    case TypeKind::kEnum: return enums[t.decl];
    case TypeKind::kHandle: return domains[t.decl];
    case TypeKind::kIndex: return sorts[t.decl];
  }
  return {};
}

std::string Unit::initial(const ir::Type& t) const {
  if (!t.optional && t.kind == TypeKind::kEnum)
    return " = " + constant(t, ir::zero_bits(m, t), false);
  if (!t.optional && t.kind == TypeKind::kBool) return " = false";
  if (!t.optional && (t.kind == TypeKind::kInt || t.kind == TypeKind::kIndex)) return " = 0";
  return "";
}

std::string Unit::constant(const ir::Type& t, std::uint64_t bits, bool typed) const {
  switch (t.kind) {
    case TypeKind::kBool: return bits != 0 ? "true" : "false";
    case TypeKind::kEnum: {
      const ir::Enum& one = m.enums[t.decl];
      for (std::size_t i = 0; i < one.members.size(); ++i) {
        if (one.members[i].value == bits) return members[t.decl][i];
      }
      return "static_cast<" + enums[t.decl] + ">(" + std::to_string(bits) + ")";
    }
    case TypeKind::kHandle: return domains[t.decl] + "{}";
    case TypeKind::kInt:
    case TypeKind::kIndex: break;
  }
  std::string text;
  if (t.is_signed) {
    const std::int64_t value = ir::sign_extend(bits, t.width);
    text = value == INT64_MIN ? "-9223372036854775807 - 1" : std::to_string(value);
    if (value == INT64_MIN && !typed) text = '(' + text + ')';
  } else {
    text = bits < 10000 ? std::to_string(bits) : hex(bits);
    if (bits > 0x7fffffff) text += 'u';
  }
  return typed ? number_type(t.width, t.is_signed) + "{" + text + "}" : text;
}

void Unit::doc(base::TextWriter& out, const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out.line(line.empty() ? "///" : "/// " + line);
}

}  // namespace gms::gen::cpp
