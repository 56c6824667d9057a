#include "gen/backend/cpp/expect.h"

#include <algorithm>
#include <utility>

#include "ir/walk.h"

namespace gms::gen::cpp {

using ir::kNoId;
using ir::Op;

namespace {

/// Functions of narrower numbers never get large.
constexpr unsigned kWide = 32;

bool is_number(const ir::Type& type) {
  return type.kind == ir::TypeKind::kIndex || type.kind == ir::TypeKind::kInt;
}

}  // namespace

Expectations::Expectations(const Unit& unit, const ir::Callable& callable, const LocalFacts& facts)
    : u_(unit),
      facts_(facts),
      known_(callable.locals.size()),
      first_(callable.locals.size(), kNoId) {
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
    if (var == kNoId || facts_.reads[var] == 0) continue;
    known_[var] = any = true;
  }
  return any;
}

void Expectations::back_to(Mark mark) {
  known_ = std::move(mark.known);
  given_ = std::move(mark.given);
}

bool Expectations::is_large(const ir::State& state) const {
  return std::any_of(state.keys.begin(), state.keys.end(),
                     [](const ir::Type& key) { return is_number(key) && key.width >= kWide; });
}

bool Expectations::is_cheap(ir::ExprId id, const std::vector<bool>* known) const {
  const ir::Expr& e = u_.m.exprs[id];
  if (e.binders != kNoId || e.op == Op::kLive) return false;
  // A function's parameters are what it is called with.
  if (e.op == Op::kVar) return known == nullptr || ((*known)[e.ref] && !facts_.lazy[e.ref]);
  if (e.op == Op::kState && (e.value != 0 || is_large(u_.m.states[e.ref]))) return false;
  if (e.op == Op::kCall && !is_cheap(u_.m.fns[e.ref].expr, nullptr)) return false;
  return std::all_of(e.args.begin(), e.args.end(),
                     [&](ir::ExprId arg) { return is_cheap(arg, known); });
}

void Expectations::point(ir::StateId state, const std::vector<ir::ExprId>& keys) {
  if (!is_large(u_.m.states[state])) return;
  std::string list;
  for (const ir::ExprId key : keys) {
    const ir::Expr& e = u_.m.exprs[key];
    const bool first = e.op == Op::kVar && first_[e.ref] != kNoId;
    const ir::ExprId value = first ? first_[e.ref] : key;
    if (u_.m.exprs[value].type.is_signed || !is_cheap(value, &known_) || exprs_->is_lazy(value))
      return;
    list += (list.empty() ? "" : ", ") + exprs_->loose(value);
  }
  const std::string text = "s." + u_.states[state] + ".expect(" + list + ")";
  if (!given_.contains(text) && std::find(texts_->begin(), texts_->end(), text) == texts_->end())
    texts_->push_back(text);
}

void Expectations::expr(ir::ExprId id) {
  const ir::Expr& e = u_.m.exprs[id];
  std::vector<ir::VarId> binders;
  if (e.binders != kNoId) {
    for (const ir::Binder& binder : u_.m.binder_lists[e.binders]) {
      first_[binder.var] = binder.lo;
      binders.push_back(binder.var);
    }
  }
  if (e.op == Op::kState && e.value == 0) point(e.ref, e.args);
  ir::for_each_operand(u_.m, e, [&](ir::ExprId operand) { expr(operand); });
  for (const ir::VarId var : binders)
    first_[var] = kNoId;
}

void Expectations::stmt(ir::StmtId id) {
  const ir::Stmt& stmt = u_.m.stmts[id];
  const auto* update = std::get_if<ir::Update>(&stmt.node);
  if (update != nullptr) {
    for (const ir::Binder& binder : update->binders)
      first_[binder.var] = binder.lo;
    for (const ir::Update::One& one : update->assigns)
      point(one.state, one.keys);
  }
  ir::for_each_expr(stmt, [&](ir::ExprId one) { expr(one); });
  if (update != nullptr) {
    for (const ir::Binder& binder : update->binders)
      first_[binder.var] = kNoId;
  }
  ir::for_each_block(stmt, [&](const ir::Block& block) {
    for (const ir::StmtId inner : block)
      this->stmt(inner);
  });
}

std::vector<std::string> Expectations::before(const ir::Block& block, std::size_t from,
                                              ExprWriter& exprs) {
  std::vector<std::string> texts;
  exprs_ = &exprs;
  texts_ = &texts;
  std::size_t at_once = 0;
  for (std::size_t i = from; i < block.size(); ++i) {
    stmt(block[i]);
    if (i == from) at_once = texts.size();
  }
  // One point that is looked at next anyway is not had earlier by asking for it.
  if (texts.size() == 1 && at_once == 1) return {};
  given_.insert(texts.begin(), texts.end());
  return texts;
}

}  // namespace gms::gen::cpp
