#include "checker/explore/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "ir/type.h"

namespace gms::check {

void Objects::meet(const ir::Type& type, const Datum& value) {
  if (type.kind != ir::TypeKind::kHandle || value.tag != Tag::kKnown || value.bits == 0) return;
  std::string own = m_.domains[type.decl].name;
  std::transform(own.begin(), own.end(), own.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  name(type, value, own + std::to_string(value.bits));
}

void Objects::name(const ir::Type& type, const Datum& value, const std::string& name) {
  if (!known_.insert({type.decl, value.bits}).second) return;
  bindings_.bind(type.decl, names_.intern(name), static_cast<std::uint32_t>(value.bits));
}

std::string Objects::text(const ir::Type& type, const Datum& value, std::string_view label,
                          std::string_view where) {
  meet(type, value);
  return printer().value(type, value, label, where);
}

std::string call_text(const ir::Module& m, Objects& objects, ir::ActionId id,
                      const std::vector<Datum>& args) {
  const ir::Action& action = m.actions[id];
  for (std::size_t i = 0; i < args.size(); ++i)
    objects.meet(action.locals[action.params[i]].type, args[i]);
  return objects.printer().call(id, args);
}

std::string call_text(const ir::Module& m, Objects& objects, const RunCall& call) {
  const ir::Action& action = m.actions[call.action];
  std::string text = call_text(m, objects, call.action, call.args);
  for (std::size_t i = 0; i < call.outputs.size(); ++i)
    objects.meet(action.locals[action.outputs[i]].type, call.outputs[i]);
  text += " = " + objects.printer().outcome(call.action, call.result, call.outputs);
  const std::string& label = m.clauses[call.clause].label;
  if (label != "ok") text += "  [" + label + ']';
  return text;
}

std::string run_text(const ir::Module& m, const Run& run) {
  std::string text;
  const std::string params = valuation_text(m, run.valuation);
  if (!params.empty()) text += "with " + params + '\n';
  Objects objects(m);
  std::size_t n = 0;
  for (const RunCall& call : run.calls)
    text += fmt::format("{}. {}\n", ++n, call_text(m, objects, call));
  for (const RunCall& call : run.left)
    text += fmt::format("{}. {}\n", ++n, call_text(m, objects, call));
  if (!run.right.empty()) text += fmt::format("instead of {}. on:\n", run.calls.size() + 1);
  n = run.calls.size();
  for (const RunCall& call : run.right)
    text += fmt::format("{}. {}\n", ++n, call_text(m, objects, call));
  return text;
}

}  // namespace gms::check
