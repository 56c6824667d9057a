#include "ir/text/parse.h"

#include <algorithm>

#include "ir/text/parser.h"
#include "ir/text/words.h"

namespace gms::ir {

// ---- Declarations -------------------------------------------------------------------------------

// Functions, procedures and actions are known by name before any body is read; what they declare
// comes in the second pass.
void Parser::declare_name(const Sexpr& sexpr) {
  Form form(sexpr, errors_);
  const std::string head = form.take_word();
  const auto add = [&](auto& vector, Names& names) {
    const std::string name = form.take_name();
    declare(names, sexpr, name, vector.size());
    vector.emplace_back().name = name;
  };
  if (head == "fn") {
    add(m_.fns, fns_);
  } else if (head == "procedure") {
    add(m_.procs, procs_);
  } else if (head == "action") {
    add(m_.actions, actions_);
  }
}

void Parser::header(Form& form) {
  if (seen_module_) errors_.fail(form.sexpr(), "there is a second (module ...)");
  seen_module_ = true;
  m_.name = form.take_name();
  while (!form.at_end()) {
    Form inner(form.take(), errors_);
    const std::string head = inner.take_word();
    if (head == "extends") {
      m_.extends = inner.take_name();
    } else if (head == "doc") {
      m_.doc = inner.take_text();
    } else if (head == "link") {
      m_.links.push_back(inner.take_text());
    } else if (head == "file") {
      m_.files.push_back(inner.take_text());
    } else if (head == "common_fields") {
      while (!inner.at_end())
        m_.common_fields.push_back(inner.take_text());
    } else {
      errors_.unknown(inner.sexpr(), "part of a module", head);
    }
    inner.finish();
  }
}

void Parser::clause(Form& form) {
  Clause c;
  c.label = form.take_name();
  std::string key;
  if (form.accept("action")) {
    c.action = take_ref(form, actions_, "action");
    key = "a" + std::to_string(c.action);
  } else if (form.accept("procedure")) {
    c.proc = take_ref(form, procs_, "procedure");
    key = "p" + std::to_string(c.proc);
  } else {
    errors_.fail(form.sexpr(), "a clause belongs to an action or a procedure");
  }
  if (m_.enums.empty()) return errors_.fail(form.sexpr(), "there is no enum of results");
  c.result = take_bits(form, enum_type(m_, kErrnoEnum));
  c.span = start(form);
  c.doc = take_doc(form);
  c.cite = take_cite(form);
  declare(clauses_, form.sexpr(), key + "." + c.label, m_.clauses.size());
  m_.clauses.push_back(std::move(c));
}

void Parser::callable(Form& form, Callable& c) {
  c.span = start(form);
  c.doc = take_doc(form);
  c.cite = take_cite(form);
  c.locals = take_locals(form);
  c.params = take_vars(form, "params");
  c.outputs = take_vars(form, "outputs");
}

void Parser::action(Form& form) {
  action_ = take_ref(form, actions_, "action");
  if (action_ == kNoId) return;
  Action a;
  a.name = m_.actions[action_].name;
  callable(form, a);
  if (form.next_is("hidden")) {
    Form inner(form.take(), errors_);
    inner.take();
    a.hidden = true;
    a.budget = static_cast<std::uint32_t>(inner.take_number(0xffffffff));
  }
  a.may_be_unlogged.assign(a.params.size(), false);
  for (VarId id : take_vars(form, "may_be_unlogged")) {
    const auto at = std::find(a.params.begin(), a.params.end(), id);
    if (at == a.params.end()) {
      errors_.fail(form.sexpr(), "only parameters may be unlogged");
    } else {
      a.may_be_unlogged[static_cast<std::size_t>(at - a.params.begin())] = true;
    }
  }
  a.body = take_block_of(form, "body", a.span);
  if (form.next_is("end")) {
    Form inner(form.take(), errors_);
    inner.take();
    a.ok_clause = take_clause(inner);
  }
  m_.actions[action_] = std::move(a);
}

std::vector<LawCall> Parser::law_side(Form& form, std::string_view head, base::Span outer) {
  std::vector<LawCall> calls;
  if (!form.next_is(head)) return calls;
  Form side(form.take(), errors_);
  side.take();
  while (!side.at_end()) {
    Form one(side.take(), errors_);
    if (!one.accept("do")) errors_.fail(one.sexpr(), "a list (do action ...) is expected here");
    LawCall call;
    call.action = take_ref(one, actions_, "action");
    if (!one.at_end() && !one.peek().is_list()) {
      call.result = take_bits(one, enum_type(m_, kErrnoEnum));
    }
    if (one.next_is("args")) {
      Form args(one.take(), errors_);
      args.take();
      call.args = take_exprs(args, outer);
    }
    call.outputs = take_vars(one, "outputs", true);
    one.finish();
    calls.push_back(std::move(call));
  }
  return calls;
}

void Parser::property(Form& form) {
  Property p;
  p.name = form.take_name();
  p.kind = static_cast<PropertyKind>(take_choice(form, kPropertyWords));
  p.span = start(form);
  p.doc = take_doc(form);
  if (form.next_is("expect_refuted")) {
    Form inner(form.take(), errors_);
    inner.take();
    p.expect_refuted = true;
    p.reason = inner.take_text();
  }
  if (form.next_is("on")) {
    Form inner(form.take(), errors_);
    inner.take();
    while (!inner.at_end())
      p.actions.push_back(take_ref(inner, actions_, "action"));
  }
  p.locals = take_locals(form);
  p.expr = take_optional(form, "that", p.span);
  p.left = law_side(form, "left", p.span);
  p.right = law_side(form, "right", p.span);
  if (form.next_is("agree")) {
    Form inner(form.take(), errors_);
    inner.take();
    while (!inner.at_end())
      p.agree.push_back(take_ref(inner, states_, "state"));
  }
  p.then = take_optional(form, "at_end", p.span);
  m_.properties.push_back(std::move(p));
}

void Parser::declaration(const std::string& head, Form& form) {
  action_ = proc_ = kNoId;
  const auto width = [&] {
    const std::uint64_t n = form.take_number(64);
    if (n == 0) errors_.fail(form.sexpr(), "a width is 1 to 64 bits");
    return static_cast<std::uint8_t>(n);
  };
  const auto types = [&] {
    Form inner(form.take(), errors_);
    std::vector<Type> result;
    while (!inner.at_end())
      result.push_back(take_type(inner));
    return result;
  };
  if (head == "module") {
    header(form);
  } else if (head == "enum" || head == "flags") {
    Enum e;
    e.name = form.take_name();
    e.is_flags = head == "flags";
    if (e.is_flags) e.width = width();
    e.span = start(form);
    e.doc = take_doc(form);
    while (!form.at_end()) {
      Form inner(form.take(), errors_);
      EnumMember member;
      member.name = inner.take_name();
      member.value = inner.take_number(~std::uint64_t{0});
      member.spelling = inner.at_end() ? member.name : inner.take_text();
      inner.finish();
      e.members.push_back(std::move(member));
    }
    // Flags name no type of the text form.
    if (!e.is_flags) declare(enums_, form.sexpr(), e.name, m_.enums.size());
    m_.enums.push_back(std::move(e));
  } else if (head == "domain") {
    Domain d;
    d.name = form.take_name();
    d.span = start(form);
    d.doc = take_doc(form);
    declare(domains_, form.sexpr(), d.name, m_.domains.size());
    m_.domains.push_back(std::move(d));
  } else if (head == "index") {
    IndexSort sort;
    sort.name = form.take_name();
    sort.width = width();
    sort.span = start(form);
    sort.doc = take_doc(form);
    declare(index_sorts_, form.sexpr(), sort.name, m_.index_sorts.size());
    m_.index_sorts.push_back(std::move(sort));
  } else if (head == "const") {
    Const c;
    c.name = form.take_name();
    c.type = take_type(form);
    c.value = take_bits(form, c.type);
    c.span = start(form);
    c.doc = take_doc(form);
    m_.consts.push_back(std::move(c));
  } else if (head == "param" || head == "quirk") {
    Param p;
    p.name = form.take_name();
    p.type = take_type(form);
    p.default_value = take_bits(form, p.type);
    p.is_quirk = head == "quirk";
    p.span = start(form);
    p.doc = take_doc(form);
    if (form.next_is("values")) {
      Form inner(form.take(), errors_);
      inner.take();
      while (!inner.at_end())
        p.values.push_back(take_bits(inner, p.type));
    }
    declare(params_, form.sexpr(), p.name, m_.params.size());
    m_.params.push_back(std::move(p));
  } else if (head == "lock" || head == "rw_lock") {
    Lock l;
    l.name = form.take_name();
    l.shared_mode = head == "rw_lock";
    l.keys = types();
    l.span = start(form);
    l.doc = take_doc(form);
    declare(locks_, form.sexpr(), l.name, m_.locks.size());
    m_.locks.push_back(std::move(l));
  } else if (head == "state") {
    State s;
    s.name = form.take_name();
    s.keys = types();
    s.type = take_type(form);
    s.initial_none = s.type.optional && form.accept("none");
    if (!s.initial_none) s.initial = take_bits(form, value_of(s.type));
    s.span = start(form);
    s.doc = take_doc(form);
    s.ghost = form.accept("ghost");
    s.observe_only = form.accept("observe_only");
    declare(states_, form.sexpr(), s.name, m_.states.size());
    m_.states.push_back(std::move(s));
  } else if (head == "clause") {
    clause(form);
  } else if (head == "fn") {
    const FnId id = take_ref(form, fns_, "function");
    Callable c;
    callable(form, c);
    c.expr = take_optional(form, "value", c.span);
    if (c.expr == kNoId && !errors_.failed()) errors_.fail(form.sexpr(), "a function has a value");
    if (!errors_.failed()) {
      c.name = m_.fns[id].name;
      m_.fns[id] = std::move(c);
    }
  } else if (head == "procedure") {
    proc_ = take_ref(form, procs_, "procedure");
    Callable c;
    callable(form, c);
    c.body = take_block_of(form, "body", c.span);
    if (!errors_.failed()) {
      c.name = m_.procs[proc_].name;
      m_.procs[proc_] = std::move(c);
    }
  } else if (head == "action") {
    action(form);
  } else if (head == "property") {
    property(form);
  } else if (head == "event" || head == "ignored_event") {
    event(form, head == "ignored_event");
  } else {
    errors_.unknown(form.sexpr(), "declaration", head);
  }
  form.finish();
}

std::optional<Module> Parser::run() {
  for (const Sexpr& sexpr : forms_) {
    errors_.next_form();
    declare_name(sexpr);
  }
  if (errors_.any()) return std::nullopt;
  for (const Sexpr& sexpr : forms_) {
    errors_.next_form();
    Form form(sexpr, errors_);
    const std::string head = form.take_word();
    if (!errors_.failed()) declaration(head, form);
  }
  errors_.next_form();
  if (!seen_module_ && !errors_.any()) errors_.fail(Sexpr{}, "there is no (module ...)");
  if (errors_.any()) return std::nullopt;
  return std::move(m_);
}

std::optional<Module> parse(std::string_view text, base::FileId file, base::DiagSink& sink,
                            std::uint32_t first_source) {
  const auto forms = read_sexprs(text, file, sink);
  if (!forms) return std::nullopt;
  return Parser(*forms, sink, first_source).run();
}

}  // namespace gms::ir
