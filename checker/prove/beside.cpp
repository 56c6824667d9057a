#include "checker/prove/beside.h"

#include <map>
#include <set>
#include <vector>

#include "ir/build.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

using namespace ir;

class Joiner {
 public:
  Joiner(const Module& original, const Module& changed) : old_(original), m_(changed) {}

  std::optional<Beside> run(ActionId action) {
    append_original();
    Action copy = old_.actions[action];
    copy.name += "_original";
    copy.body = moved(copy.body);
    if (copy.expr != kNoId) copy.expr += exprs_;
    m_.actions.push_back(std::move(copy));
    const auto id = static_cast<ActionId>(m_.actions.size() - 1);
    // Each version runs on its own, so a statement chooses twice only within one of them.
    for (const ActionId a : {action, id}) {
      seen_.clear();
      const Block body = m_.actions[a].body;
      share(body, m_.actions[a].locals);
    }
    if (!ok_) return std::nullopt;
    return Beside{std::move(m_), id, action, may_block_};
  }

 private:
  Block moved(Block b) const {
    for (StmtId& s : b)
      s += stmts_;
    return b;
  }
  ExprId moved(ExprId e) const { return e == kNoId ? e : e + exprs_; }
  void move(std::vector<ExprId>& all) const {
    for (ExprId& e : all)
      e = moved(e);
  }
  void move(std::vector<Binder>& all) const {
    for (Binder& b : all)
      b.lo = moved(b.lo), b.hi = moved(b.hi);
  }

  void append_original() {
    exprs_ = static_cast<std::uint32_t>(m_.exprs.size());
    stmts_ = static_cast<std::uint32_t>(m_.stmts.size());
    lists_ = static_cast<std::uint32_t>(m_.binder_lists.size());
    fns_ = static_cast<std::uint32_t>(m_.fns.size());
    procs_ = static_cast<std::uint32_t>(m_.procs.size());
    for (Expr e : old_.exprs) {
      move(e.args);
      if (e.binders != kNoId) e.binders += lists_;
      if (e.op == Op::kCall) e.ref += fns_;
      m_.exprs.push_back(std::move(e));
    }
    for (std::vector<Binder> list : old_.binder_lists) {
      move(list);
      m_.binder_lists.push_back(std::move(list));
    }
    for (Callable f : old_.fns) {
      f.expr = moved(f.expr);
      m_.fns.push_back(std::move(f));
    }
    for (Callable p : old_.procs) {
      p.body = moved(p.body);
      m_.procs.push_back(std::move(p));
    }
    for (Stmt s : old_.stmts) {
      std::visit(
          Overloaded{
              [&](Let& x) { x.value = moved(x.value); },
              [&](Assign& x) { x.value = moved(x.value); },
              [&](Update& x) {
                move(x.binders);
                x.where = moved(x.where);
                for (Update::One& one : x.assigns) {
                  move(one.keys);
                  one.value = moved(one.value);
                }
              },
              [&](Guard& x) {
                x.cond = moved(x.cond);
                for (Assign& a : x.with)
                  a.value = moved(a.value);
              },
              [&](Return& x) { x.cond = moved(x.cond), move(x.values); },
              [&](Call& x) { x.proc += procs_, move(x.args); },
              [&](If& x) {
                x.cond = moved(x.cond);
                x.then_block = moved(x.then_block);
                x.else_block = moved(x.else_block);
              },
              [&](Choose& x) { x.lo = moved(x.lo), x.hi = moved(x.hi), x.cond = moved(x.cond); },
              [&](Require& x) { x.cond = moved(x.cond); },
              [&](Create&) {},
              [&](Destroy& x) { x.handle = moved(x.handle); },
              [&](Step&) {},
              [&](Acquire&) {},
              [&](Release&) {},
              [&](Scan&) {},
              [&](Each&) {},
              [&](Await&) {},
              [&](Sample&) {},
              [&](Retry&) {},
          },
          s.node);
      m_.stmts.push_back(std::move(s));
    }
  }

  // ---- Choices ----
  /// The same for a statement and its copy. Clauses that were swapped keep their choices.
  ParamId param(std::pair<std::uint32_t, std::uint32_t> key, Type type) {
    const auto [it, inserted] = params_.try_emplace(key, static_cast<ParamId>(m_.params.size()));
    if (inserted) {
      Param p;
      p.name = "choice" + std::to_string(it->second);
      p.type = type;
      m_.params.push_back(std::move(p));
    }
    return it->second;
  }
  StateId oracle(std::pair<StmtId, std::uint32_t> key, StateId like) {
    const auto [it, inserted] = states_.try_emplace(key, static_cast<StateId>(m_.states.size()));
    if (inserted) {
      State s = m_.states[like];
      s.name = "any" + std::to_string(it->second);
      m_.states.push_back(std::move(s));
    }
    return it->second;
  }
  StmtId origin(StmtId id) const { return id >= stmts_ ? id - stmts_ : id; }

  /// A statement that chooses must not run twice.
  void once(StmtId id) { ok_ = ok_ && seen_.insert(id).second; }

  void share(const Block& block, const std::vector<Local>& locals) {
    for (const StmtId id : block) {
      if (const auto* c = std::get_if<Call>(&m_.stmts[id].node)) {
        const Callable& p = m_.procs[c->proc];
        const Block body = p.body;
        const std::vector<Local> inner = p.locals;
        share(body, inner);
        continue;
      }
      const auto* g = std::get_if<Guard>(&m_.stmts[id].node);
      if (g != nullptr && (g->may || shared_.count(id) > 0)) {
        once(id);
        if (!shared_.insert(id).second) continue;
        Guard guard = *g;
        ExprBuilder b(m_);
        const ExprId chosen = b.param(param({0, guard.clause}, bool_type()));
        guard.cond = guard.cond == kNoId ? chosen : b.both(chosen, guard.cond);
        guard.may = false;
        m_.stmts[id].node = std::move(guard);
        continue;
      }
      const auto* ch = std::get_if<Choose>(&m_.stmts[id].node);
      if (ch != nullptr || chosen_.count(id) > 0) {
        once(id);
        if (ch == nullptr) continue;
        choose(id, *ch, locals);
        chosen_.insert(id);
        continue;
      }
      if (const auto* require = std::get_if<Require>(&m_.stmts[id].node)) {
        const Expr& cond = m_.exprs[require->cond];
        may_block_ = may_block_ || cond.op != Op::kConst || cond.value == 0;
      }
      if (std::holds_alternative<Update>(m_.stmts[id].node)) any(id);
      if (const auto* branch = std::get_if<If>(&m_.stmts[id].node)) {
        const If copy = *branch;
        share(copy.then_block, locals);
        share(copy.else_block, locals);
      }
    }
  }

  void choose(StmtId id, Choose c, const std::vector<Local>& locals) {
    const Type type = locals[c.var].type;
    if (type.kind == TypeKind::kHandle || type.optional) {
      ok_ = false;
      return;
    }
    // `var = choice; require lo <= var < hi and cond`, as one statement.
    ExprBuilder b(m_);
    const Let let{c.var, b.param(param({1, origin(id)}, type))};
    ExprId cond = c.cond == kNoId ? b.boolean(true) : c.cond;
    if (c.lo != kNoId) {
      cond = b.both(b.le(c.lo, b.var(c.var, type)), cond);
      cond = b.both(b.lt(b.var(c.var, type), c.hi), cond);
    }
    If both;
    both.cond = b.boolean(true);
    both.then_block = {add_stmt(m_, let), add_stmt(m_, Require{cond})};
    m_.stmts[id].node = std::move(both);
    may_block_ = true;
  }

  void any(StmtId id) {
    Update u = std::get<Update>(m_.stmts[id].node);
    bool found = false;
    for (std::uint32_t i = 0; i < u.assigns.size(); ++i) {
      Update::One& one = u.assigns[i];
      if (one.value != kNoId) continue;
      found = true;
      ExprBuilder b(m_);
      const StateId from = oracle({one.state, i}, one.state);
      std::vector<ExprId> keys;
      for (const ExprId k : one.keys)
        keys.push_back(b.copy(k));
      one.value = b.read(from, std::move(keys));
    }
    if (!found && anys_.count(id) == 0) return;
    once(id);
    anys_.insert(id);
    m_.stmts[id].node = std::move(u);
  }

  const Module& old_;
  Module m_;
  std::uint32_t exprs_ = 0, stmts_ = 0, lists_ = 0, fns_ = 0, procs_ = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, ParamId> params_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, StateId> states_;
  std::set<StmtId> seen_, shared_, chosen_, anys_;
  bool ok_ = true;
  bool may_block_ = false;
};

}  // namespace

std::optional<Beside> put_beside(const Module& original, const Module& changed, ActionId action) {
  return Joiner(original, changed).run(action);
}

}  // namespace gms::check
