#include "checker/vectors/observable.h"

#include <optional>
#include <variant>
#include <vector>

#include "ir/walk.h"

namespace gms::check {
namespace {

using ir::Op;

class Cone {
 public:
  Cone(const ir::Module& module, const std::map<ir::ParamId, std::uint64_t>& fixed,
       std::vector<bool>& observable)
      : m_(module), fixed_(fixed), observable_(observable) {}

  /// Whether something was added.
  bool grow() {
    grown_ = false;
    fns_.assign(m_.fns.size(), false);
    for (const ir::Callable& proc : m_.procs)
      block(proc.body);
    for (const ir::Action& action : m_.actions)
      block(action.body);
    // Which calls an event makes may depend on the state, too.
    for (const ir::Event& event : m_.events)
      ir::for_each_expr(event, [&](ir::ExprId id) { expr(id); });
    return grown_;
  }

 private:
  /// The value of a condition that depends on fixed parameters only.
  std::optional<bool> known(ir::ExprId id) const {
    const ir::Expr& e = m_.exprs[id];
    if (e.type.kind != ir::TypeKind::kBool || e.type.optional) return std::nullopt;
    switch (e.op) {
      case Op::kConst: return e.value != 0;
      case Op::kParam:
        if (const auto at = fixed_.find(e.ref); at != fixed_.end()) return at->second != 0;
        return std::nullopt;
      case Op::kNot: {
        const auto inner = known(e.args[0]);
        return inner ? std::optional(!*inner) : std::nullopt;
      }
      case Op::kAnd:
      case Op::kOr: {
        const auto left = known(e.args[0]), right = known(e.args[1]);
        const bool decides = e.op == Op::kOr;
        if ((left && *left == decides) || (right && *right == decides)) return decides;
        return left && right ? std::optional(!decides) : std::nullopt;
      }
      default: return std::nullopt;
    }
  }

  void expr(ir::ExprId id) {
    if (id == ir::kNoId || known(id)) return;
    const ir::Expr& e = m_.exprs[id];
    if (e.op == Op::kState && !observable_[e.ref]) observable_[e.ref] = grown_ = true;
    if (e.op == Op::kCall && !fns_[e.ref]) {
      fns_[e.ref] = true;
      expr(m_.fns[e.ref].expr);
    }
    ir::for_each_operand(m_, e, [&](ir::ExprId operand) { expr(operand); });
  }

  void block(const ir::Block& statements) {
    for (const ir::StmtId id : statements) {
      const ir::Stmt& stmt = m_.stmts[id];
      if (const auto* update = std::get_if<ir::Update>(&stmt.node)) {
        bool counts = false;
        for (const ir::Update::One& one : update->assigns) {
          if (!observable_[one.state]) continue;
          counts = true;
          expr(one.value);
          for (const ir::ExprId key : one.keys)
            expr(key);
        }
        if (!counts) continue;
        expr(update->where);
        for (const ir::Binder& binder : update->binders)
          expr(binder.lo), expr(binder.hi);
        continue;
      }
      ir::for_each_expr(stmt, [&](ir::ExprId root) { expr(root); });
      ir::for_each_block(stmt, [&](const ir::Block& inner) { block(inner); });
    }
  }

  const ir::Module& m_;
  const std::map<ir::ParamId, std::uint64_t>& fixed_;
  std::vector<bool>& observable_;
  std::vector<bool> fns_;  // looked at
  bool grown_ = false;
};

}  // namespace

std::vector<bool> observable_functions(const ir::Module& original, const ir::Module& changed,
                                       const std::map<ir::ParamId, std::uint64_t>& fixed) {
  std::vector<bool> observable(original.states.size());
  Cone a(original, fixed, observable), b(changed, fixed, observable);
  for (bool grown = true; grown;) {
    grown = a.grow();
    grown = b.grow() || grown;
  }
  return observable;
}

}  // namespace gms::check
