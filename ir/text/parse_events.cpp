// Events of .gir text.
#include "ir/text/parser.h"
#include "ir/text/words.h"

namespace gms::ir {

EventField Parser::field(Form& form, base::Span outer) {
  EventField f;
  f.name = form.take_text();
  f.kind = static_cast<FieldKind>(take_choice(form, kFieldWords));
  const auto one = [&](std::string_view head, VarId& id) {
    if (!form.next_is(head)) return;
    Form inner(form.take(), errors_);
    inner.take();
    id = take_var(inner);
    inner.finish();
  };
  one("var", f.var);
  one("offset", f.offset);
  one("word", f.word);
  while (form.next_is("column")) {
    Form inner(form.take(), errors_);
    inner.take();
    f.columns.push_back(inner.take_text());
    f.column_vars.push_back(take_var(inner));
    inner.finish();
  }
  if (form.next_is("missing")) {
    Form inner(form.take(), errors_);
    inner.take();
    f.on_missing = take_ref(inner, actions_, "action");
    f.on_missing_args = take_exprs(inner, outer);
  }
  f.required = form.accept("required");
  f.unlogged_any = form.accept("any");
  f.default_value = take_optional(form, "default", outer);
  form.finish();
  return f;
}

std::uint32_t Parser::take_field(Form& form, const Event& event) {
  const std::string name = form.take_text();
  for (std::size_t i = 0; i < event.fields.size(); ++i) {
    if (event.fields[i].name == name) return static_cast<std::uint32_t>(i);
  }
  errors_.unknown(form.sexpr(), "field", name);
  return 0;
}

EventCall Parser::event_call(Form& form, const Event& event, base::Span here) {
  EventCall call;
  call.action = take_ref(form, actions_, "action");
  if (form.next_is("args")) {
    Form args(form.take(), errors_);
    args.take();
    while (!args.at_end())
      call.args.push_back(args.accept("any") ? kNoId : take_expr(args, here));
  }
  while (form.next_is("observe")) {
    Form inner(form.take(), errors_);
    inner.take();
    EventCall::Observe observe;
    if (inner.next_is("output")) {
      Form output(inner.take(), errors_);
      output.take();
      observe.output = static_cast<std::uint32_t>(output.take_number(kNoId - 1));
    } else if (!inner.accept("result")) {
      errors_.fail(inner.sexpr(), "an output or the result is observed");
    }
    observe.value = take_expr(inner, here);
    observe.when = take_optional(inner, "if", here);
    inner.finish();
    call.observes.push_back(observe);
  }
  while (form.next_is("bind")) {
    Form inner(form.take(), errors_);
    inner.take();
    EventCall::Bind bind;
    bind.output = static_cast<std::uint32_t>(inner.take_number(kNoId - 1));
    bind.field = take_field(inner, event);
    inner.finish();
    call.binds.push_back(bind);
  }
  return call;
}

std::vector<EventStmt> Parser::event_block(Form& form, std::string_view head, const Event& event,
                                           base::Span outer) {
  std::vector<EventStmt> stmts;
  if (!form.next_is(head)) return stmts;
  Form inner(form.take(), errors_);
  inner.take();
  while (!inner.at_end())
    stmts.push_back(event_stmt(inner.take(), event, outer));
  return stmts;
}

EventStmt Parser::event_stmt(const Sexpr& sexpr, const Event& event, base::Span outer) {
  Form form(sexpr, errors_);
  const std::string head = form.take_word();
  EventStmt s;
  s.span = take_place(form, outer);
  if (head == "call") {
    s.node = event_call(form, event, s.span);
  } else if (head == "if") {
    EventStmt::Branch branch;
    branch.cond = take_expr(form, s.span);
    branch.then_body = event_block(form, "then", event, s.span);
    branch.else_body = event_block(form, "else", event, s.span);
    s.node = std::move(branch);
  } else if (head == "for") {
    EventStmt::ForEach loop;
    loop.field = take_field(form, event);
    loop.index = take_var(form);
    loop.body = event_block(form, "do", event, s.span);
    s.node = std::move(loop);
  } else if (head == "reject") {
    s.node = EventStmt::Reject{form.take_text()};
  } else {
    errors_.unknown(sexpr, "event statement", head);
  }
  form.finish();
  return s;
}

void Parser::event(Form& form, bool ignored) {
  Event e;
  e.ignored = ignored;
  e.op = form.take_text();
  e.span = start(form);
  e.doc = take_doc(form);
  e.locals = take_locals(form);
  while (form.next_is("field")) {
    Form inner(form.take(), errors_);
    inner.take();
    e.fields.push_back(field(inner, e.span));
  }
  e.body = event_block(form, "body", e, e.span);
  m_.events.push_back(std::move(e));
}

}  // namespace gms::ir
