// Whether properties and events are well-formed.
#include <algorithm>

#include "ir/verifier.h"

namespace gms::ir {

// ---- Properties ---------------------------------------------------------------------------------

void Verifier::property(const Property& p) {
  ExprContext context;
  context.locals = &p.locals;
  context.where = "property " + p.name;
  context.two_states = context.outcome =
      p.kind == PropertyKind::kTwoState || (p.kind == PropertyKind::kCover && !p.actions.empty());
  exprs_.enter(std::move(context));
  for (ActionId id : p.actions) {
    if (id >= m_.actions.size()) return exprs_.fail(p.span, "an action that does not exist");
  }
  // Values of the action's locals; which of them are its binders shows when the property binds
  // them.
  std::vector<bool> known(p.locals.size(), false);
  if (p.actions.size() == 1 && p.kind != PropertyKind::kLaw) {
    const std::vector<Local>& theirs = m_.actions[p.actions[0]].locals;
    bool prefix = theirs.size() <= p.locals.size();
    for (std::size_t i = 0; prefix && i < theirs.size(); ++i) {
      prefix = theirs[i].type == p.locals[i].type;
      known[i] = true;
    }
    if (!prefix) return exprs_.fail(p.span, "its locals do not start with the action's");
  }
  switch (p.kind) {
    case PropertyKind::kInvariant:
    case PropertyKind::kLemma:
    case PropertyKind::kTwoState:
    case PropertyKind::kCover:
      exprs_.assigned() = known;
      exprs_.expect(p.expr, bool_type(), "a property");
      if (!p.left.empty() || !p.right.empty() || !p.agree.empty() || p.then != kNoId) {
        exprs_.fail(p.span, "parts of a law");
      }
      return;
    case PropertyKind::kLaw: {
      std::vector<bool> outputs(p.locals.size(), false);
      for (const auto* side : {&p.left, &p.right}) {
        for (const LawCall& call : *side) {
          for (VarId var : call.outputs) {
            if (var < outputs.size()) outputs[var] = true;
          }
        }
      }
      for (VarId var = 0; var < outputs.size(); ++var)
        exprs_.assigned()[var] = !outputs[var];
      exprs_.expect(p.expr, bool_type(), "what is assumed", true);
      if (p.left.empty()) exprs_.fail(p.span, "a law of nothing");
      law_side(p.left, p.span);
      law_side(p.right, p.span);
      for (StateId id : p.agree) {
        if (id >= m_.states.size()) exprs_.fail(p.span, "a state that does not exist");
      }
      context = exprs_.context();
      if (p.then != kNoId) {
        // The same locals and roles; only primes are new.
        ExprContext after = exprs_.context();
        after.two_states = true;
        const std::vector<bool> assigned = exprs_.assigned();
        exprs_.enter(std::move(after));
        exprs_.assigned() = assigned;
        exprs_.expect(p.then, bool_type(), "what holds at the end");
      }
      return;
    }
  }
}

void Verifier::law_side(const std::vector<LawCall>& calls, base::Span span) {
  const std::vector<Local>& locals = *exprs_.context().locals;
  for (const LawCall& call : calls) {
    if (call.action >= m_.actions.size()) {
      exprs_.fail(span, "an action that does not exist");
      continue;
    }
    const Action& action = m_.actions[call.action];
    if (call.args.size() != action.params.size() || call.outputs.size() > action.outputs.size()) {
      exprs_.fail(span, "a call with a wrong number of arguments or outputs");
      continue;
    }
    if (call.result && find_member(m_.enums[kErrnoEnum], *call.result) == nullptr) {
      exprs_.fail(span, "a call with a strange result");
    }
    for (std::size_t i = 0; i < call.args.size(); ++i) {
      exprs_.expect(call.args[i], action.locals[action.params[i]].type, "an argument");
    }
    for (std::size_t i = 0; i < call.outputs.size(); ++i) {
      const VarId var = call.outputs[i];
      if (var == kNoId) continue;
      if (!exprs_.claim(var, Role::kValue, span)) continue;
      if (!(locals[var].type == action.locals[action.outputs[i]].type)) {
        exprs_.fail(span, "an output in a local of another type");
      }
      exprs_.assigned()[var] = true;
    }
  }
}

// ---- Events -------------------------------------------------------------------------------------

void Verifier::event(const Event& e) {
  ExprContext context;
  context.locals = &e.locals;
  context.where = "event " + e.op;
  exprs_.enter(std::move(context));
  unlogged_.clear();
  const auto var_ok = [&](VarId var, auto&& good) {
    return var < e.locals.size() && good(e.locals[var].type);
  };
  const auto any_type = [](const Type&) { return true; };
  for (const EventField& f : e.fields) {
    bool ok = true;
    switch (f.kind) {
      case FieldKind::kValue:
        ok = var_ok(f.var, [](const Type& t) { return t.kind != TypeKind::kHandle; }) &&
             f.offset == kNoId && f.word == kNoId;
        break;
      case FieldKind::kName:
        ok = var_ok(f.var, [](const Type& t) { return t.kind == TypeKind::kHandle; }) &&
             (f.offset == kNoId ||
              var_ok(f.offset, [](const Type& t) { return t.kind == TypeKind::kInt; })) &&
             (f.word == kNoId || var_ok(f.word, [](const Type& t) {
                return t.kind == TypeKind::kEnum && t.optional;
              }));
        break;
      case FieldKind::kArray:
        ok = f.var == kNoId && f.columns.size() == f.column_vars.size() && !f.columns.empty();
        for (VarId var : f.column_vars)
          ok = ok && var_ok(var, any_type);
        break;
    }
    if (!ok) {
      exprs_.fail(e.span, "the field '" + f.name + "' has strange variables");
      return;
    }
    for (VarId var : {f.var, f.offset, f.word}) {
      if (var != kNoId) exprs_.assigned()[var] = true;
    }
    if (f.unlogged_any && f.var != kNoId) unlogged_.push_back(f.var);
  }
  for (const EventField& f : e.fields) {
    if (f.default_value != kNoId && f.var != kNoId) {
      exprs_.expect(f.default_value, e.locals[f.var].type, "a default");
    }
    if (f.on_missing == kNoId) continue;
    if (f.on_missing >= m_.actions.size()) {
      exprs_.fail(e.span, "an action that does not exist");
      continue;
    }
    const Action& maker = m_.actions[f.on_missing];
    const bool makes =
        f.kind == FieldKind::kName && !maker.outputs.empty() &&
        value_of(maker.locals[maker.outputs[0]].type) == value_of(e.locals[f.var].type);
    if (!makes) exprs_.fail(e.span, "'" + f.name + "' is made by an action with another output");
    if (f.on_missing_args.size() != maker.params.size()) {
      exprs_.fail(e.span, "a call with a wrong number of arguments");
      continue;
    }
    for (std::size_t i = 0; i < maker.params.size(); ++i) {
      exprs_.expect(f.on_missing_args[i], maker.locals[maker.params[i]].type, "an argument");
    }
  }
  if (e.ignored && !e.body.empty()) exprs_.fail(e.span, "an ignored event has a rule");
  event_block(e, e.body);
}

void Verifier::event_call(const Event& e, const EventCall& call, base::Span span) {
  if (call.action >= m_.actions.size()) return exprs_.fail(span, "an action that does not exist");
  const Action& action = m_.actions[call.action];
  if (call.args.size() != action.params.size()) {
    return exprs_.fail(span, "a call with a wrong number of arguments");
  }
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const bool may_be_unlogged = i < action.may_be_unlogged.size() && action.may_be_unlogged[i];
    const Local& param = action.locals[action.params[i]];
    const ExprId arg = call.args[i];
    if (arg == kNoId) {
      if (!may_be_unlogged) exprs_.fail(span, "'" + param.name + "' decides, so it is not any");
    } else if (exprs_.expect(arg, param.type, "an argument") && !may_be_unlogged &&
               exprs_.mentions(arg, unlogged_)) {
      exprs_.fail(span, "'" + param.name + "' decides, so it cannot be unlogged");
    }
  }
  for (const EventCall::Observe& o : call.observes) {
    if (o.output != kNoId && o.output >= action.outputs.size()) {
      exprs_.fail(span, "an output that does not exist");
      continue;
    }
    const Type type = o.output == kNoId ? enum_type(m_, kErrnoEnum)
                                        : action.locals[action.outputs[o.output]].type;
    exprs_.expect(o.value, type, "what is observed");
    if (exprs_.expect(o.when, bool_type(), "a condition", true) && o.when != kNoId &&
        exprs_.mentions(o.when, unlogged_)) {
      exprs_.fail(span, "a condition reads what may be unlogged");
    }
  }
  for (const EventCall::Bind& b : call.binds) {
    const bool ok = b.output < action.outputs.size() && b.field < e.fields.size() &&
                    e.fields[b.field].kind == FieldKind::kName &&
                    action.locals[action.outputs[b.output]].type.kind == TypeKind::kHandle;
    if (!ok) exprs_.fail(span, "a name for no handle");
  }
}

void Verifier::event_block(const Event& e, const std::vector<EventStmt>& body) {
  if (++block_depth_ > kMaxBlockDepth) {
    exprs_.fail(e.span, "blocks are nested too deeply");
    --block_depth_;
    return;
  }
  for (const EventStmt& s : body) {
    if (const auto* call = std::get_if<EventCall>(&s.node)) {
      event_call(e, *call, s.span);
    } else if (const auto* branch = std::get_if<EventStmt::Branch>(&s.node)) {
      if (exprs_.expect(branch->cond, bool_type(), "a condition") &&
          exprs_.mentions(branch->cond, unlogged_)) {
        exprs_.fail(s.span, "a condition reads what may be unlogged");
      }
      event_block(e, branch->then_body);
      event_block(e, branch->else_body);
    } else if (const auto* loop = std::get_if<EventStmt::ForEach>(&s.node)) {
      const bool ok = loop->field < e.fields.size() &&
                      e.fields[loop->field].kind == FieldKind::kArray &&
                      loop->index < e.locals.size() && is_number(e.locals[loop->index].type);
      if (!ok) {
        exprs_.fail(s.span, "a loop over no array");
        continue;
      }
      std::vector<VarId> vars = e.fields[loop->field].column_vars;
      vars.push_back(loop->index);
      for (VarId var : vars)
        exprs_.assigned()[var] = true;
      event_block(e, loop->body);
      for (VarId var : vars)
        exprs_.assigned()[var] = false;
    }
  }
  --block_depth_;
}

}  // namespace gms::ir
