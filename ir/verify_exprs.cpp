#include "ir/verify_exprs.h"

#include <algorithm>

#include "ir/calls.h"
#include "ir/messages.h"
#include "ir/type.h"
#include "ir/verify.h"
#include "ir/walk.h"

namespace gms::ir {

ExprVerifier::ExprVerifier(const Module& module, base::DiagSink& sink)
    : m_(module), sink_(sink), fn_depth_(module.fns.size(), 0) {
  measure();
}

// Depth and size of every tree, and that operands come before their users: after this, recursion
// ends.
bool ExprVerifier::measure() {
  const std::size_t count = m_.exprs.size();
  std::vector<int> depth(count, 1);
  std::vector<std::uint64_t> size(count, 1);
  walkable_.assign(count, true);
  bool all = true;
  for (ExprId id = 0; id < count; ++id) {
    const Expr& e = m_.exprs[id];
    bool ok = e.binders == kNoId || e.binders < m_.binder_lists.size();
    if (ok) {
      for_each_operand(m_, e, [&](ExprId operand) {
        if (operand >= id || !walkable_[operand]) {
          ok = false;
          return;
        }
        depth[id] = std::max(depth[id], depth[operand] + 1);
        size[id] += size[operand];
      });
    }
    walkable_[id] = ok && depth[id] <= kMaxExprDepth && size[id] <= kMaxExprNodes;
    all = all && walkable_[id];
  }
  return all;
}

void ExprVerifier::enter(ExprContext context) {
  context_ = std::move(context);
  roles_.assign(context_.locals->size(), Role::kUnused);
  assigned_.assign(context_.locals->size(), false);
  scope_.clear();
}

void ExprVerifier::fail(base::Span span, std::string_view why) {
  sink_.report(diag::ir_ill_formed, span, context_.where, why);
}

bool ExprVerifier::claim(VarId var, Role role, base::Span span) {
  if (!valid_var(var)) {
    fail(span, "a local that does not exist");
    return false;
  }
  if (roles_[var] == Role::kUnused) {
    roles_[var] = role;
    return true;
  }
  if (roles_[var] == role && role != Role::kBinder) return true;
  fail(span, "the local '" + (*context_.locals)[var].name + "' is used as two things");
  return false;
}

bool ExprVerifier::in_scope(VarId var) const {
  return std::find(scope_.begin(), scope_.end(), var) != scope_.end();
}

bool ExprVerifier::open_binder(const Binder& binder, base::Span span) {
  const auto bad = [&](std::string_view why) {
    fail(span, why);
    scope_.push_back(binder.var);  // so that close_binders stays simple
    return false;
  };
  if (!claim(binder.var, Role::kBinder, span)) {
    scope_.push_back(binder.var);
    return false;
  }
  const Type& type = (*context_.locals)[binder.var].type;
  if (!(binder.type == type)) return bad("a binder has another type than its local");
  if (type.optional) return bad("a binder of an optional type");
  if ((binder.lo == kNoId) != (binder.hi == kNoId)) return bad("a binder with one bound");
  bool ok = true;
  if (binder.lo != kNoId) {
    if (!is_number(type)) return bad("bounds on a binder that is no number");
    ok = expect(binder.lo, type, "a bound");
    ok = expect(binder.hi, type, "a bound") && ok;
  }
  scope_.push_back(binder.var);
  return ok;
}

bool ExprVerifier::check(ExprId id, bool samples_ok) {
  if (id >= m_.exprs.size() || !walkable_[id]) {
    fail({}, "an expression that is missing, too deep, too large or not in order");
    return false;
  }
  return node(id, samples_ok);
}

bool ExprVerifier::expect(ExprId id, const Type& type, std::string_view what, bool optional,
                          bool samples_ok) {
  if (id == kNoId && optional) return true;
  if (!check(id, samples_ok)) return false;
  if (m_.exprs[id].type == type) return true;
  fail(m_.exprs[id].span, std::string(what) + " has type " + type_text(m_, m_.exprs[id].type) +
                              " instead of " + type_text(m_, type));
  return false;
}

bool ExprVerifier::mentions(ExprId id, const std::vector<VarId>& vars) const {
  const Expr& e = m_.exprs[id];
  if (e.op == Op::kVar) return std::find(vars.begin(), vars.end(), e.ref) != vars.end();
  bool found = false;
  for_each_operand(m_, e, [&](ExprId operand) { found = found || mentions(operand, vars); });
  return found;
}

bool ExprVerifier::node(ExprId id, bool samples_ok) {
  const Expr& e = m_.exprs[id];
  const bool quantifier = e.op == Op::kForall || e.op == Op::kExists || e.op == Op::kFirst;
  if (quantifier != (e.binders != kNoId)) return fail_at(e, "binders belong to quantifiers");
  const OpInfo& row = info(e.op);
  if (row.arity >= 0 && e.args.size() != static_cast<std::size_t>(row.arity)) {
    return fail_at(e, "'" + std::string(row.text) + "' with a wrong number of operands");
  }
  int depth = depth_ + 1;
  if (e.op == Op::kCall && e.ref < fn_depth_.size()) depth += fn_depth_[e.ref];
  if (depth > kMaxExprDepth) return fail_at(e, "expressions and calls are nested too deeply");
  deepest_ = std::max(deepest_, depth);
  ++depth_;
  bool ok = true;
  std::size_t opened = 0;
  if (quantifier) {
    for (const Binder& binder : m_.binder_lists[e.binders]) {
      ++opened;
      ok = open_binder(binder, e.span) && ok;
    }
  }
  for (ExprId arg : e.args)
    ok = node(arg, samples_ok) && ok;
  close_binders(opened);
  --depth_;
  if (!ok) return false;
  if (e.op == Op::kVar && valid_var(e.ref) && roles_[e.ref] == Role::kSample && !samples_ok) {
    return fail_at(e, "a sampled counter decides retries only");
  }
  return operands(e);
}

// The rules of one node whose operands are good.
bool ExprVerifier::operands(const Expr& e) {
  const auto arg = [&](std::size_t i) -> const Type& { return m_.exprs[e.args[i]].type; };
  const auto need = [&](bool condition, std::string_view why) {
    return condition || fail_at(e, "'" + std::string(info(e.op).text) + "' " + std::string(why));
  };
  const auto all_bool = [&] {
    for (std::size_t i = 0; i < e.args.size(); ++i) {
      if (!is_bool(arg(i))) return need(false, "takes conditions");
    }
    return need(is_bool(e.type), "is a condition");
  };
  // Declarations that the type mentions exist, and its width is theirs.
  const auto sound_type = [&](const Type& t) {
    switch (t.kind) {
      case TypeKind::kBool: return t.width == 1 && !t.is_signed && t.decl == kNoId;
      case TypeKind::kInt: return t.width >= 1 && t.width <= 64 && t.decl == kNoId;
      case TypeKind::kEnum:
        return t.decl < m_.enums.size() && !m_.enums[t.decl].is_flags &&
               value_of(t) == enum_type(m_, t.decl);
      case TypeKind::kHandle:
        return t.decl < m_.domains.size() && value_of(t) == handle_type(t.decl);
      case TypeKind::kIndex:
        return t.decl < m_.index_sorts.size() && value_of(t) == index_type(m_, t.decl);
    }
    return false;
  };
  if (!sound_type(e.type)) return need(false, "has a type that does not exist");

  switch (e.op) {
    case Op::kConst:
      if (e.type.optional) return need(false, "has an optional type");
      if (e.type.kind == TypeKind::kHandle) return need(e.value == 0, "is a handle");
      return need(is_value_of(m_, e.type, e.value), "is no value of its type");
    case Op::kNone: return need(e.type.optional, "has a type that is not optional");
    case Op::kVar: {
      if (!valid_var(e.ref)) return need(false, "names a local that does not exist");
      const Local& local = (*context_.locals)[e.ref];
      if (!(local.type == e.type)) return need(false, "has another type than its local");
      if (in_scope(e.ref)) return true;
      if (roles_[e.ref] == Role::kBinder) {
        return need(false, "'" + local.name + "' is read outside of its quantifier");
      }
      return need(assigned_[e.ref], "'" + local.name + "' is read before it is assigned");
    }
    case Op::kParam:
      if (e.ref >= m_.params.size()) return need(false, "names a parameter that does not exist");
      return need(e.type == m_.params[e.ref].type, "has another type than its parameter");
    case Op::kState: {
      if (e.ref >= m_.states.size()) return need(false, "names a state that does not exist");
      const State& state = m_.states[e.ref];
      if (!(e.type == state.type)) return need(false, "has another type than its state");
      if (e.value > 1) return need(false, "has a strange prime");
      if (e.value == 1 && !context_.two_states) return need(false, "is primed where one state is");
      if (e.args.size() != state.keys.size()) return need(false, "has a wrong number of keys");
      for (std::size_t i = 0; i < e.args.size(); ++i) {
        if (!(arg(i) == state.keys[i])) return need(false, "has a key of another type");
      }
      return true;
    }
    case Op::kCall: {
      if (e.ref >= m_.fns.size()) return need(false, "names a function that does not exist");
      if (e.ref >= context_.fn_limit) return need(false, "calls a function that is not earlier");
      const Callable& fn = m_.fns[e.ref];
      if (fn.expr >= m_.exprs.size() || !(m_.exprs[fn.expr].type == e.type)) {
        return need(false, "has another type than its function");
      }
      if (e.args.size() != fn.params.size()) return need(false, "has a wrong number of arguments");
      for (std::size_t i = 0; i < e.args.size(); ++i) {
        if (fn.params[i] >= fn.locals.size() || !(arg(i) == fn.locals[fn.params[i]].type)) {
          return need(false, "has an argument of another type");
        }
      }
      return true;
    }
    case Op::kLive:
      if (e.value > 1 || (e.value == 1 && !context_.two_states)) {
        return need(false, "is primed where one state is");
      }
      return need(arg(0).kind == TypeKind::kHandle && !arg(0).optional && arg(0).decl == e.ref &&
                      is_bool(e.type),
                  "takes a handle");
    case Op::kSelf:
      return need(e.type.kind == TypeKind::kHandle && !e.type.optional &&
                      e.type.decl == call_domain(m_) && e.type.decl != kNoId,
                  "stands where no call is in flight");
    case Op::kResult:
      return need(context_.outcome && !m_.enums.empty() && e.type == enum_type(m_, kErrnoEnum),
                  "stands where no action ends");
    case Op::kExit:
      return need(context_.outcome && e.ref < m_.clauses.size() && is_bool(e.type),
                  "stands where no action ends, or names no clause");
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies: return all_bool();
    case Op::kIte:
      return need(is_bool(arg(0)) && arg(1) == arg(2) && arg(1) == e.type,
                  "takes a condition and two values of its type");
    case Op::kEq: return need(arg(0) == arg(1) && is_bool(e.type), "takes two values of one type");
    case Op::kLt:
    case Op::kLe:
      return need(is_number(arg(0)) && arg(0) == arg(1) && is_bool(e.type),
                  "takes two numbers of one type");
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr:
      return need(is_number(arg(0)) && arg(0) == arg(1) && arg(0) == e.type,
                  "takes two numbers of its type");
    case Op::kNeg:
    case Op::kBitNot:
      return need(is_number(arg(0)) && arg(0) == e.type, "takes a number of its type");
    case Op::kCast: {
      const Type& from = arg(0);
      const bool to_int = e.type.kind == TypeKind::kInt && from.kind != TypeKind::kHandle;
      const bool to_index = e.type.kind == TypeKind::kIndex && from.kind == TypeKind::kInt;
      return need(!e.type.optional && !from.optional && (to_int || to_index),
                  "converts between these types");
    }
    case Op::kSome: return need(!arg(0).optional && e.type == optional_of(arg(0)), "lifts a value");
    case Op::kIsSome: return need(arg(0).optional && is_bool(e.type), "takes an optional value");
    case Op::kUnwrap:
      return need(arg(0).optional && e.type == value_of(arg(0)), "takes an optional value");
    case Op::kForall:
    case Op::kExists:
      return need(!m_.binder_lists[e.binders].empty(), "has no binder") && all_bool();
    case Op::kFirst: {
      const std::vector<Binder>& binders = m_.binder_lists[e.binders];
      if (binders.size() != 1 || !is_number(binders[0].type)) {
        return need(false, "has one binder, a number");
      }
      return need(is_bool(arg(0)) && e.type == optional_of(binders[0].type),
                  "is an optional value of its binder");
    }
  }
  return true;
}

}  // namespace gms::ir
