#include <string_view>

#include "gen/driver/pipeline.h"
#include "ir/type.h"

namespace gms::gen {

namespace {

std::string list(const ir::Module& module, const std::vector<ir::Local>& locals,
                 const std::vector<ir::VarId>& vars) {
  std::string text = "(";
  for (const ir::VarId var : vars) {
    if (text.size() > 1) text += ", ";
    text += locals[var].name + " : " + ir::type_text(module, locals[var].type);
  }
  return text + ")";
}

std::string keys_text(const ir::Module& module, const std::vector<ir::Type>& keys) {
  std::string text = "[";
  for (const ir::Type& key : keys) {
    if (text.size() > 1) text += ", ";
    text += ir::type_text(module, key);
  }
  return text + "]";
}

std::string_view kind_text(ir::PropertyKind kind) {
  switch (kind) {
    case ir::PropertyKind::kInvariant: return "invariant";
    case ir::PropertyKind::kLemma: return "lemma";
    case ir::PropertyKind::kTwoState: return "property";
    case ir::PropertyKind::kLaw: return "law";
    case ir::PropertyKind::kCover: return "cover";
  }
  return "";
}

std::string lets_text(const ir::Module& module, const ir::Callable& callable) {
  std::string text;
  for (ir::VarId var = 0; var < callable.locals.size(); ++var) {
    bool listed = false;
    for (const std::vector<ir::VarId>* vars : {&callable.params, &callable.outputs})
      for (const ir::VarId other : *vars)
        listed |= other == var;
    if (!listed)
      text += "  local " + callable.locals[var].name + " : " +
              ir::type_text(module, callable.locals[var].type) + "\n";
  }
  return text;
}

std::string clauses_text(const ir::Module& module, ir::ActionId action, ir::ProcId proc) {
  std::string text;
  for (const ir::Clause& clause : module.clauses) {
    if (clause.action != action || clause.proc != proc) continue;
    const ir::EnumMember* result = ir::find_member(module.enums[ir::kErrnoEnum], clause.result);
    text += "  clause " + clause.label + " -> " + (result == nullptr ? "?" : result->name) + "\n";
  }
  return text;
}

}  // namespace

std::string print_types(const ir::Module& module) {
  std::string out = "spec " + module.name + "\n";
  const auto type = [&](const ir::Type& t) { return ir::type_text(module, t); };
  for (ir::EnumId id = 1; id < module.enums.size(); ++id) {
    const ir::Enum& e = module.enums[id];
    out += (e.is_flags ? "flags " : "enum ") + e.name + " {";
    for (const ir::EnumMember& member : e.members)
      out += (&member == &e.members.front() ? " " : ", ") + member.name + " = " +
             std::to_string(member.value);
    out += " }\n";
  }
  for (const ir::Domain& domain : module.domains)
    out += "domain " + domain.name + "\n";
  for (const ir::IndexSort& sort : module.index_sorts)
    out += "index " + sort.name + " : u" + std::to_string(static_cast<unsigned>(sort.width)) + "\n";
  for (const ir::Const& c : module.consts)
    out += "const " + c.name + " : " + type(c.type) + " = " +
           ir::value_text(module, c.type, c.value) + "\n";
  for (const ir::Param& param : module.params)
    out += (param.is_quirk ? "quirk " : "param ") + param.name + " : " + type(param.type) + " = " +
           ir::value_text(module, param.type, param.default_value) + "\n";
  for (const ir::Lock& lock : module.locks)
    out += (lock.shared_mode ? "rw lock " : "lock ") + lock.name + " : " +
           keys_text(module, lock.keys) + "\n";
  for (const ir::State& state : module.states) {
    out += (state.ghost ? "ghost state " : "state ") + state.name + " : ";
    if (!state.keys.empty()) out += keys_text(module, state.keys) + " -> ";
    out += type(state.type) + " = ";
    out += state.initial_none ? std::string("none")
                              : ir::value_text(module, state.type, state.initial);
    out += state.observe_only ? "  // decides nothing\n" : "\n";
  }
  for (const ir::Callable& fn : module.fns)
    out += "fn " + fn.name + list(module, fn.locals, fn.params) + " -> " +
           type(module.exprs[fn.expr].type) + "\n";
  for (ir::ProcId id = 0; id < module.procs.size(); ++id) {
    const ir::Callable& proc = module.procs[id];
    out += "procedure " + proc.name + list(module, proc.locals, proc.params) + " returns " +
           list(module, proc.locals, proc.outputs) + "\n" + lets_text(module, proc) +
           clauses_text(module, ir::kNoId, id);
  }
  for (ir::ActionId id = 0; id < module.actions.size(); ++id) {
    const ir::Action& action = module.actions[id];
    out += "action " + action.name + list(module, action.locals, action.params) + " returns " +
           list(module, action.locals, action.outputs) + "\n" + lets_text(module, action) +
           clauses_text(module, id, ir::kNoId);
  }
  for (const ir::Property& property : module.properties)
    out += std::string(kind_text(property.kind)) + " " + property.name + "\n";
  for (const ir::Event& event : module.events) {
    out += "event " + event.op + "\n";
    for (const ir::Local& local : event.locals)
      out += "  local " + local.name + " : " + type(local.type) + "\n";
  }
  return out;
}

}  // namespace gms::gen
