// Short ways to write IR by hand: for the front end's lowering, for passes and for tests. The
// functions append to a module and return ids; they check nothing (ir/verify.h does).
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "ir/type.h"

namespace gms::ir {

/// Appends expressions. `span` is given to every node made until it is changed.
class ExprBuilder {
 public:
  explicit ExprBuilder(Module& module) : module_(module) {}

  base::Span span;

  ExprId node(Op op, Type type, std::vector<ExprId> args = {}, std::uint64_t value = 0,
              std::uint32_t ref = kNoId, std::uint32_t binders = kNoId);

  ExprId constant(Type type, std::uint64_t value) { return node(Op::kConst, type, {}, value); }
  ExprId boolean(bool value) { return constant(bool_type(), value ? 1 : 0); }
  ExprId none(Type type) { return node(Op::kNone, optional_of(type)); }
  ExprId var(VarId id, Type type) { return node(Op::kVar, type, {}, 0, id); }
  ExprId var(const std::vector<Local>& locals, VarId id) { return var(id, locals[id].type); }
  ExprId param(ParamId id) { return node(Op::kParam, module_.params[id].type, {}, 0, id); }
  ExprId read(StateId id, std::vector<ExprId> keys = {}, bool primed = false) {
    return node(Op::kState, module_.states[id].type, std::move(keys), primed ? 1 : 0, id);
  }
  ExprId call(FnId id, std::vector<ExprId> args);
  ExprId live(ExprId handle, bool primed = false) {
    return node(Op::kLive, bool_type(), {handle}, primed ? 1 : 0, type_of(handle).decl);
  }
  ExprId result() { return node(Op::kResult, enum_type(module_, kErrnoEnum)); }
  ExprId exit(ClauseId id) { return node(Op::kExit, bool_type(), {}, 0, id); }

  ExprId negate(ExprId a) { return node(Op::kNot, bool_type(), {a}); }
  ExprId both(ExprId a, ExprId b) { return node(Op::kAnd, bool_type(), {a, b}); }
  ExprId either(ExprId a, ExprId b) { return node(Op::kOr, bool_type(), {a, b}); }
  ExprId implies(ExprId a, ExprId b) { return node(Op::kImplies, bool_type(), {a, b}); }
  ExprId ite(ExprId c, ExprId a, ExprId b) { return node(Op::kIte, type_of(a), {c, a, b}); }
  ExprId eq(ExprId a, ExprId b) { return node(Op::kEq, bool_type(), {a, b}); }
  ExprId ne(ExprId a, ExprId b) { return negate(eq(a, b)); }
  ExprId lt(ExprId a, ExprId b) { return node(Op::kLt, bool_type(), {a, b}); }
  ExprId le(ExprId a, ExprId b) { return node(Op::kLe, bool_type(), {a, b}); }
  /// kAdd to kShr: the type of the left operand. kNeg, kBitNot: leave out b.
  ExprId arith(Op op, ExprId a, ExprId b) { return node(op, type_of(a), {a, b}); }
  ExprId arith(Op op, ExprId a) { return node(op, type_of(a), {a}); }
  ExprId cast(Type type, ExprId a) { return node(Op::kCast, type, {a}); }
  ExprId some(ExprId a) { return node(Op::kSome, optional_of(type_of(a)), {a}); }
  ExprId is_some(ExprId a) { return node(Op::kIsSome, bool_type(), {a}); }
  ExprId unwrap(ExprId a) { return node(Op::kUnwrap, value_of(type_of(a)), {a}); }

  ExprId forall(std::vector<Binder> binders, ExprId body) {
    return quantifier(Op::kForall, std::move(binders), body);
  }
  ExprId exists(std::vector<Binder> binders, ExprId body) {
    return quantifier(Op::kExists, std::move(binders), body);
  }
  ExprId first(Binder binder, ExprId body) { return quantifier(Op::kFirst, {binder}, body); }

  Type type_of(ExprId id) const { return module_.exprs[id].type; }

  /// A copy of the tree. Variables that `rename` maps (pairs old, new) are renamed, binders as
  /// well.
  ExprId copy(ExprId id, const std::vector<std::pair<VarId, VarId>>& rename = {});
  Binder copy(const Binder& binder, const std::vector<std::pair<VarId, VarId>>& rename = {});

 private:
  ExprId quantifier(Op op, std::vector<Binder> binders, ExprId body);

  Module& module_;
};

inline StmtId add_stmt(Module& module, decltype(Stmt::node) node, base::Span span = {}) {
  module.stmts.push_back({std::move(node), span});
  return static_cast<StmtId>(module.stmts.size() - 1);
}

inline VarId add_local(std::vector<Local>& locals, std::string_view name, Type type) {
  locals.push_back({std::string(name), type});
  return static_cast<VarId>(locals.size() - 1);
}

ClauseId add_clause(Module& module, ActionId action, std::string_view label, std::uint64_t result);

/// A module that has the enum Errno with these members in front; `ok` = 0 comes first.
Module new_module(std::string_view name,
                  std::initializer_list<std::pair<std::string_view, std::uint64_t>> errnos);

}  // namespace gms::ir
