#include "ir/interp/program.h"

#include "ir/type.h"

namespace gms::ir::interp {
namespace {

Range range_of(const Module& module, const Type& type) {
  Range range;
  switch (type.kind) {
    case TypeKind::kHandle:
      range.kind = Range::Kind::kHandles;
      range.domain = type.decl;
      break;
    case TypeKind::kBool:
      range.kind = Range::Kind::kMembers;
      range.members = {0, 1};
      break;
    case TypeKind::kEnum:
      range.kind = Range::Kind::kMembers;
      for (const EnumMember& member : module.enums[type.decl].members) {
        range.members.push_back(member.value);
      }
      break;
    case TypeKind::kInt:
    case TypeKind::kIndex:
      range.kind = Range::Kind::kNumbers;
      range.is_signed = type.is_signed;
      range.max = mask_of(type.width);
      range.sign = type.is_signed ? (range.max >> 1) + 1 : 0;
      break;
  }
  return range;
}

Range range_of(const Module& module, const Binder& binder) {
  Range range = range_of(module, binder.type);
  range.var = binder.var;
  range.lo = binder.lo;
  range.hi = binder.hi;
  return range;
}

UpdatePlan plan_of(const Module& module, const Update& update) {
  UpdatePlan plan;
  plan.where = update.where;
  for (const Binder& binder : update.binders)
    plan.binders.push_back(range_of(module, binder));
  for (const Update::One& one : update.assigns) {
    AssignPlan assign;
    assign.state = one.state;
    assign.value = one.value;
    for (ExprId id : one.keys) {
      AssignPlan::Key key{id, kNoId};
      const Expr& e = module.exprs[id];
      for (std::size_t i = 0; i < update.binders.size(); ++i) {
        if (e.op == Op::kVar && e.ref == update.binders[i].var) {
          key.binder = static_cast<std::uint32_t>(i);
        }
      }
      assign.keys.push_back(key);
    }
    plan.assigns.push_back(std::move(assign));
  }
  return plan;
}

}  // namespace

Valuation default_valuation(const Module& module) {
  Valuation valuation;
  for (const Param& param : module.params)
    valuation.push_back(param.default_value);
  return valuation;
}

Program::Program(const Module& the_module, const Valuation& valuation)
    : module(the_module), shape(the_module) {
  const auto zero = [&](const Type& type) {
    return type.optional ? Value::none() : Value::known(zero_bits(module, type));
  };
  nodes.reserve(module.exprs.size());
  for (const Expr& e : module.exprs) {
    Node node;
    node.op = e.op;
    const bool compares = e.op == Op::kEq || e.op == Op::kLt || e.op == Op::kLe;
    const Type& type = compares ? module.exprs[e.args[0]].type : e.type;
    node.is_signed = type.is_signed;
    node.width = type.width;
    node.mask = mask_of(type.width);
    node.primed = (e.op == Op::kState || e.op == Op::kLive) && e.value == 1;
    node.ref = e.ref;
    node.binders = e.binders;
    node.first_arg = static_cast<std::uint32_t>(args.size());
    node.arg_count = static_cast<std::uint32_t>(e.args.size());
    args.insert(args.end(), e.args.begin(), e.args.end());
    if (!e.args.empty()) node.a = e.args[0];
    if (e.args.size() > 1) node.b = e.args[1];
    if (e.args.size() > 2) node.c = e.args[2];
    if (e.op == Op::kConst) node.constant = Value::known(e.value);
    if (e.op == Op::kNone) node.constant = Value::none();
    if (e.op == Op::kVar || e.op == Op::kUnwrap) node.constant = zero(e.type);
    if (e.op == Op::kParam) {
      node.op = Op::kConst;
      node.constant = Value::known(valuation[e.ref]);
    }
    if (e.op == Op::kCast) {
      // Extension goes by the operand's signedness.
      const Type& from = module.exprs[e.args[0]].type;
      node.is_signed = from.is_signed;
      node.from_width = from.width;
    }
    nodes.push_back(node);
  }
  for (const std::vector<Binder>& list : module.binder_lists) {
    std::vector<Range>& out = ranges.emplace_back();
    for (const Binder& binder : list) {
      out.push_back(range_of(module, binder));
      out.back().may_move = true;
    }
  }
  updates.resize(module.stmts.size());
  choices.resize(module.stmts.size());
  choice_optional.resize(module.stmts.size());
  for (StmtId id = 0; id < module.stmts.size(); ++id) {
    if (const auto* update = std::get_if<Update>(&module.stmts[id].node)) {
      updates[id] = plan_of(module, *update);
    }
  }
  const auto plan_choices = [&](const Callable& callable) {
    // Blocks are walked here because a choice's type is that of its local.
    std::vector<const Block*> pending{&callable.body};
    while (!pending.empty()) {
      const Block* block = pending.back();
      pending.pop_back();
      for (StmtId id : *block) {
        const Stmt& stmt = module.stmts[id];
        if (const auto* choose = std::get_if<Choose>(&stmt.node)) {
          const Type& type = callable.locals[choose->var].type;
          choices[id] = range_of(module, value_of(type));
          choices[id].var = choose->var;
          choices[id].lo = choose->lo;
          choices[id].hi = choose->hi;
          choice_optional[id] = type.optional;
        } else if (const auto* branch = std::get_if<If>(&stmt.node)) {
          pending.push_back(&branch->then_block);
          pending.push_back(&branch->else_block);
        }
      }
    }
  };
  for (const Callable& proc : module.procs)
    plan_choices(proc);
  for (const Action& action : module.actions)
    plan_choices(action);
}

}  // namespace gms::ir::interp
