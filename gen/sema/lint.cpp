#include "gen/sema/lint.h"

#include <set>

#include "ir/walk.h"

namespace gms::gen::sema {

namespace {

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::kEnum || kind == SymbolKind::kFlags;
}

bool is_member(SymbolKind kind) {
  return kind == SymbolKind::kMember || kind == SymbolKind::kFlag;
}

// A derived spec need not use everything of its base.
bool is_own(const Context& context, base::Span span) {
  return !context.file.extends || span.file == context.file.span.file;
}

void unused_declarations(Context& context) {
  std::set<std::uint32_t> used_enums;  // by a member
  for (const auto& [name, symbols] : context.globals.names.all())
    for (const Symbol& symbol : symbols)
      if (is_member(symbol.kind) && symbol.used) used_enums.insert(symbol.id);
  const auto report = [&](const SymbolTable& table) {
    for (const auto& [name, symbols] : table.all()) {
      const Symbol& symbol = symbols.front();
      const bool checked = !symbol.builtin && !is_member(symbol.kind) &&
                           symbol.kind != SymbolKind::kState &&
                           symbol.kind != SymbolKind::kAction && is_own(context, symbol.span);
      if (!checked || symbol.used) continue;
      if (is_type(symbol.kind) && used_enums.count(symbol.id) != 0) continue;
      std::string noun(kind_noun(symbol.kind));
      noun = noun.substr(noun.find(' ') + 1);
      context.warn(diag::unused_declaration, symbol.span, "the " + noun, name);
    }
  };
  report(context.globals.names);
  report(context.globals.callables);
  report(context.globals.locks);
}

void unused_action_names(Context& context) {
  for (const std::vector<LocalName>& names : context.action_names) {
    for (const LocalName& name : names) {
      const bool silent = name.kind == LocalKind::kOutput || name.kind == LocalKind::kHidden ||
                          name.name.starts_with('_') || !is_own(context, name.span);
      if (name.used || silent) continue;
      context.warn(diag::unused_local, name.span, name.name)
          .with_hint("remove it, or begin its name with '_'");
    }
  }
}

void state_use(Context& context) {
  const ir::Module& module = context.module;
  std::vector<bool> written(module.states.size()), read(module.states.size());
  for (const ir::Expr& expr : module.exprs)
    if (expr.op == ir::Op::kState) read[expr.ref] = true;
  for (const ir::Stmt& stmt : module.stmts) {
    if (const auto* update = std::get_if<ir::Update>(&stmt.node))
      for (const ir::Update::One& one : update->assigns)
        written[one.state] = true;
  }
  for (ir::StateId id = 0; id < module.states.size(); ++id) {
    const ir::State& state = module.states[id];
    if (!is_own(context, state.span)) continue;
    const base::Span name = context.globals.names.find_one(state.name)->span;
    if (!read[id]) {
      context.warn(diag::state_never_read, name, state.name);
    } else if (!written[id]) {
      context.warn(diag::state_never_written, name, state.name)
          .with_hint("what never changes is a `const` or a `param`");
    }
  }
}

}  // namespace

void lint(Context& context) {
  unused_declarations(context);
  unused_action_names(context);
  state_use(context);
}

}  // namespace gms::gen::sema
