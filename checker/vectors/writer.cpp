// Which fields an event needs so that it makes a given call.
#include "checker/vectors/writer.h"

#include <algorithm>
#include <set>

#include "checker/conform/reach.h"
#include "ir/build.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

void vars_of(const ir::Module& m, ir::ExprId id, std::set<ir::VarId>& out) {
  if (id == ir::kNoId) return;
  const ir::Expr& e = m.exprs[id];
  if (e.op == ir::Op::kVar) out.insert(e.ref);
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { vars_of(m, arg, out); });
}

bool same(const Datum& a, const Datum& b) {
  return is_none(a) == is_none(b) && (is_none(a) || (a.is_known() && a.bits == b.bits));
}

bool only_refuses(const std::vector<ir::EventStmt>& body) {
  return body.size() == 1 && std::holds_alternative<ir::EventStmt::Reject>(body[0].node);
}

void conditions_of(const ir::Module& m, const std::vector<ir::EventStmt>& body,
                   std::set<ir::VarId>& out) {
  for (const ir::EventStmt& stmt : body) {
    if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&stmt.node)) {
      vars_of(m, branch->cond, out);
      conditions_of(m, branch->then_body, out);
      conditions_of(m, branch->else_body, out);
    } else if (const auto* loop = std::get_if<ir::EventStmt::ForEach>(&stmt.node)) {
      conditions_of(m, loop->body, out);
    }
  }
}

}  // namespace

const std::string* ObjectNames::find(ir::DomainId domain, std::uint64_t handle) const {
  const auto table = names_.find(domain);
  if (table == names_.end()) return nullptr;
  const auto at = table->second.find(handle);
  return at == table->second.end() ? nullptr : &at->second;
}

const std::map<std::uint64_t, std::string>& ObjectNames::of(ir::DomainId domain) const {
  static const std::map<std::uint64_t, std::string> kNobody;
  const auto table = names_.find(domain);
  return table == names_.end() ? kNobody : table->second;
}

WrittenEvent& way_by(std::vector<WrittenEvent>& ways, ir::ClauseId clause) {
  const auto taken = std::find_if(ways.begin(), ways.end(), [&](const WrittenEvent& way) {
    return std::find(way.clauses.begin(), way.clauses.end(), clause) != way.clauses.end();
  });
  return taken == ways.end() ? ways.front() : *taken;
}

EventWriter::EventWriter(const ir::Module& module, const std::vector<std::string>& not_given)
    : m_(module),
      forms_(module.actions.size()),
      besides_(module.actions.size()),
      makes_(module.actions.size()) {
  for (const ir::Event& event : module.events) {
    if (event.ignored) continue;
    EventFacts& facts = facts_[&event];
    facts.input.resize(event.locals.size());
    facts.output.resize(event.locals.size());
    facts.fixed.resize(event.locals.size());
    facts.names_new.resize(event.fields.size());
    std::set<ir::VarId> read, shown;
    ir::for_each_call(event.body, [&](const ir::EventCall& call) {
      for (const ir::ExprId arg : call.args)
        vars_of(m_, arg, read);
      for (const ir::EventCall::Observe& observe : call.observes)
        vars_of(m_, observe.value, shown);
      for (const ir::EventCall::Bind& bind : call.binds)
        facts.names_new[bind.field] = true;
    });
    conditions_of(m_, event.body, read);
    for (const ir::EventField& field : event.fields)
      for (const ir::ExprId arg : field.on_missing_args)
        vars_of(m_, arg, read);
    for (const ir::VarId var : shown)
      facts.output[var] = true;
    for (const ir::VarId var : read)
      facts.input[var] = !facts.output[var];
    for (std::size_t f = 0; f < event.fields.size(); ++f) {
      const ir::EventField& field = event.fields[f];
      // An object that no rule looks at has to be there all the same.
      if (field.kind == ir::FieldKind::kName && field.var != ir::kNoId && field.required &&
          !facts.names_new[f])
        facts.input[field.var] = true;
      if (field.var != ir::kNoId && field.default_value != ir::kNoId)
        facts.fixed[field.var] =
            std::find(not_given.begin(), not_given.end(), field.name) != not_given.end();
    }
    find_forms(event, event.body, {});
    ir::for_each_call(event.body, [&](const ir::EventCall& call) {
      const std::vector<Form>& forms = forms_[call.action];
      if (std::none_of(forms.begin(), forms.end(),
                       [&](const Form& form) { return form.call == &call; }))
        besides_[call.action].push_back({&event, &call, {}});
    });
    for (const ir::EventField& field : event.fields)
      if (field.on_missing != ir::kNoId) {
        besides_[field.on_missing].push_back({&event, nullptr, {}});
        makes_[field.on_missing].push_back(&field);
      }
  }
}

bool EventWriter::is_input_array(const ir::Event& event, std::uint32_t field) const {
  const std::vector<ir::VarId>& columns = event.fields[field].column_vars;
  return std::any_of(columns.begin(), columns.end(),
                     [&](ir::VarId var) { return facts_.at(&event).input[var]; });
}

/// The last call of a block, if only loops over what is shown and refusals stand before it.
void EventWriter::find_forms(const ir::Event& event, const std::vector<ir::EventStmt>& body,
                             std::vector<std::pair<ir::ExprId, bool>> conditions) {
  for (std::size_t i = 0; i + 1 < body.size(); ++i) {
    if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&body[i].node)) {
      if (!only_refuses(branch->then_body) || !branch->else_body.empty()) return;
      conditions.emplace_back(branch->cond, false);
      continue;
    }
    const auto* loop = std::get_if<ir::EventStmt::ForEach>(&body[i].node);
    if (loop == nullptr || is_input_array(event, loop->field)) return;
  }
  if (body.empty()) return;
  const ir::EventStmt& last = body.back();
  if (const auto* call = std::get_if<ir::EventCall>(&last.node)) {
    forms_[call->action].push_back({&event, call, std::move(conditions)});
  } else if (const auto* loop = std::get_if<ir::EventStmt::ForEach>(&last.node)) {
    if (is_input_array(event, loop->field)) find_forms(event, loop->body, conditions);
  } else if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&last.node)) {
    for (const bool side : {true, false}) {
      auto with = conditions;
      with.emplace_back(branch->cond, side);
      find_forms(event, side ? branch->then_body : branch->else_body, std::move(with));
    }
  }
}

/// Fields that stand directly for an argument get its value; the others are tried.
std::optional<EventWriter::Solution> EventWriter::solve(interp::Interpreter& in,
                                                        const interp::State& state,
                                                        ir::ActionId action,
                                                        std::span<const Datum> args,
                                                        const std::optional<UnnamedObject>& unnamed,
                                                        const ObjectNames* names) const {
  for (const Form& form : forms_[action]) {
    const ir::Event& event = *form.event;
    const EventFacts& facts = facts_.at(&event);
    std::vector<Datum> locals(event.locals.size());
    for (const ir::EventField& field : event.fields)
      if (field.var != ir::kNoId && facts.fixed[field.var])
        locals[field.var] = in.eval(state, field.default_value, locals);
    bool good = true;
    for (std::size_t i = 0; good && i < args.size(); ++i) {
      if (form.call->args[i] == ir::kNoId) continue;
      const ir::Expr* e = &m_.exprs[form.call->args[i]];
      while (e->op == ir::Op::kCast || e->op == ir::Op::kSome || e->op == ir::Op::kUnwrap)
        e = &m_.exprs[e->args[0]];
      if (e->op != ir::Op::kVar || !facts.input[e->ref]) continue;
      // Unwrapping none gives the handle 0.
      const bool nobody = e->type.kind == ir::TypeKind::kHandle && args[i].bits == 0;
      const Datum value = is_none(args[i]) || nobody ? Datum::none() : args[i];
      Datum& local = locals[e->ref];
      if (local.tag == Tag::kUnset) local = value;
      good = same(local, value);
    }
    if (!good) continue;
    for (const ir::EventField& field : event.fields) {
      if (field.var == ir::kNoId || !facts.input[field.var] || field.default_value == ir::kNoId ||
          locals[field.var].tag != Tag::kUnset)
        continue;
      locals[field.var] = in.eval(state, field.default_value, locals);
    }
    std::vector<ir::VarId> open;
    for (ir::VarId var = 0; var < locals.size(); ++var)
      if (facts.input[var] && locals[var].tag == Tag::kUnset) open.push_back(var);
    if (complete(in, state, form, args, unnamed, names, open, 0, locals))
      return Solution{&form, locals};
  }
  return std::nullopt;
}

bool EventWriter::complete(interp::Interpreter& in, const interp::State& state, const Form& form,
                           std::span<const Datum> args, const std::optional<UnnamedObject>& unnamed,
                           const ObjectNames* names, const std::vector<ir::VarId>& open,
                           std::size_t at, std::vector<Datum>& locals) const {
  const ir::Event& event = *form.event;
  if (at < open.size()) {
    const ir::VarId var = open[at];
    const ir::Type& type = event.locals[var].type;
    std::vector<Datum> choices;
    if (type.optional) choices.push_back(Datum::none());
    if (type.kind == ir::TypeKind::kHandle) {
      for (const std::uint32_t handle : state.live(type.decl))
        choices.push_back(Datum::known(handle));
    } else if (type.kind == ir::TypeKind::kEnum) {
      for (const ir::EnumMember& member : m_.enums[type.decl].members)
        choices.push_back(Datum::known(member.value));
    } else if (!type.optional) {
      choices.push_back(Datum::known(0));
    }
    for (const Datum& choice : choices) {
      locals[var] = choice;
      if (complete(in, state, form, args, unnamed, names, open, at + 1, locals)) return true;
    }
    locals[var] = {};
    return false;
  }
  bool named = false;
  for (const ir::EventField& field : event.fields) {
    if (field.kind != ir::FieldKind::kName || field.var == ir::kNoId) continue;
    const Datum& handle = locals[field.var];
    const bool word = field.word != ir::kNoId && locals[field.word].tag == Tag::kKnown;
    if (handle.tag == Tag::kKnown) {
      // A string is a name or a word.
      if (word) return false;
      const ir::DomainId domain = event.locals[field.var].type.decl;
      if (!state.is_live(domain, handle.bits)) return false;
      if (unnamed && unnamed->domain == domain && unnamed->handle == handle.bits) {
        if (!names_it(in, state, field, locals, *unnamed)) return false;
        named = true;
      } else if (names != nullptr && names->find(domain, handle.bits) == nullptr)
        return false;
    } else if (handle.tag == Tag::kNone && !word && field.required) {
      // It has to name something that is gone.
      const ir::DomainId domain = event.locals[field.var].type.decl;
      if (state.next_handle(domain) - 1 == state.live(domain).size()) return false;
    }
    if (field.offset != ir::kNoId && word && locals[field.offset].tag == Tag::kKnown &&
        locals[field.offset].bits != 0)
      return false;
  }
  if (unnamed && !named) return false;
  for (const auto& [condition, side] : form.conditions) {
    std::set<ir::VarId> vars;
    vars_of(m_, condition, vars);
    // What depends on what will be shown is decided when it is shown.
    if (std::any_of(vars.begin(), vars.end(),
                    [&](ir::VarId var) { return locals[var].tag == Tag::kUnset; }))
      continue;
    if (in.eval(state, condition, locals).is_true() != side) return false;
  }
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (form.call->args[i] == ir::kNoId) continue;
    if (!same(in.eval(state, form.call->args[i], locals), args[i])) return false;
  }
  return true;
}

/// Whether each variable of the condition is what one of the arguments is; `rename` says which.
bool EventWriter::as_parameters(const Form& form, ir::ActionId action, ir::ExprId condition,
                                std::vector<std::pair<ir::VarId, ir::VarId>>& rename) const {
  std::set<ir::VarId> vars;
  vars_of(m_, condition, vars);
  for (const ir::VarId var : vars) {
    bool found = false;
    for (std::size_t i = 0; i < form.call->args.size() && !found; ++i) {
      if (form.call->args[i] == ir::kNoId) continue;
      const ir::Expr* arg = &m_.exprs[form.call->args[i]];
      while (arg->op == ir::Op::kSome || arg->op == ir::Op::kUnwrap)
        arg = &m_.exprs[arg->args[0]];
      const ir::VarId param = m_.actions[action].params[i];
      found = arg->op == ir::Op::kVar && arg->ref == var &&
              m_.actions[action].locals[param].type == form.event->locals[var].type;
      if (found) rename.emplace_back(var, param);
    }
    if (!found) return false;
  }
  return true;
}

std::vector<ir::ActionId> EventWriter::also_calls(ir::ActionId action) const {
  std::vector<ir::ActionId> others;
  for (const Form& form : forms_[action]) {
    for (const ir::EventStmt& stmt : form.event->body) {
      const auto* loop = std::get_if<ir::EventStmt::ForEach>(&stmt.node);
      if (loop == nullptr || &stmt == &form.event->body.back()) continue;
      ir::for_each_call(loop->body,
                        [&](const ir::EventCall& call) { others.push_back(call.action); });
    }
  }
  return others;
}

bool EventWriter::errors_alike(ir::ActionId action) const {
  const auto wants_success = [&](const Form& form) {
    return form.call != nullptr &&
           std::any_of(form.call->observes.begin(), form.call->observes.end(),
                       [&](const ir::EventCall::Observe& observe) {
                         const ir::Expr& value = m_.exprs[observe.value];
                         return observe.output == ir::kNoId && observe.when == ir::kNoId &&
                                value.op == ir::Op::kConst && value.value == 0;
                       });
  };
  const std::vector<Form>& usual = forms_[action];
  const std::vector<Form>& others = besides_[action];
  return usual.size() + others.size() > 0 &&
         std::all_of(usual.begin(), usual.end(), wants_success) &&
         std::all_of(others.begin(), others.end(), wants_success);
}

std::vector<bool> EventWriter::read_to_find(ir::ActionId action) const {
  Reach reach(m_);
  for (const Form& form : forms_[action]) {
    for (const ir::ExprId arg : form.call->args)
      if (arg != ir::kNoId) reach.add_expr(arg);
    for (const auto& [condition, side] : form.conditions)
      reach.add_expr(condition);
  }
  return reach.reads();
}

ir::ExprId EventWriter::some_event_can(ir::Module& module, ir::ActionId a) const {
  ir::ExprBuilder build(module);
  ir::ExprId some = build.boolean(false);
  std::vector<Form> all_forms = forms_[a];
  all_forms.insert(all_forms.end(), besides_[a].begin(), besides_[a].end());
  for (const Form& form : all_forms) {
    if (form.call == nullptr) return build.boolean(true);
    const EventFacts& facts = facts_.at(form.event);
    ir::ExprId all = build.boolean(true);
    for (std::size_t i = 0; i < form.call->args.size(); ++i) {
      ir::ExprId arg = form.call->args[i];
      if (arg == ir::kNoId) continue;
      const ir::Expr& e = m_.exprs[arg];
      if (e.op == ir::Op::kVar && facts.fixed[e.ref]) {
        for (const ir::EventField& field : form.event->fields)
          if (field.var == e.ref) arg = field.default_value;
      }
      std::set<ir::VarId> vars;
      vars_of(m_, arg, vars);
      if (!vars.empty()) continue;
      const ir::ExprId given = build.var(module.actions[a].locals, module.actions[a].params[i]);
      all = build.both(all, build.eq(given, build.copy(arg)));
    }
    for (const auto& [condition, side] : form.conditions) {
      std::vector<std::pair<ir::VarId, ir::VarId>> rename;
      if (!as_parameters(form, a, condition, rename)) continue;
      const ir::ExprId holds = build.copy(condition, rename);
      all = build.both(all, side ? holds : build.negate(holds));
    }
    some = build.either(some, all);
  }
  return some;
}

void EventWriter::require_events(ir::Module& module) const {
  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    const ir::Require require{some_event_can(module, a)};
    ir::Block& body = module.actions[a].body;
    body.insert(body.begin(), ir::add_stmt(module, require));
  }
}

void EventWriter::end_other_calls(ir::Module& module) const {
  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    ir::Guard end;
    end.cond = some_event_can(module, a);
    end.cond = ir::ExprBuilder(module).negate(end.cond);
    // Nobody asks by which clause.
    end.clause = module.actions[a].ok_clause;
    for (ir::ClauseId c = 0; c < module.clauses.size() && end.clause == ir::kNoId; ++c)
      if (module.clauses[c].action == a) end.clause = c;
    if (end.clause == ir::kNoId) end.clause = 0;
    ir::Block& body = module.actions[a].body;
    body.insert(body.begin(), ir::add_stmt(module, end));
  }
}

bool EventWriter::can_write(interp::Interpreter& in, const interp::State& state,
                            const RunCall* last, ir::ActionId action,
                            std::span<const Datum> args) const {
  std::optional<UnnamedObject> unnamed;
  if (last != nullptr && is_silent(last->action)) unnamed = made_by(*last);
  if (is_silent(action)) return !unnamed && can_make(in, state, action, args);
  return solve(in, state, action, args, unnamed, nullptr).has_value();
}

// ---- Objects that no event makes ----

std::optional<UnnamedObject> EventWriter::made_by(const RunCall& call) const {
  const ir::Action& maker = m_.actions[call.action];
  if (call.result != 0 || call.outputs.empty() || is_none(call.outputs[0])) return std::nullopt;
  return UnnamedObject{call.action, call.args, maker.locals[maker.outputs[0]].type.decl,
                       call.outputs[0].bits};
}

/// What the arguments say alone: the others are those of the event that names the object.
bool EventWriter::can_make(interp::Interpreter& in, const interp::State& state, ir::ActionId action,
                           std::span<const Datum> args) const {
  return std::any_of(
      makes_[action].begin(), makes_[action].end(), [&](const ir::EventField* field) {
        for (std::size_t i = 0; i < args.size(); ++i) {
          std::set<ir::VarId> vars;
          vars_of(m_, field->on_missing_args[i], vars);
          if (vars.empty() && !same(in.eval(state, field->on_missing_args[i], {}), args[i]))
            return false;
        }
        return true;
      });
}

bool EventWriter::names_it(interp::Interpreter& in, const interp::State& state,
                           const ir::EventField& field, const std::vector<Datum>& locals,
                           const UnnamedObject& object) const {
  if (field.on_missing != object.maker) return false;
  for (std::size_t i = 0; object.args && i < object.args->size(); ++i)
    if (!same(in.eval(state, field.on_missing_args[i], locals), (*object.args)[i])) return false;
  return true;
}

std::optional<std::vector<Datum>> EventWriter::silent_args(interp::Interpreter& in,
                                                           const interp::State& state,
                                                           const RunCall& silent,
                                                           ir::ActionId action,
                                                           std::span<const Datum> args) const {
  std::optional<UnnamedObject> object = made_by(silent);
  if (!object) return std::nullopt;
  object->args.reset();
  const std::optional<Solution> solution = solve(in, state, action, args, object, nullptr);
  if (!solution) return std::nullopt;
  for (const ir::EventField& field : solution->form->event->fields) {
    if (field.on_missing != silent.action) continue;
    std::vector<Datum> all;
    for (const ir::ExprId arg : field.on_missing_args)
      all.push_back(in.eval(state, arg, solution->locals));
    return all;
  }
  return std::nullopt;
}

std::vector<WrittenEvent> EventWriter::make_silently(interp::Interpreter& in,
                                                     const interp::State& state,
                                                     const ObjectNames& names, ir::ActionId action,
                                                     std::span<const Datum> args) const {
  std::vector<WrittenEvent> ways;
  if (names.unnamed() || !can_make(in, state, action, args)) return ways;
  for (interp::Outcome& outcome : in.outcomes(state, action, args)) {
    const RunCall call{
        action, {args.begin(), args.end()}, outcome.clause, outcome.result, outcome.outputs, 0};
    std::optional<UnnamedObject> object = made_by(call);
    if (!object) continue;
    ObjectNames after = names;
    after.leave_unnamed(std::move(object));
    ways.push_back({nullptr, {outcome.clause}, std::move(outcome.next), std::move(after), false});
  }
  return ways;
}

}  // namespace gms::check
