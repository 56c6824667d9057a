#include "checker/diff/canonical.h"

#include <algorithm>

#include "base/fingerprint.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::diff {

using namespace ir;

std::string Canonical::Names::of(VarId var) {
  if (var == kNoId) return "_";
  const auto [it, fresh] = given.try_emplace(var, "v" + std::to_string(given.size()));
  return it->second;
}

std::string Canonical::type(const Type& t) const {
  return type_text(m_, t);
}

std::string Canonical::callable(const Callable& c, bool by_name) {
  Names names{&c, {}};
  std::string text;
  for (const VarId v : c.params) {
    if (by_name) names.given[v] = '$' + c.locals[v].name;
    text += names.of(v) + ':' + type(c.locals[v].type) + ' ';
  }
  text += "->";
  for (const VarId v : c.outputs) {
    if (by_name) names.given[v] = '$' + c.locals[v].name;
    text += ' ' + names.of(v) + ':' + type(c.locals[v].type);
  }
  if (c.expr != kNoId) text += " = " + expr(c.expr, names);
  return text + block(c.body, names);
}

std::string Canonical::action(ActionId id) {
  const Action& a = m_.actions[id];
  const std::string text = callable(a, true);
  return a.ok_clause == kNoId ? text
                              : text + " ok " + std::to_string(m_.clauses[a.ok_clause].result);
}

std::string Canonical::fn(FnId id) {
  const auto known = fns_.find(id);
  if (known != fns_.end()) return known->second;
  return fns_[id] = base::hex(base::fingerprint(callable(m_.fns[id], false)));
}
std::string Canonical::proc(ProcId id) {
  const auto known = procs_.find(id);
  if (known != procs_.end()) return known->second;
  return procs_[id] = base::hex(base::fingerprint(callable(m_.procs[id], false)));
}

std::string Canonical::exprs(const std::vector<ExprId>& ids, Names& names) {
  std::string text;
  for (const ExprId e : ids)
    text += ' ' + expr(e, names);
  return text;
}

/// In one order, however it is nested: an expression is evaluated at once.
std::string Canonical::connective(ExprId id, Names& names) {
  const Op op = m_.exprs[id].op;
  std::vector<ExprId> parts, open{id};
  while (!open.empty()) {
    const ExprId e = open.back();
    open.pop_back();
    if (m_.exprs[e].op != op) {
      parts.push_back(e);
      continue;
    }
    for (auto arg = m_.exprs[e].args.rbegin(); arg != m_.exprs[e].args.rend(); ++arg)
      open.push_back(*arg);
  }
  // Locals are named in the order in which they are met, which must not depend on the order of the
  // parts.
  const auto text_of = [&](ExprId e) {
    Names own = names;
    return expr(e, own);
  };
  std::vector<std::pair<std::string, ExprId>> sorted;
  for (const ExprId e : parts)
    sorted.emplace_back(text_of(e), e);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text = "(" + std::string(info(op).text);
  for (const auto& [key, e] : sorted)
    text += ' ' + expr(e, names);
  return text + ')';
}

std::string Canonical::binder(const Binder& b, Names& names) {
  std::string text = type(b.type);
  if (b.lo != kNoId) text += '[' + expr(b.lo, names) + ' ' + expr(b.hi, names) + ']';
  return names.of(b.var) + ':' + text + ' ';
}

std::string Canonical::expr(ExprId id, Names& names) {
  if (id == kNoId) return "_";
  const Expr& e = m_.exprs[id];
  if (e.op == Op::kAnd || e.op == Op::kOr) return connective(id, names);
  std::string text = "(" + std::string(info(e.op).text);
  switch (e.op) {
    case Op::kConst: text += ' ' + std::to_string(e.value) + ':' + type(e.type); break;
    case Op::kNone:
    case Op::kCast: text += ' ' + type(e.type); break;
    case Op::kVar: text += ' ' + names.of(e.ref); break;
    case Op::kParam: return "(const " + std::to_string(values_[e.ref]) + ':' + type(e.type) + ')';
    case Op::kState: text += ' ' + m_.states[e.ref].name + (e.value != 0 ? "'" : ""); break;
    case Op::kCall: text += ' ' + fn(e.ref); break;
    case Op::kLive: text += ' ' + m_.domains[e.ref].name + (e.value != 0 ? "'" : ""); break;
    case Op::kExit: text += ' ' + m_.clauses[e.ref].label; break;
    default: break;
  }
  if (e.binders != kNoId)
    for (const Binder& b : m_.binder_lists[e.binders])
      text += ' ' + binder(b, names);
  return text + exprs(e.args, names) + ')';
}

std::string Canonical::block(const Block& b, Names& names) {
  std::string text = "{";
  for (const StmtId s : b)
    text += stmt(m_.stmts[s], names) + ';';
  return text + '}';
}

std::string Canonical::stmt(const Stmt& stmt, Names& names) {
  const auto e = [&](ExprId id) { return expr(id, names); };
  const auto keys = [&](LockId lock, const std::vector<ExprId>& ids) {
    return m_.locks[lock].name + exprs(ids, names);
  };
  return std::visit(
      Overloaded{
          [&](const Let& s) { return "let " + names.of(s.var) + ' ' + e(s.value); },
          [&](const Assign& s) { return "set " + names.of(s.var) + ' ' + e(s.value); },
          [&](const Update& s) {
            std::string text = "update ";
            for (const Binder& b : s.binders)
              text += binder(b, names);
            text += e(s.where);
            for (const Update::One& one : s.assigns)
              text +=
                  ' ' + m_.states[one.state].name + exprs(one.keys, names) + " := " + e(one.value);
            return text;
          },
          [&](const Guard& s) {
            std::string text = "exit " + std::to_string(m_.clauses[s.clause].result) +
                               (s.may ? " may" : "") + (s.raced ? " raced" : "") + ' ' + e(s.cond);
            for (const Assign& a : s.with)
              text += ' ' + names.of(a.var) + ' ' + e(a.value);
            return text;
          },
          [&](const Return& s) { return "return " + e(s.cond) + exprs(s.values, names); },
          [&](const Call& s) {
            std::string text = "call " + proc(s.proc) + exprs(s.args, names) + " ->";
            for (const VarId v : s.results)
              text += ' ' + names.of(v);
            return text;
          },
          [&](const If& s) {
            return "if " + e(s.cond) + block(s.then_block, names) + block(s.else_block, names);
          },
          [&](const Choose& s) {
            return "choose " + names.of(s.var) + ' ' + e(s.lo) + ' ' + e(s.hi) + ' ' + e(s.cond);
          },
          [&](const Require& s) { return "require " + e(s.cond); },
          [&](const Create& s) {
            return "create " + names.of(s.var) + ' ' + type(names.host->locals[s.var].type);
          },
          [&](const Destroy& s) { return "destroy " + e(s.handle); },
          [&](const Step& s) {
            return std::string(s.linearize ? "step linearize" : "step") + block(s.body, names);
          },
          [&](const Acquire& s) {
            return std::string(s.exclusive ? "acquire " : "acquire shared ") + keys(s.lock, s.keys);
          },
          [&](const Release& s) { return "release " + keys(s.lock, s.keys); },
          [&](const Scan& s) { return "scan " + binder(s.binder, names) + block(s.body, names); },
          [&](const Each& s) {
            return "each " + binder(s.binder, names) + e(s.where) + block(s.body, names);
          },
          [&](const Await& s) { return "await " + e(s.cond); },
          [&](const Sample& s) { return "sample " + names.of(s.var) + ' ' + s.counter; },
          [&](const Retry& s) { return "retry " + e(s.cond); },
      },
      stmt.node);
}

}  // namespace gms::diff
