#include "gen/backend/explore/unit.h"

#include <algorithm>
#include <cstdio>

#include "ir/type.h"

namespace gms::gen::explore {
namespace {

using ir::TypeKind;

// What generated code uses unqualified.
const std::set<std::string> kNames = {
    "after", "before", "canonical", "check", "clause", "cx",     "describe", "div", "done",
    "dead",  "first",  "is_live",   "kOk",   "mix",    "old",    "ones",     "out", "rem",
    "run",   "s",      "shl",       "shr",   "some",   "spec",   "std",      "sx",  "successors",
    "u64",   "unwrap", "explore",   "gms",   "main",   "result", "used",     "h",   "model",
    "index", "signal", "link",      "read",  "write",  "close"};

}  // namespace

Unit::Unit(const ir::Module& module, const Bounds& bounds)
    : m(module), b(bounds), layout(make_layout(module, bounds)), functions(kNames) {
  cpp::Scope state_scope, domain_scope, enum_scope;
  for (const ir::State& one : m.states)
    states.push_back(state_scope.add(cpp::to_snake(one.name)));
  for (const ir::Domain& one : m.domains)
    domains.push_back(domain_scope.add(cpp::to_snake(one.name)));
  for (const ir::Enum& one : m.enums)
    enums.push_back(enum_scope.add("kValues" + cpp::to_pascal(one.name)));
  for (const ir::Callable& one : m.fns)
    fns.push_back(functions.add(cpp::to_snake(one.name)));
  for (const ir::Callable& one : m.procs)
    procs.push_back(functions.add("do_" + cpp::to_snake(one.name)));
  for (const ir::Action& one : m.actions)
    actions.push_back(functions.add("call_" + cpp::to_snake(one.name)));
  problems = layout.problems;
}

std::string Unit::type(const ir::Type& t) {
  if (t.optional) return "Opt";
  return t.kind == TypeKind::kBool ? "bool" : "u64";
}

std::string Unit::constant(const ir::Type& t, std::uint64_t bits) const {
  if (t.kind == TypeKind::kBool) return bits != 0 ? "true" : "false";
  if (t.kind == TypeKind::kEnum) bits = member_of(m.enums[t.decl], bits);
  if (bits < 10000) return "u64{" + std::to_string(bits) + '}';
  char text[32];
  std::snprintf(text, sizeof text, "u64{0x%llx}", static_cast<unsigned long long>(bits));
  return text;
}

std::string Unit::none_or(const ir::Type& t, const std::optional<std::uint64_t>& bits) const {
  if (!t.optional) return constant(t, bits.value_or(0));
  return bits ? "some(" + constant(t, *bits) + ')' : "Opt{}";
}

std::string Unit::zero(const ir::Type& t) const {
  if (t.optional) return "Opt{}";
  return constant(t, ir::zero_bits(m, t));
}

std::string Unit::initial(const ir::State& state) const {
  if (state.initial_none) return "Opt{}";
  return none_or(state.type, state.initial);
}

unsigned Unit::reason(const std::string& text) const {
  const auto found = std::find(reasons_.begin(), reasons_.end(), text);
  if (found == reasons_.end()) {
    reasons_.push_back(text);
    return static_cast<unsigned>(reasons_.size() - 1);
  }
  return static_cast<unsigned>(found - reasons_.begin());
}

}  // namespace gms::gen::explore
