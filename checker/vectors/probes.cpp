#include "checker/vectors/probes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "ir/build.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

using ir::ExprId;
using ir::Op;

/// The way from a decision to one of its conditions: which operand, and through which calls.
using Path = std::vector<std::uint32_t>;

/// What a copy of a function computes instead of its value.
enum class Variant : std::uint8_t { kTrue, kFalse, kItself, kBelow, kAt, kAbove };

bool is_comparison(const ir::Module& m, const ir::Expr& e) {
  return (e.op == Op::kLt || e.op == Op::kLe || e.op == Op::kEq) &&
         ir::is_number(m.exprs[e.args[0]].type);
}

class Prober {
 public:
  explicit Prober(const ir::Module& atomic) : build_(out_.module) {
    out_.module = atomic;
    std::erase_if(out_.module.properties, [](const ir::Property& p) { return !p.is_invariant(); });
    out_.first_probe = static_cast<ir::ClauseId>(atomic.clauses.size());
  }

  Probed run() {
    for (ir::ProcId p = 0; p < m().procs.size(); ++p)
      probe_inside(
          locals_of(m().procs[p]), [&]() -> ir::Block& { return m().procs[p].body; }, ir::kNoId, p);
    for (ir::ActionId a = 0; a < m().actions.size(); ++a)
      probe_inside(
          locals_of(m().actions[a]), [&]() -> ir::Block& { return m().actions[a].body; }, a,
          ir::kNoId);
    return std::move(out_);
  }

 private:
  ir::Module& m() { return out_.module; }
  static std::vector<ir::Local> locals_of(const ir::Callable& callable) { return callable.locals; }

  // ---- Statements ----

  /// Finds a block again after the module has grown.
  using At = std::function<ir::Block&()>;

  void probe_inside(const std::vector<ir::Local>& locals, const At& at, ir::ActionId action,
                    ir::ProcId proc) {
    const ir::Block before = at();
    ir::Block after;
    for (const ir::StmtId id : before) {
      const ir::Stmt stmt = m().stmts[id];
      if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) {
        if (guard->cond != ir::kNoId)
          probe(locals, guard->cond, guard->clause, action, proc, stmt.span, after);
      } else if (const auto* ret = std::get_if<ir::Return>(&stmt.node)) {
        if (ret->cond != ir::kNoId)
          probe(locals, ret->cond, ir::kNoId, action, proc, stmt.span, after);
      } else if (const auto* branch = std::get_if<ir::If>(&stmt.node)) {
        probe(locals, branch->cond, ir::kNoId, action, proc, stmt.span, after);
        const auto inner = [&](ir::Block ir::If::*block) -> At {
          return [this, id, block]() -> ir::Block& {
            return std::get<ir::If>(m().stmts[id].node).*block;
          };
        };
        probe_inside(locals, inner(&ir::If::then_block), action, proc);
        probe_inside(locals, inner(&ir::If::else_block), action, proc);
      }
      after.push_back(id);
    }
    at() = std::move(after);
  }

  /// Puts the probes of a decision in front of it.
  void probe(const std::vector<ir::Local>& locals, ExprId decision, ir::ClauseId clause,
             ir::ActionId action, ir::ProcId proc, base::Span span, ir::Block& block) {
    const ir::FnId fn = as_function(locals, decision);
    std::vector<Path> conditions;
    Path path;
    collect(m().fns[fn].expr, path, conditions);
    for (const Path& condition : conditions) {
      const ExprId itself = find(m().fns[fn].expr, condition);
      const auto add = [&](ProbeKind kind, int value, Variant shown) {
        ExprId cond =
            build_.negate(build_.eq(call(locals, variant(fn, condition, Variant::kTrue)),
                                    call(locals, variant(fn, condition, Variant::kFalse))));
        ExprId is = call(locals, variant(fn, condition, shown));
        if (kind == ProbeKind::kDecides && value == 0) is = build_.negate(is);
        cond = build_.both(is, cond);
        ir::Clause probe;
        probe.action = action;
        probe.proc = proc;
        probe.label = "probe." + std::to_string(out_.probes.size());
        probe.span = span;
        m().clauses.push_back(std::move(probe));
        const auto id = static_cast<ir::ClauseId>(m().clauses.size() - 1);
        ir::Guard guard;
        guard.clause = id;
        guard.cond = cond;
        guard.may = true;
        block.push_back(ir::add_stmt(m(), guard, span));
        out_.probes.push_back({id, kind, value, original_[itself], clause, action, proc, span});
      };
      add(ProbeKind::kDecides, 1, Variant::kItself);
      add(ProbeKind::kDecides, 0, Variant::kItself);
      if (!is_comparison(m(), m().exprs[itself])) continue;
      add(ProbeKind::kBoundary, -1, Variant::kBelow);
      add(ProbeKind::kBoundary, 0, Variant::kAt);
      add(ProbeKind::kBoundary, 1, Variant::kAbove);
    }
  }

  // ---- Decisions as functions of the locals that they read ----

  void free_vars(ExprId id, std::set<ir::VarId>& bound, std::vector<ir::VarId>& free) const {
    const ir::Expr& e = out_.module.exprs[id];
    if (e.op == Op::kVar && !bound.contains(e.ref) &&
        std::find(free.begin(), free.end(), e.ref) == free.end())
      free.push_back(e.ref);
    if (e.binders != ir::kNoId) {
      for (const ir::Binder& b : out_.module.binder_lists[e.binders]) {
        if (b.lo != ir::kNoId) free_vars(b.lo, bound, free);
        if (b.hi != ir::kNoId) free_vars(b.hi, bound, free);
        bound.insert(b.var);
      }
    }
    for (const ExprId arg : e.args)
      free_vars(arg, bound, free);
  }

  ir::FnId as_function(const std::vector<ir::Local>& locals, ExprId decision) {
    std::set<ir::VarId> bound;
    std::vector<ir::VarId> free;
    free_vars(decision, bound, free);
    ir::Callable fn;
    fn.name = "decision." + std::to_string(m().fns.size());
    std::vector<std::pair<ir::VarId, ir::VarId>> rename;
    for (const ir::VarId var : free) {
      rename.emplace_back(var, ir::add_local(fn.locals, locals[var].name, locals[var].type));
      fn.params.push_back(rename.back().second);
    }
    for (const ir::VarId var : bound)
      rename.emplace_back(var, ir::add_local(fn.locals, locals[var].name, locals[var].type));
    fn.expr = copy(decision, rename);
    m().fns.push_back(std::move(fn));
    const auto id = static_cast<ir::FnId>(m().fns.size() - 1);
    arguments_[id] = free;
    return id;
  }

  /// The function at the locals that it was made of.
  ExprId call(const std::vector<ir::Local>& locals, ir::FnId fn) {
    std::vector<ExprId> args;
    for (const ir::VarId var : arguments_.at(fn))
      args.push_back(build_.var(locals, var));
    return build_.call(fn, std::move(args));
  }

  // ---- Conditions: what is left of a decision without its connectives ----

  void collect(ExprId id, Path& path, std::vector<Path>& found) {
    const ir::Expr e = m().exprs[id];
    const bool connective = e.op == Op::kNot || e.op == Op::kAnd || e.op == Op::kOr ||
                            e.op == Op::kImplies || (e.op == Op::kIte && ir::is_bool(e.type));
    if (e.op == Op::kConst) return;
    if (connective) {
      for (std::uint32_t i = 0; i < e.args.size(); ++i) {
        path.push_back(i);
        collect(e.args[i], path, found);
        path.pop_back();
      }
    } else if (e.op == Op::kCall && ir::is_bool(e.type)) {
      path.push_back(0);
      collect(m().fns[e.ref].expr, path, found);
      path.pop_back();
    } else {
      found.push_back(path);
    }
  }

  ExprId find(ExprId id, const Path& path) {
    for (const std::uint32_t step : path) {
      const ir::Expr& e = m().exprs[id];
      id = e.op == Op::kCall ? m().fns[e.ref].expr : e.args[step];
    }
    return id;
  }

  /// A copy of the function in which the condition at the path is true, or false, or which has its
  /// value, or says how far apart the sides of the comparison are.
  ir::FnId variant(ir::FnId fn, const Path& path, Variant what) {
    const auto key = std::tuple(fn, path, what);
    if (const auto known = variants_.find(key); known != variants_.end()) return known->second;
    ir::Callable copy_of = m().fns[fn];
    copy_of.name += "." + std::to_string(m().fns.size());
    copy_of.expr = rebuild(copy_of.expr, path, 0, what);
    m().fns.push_back(std::move(copy_of));
    const auto id = static_cast<ir::FnId>(m().fns.size() - 1);
    if (const auto args = arguments_.find(fn); args != arguments_.end())
      arguments_[id] = std::vector<ir::VarId>(args->second);
    variants_[key] = id;
    return id;
  }

  ExprId rebuild(ExprId id, const Path& path, std::size_t depth, Variant what) {
    if (depth == path.size()) return shown(id, what);
    const ir::Expr e = m().exprs[id];
    const bool whole = what == Variant::kTrue || what == Variant::kFalse;
    if (e.op == Op::kCall) {
      const ir::FnId fn = variant(
          e.ref, Path(path.begin() + static_cast<std::ptrdiff_t>(depth) + 1, path.end()), what);
      std::vector<ExprId> args;
      for (const ExprId arg : e.args)
        args.push_back(build_.copy(arg));
      return build_.call(fn, std::move(args));
    }
    if (!whole) return rebuild(e.args[path[depth]], path, depth + 1, what);
    std::vector<ExprId> args;
    for (std::uint32_t i = 0; i < e.args.size(); ++i)
      args.push_back(i == path[depth] ? rebuild(e.args[i], path, depth + 1, what)
                                      : build_.copy(e.args[i]));
    return build_.node(e.op, e.type, std::move(args));
  }

  ExprId shown(ExprId condition, Variant what) {
    const ir::Expr e = m().exprs[condition];
    switch (what) {
      case Variant::kTrue: return build_.boolean(true);
      case Variant::kFalse: return build_.boolean(false);
      case Variant::kItself: return build_.copy(condition);
      case Variant::kBelow:
      case Variant::kAt:
      case Variant::kAbove: break;
    }
    const ir::Type type = m().exprs[e.args[0]].type;
    const ExprId left = build_.copy(e.args[0]), right = build_.copy(e.args[1]);
    if (what == Variant::kAt) return build_.eq(left, right);
    const bool below = what == Variant::kBelow;
    const ExprId distance = build_.arith(Op::kSub, below ? right : left, below ? left : right);
    return build_.eq(distance, build_.constant(type, 1));
  }

  /// A copy that remembers what its nodes are copies of.
  ExprId copy(ExprId id, const std::vector<std::pair<ir::VarId, ir::VarId>>& rename) {
    const ExprId result = build_.copy(id, rename);
    remember(id, result);
    return result;
  }
  void remember(ExprId from, ExprId to) {
    original_[to] = from;
    const std::vector<ExprId> a = m().exprs[from].args, b = m().exprs[to].args;
    for (std::size_t i = 0; i < a.size(); ++i)
      remember(a[i], b[i]);
  }

  /// Of the nodes of decisions: those of functions are themselves.
  struct Originals {
    std::map<ExprId, ExprId> by_copy;
    ExprId operator[](ExprId id) const {
      const auto at = by_copy.find(id);
      return at == by_copy.end() ? id : at->second;
    }
    ExprId& operator[](ExprId id) { return by_copy.try_emplace(id, id).first->second; }
  };

  Probed out_;
  ir::ExprBuilder build_;
  Originals original_;
  std::map<ir::FnId, std::vector<ir::VarId>> arguments_;
  std::map<std::tuple<ir::FnId, Path, Variant>, ir::FnId> variants_;
};

}  // namespace

Probed with_probes(const ir::Module& atomic) {
  return Prober(atomic).run();
}

}  // namespace gms::check
