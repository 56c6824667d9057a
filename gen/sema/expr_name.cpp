// Names: locals, declarations, members of enums, state at its keys, fields.
#include "gen/sema/expr.h"
#include "ir/calls.h"

namespace gms::gen::sema {

std::string dotted_path(const ast::Expr& expr) {
  if (const auto* name = std::get_if<ast::NameExpr>(&expr.node))
    return name->primed ? std::string() : name->name.text;
  if (const auto* member = std::get_if<ast::MemberExpr>(&expr.node)) {
    const std::string base = dotted_path(*member->operand);
    return base.empty() ? base : base + "." + member->member.text;
  }
  return {};
}

bool Exprs::check_prime(bool primed, base::Span span) {
  if (!primed || frame_.place == Place::kTwoState || frame_.place == Place::kThen) return true;
  ctx_.diags.report(diag::prime_misplaced, span)
      .with_hint("primes belong into `property .. on action`, `cover .. on action` and `then`");
  return false;
}

std::vector<std::string> Exprs::visible_names() const {
  std::vector<std::string> names = frame_.scopes.names();
  for (const auto& [name, symbols] : ctx_.globals.names.all()) {
    const Symbol& symbol = symbols.front();
    // The hundred errnos would make every short name look like one of them.
    if (!symbol.builtin) names.push_back(name);
  }
  return names;
}

Value Exprs::name(const ast::NameExpr& expr, base::Span span, const ir::Type* hint) {
  if (LocalName* local = frame_.scopes.find(expr.name.text)) {
    if (expr.primed) {
      ctx_.diags.report(diag::prime_not_allowed, span, expr.name.text)
          .note(local->span, "a local: it has its last value everywhere");
      return poison(span);
    }
    return value_of(*local, span);
  }
  std::vector<Symbol>* symbols = ctx_.globals.names.find(expr.name.text);
  if (symbols == nullptr && expr.name.text == "self" && !expr.primed) {
    if (const auto call = self(span)) return *call;
  }
  if (symbols == nullptr) {
    ctx_.report_unknown(diag::unknown_name, expr.name, visible_names());
    return poison(span);
  }
  if (symbols->front().kind != SymbolKind::kMember)
    return symbol(symbols->front(), expr.name, expr.primed, span);
  if (expr.primed) {
    ctx_.diags.report(diag::prime_not_allowed, span, expr.name.text);
    return poison(span);
  }
  return member_of_enum(*symbols, expr.name, span, hint);
}

std::optional<Value> Exprs::self(base::Span span) {
  const ir::DomainId calls = ir::call_domain(ctx_.module);
  if (calls == ir::kNoId || (frame_.place != Place::kBody && frame_.place != Place::kTwoState))
    return std::nullopt;
  return scalar(build_.make(ir::Op::kSelf, ir::handle_type(calls), {}, span), span);
}

Value Exprs::symbol(Symbol& symbol, const ast::Name& name, bool primed, base::Span span) {
  symbol.used = true;
  if (primed && symbol.kind != SymbolKind::kState) {
    ctx_.diags.report(diag::prime_not_allowed, span, name.text);
    return poison(span);
  }
  switch (symbol.kind) {
    case SymbolKind::kConst: {
      const auto constant = ctx_.on_demand->constant(symbol.id, span);
      if (!constant) return poison(span);
      return scalar(build_.constant(constant->type, constant->value, span), span);
    }
    case SymbolKind::kFlag: {
      const ir::Enum& flags = ctx_.module.enums[symbol.id];
      return scalar(
          build_.constant(int_type(flags.width), flags.members[symbol.member].value, span), span);
    }
    case SymbolKind::kParam: {
      if (frame_.place == Place::kConst) {
        ctx_.diags.report(diag::not_constant, span).note(symbol.span, "a parameter of the spec");
        return poison(span);
      }
      if (ctx_.bad_params.count(symbol.id) != 0) return poison(span);
      ir::Expr node;
      node.op = ir::Op::kParam;
      node.type = ctx_.module.params[symbol.id].type;
      node.ref = symbol.id;
      node.span = span;
      return scalar(build_.add(std::move(node)), span);
    }
    case SymbolKind::kState: return state(symbol.id, {}, primed, span);
    case SymbolKind::kMember:
    case SymbolKind::kEnum:
    case SymbolKind::kFlags:
    case SymbolKind::kStruct:
    case SymbolKind::kDomain:
    case SymbolKind::kIndexSort:
    case SymbolKind::kFn:
    case SymbolKind::kProc:
    case SymbolKind::kAction:
    case SymbolKind::kLock:
    case SymbolKind::kProperty:
    case SymbolKind::kEvent: break;
  }
  base::Diagnostic& d =
      ctx_.diags.report(diag::wrong_kind, span, name.text, kind_noun(symbol.kind), "a value");
  if (symbol.span.has_place()) d.note(symbol.span, "declared here");
  if (symbol.kind == SymbolKind::kFn) d.with_hint("call it: " + name.text + "(..)");
  return poison(span);
}

Value Exprs::member_of_enum(std::vector<Symbol>& members, const ast::Name& name, base::Span span,
                            const ir::Type* hint) {
  Symbol* chosen = nullptr;
  for (Symbol& member : members)
    if (hint != nullptr && hint->kind == ir::TypeKind::kEnum && hint->decl == member.id)
      chosen = &member;
  if (chosen == nullptr && members.size() == 1) chosen = &members.front();
  if (chosen == nullptr) {
    base::Diagnostic& d = ctx_.diags.report(diag::ambiguous_member, span, name.text);
    for (const Symbol& member : members)
      if (member.span.has_place()) d.note(member.span, "of " + ctx_.module.enums[member.id].name);
    d.with_hint("write " + ctx_.module.enums[members.front().id].name + "." + name.text);
    return poison(span);
  }
  chosen->used = true;
  const ir::Type type = enum_type(ctx_.module, chosen->id);
  const std::uint64_t bits = ctx_.module.enums[chosen->id].members[chosen->member].value;
  return scalar(build_.constant(type, bits, span), span);
}

Value Exprs::ok(base::Span span, const ir::Type* hint) {
  ir::EnumId id = ir::kErrnoEnum;
  if (hint != nullptr && hint->kind == ir::TypeKind::kEnum) id = hint->decl;
  for (const ir::EnumMember& member : ctx_.module.enums[id].members) {
    if (member.name != "ok") continue;
    return scalar(build_.constant(enum_type(ctx_.module, id), member.value, span), span);
  }
  return scalar(build_.constant(errno_type(ctx_.module), 0, span), span);
}

Value Exprs::state(ir::StateId id, std::vector<ir::ExprId> keys, bool primed, base::Span span) {
  const ir::State& declared = ctx_.module.states[id];
  if (frame_.place == Place::kConst) {
    ctx_.diags.report(diag::state_misplaced, span, declared.name)
        .note(declared.span, "declared here");
    return poison(span);
  }
  if (ctx_.bad_states.count(id) != 0) return poison(span);
  if (declared.keys.size() != keys.size()) {
    ctx_.diags.report(diag::wrong_key_count, span, declared.name, declared.keys.size(), keys.size())
        .note(declared.span, "declared here");
    return poison(span);
  }
  if (!check_prime(primed, span)) return poison(span);
  ir::Expr node;
  node.op = ir::Op::kState;
  node.type = declared.type;
  node.args = std::move(keys);
  node.value = primed ? 1 : 0;
  node.ref = id;
  node.span = span;
  return scalar(build_.add(std::move(node)), span);
}

Value Exprs::index(const ast::IndexExpr& expr, base::Span span) {
  Symbol* symbol = ctx_.globals.names.find_one(expr.name.text);
  LocalName* local = frame_.scopes.find(expr.name.text);
  if (symbol == nullptr || symbol->kind != SymbolKind::kState) {
    if (local != nullptr) {
      ctx_.diags
          .report(diag::wrong_kind, expr.name.span, expr.name.text, "a local", "a state function")
          .note(local->span, "declared here");
    } else if (symbol != nullptr) {
      ctx_.diags
          .report(diag::wrong_kind, expr.name.span, expr.name.text, kind_noun(symbol->kind),
                  "a state function")
          .note(symbol->span, "declared here");
    } else {
      std::vector<std::string> states;
      for (const ir::State& state : ctx_.module.states)
        states.push_back(state.name);
      ctx_.report_unknown(diag::unknown_name, expr.name, states);
    }
    for (const ast::ExprPtr& key : expr.keys)
      infer(*key);
    return poison(span);
  }
  symbol->used = true;
  const std::vector<ir::Type> types = ctx_.module.states[symbol->id].keys;
  std::vector<ir::ExprId> keys;
  bool failed = false;
  const bool bad = ctx_.bad_states.count(symbol->id) != 0;
  if (bad || types.size() != expr.keys.size()) {
    for (const ast::ExprPtr& key : expr.keys)
      infer(*key);
    return state(symbol->id, std::vector<ir::ExprId>(expr.keys.size()), false, span);
  }
  for (std::size_t i = 0; i < expr.keys.size(); ++i) {
    keys.push_back(check(*expr.keys[i], types[i]));
    failed |= keys.back() == ir::kNoId;
  }
  return failed ? poison(span) : state(symbol->id, std::move(keys), expr.primed, span);
}

Value Exprs::member(const ast::MemberExpr& expr, base::Span span, const ir::Type* hint) {
  const std::string base = dotted_path(*expr.operand);
  if (!base.empty()) {
    // Event fields of nested objects, words and offsets of names are locals with a dot.
    if (LocalName* local = frame_.scopes.find(base + "." + expr.member.text))
      return value_of(*local, span);
    Symbol* owner = ctx_.globals.names.find_one(base);
    const bool is_enum = owner != nullptr && owner->kind == SymbolKind::kEnum;
    if (is_enum && frame_.scopes.find(base) == nullptr) {
      owner->used = true;
      const ir::Type type = enum_type(ctx_.module, owner->id);
      std::vector<std::string> names;
      for (std::size_t i = 0; i < ctx_.module.enums[owner->id].members.size(); ++i) {
        const ir::EnumMember& member = ctx_.module.enums[owner->id].members[i];
        names.push_back(member.name);
        if (member.name != expr.member.text) continue;
        if (std::vector<Symbol>* same = ctx_.globals.names.find(member.name))
          for (Symbol& symbol : *same)
            if (symbol.id == owner->id) symbol.used = true;
        return scalar(build_.constant(type, member.value, span), span);
      }
      base::Diagnostic& d =
          ctx_.diags.report(diag::unknown_field, expr.member.span, base, expr.member.text);
      if (const auto meant = suggest(expr.member.text, names))
        d.with_hint("did you mean '" + *meant + "'?");
      return poison(span);
    }
  }
  Value operand = infer(*expr.operand, hint);
  if (operand.is_poison()) return poison(span);
  if (operand.type.shape == Shape::kRange) {
    if (expr.member.text == "lo") return scalar(operand.parts[0], span);
    if (expr.member.text == "hi") return scalar(operand.parts[1], span);
    ctx_.diags.report(diag::unknown_field, expr.member.span, "a range", expr.member.text)
        .with_hint("a range has lo and hi");
    return poison(span);
  }
  if (operand.type.shape == Shape::kStruct) {
    const Struct& structure = ctx_.globals.structs[operand.type.structure];
    std::vector<std::string> names;
    for (std::size_t i = 0; i < structure.fields.size(); ++i) {
      names.push_back(structure.fields[i].name);
      if (structure.fields[i].name == expr.member.text) return scalar(operand.parts[i], span);
    }
    base::Diagnostic& d =
        ctx_.diags.report(diag::unknown_field, expr.member.span, structure.name, expr.member.text);
    if (const auto meant = suggest(expr.member.text, names))
      d.with_hint("did you mean '" + *meant + "'?");
    return poison(span);
  }
  ctx_.diags.report(diag::unknown_field, expr.member.span, ctx_.name_of(operand.type),
                    expr.member.text);
  return poison(span);
}

}  // namespace gms::gen::sema
