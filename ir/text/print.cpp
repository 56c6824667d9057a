#include "ir/text/print.h"

#include "ir/text/printer.h"

namespace gms::ir {

std::string Printer::run() {
  std::string out = "; Written by gmemspec; docs/gir.md explains the form.\n";
  const auto heading = [&](bool present) {
    if (present) out += '\n';
  };
  {
    Items items{word("module"), name_of(m_.name)};
    if (!m_.extends.empty()) items.push_back(list({word("extends"), name_of(m_.extends)}));
    doc(items, m_.doc);
    for (const std::string& link : m_.links)
      items.push_back(list({word("link"), text_of(link)}));
    for (const std::string& file : m_.files)
      items.push_back(list({word("file"), text_of(file)}));
    if (!m_.common_fields.empty()) {
      Items inner{word("common_fields")};
      for (const std::string& field_name : m_.common_fields)
        inner.push_back(text_of(field_name));
      items.push_back(list(std::move(inner)));
    }
    declare(out, std::move(items));
  }
  heading(!m_.enums.empty());
  for (const Enum& e : m_.enums) {
    Items items{word(e.is_flags ? "flags" : "enum"), name_of(e.name)};
    if (e.is_flags) items.push_back(number(e.width));
    start(items, e.span);
    doc(items, e.doc);
    for (const EnumMember& member : e.members) {
      Items inner{name_of(member.name), number(member.value)};
      if (member.spelling != member.name) inner.push_back(text_of(member.spelling));
      items.push_back(list(std::move(inner)));
    }
    declare(out, std::move(items));
  }
  heading(!m_.domains.empty() || !m_.index_sorts.empty());
  for (const Domain& d : m_.domains) {
    Items items{word("domain"), name_of(d.name)};
    start(items, d.span);
    doc(items, d.doc);
    declare(out, std::move(items));
  }
  for (const IndexSort& sort : m_.index_sorts) {
    Items items{word("index"), name_of(sort.name), number(sort.width)};
    start(items, sort.span);
    doc(items, sort.doc);
    declare(out, std::move(items));
  }
  heading(!m_.consts.empty() || !m_.params.empty());
  for (const Const& c : m_.consts) {
    Items items{word("const"), name_of(c.name), type(c.type), bare(c.type, c.value)};
    start(items, c.span);
    doc(items, c.doc);
    declare(out, std::move(items));
  }
  for (const Param& p : m_.params) {
    Items items{word(p.is_quirk ? "quirk" : "param"), name_of(p.name), type(p.type),
                bare(p.type, p.default_value)};
    start(items, p.span);
    doc(items, p.doc);
    if (!p.values.empty()) {
      Items inner{word("values")};
      for (std::uint64_t value : p.values)
        inner.push_back(bare(p.type, value));
      items.push_back(list(std::move(inner)));
    }
    declare(out, std::move(items));
  }
  heading(!m_.locks.empty() || !m_.states.empty());
  const auto types = [&](const std::vector<Type>& ts) {
    Items inner;
    for (const Type& t : ts)
      inner.push_back(type(t));
    return list(std::move(inner));
  };
  for (const Lock& l : m_.locks) {
    Items items{word(l.shared_mode ? "rw_lock" : "lock"), name_of(l.name), types(l.keys)};
    start(items, l.span);
    doc(items, l.doc);
    declare(out, std::move(items));
  }
  for (const State& s : m_.states) {
    Items items{word("state"), name_of(s.name), types(s.keys), type(s.type),
                s.initial_none ? word("none") : bare(value_of(s.type), s.initial)};
    start(items, s.span);
    doc(items, s.doc);
    if (s.ghost) items.push_back(word("ghost"));
    if (s.observe_only) items.push_back(word("observe_only"));
    declare(out, std::move(items));
  }
  heading(!m_.clauses.empty());
  for (const Clause& c : m_.clauses) {
    Items items{word("clause"), name_of(c.label)};
    if (c.action != kNoId) {
      items.push_back(word("action"));
      items.push_back(name_of(m_.actions[c.action].name));
    } else {
      items.push_back(word("procedure"));
      items.push_back(name_of(m_.procs[c.proc].name));
    }
    items.push_back(bare(enum_type(m_, kErrnoEnum), c.result));
    start(items, c.span);
    doc(items, c.doc);
    cite(items, c.cite);
    declare(out, std::move(items));
  }
  for (const Callable& c : m_.fns) {
    heading(true);
    Items items{word("fn"), name_of(c.name)};
    callable(items, c);
    items.push_back(list({word("value"), expr(c.expr, c.span)}));
    declare(out, std::move(items));
  }
  for (const Callable& c : m_.procs) {
    heading(true);
    Items items{word("procedure"), name_of(c.name)};
    callable(items, c);
    Items body{word("body")};
    block(body, c.body, c.span);
    items.push_back(list(std::move(body)));
    declare(out, std::move(items));
  }
  for (const Action& a : m_.actions) {
    heading(true);
    Items items{word("action"), name_of(a.name)};
    callable(items, a);
    if (a.hidden) items.push_back(list({word("hidden"), number(a.budget)}));
    std::vector<VarId> unlogged;
    for (std::size_t i = 0; i < a.may_be_unlogged.size() && i < a.params.size(); ++i) {
      if (a.may_be_unlogged[i]) unlogged.push_back(a.params[i]);
    }
    vars(items, "may_be_unlogged", unlogged);
    Items body{word("body")};
    block(body, a.body, a.span);
    items.push_back(list(std::move(body)));
    if (a.ok_clause != kNoId) {
      items.push_back(list({word("end"), name_of(m_.clauses[a.ok_clause].label)}));
    }
    declare(out, std::move(items));
  }
  for (const Property& p : m_.properties) {
    heading(true);
    Items items{word("property"), name_of(p.name),
                word(std::string(kPropertyWords[static_cast<std::size_t>(p.kind)]))};
    start(items, p.span);
    doc(items, p.doc);
    if (p.expect_refuted) items.push_back(list({word("expect_refuted"), text_of(p.reason)}));
    if (!p.actions.empty()) {
      Items on{word("on")};
      for (ActionId id : p.actions)
        on.push_back(name_of(m_.actions[id].name));
      items.push_back(list(std::move(on)));
    }
    locals(items, p.locals);
    clause_of(items, "that", p.expr, p.span);
    if (!p.left.empty()) items.push_back(law_side("left", p.left, p.span));
    if (!p.right.empty()) items.push_back(law_side("right", p.right, p.span));
    if (!p.agree.empty()) {
      Items agree{word("agree")};
      for (StateId id : p.agree)
        agree.push_back(name_of(m_.states[id].name));
      items.push_back(list(std::move(agree)));
    }
    clause_of(items, "at_end", p.then, p.span);
    declare(out, std::move(items));
  }
  for (const Event& e : m_.events) {
    heading(true);
    Items items{word(e.ignored ? "ignored_event" : "event"), text_of(e.op)};
    start(items, e.span);
    doc(items, e.doc);
    locals(items, e.locals);
    for (const EventField& f : e.fields)
      items.push_back(field(f, e.span));
    Items body{word("body")};
    for (const EventStmt& s : e.body)
      body.push_back(event_stmt(s, e, e.span));
    if (body.size() > 1) items.push_back(list(std::move(body)));
    declare(out, std::move(items));
  }
  return out;
}

std::string print(const Module& module, const PrintOptions& options) {
  return Printer(module, options).run();
}

std::string print_expr(const Module& module, const std::vector<Local>& locals, ExprId id) {
  const PrintOptions options{.spans = false};
  Printer printer(module, options);
  printer.use_locals(locals);
  std::string out;
  write_sexpr(printer.expr(id, {}), out);
  out.pop_back();
  return out;
}

}  // namespace gms::ir
