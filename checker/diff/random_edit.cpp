#include "checker/diff/random_edit.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "ir/build.h"
#include "ir/mutate.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::diff {
namespace {

using namespace ir;

/// What stands in the actions and procedures.
struct Sites {
  std::vector<StmtId> stmts;
  std::vector<ExprId> exprs;
};

void add_expr(const Module& m, ExprId id, Sites& out) {
  out.exprs.push_back(id);
  for_each_operand(m, m.exprs[id], [&](ExprId arg) { add_expr(m, arg, out); });
}

Sites sites_of(const Module& m) {
  Sites out;
  const auto add = [&](const Block& body) {
    for_each_stmt(m, body, [&](StmtId id, const Stmt& s) {
      out.stmts.push_back(id);
      for_each_expr(s, [&](ExprId e) { add_expr(m, e, out); });
    });
  };
  for (const Callable& p : m.procs)
    add(p.body);
  for (const Action& a : m.actions)
    add(a.body);
  return out;
}

class Editor {
 public:
  Editor(const Module& module, std::mt19937_64& rng)
      : m_(module), rng_(rng), sites_(sites_of(m_)) {}

  std::optional<RandomEdit> run(int kind) {
    switch (kind) {
      case 0:
        return guard("errno-changed", [&](Guard& g) {
          Clause& c = m_.clauses[g.clause];
          c.result =
              m_.enums[kErrnoEnum].members[1 + pick(m_.enums[kErrnoEnum].members.size() - 1)].value;
          return true;
        });
      case 1:
        return guard("succeeds-instead", [&](Guard& g) {
          m_.clauses[g.clause].result = 0;
          return true;
        });
      case 2: return guard("may-added", [&](Guard& g) { return !std::exchange(g.may, true); });
      case 3: return guard("may-removed", [&](Guard& g) { return std::exchange(g.may, false); });
      case 4:
        return guard("condition-negated", [&](Guard& g) {
          if (g.cond == kNoId) return false;
          g.cond = ExprBuilder(m_).negate(g.cond);
          return true;
        });
      case 5:
        return guard("condition-dropped",
                     [&](Guard& g) { return std::exchange(g.cond, kNoId) != kNoId; });
      case 6:
        return guard("condition-twice", [&](Guard& g) {
          if (g.cond == kNoId) return false;
          ExprBuilder b(m_);
          g.cond = b.both(g.cond, b.copy(g.cond));
          return true;
        });
      case 7:
        return guard("not-not", [&](Guard& g) {
          if (g.cond == kNoId) return false;
          ExprBuilder b(m_);
          g.cond = b.negate(b.negate(g.cond));
          return true;
        });
      case 8:
        return expr("constant-next", [&](Expr& e) {
          if (e.op != Op::kConst || !is_number(e.type)) return false;
          e.value = (e.value + 1) & mask_of(e.type.width);
          return true;
        });
      case 9:
        return expr("and-or", [&](Expr& e) {
          if (e.op != Op::kAnd && e.op != Op::kOr) return false;
          e.op = e.op == Op::kAnd ? Op::kOr : Op::kAnd;
          return true;
        });
      case 10:
        return expr("less-or-equal", [&](Expr& e) {
          if (e.op != Op::kLt && e.op != Op::kLe) return false;
          e.op = e.op == Op::kLt ? Op::kLe : Op::kLt;
          return true;
        });
      case 11:
        return expr("operands-swapped", [&](Expr& e) {
          if (e.op != Op::kEq && e.op != Op::kAnd && e.op != Op::kOr && e.op != Op::kAdd)
            return false;
          std::swap(e.args[0], e.args[1]);
          return true;
        });
      case 12:
        return expr("plus-minus", [&](Expr& e) {
          if (e.op != Op::kAdd && e.op != Op::kSub) return false;
          e.op = e.op == Op::kAdd ? Op::kSub : Op::kAdd;
          return true;
        });
      case 13: {
        auto& id = any_action().body;
        if (id.size() < 2) return std::nullopt;
        const std::size_t i = pick(id.size() - 1);
        std::swap(id[i], id[i + 1]);
        return RandomEdit{"statements-swapped", m_};
      }
      case 14: {
        auto& id = any_action().body;
        if (id.empty()) return std::nullopt;
        const std::size_t i = pick(id.size());
        if (!std::holds_alternative<Update>(m_.stmts[id[i]].node)) return std::nullopt;
        const StmtId twice = add_stmt(m_, m_.stmts[id[i]].node);
        id.insert(id.begin() + static_cast<std::ptrdiff_t>(i), twice);
        return RandomEdit{"update-twice", m_};
      }
      default: {
        const std::vector<Mutation> all = mutations(m_);
        if (all.empty()) return std::nullopt;
        const Mutation& one = all[pick(all.size())];
        return RandomEdit{name_of(one.kind), apply(m_, one)};
      }
    }
  }

 private:
  std::size_t pick(std::size_t size) { return rng_() % size; }
  Action& any_action() { return m_.actions[pick(m_.actions.size())]; }

  std::optional<RandomEdit> guard(const char* kind, const std::function<bool(Guard&)>& change) {
    std::vector<StmtId> all;
    for (const StmtId s : sites_.stmts)
      if (std::holds_alternative<Guard>(m_.stmts[s].node)) all.push_back(s);
    if (all.empty()) return std::nullopt;
    const StmtId id = all[pick(all.size())];
    Guard g = std::get<Guard>(m_.stmts[id].node);  // the change may move the others
    if (!change(g)) return std::nullopt;
    m_.stmts[id].node = std::move(g);
    return RandomEdit{kind, m_};
  }
  std::optional<RandomEdit> expr(const char* kind, const std::function<bool(Expr&)>& change) {
    for (int tries = 0; tries < 40 && !sites_.exprs.empty(); ++tries)
      if (change(m_.exprs[sites_.exprs[pick(sites_.exprs.size())]])) return RandomEdit{kind, m_};
    return std::nullopt;
  }

  Module m_;
  std::mt19937_64& rng_;
  Sites sites_;
};

}  // namespace

std::optional<RandomEdit> random_edit(const ir::Module& module, std::mt19937_64& rng) {
  return Editor(module, rng).run(static_cast<int>(rng() % kEditKinds));
}

}  // namespace gms::diff
