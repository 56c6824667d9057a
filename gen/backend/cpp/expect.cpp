#include "gen/backend/cpp/expect.h"

#include <algorithm>
#include <utility>

#include "ir/walk.h"

namespace gms::gen::cpp {

using ir::kNoId;
using ir::Op;

Expectations::Expectations(const ir::Callable& callable, ExprWriter& exprs)
    : m_(exprs.unit().m),
      exprs_(exprs),
      known_(callable.locals.size()),
      first_(callable.locals.size(), kNoId),
      value_(callable.locals.size()),
      reads_(callable.locals.size()) {
  for (const ir::VarId param : callable.params)
    known_[param] = true;
}

bool Expectations::looks(const ir::Stmt& stmt) const {
  const auto* let = std::get_if<ir::Let>(&stmt.node);
  return let == nullptr || !is_cheap(let->value, &known_);
}

bool Expectations::define(const ir::Stmt& stmt) {
  std::vector<ir::VarId> vars;
  if (const auto* let = std::get_if<ir::Let>(&stmt.node)) {
    vars.push_back(let->var);
  } else if (const auto* call = std::get_if<ir::Call>(&stmt.node)) {
    vars = call->results;
  } else if (const auto* choose = std::get_if<ir::Choose>(&stmt.node)) {
    vars.push_back(choose->var);
  }
  bool any = false;
  for (const ir::VarId var : vars) {
    if (var == kNoId || exprs_.facts().reads[var] == 0) continue;
    known_[var] = any = true;
  }
  return any;
}

void Expectations::back_to(Mark mark) {
  known_ = std::move(mark.known);
  given_ = std::move(mark.given);
}

bool Expectations::is_large(const ir::State& state) const {
  constexpr unsigned kWide = 32;  // functions of narrower numbers never get large
  return std::any_of(state.keys.begin(), state.keys.end(), [](const ir::Type& key) {
    return runs_by_stretches(key) && key.width >= kWide;
  });
}

bool Expectations::is_cheap(ir::ExprId id, const std::vector<bool>* known) const {
  const ir::Expr& e = m_.exprs[id];
  if (e.binders != kNoId || e.op == Op::kLive) return false;
  // A function's parameters are what it is called with.
  if (e.op == Op::kVar) return known == nullptr || ((*known)[e.ref] && !exprs_.facts().lazy[e.ref]);
  if (e.op == Op::kState && (e.value != 0 || is_large(m_.states[e.ref]))) return false;
  if (e.op == Op::kCall && !is_cheap(m_.fns[e.ref].expr, nullptr)) return false;
  return std::all_of(e.args.begin(), e.args.end(),
                     [&](ir::ExprId arg) { return is_cheap(arg, known); });
}

unsigned Expectations::reads_of(ir::ExprId id, const std::vector<unsigned>* locals) const {
  const ir::Expr& e = m_.exprs[id];
  // What a function's parameters cost is counted where it is called.
  if (e.op == Op::kVar) return locals == nullptr ? 0 : (*locals)[e.ref];
  unsigned reads = e.op == Op::kState ? 1 : 0;
  if (e.op == Op::kCall) reads += reads_of(m_.fns[e.ref].expr, nullptr);
  for (const ir::ExprId arg : e.args)
    reads += reads_of(arg, locals);
  return reads;
}

void Expectations::point(ir::StateId state, const std::vector<ir::ExprId>& keys, Texts& texts) {
  if (!is_large(m_.states[state])) return;
  // What is dear to find is often of a branch that is seldom taken.
  constexpr unsigned kMostReads = 3;
  std::string list;
  unsigned reads = 0;
  for (const ir::ExprId key : keys) {
    const ir::Expr& e = m_.exprs[key];
    const bool first = e.op == Op::kVar && first_[e.ref] != kNoId;
    const ir::ExprId value = first ? first_[e.ref] : key;
    if (m_.exprs[value].type.is_signed || !is_cheap(value, &known_) || exprs_.is_lazy(value))
      return;
    reads += reads_of(value, &reads_);
    if (reads > kMostReads) return;
    list += (list.empty() ? "" : ", ") + exprs_.loose(value);
  }
  const std::string text = "s." + exprs_.unit().states[state] + ".spot(" + list + ")";
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

/// A variable is a binder once, so this stays right.
void Expectations::meet(const std::vector<ir::Binder>& binders) {
  for (const ir::Binder& binder : binders)
    first_[binder.var] = binder.lo;
}

void Expectations::expr(ir::ExprId id, Texts& texts) {
  const ir::Expr& e = m_.exprs[id];
  if (e.binders != kNoId) meet(m_.binder_lists[e.binders]);
  if (e.op == Op::kState && e.value == 0) point(e.ref, e.args, texts);
  ir::for_each_operand(m_, e, [&](ir::ExprId operand) { expr(operand, texts); });
}

void Expectations::call(const ir::Call& call, Texts& texts) {
  const Unit& unit = exprs_.unit();
  const ir::Callable& proc = m_.procs[call.proc];
  const LocalFacts& facts = unit.facts.procs[call.proc];
  ExprWriter writer(unit, proc.locals, facts);
  Expectations inner(proc, writer);
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const ir::VarId param = proc.params[i];
    const ir::ExprId arg = call.args[i];
    inner.known_[param] = is_cheap(arg, &known_) && !exprs_.is_lazy(arg) && !facts.lazy[param];
    if (!inner.known_[param]) continue;
    writer.rename(param, exprs_.operand(arg, Prec::kPrimary));
    inner.reads_[param] = reads_of(arg, &reads_);
  }
  inner.collect(proc.body, 0, texts);
}

void Expectations::stmt(ir::StmtId id, Texts& texts) {
  const ir::Stmt& stmt = m_.stmts[id];
  if (const auto* update = std::get_if<ir::Update>(&stmt.node)) {
    meet(update->binders);
    for (const ir::Update::One& one : update->assigns)
      point(one.state, one.keys, texts);
  }
  ir::for_each_expr(stmt, [&](ir::ExprId one) { expr(one, texts); });
  ir::for_each_block(stmt, [&](const ir::Block& block) {
    for (const ir::StmtId inner : block)
      this->stmt(inner, texts);
  });
  if (const auto* call = std::get_if<ir::Call>(&stmt.node)) this->call(*call, texts);
  const auto* let = std::get_if<ir::Let>(&stmt.node);
  if (let == nullptr || exprs_.facts().assigned[let->var] || exprs_.facts().lazy[let->var] ||
      exprs_.is_lazy(let->value) || !is_cheap(let->value, &known_))
    return;
  known_[let->var] = true;
  value_[let->var] = exprs_.operand(let->value, Prec::kPrimary);
  reads_[let->var] = reads_of(let->value, &reads_);
  exprs_.rename(let->var, value_[let->var]);
}

std::size_t Expectations::collect(const ir::Block& block, std::size_t from, Texts& texts) {
  const std::vector<bool> known = known_;
  std::vector<std::string> names;
  for (ir::VarId var = 0; var < value_.size(); ++var) {
    names.push_back(exprs_.current_name(var));
    if (value_[var].empty()) continue;
    exprs_.rename(var, value_[var]);
    known_[var] = true;
  }
  std::size_t at_once = 0;
  for (std::size_t i = from; i < block.size(); ++i) {
    stmt(block[i], texts);
    if (i == from) at_once = texts.size();
  }
  for (ir::VarId var = 0; var < value_.size(); ++var)
    exprs_.rename(var, names[var]);
  known_ = known;
  return at_once;
}

std::vector<std::string> Expectations::before(const ir::Block& block, std::size_t from) {
  Texts texts;
  const std::size_t at_once = collect(block, from, texts);
  // One point that is looked at next anyway is not had earlier by asking for it.
  if (texts.size() == 1 && at_once == 1) return {};
  std::erase_if(texts, [&](const std::string& text) { return given_.contains(text); });
  given_.insert(texts.begin(), texts.end());
  return texts;
}

void Expectations::leave_to_callers(const ir::Block& body) {
  Texts texts;
  collect(body, 0, texts);
  given_.insert(texts.begin(), texts.end());
}

}  // namespace gms::gen::cpp
