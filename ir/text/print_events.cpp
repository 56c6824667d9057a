// Locals, laws and events as .gir text.
#include "ir/text/printer.h"
#include "ir/walk.h"

namespace gms::ir {

void Printer::locals(Items& items, const std::vector<Local>& ls) {
  use_locals(ls);
  if (ls.empty()) return;
  Items inner{word("locals")};
  for (std::size_t i = 0; i < ls.size(); ++i) {
    Items local{word(words_[i]), type(ls[i].type)};
    // Names that no word can show.
    if (words_[i].front() == '#') local.push_back(text_of(ls[i].name));
    inner.push_back(list(std::move(local)));
  }
  items.push_back(list(std::move(inner)));
}

void Printer::callable(Items& items, const Callable& c) {
  start(items, c.span);
  doc(items, c.doc);
  cite(items, c.cite);
  locals(items, c.locals);
  vars(items, "params", c.params);
  vars(items, "outputs", c.outputs);
}

Sexpr Printer::law_side(std::string_view head, const std::vector<LawCall>& calls,
                        base::Span outer) {
  Items items{word(std::string(head))};
  for (const LawCall& call : calls) {
    Items inner{word("do"), name_of(m_.actions[call.action].name)};
    if (call.result.has_value()) {
      inner.push_back(word(value_text(m_, enum_type(m_, kErrnoEnum), *call.result)));
    }
    if (!call.args.empty()) {
      Items args{word("args")};
      exprs(args, call.args, outer);
      inner.push_back(list(std::move(args)));
    }
    vars(inner, "outputs", call.outputs);
    items.push_back(list(std::move(inner)));
  }
  return list(std::move(items));
}

Sexpr Printer::field(const EventField& f, base::Span outer) {
  Items items{word("field"), text_of(f.name),
              word(std::string(kFieldWords[static_cast<std::size_t>(f.kind)]))};
  const auto one = [&](std::string_view head, VarId id) {
    if (id != kNoId) items.push_back(list({word(std::string(head)), var(id)}));
  };
  one("var", f.var);
  one("offset", f.offset);
  one("word", f.word);
  for (std::size_t i = 0; i < f.columns.size(); ++i) {
    items.push_back(list({word("column"), text_of(f.columns[i]), var(f.column_vars[i])}));
  }
  if (f.on_missing != kNoId) {
    Items inner{word("missing"), name_of(m_.actions[f.on_missing].name)};
    exprs(inner, f.on_missing_args, outer);
    items.push_back(list(std::move(inner)));
  }
  if (f.required) items.push_back(word("required"));
  if (f.unlogged_any) items.push_back(word("any"));
  clause_of(items, "default", f.default_value, outer);
  return list(std::move(items));
}

Sexpr Printer::event_stmt(const EventStmt& s, const Event& event, base::Span outer) {
  const base::Span here = s.span.has_place() ? s.span : outer;
  Items items;
  const auto head = [&](std::string_view text) {
    items.push_back(word(std::string(text)));
    place(items, s.span, outer);
  };
  const auto body = [&](std::string_view text, const std::vector<EventStmt>& stmts) {
    Items inner{word(std::string(text))};
    for (const EventStmt& inner_stmt : stmts)
      inner.push_back(event_stmt(inner_stmt, event, here));
    items.push_back(list(std::move(inner)));
  };
  std::visit(Overloaded{
                 [&](const EventCall& call) {
                   const Action& action = m_.actions[call.action];
                   head("call");
                   items.push_back(name_of(action.name));
                   Items args{word("args")};
                   for (ExprId arg : call.args) {
                     args.push_back(arg == kNoId ? word("any") : expr(arg, here));
                   }
                   items.push_back(list(std::move(args)));
                   for (const EventCall::Observe& o : call.observes) {
                     Items inner{word("observe")};
                     if (o.output == kNoId) {
                       inner.push_back(word("result"));
                     } else {
                       inner.push_back(list({word("output"), number(o.output)}));
                     }
                     inner.push_back(expr(o.value, here));
                     clause_of(inner, "if", o.when, here);
                     items.push_back(list(std::move(inner)));
                   }
                   for (const EventCall::Bind& b : call.binds) {
                     items.push_back(list(
                         {word("bind"), number(b.output), text_of(event.fields[b.field].name)}));
                   }
                 },
                 [&](const EventStmt::Branch& branch) {
                   head("if");
                   items.push_back(expr(branch.cond, here));
                   body("then", branch.then_body);
                   if (!branch.else_body.empty()) body("else", branch.else_body);
                 },
                 [&](const EventStmt::ForEach& loop) {
                   head("for");
                   items.push_back(text_of(event.fields[loop.field].name));
                   items.push_back(var(loop.index));
                   body("do", loop.body);
                 },
                 [&](const EventStmt::Reject& reject) {
                   head("reject");
                   items.push_back(text_of(reject.why));
                 },
             },
             s.node);
  return list(std::move(items));
}

}  // namespace gms::ir
