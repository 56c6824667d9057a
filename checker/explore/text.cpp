// Runs and candidates as text.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "checker/conform/names.h"
#include "checker/explore/explore.h"
#include "checker/report/print.h"
#include "ir/type.h"

namespace gms::check {
namespace {

/// Objects are called by their domain and number: fd1, mapping2.
class Objects {
 public:
  explicit Objects(const ir::Module& m) : m_(m) {}
  void meet(const ir::Type& type, const Datum& value) {
    if (type.kind != ir::TypeKind::kHandle || value.tag != Tag::kKnown || value.bits == 0) return;
    if (!known_.insert({type.decl, value.bits}).second) return;
    std::string name = m_.domains[type.decl].name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    bindings_.bind(type.decl, names_.intern(name + std::to_string(value.bits)),
                   static_cast<std::uint32_t>(value.bits));
  }
  Printer printer() const { return {m_, names_, bindings_}; }

 private:
  const ir::Module& m_;
  NameTable names_;
  Bindings bindings_;
  std::set<std::pair<ir::DomainId, std::uint64_t>> known_;
};

std::string call_line(const ir::Module& m, Objects& objects, const RunCall& call) {
  const ir::Action& action = m.actions[call.action];
  for (std::size_t i = 0; i < call.args.size(); ++i)
    objects.meet(action.locals[action.params[i]].type, call.args[i]);
  for (std::size_t i = 0; i < call.outputs.size(); ++i)
    objects.meet(action.locals[action.outputs[i]].type, call.outputs[i]);
  const Printer printer = objects.printer();
  std::string text = printer.call(call.action, call.args) + " = " +
                     printer.outcome(call.action, call.result, call.outputs);
  const std::string& label = m.clauses[call.clause].label;
  if (label != "ok") text += "  [" + label + ']';
  return text;
}

}  // namespace

std::string run_text(const ir::Module& m, const Run& run) {
  std::string text;
  const std::string params = valuation_text(m, run.valuation);
  if (!params.empty()) text += "with " + params + '\n';
  Objects objects(m);
  std::size_t n = 0;
  for (const RunCall& call : run.calls)
    text += fmt::format("{}. {}\n", ++n, call_line(m, objects, call));
  for (const RunCall& call : run.left)
    text += fmt::format("{}. {}\n", ++n, call_line(m, objects, call));
  if (!run.right.empty()) text += fmt::format("instead of {}. on:\n", run.calls.size() + 1);
  n = run.calls.size();
  for (const RunCall& call : run.right)
    text += fmt::format("{}. {}\n", ++n, call_line(m, objects, call));
  return text;
}

}  // namespace gms::check
