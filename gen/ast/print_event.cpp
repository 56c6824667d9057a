// Events.
#include "gen/ast/print.h"
#include "gen/ast/print_parts.h"

namespace gms::gen::ast {

namespace {

std::string field_text(const EventField& field) {
  std::string text = field.name.text + " : ";
  text += std::visit(
      Overloaded{[](const ScalarField& f) { return f.type.text + (f.optional ? "?" : ""); },
                 [](const HandleField& f) {
                   return f.domain.text + (f.offset_type ? " + " + f.offset_type->text : "") +
                          " or " + f.words.text;
                 },
                 [](const ArrayField& f) {
                   const auto column = [](const ArrayColumn& c) {
                     return c.name.text + " : " + c.type.text + (c.optional ? "?" : "");
                   };
                   return "[" + join(f.columns, column) + "]";
                 }},
      field.type);
  if (field.default_any) text += " = any";
  if (field.default_value) text += " = " + print(*field.default_value);
  if (field.maker) text += " else " + field.maker->action.text + args_text(field.maker->args);
  return text;
}

std::string observe_text(const std::variant<Observe, ObserveNamed>& observe) {
  return std::visit(
      Overloaded{[](const Observe& o) {
                   return (o.output ? o.output->text : std::string("result")) + " = " +
                          print(*o.value) + (o.cond ? " if " + print(*o.cond) : "");
                 },
                 [](const ObserveNamed& o) { return o.output.text + " named " + o.field.text; }},
      observe);
}

void write_body(base::TextWriter& out, const EventBlock& body);

void write(base::TextWriter& out, const EventCall& call) {
  out.line(call.action.text, args_text(call.args),
           call.observes.empty() ? "" : " observes " + join(call.observes, observe_text));
}
void write(base::TextWriter& out, const EventIf& branch) {
  out.open("if " + print(*branch.cond) + " {");
  write_body(out, branch.then_body);
  const EventIf* last = &branch;
  while (last->has_else) {
    const EventBlock& body = last->else_body;
    const EventIf* next = body.size() == 1 ? std::get_if<EventIf>(&body[0].node) : nullptr;
    if (next == nullptr) {
      out.reopen("} else {");
      write_body(out, body);
      break;
    }
    out.reopen("} else if " + print(*next->cond) + " {");
    write_body(out, next->then_body);
    last = next;
  }
  out.close();
}
void write(base::TextWriter& out, const EventFor& loop) {
  const auto block = out.block("for " + loop.index.text + " in " + loop.field.text + " {");
  write_body(out, loop.body);
}
void write(base::TextWriter& out, const EventReject& reject) {
  out.line("reject ", quoted(reject.why));
}

void write_body(base::TextWriter& out, const EventBlock& body) {
  for (const EventStmt& stmt : body) {
    std::visit([&out](const auto& node) { write(out, node); }, stmt.node);
  }
}

}  // namespace

void write_event(base::TextWriter& out, const EventDecl& event) {
  if (event.ignored) {
    out.line("event ", event.name.text, " ignored");
    return;
  }
  bool any_doc = false;
  for (const EventField& field : event.fields)
    any_doc = any_doc || !field.doc.empty();
  if (any_doc) {
    out.open("event " + event.name.text + "(");
    for (const EventField& field : event.fields) {
      write_doc(out, field.doc);
      out.line(field_text(field), ",");
    }
    out.reopen(") {");
  } else {
    out.open("event " + event.name.text + "(" + join(event.fields, field_text) + ") {");
  }
  write_body(out, event.body);
  out.close();
}

}  // namespace gms::gen::ast
