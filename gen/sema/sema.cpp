#include "gen/sema/sema.h"

#include <utility>

#include "gen/sema/context.h"
#include "gen/sema/decl.h"
#include "gen/sema/event.h"
#include "gen/sema/flow.h"
#include "gen/sema/lint.h"
#include "gen/sema/property.h"
#include "ir/taint.h"

namespace gms::gen {

namespace {

using namespace sema;

// `any` and what a log lacks may only reach what decides nothing; only the whole module shows that.
void check_unlogged(Context& context, const Events& events) {
  const ir::Module& module = context.module;
  for (const Context::AnyWrite& write : context.any_writes) {
    if (module.states[write.state].observe_only) continue;
    context.diags.report(diag::any_decides, write.span, module.states[write.state].name)
        .note(module.states[write.state].span, "declared here");
  }
  for (const Events::UnloggedArg& arg : events.unlogged_args()) {
    const ir::Action& action = module.actions[arg.action];
    if (arg.param < action.may_be_unlogged.size() && action.may_be_unlogged[arg.param]) continue;
    context.diags
        .report(diag::any_arg_decides, arg.span, action.locals[action.params[arg.param]].name,
                action.name)
        .note(action.span, "declared here");
  }
  for (const ir::State& state : module.states) {
    if (state.ghost && !state.observe_only)
      context.diags.report(diag::ghost_decides, state.span, state.name);
  }
}

}  // namespace

std::optional<ir::Module> elaborate(const ast::File& file, base::DiagSink& sink) {
  const std::size_t errors_before = sink.error_count();
  ir::Module module;
  module.name = file.name.text;
  if (file.extends) module.extends = file.extends->text;
  for (const ast::Text& link : file.links)
    module.links.push_back(link.value);
  module.doc = file.doc;

  Context context(file, module, sink);
  Declarations declarations(context);
  declarations.run();
  Properties(context).run();
  Events events(context);
  events.run();
  if (sink.error_count() != errors_before) return {};

  check_assigned(context);
  ir::mark_observe_only(module);
  check_unlogged(context, events);
  if (sink.error_count() != errors_before) return {};
  lint(context);
  for (base::Diagnostic& warning : context.warnings)
    sink.add(std::move(warning));
  return module;
}

}  // namespace gms::gen
