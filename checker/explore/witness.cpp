#include "checker/explore/witness.h"

#include <functional>
#include <set>

#include "checker/explore/goal_book.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Finder {
 public:
  using Eval = std::function<Datum(ir::ExprId, const std::vector<Datum>&)>;
  /// `states`: what `eval` reads.
  Finder(const ir::Module& m, std::vector<const interp::State*> states, Eval eval)
      : m_(m), states_(std::move(states)), eval_(std::move(eval)) {}

  Witness find(ir::ExprId expr, std::vector<Datum> locals) {
    locals_ = std::move(locals);
    constants(expr);
    descend(expr, false);
    return std::move(found_);
  }

 private:
  static constexpr unsigned kMaxTries = 20'000;

  void constants(ir::ExprId id) {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kConst) constants_.insert(e.value);
    ir::for_each_operand(m_, e, [&](ir::ExprId arg) { constants(arg); });
  }

  bool is(ir::ExprId id, bool wanted) {
    const Datum value = eval_(id, locals_);
    return wanted ? value.is_true() : value.is_false();
  }

  /// The expression comes out as `wanted`: binds what makes it so.
  void descend(ir::ExprId id, bool wanted) {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kNot) return descend(e.args[0], !wanted);
    if (e.op == ir::Op::kImplies && !wanted) return descend(e.args[1], false);
    if ((e.op == ir::Op::kAnd && !wanted) || (e.op == ir::Op::kOr && wanted)) {
      for (const ir::ExprId arg : e.args)
        if (is(arg, wanted)) return descend(arg, wanted);
      return;
    }
    if ((e.op == ir::Op::kForall && !wanted) || (e.op == ir::Op::kExists && wanted)) {
      const std::vector<ir::Binder>& binders = m_.binder_lists[e.binders];
      if (!bind(binders, 0, e.args[0], wanted)) return;
      for (const ir::Binder& binder : binders)
        found_.emplace_back(binder.var, locals_[binder.var]);
      descend(e.args[0], wanted);
    }
  }

  bool bind(const std::vector<ir::Binder>& binders, std::size_t n, ir::ExprId body, bool wanted) {
    if (n == binders.size()) return ++tries_ <= kMaxTries && is(body, wanted);
    for (const std::uint64_t value : values(binders[n])) {
      if (tries_ > kMaxTries) return false;
      locals_[binders[n].var] = Datum::known(value);
      if (bind(binders, n + 1, body, wanted)) return true;
    }
    return false;
  }

  std::set<std::uint64_t> values(const ir::Binder& binder) {
    std::set<std::uint64_t> all;
    switch (binder.type.kind) {
      case ir::TypeKind::kBool: return {0, 1};
      case ir::TypeKind::kEnum:
        for (const ir::EnumMember& member : m_.enums[binder.type.decl].members)
          all.insert(member.value);
        return all;
      case ir::TypeKind::kHandle:
        for (const std::uint32_t handle : states_.front()->live(binder.type.decl))
          all.insert(handle);
        return all;
      case ir::TypeKind::kInt:
      case ir::TypeKind::kIndex: break;
    }
    std::uint64_t lo = 0, end = 0;
    if (binder.lo != ir::kNoId) {
      const Datum from = eval_(binder.lo, locals_), to = eval_(binder.hi, locals_);
      if (!from.is_known() || !to.is_known() || from.bits >= to.bits) return {};
      lo = from.bits;
      end = to.bits;
    }
    const auto add = [&](std::uint64_t value) {
      value &= ir::mask_of(binder.type.width);
      if (value >= lo && (end == 0 || value < end)) all.insert(value);
    };
    add(lo);
    add(end - 1);
    for (const std::uint64_t constant : constants_) {
      add(constant);
      add(constant - 1);
      add(constant + 1);
    }
    for (const interp::State* state : states_) {
      for (ir::StateId id = 0; id < m_.states.size(); ++id) {
        state->for_each_run(id, [&](const interp::HandleKey&, std::uint64_t from,
                                    std::uint64_t last, const Datum& value) {
          for (const interp::StateShape::FlatKey& flat : state->shape().states[id].flat) {
            if (flat.width != binder.type.width) continue;
            add(from >> flat.shift);
            add(last >> flat.shift);
            add((last >> flat.shift) + 1);
          }
          if (value.tag == Tag::kKnown && m_.states[id].type.kind == binder.type.kind)
            add(value.bits);
        });
      }
    }
    return all;
  }

  const ir::Module& m_;
  std::vector<const interp::State*> states_;
  Eval eval_;
  std::vector<Datum> locals_;
  std::set<std::uint64_t> constants_;  // of the property
  Witness found_;
  unsigned tries_ = 0;
};

}  // namespace

Witness find_witness(interp::Interpreter& interpreter, std::uint32_t property,
                     const interp::State& state) {
  const ir::Module& m = interpreter.module();
  const ir::Property& p = m.properties[property];
  Finder finder(m, {&state}, [&](ir::ExprId expr, const std::vector<Datum>& locals) {
    return interpreter.eval(state, expr, locals);
  });
  return finder.find(p.expr, std::vector<Datum>(p.locals.size()));
}

Witness find_witness(interp::Interpreter& interpreter, std::uint32_t property,
                     const interp::State& before, const interp::Outcome& outcome) {
  const ir::Module& m = interpreter.module();
  const ir::Property& p = m.properties[property];
  if (is_on_state(p)) return find_witness(interpreter, property, outcome.next);
  Finder finder(m, {&before, &outcome.next},
                [&](ir::ExprId expr, const std::vector<Datum>& locals) {
                  return interpreter.eval(before, outcome, expr, locals);
                });
  std::vector<Datum> locals;
  if (p.actions.size() == 1) locals = outcome.locals;
  locals.resize(p.locals.size());
  return finder.find(p.expr, std::move(locals));
}

std::string witness_text(const ir::Module& module, Objects& objects, std::uint32_t property,
                         const Witness& witness) {
  const ir::Property& p = module.properties[property];
  std::string text;
  for (const auto& [var, value] : witness)
    text += (text.empty() ? "" : ", ") + p.locals[var].name + " = " +
            objects.text(p.locals[var].type, value, p.locals[var].name);
  return text;
}

}  // namespace gms::check
