// Statements of .gir text.
#include "ir/text/parser.h"

namespace gms::ir {

StmtId Parser::stmt(const Sexpr& sexpr, base::Span outer) {
  Form form(sexpr, errors_);
  const std::string head = form.take_word();
  const base::Span span = take_place(form, outer);
  decltype(Stmt::node) node = Require{};
  if (!errors_.failed()) node = stmt_node(head, form, span);
  form.finish();
  return add_stmt(m_, std::move(node), span);
}

Block Parser::take_block_of(Form& form, std::string_view head, base::Span outer) {
  if (!form.next_is(head)) {
    if (!errors_.failed()) {
      errors_.fail(form.at_end() ? form.sexpr() : form.peek(),
                   "a list (" + std::string(head) + " ...) is expected here");
    }
    return {};
  }
  Form inner(form.take(), errors_);
  inner.take();
  return take_block(inner, outer);
}

Update Parser::update(Form& form, base::Span here) {
  Update node;
  if (form.next_is("for")) {
    Form inner(form.take(), errors_);
    inner.take();
    node.binders = take_binders(inner, here);
    inner.finish();
  }
  node.where = take_optional(form, "where", here);
  while (form.next_is("put")) {
    Form put(form.take(), errors_);
    put.take();
    Update::One one;
    Form target(put.take(), errors_);
    one.state = take_ref(target, states_, "state");
    one.keys = take_exprs(target, here);
    if (!put.accept("any")) one.value = take_expr(put, here);
    put.finish();
    node.assigns.push_back(std::move(one));
  }
  return node;
}

// (by ACTION (arg NUMBER local)... (if cond))
Racer Parser::racer(Form& outer, base::Span here) {
  Form form(outer.take(), errors_);
  form.take();
  Racer result;
  result.action = take_ref(form, actions_, "action");
  while (form.next_is("arg")) {
    Form arg(form.take(), errors_);
    arg.take();
    const std::uint64_t at = take_bits(arg, int_type(16));
    const VarId local = take_var(arg);
    arg.finish();
    if (errors_.failed()) break;
    if (at >= result.vars.size()) result.vars.resize(at + 1, kNoId);
    result.vars[at] = local;
  }
  result.cond = take_optional(form, "if", here);
  form.finish();
  return result;
}

decltype(Stmt::node) Parser::stmt_node(const std::string& head, Form& form, base::Span here) {
  if (head == "let" || head == "set") {
    const VarId var = take_var(form);
    const ExprId value = take_expr(form, here);
    if (head == "let") return Let{var, value};
    return Assign{var, value};
  }
  if (head == "update") return update(form, here);
  if (head == "exit" || head == "may_exit") {
    Guard node;
    node.may = head == "may_exit";
    node.clause = take_clause(form);
    node.raced = form.accept("raced");
    while (form.next_is("by"))
      node.racers.push_back(racer(form, here));
    node.cond = take_optional(form, "if", here);
    while (form.next_is("with")) {
      Form with(form.take(), errors_);
      with.take();
      const VarId var = take_var(with);
      node.with.push_back({var, take_expr(with, here)});
      with.finish();
    }
    return node;
  }
  if (head == "return") {
    Return node;
    node.cond = take_optional(form, "if", here);
    node.values = take_exprs(form, here);
    return node;
  }
  if (head == "call") {
    Call node;
    node.proc = take_ref(form, procs_, "procedure");
    node.results = take_vars(form, "results");
    node.args = take_exprs(form, here);
    return node;
  }
  if (head == "if") {
    If node;
    node.cond = take_expr(form, here);
    node.then_block = take_block_of(form, "then", here);
    if (form.next_is("else")) node.else_block = take_block_of(form, "else", here);
    return node;
  }
  if (head == "choose") {
    Choose node;
    node.var = take_var(form);
    if (form.next_is("in")) {
      Form in(form.take(), errors_);
      in.take();
      node.lo = take_expr(in, here);
      node.hi = take_expr(in, here);
      in.finish();
    }
    node.cond = take_optional(form, "where", here);
    return node;
  }
  if (head == "require") return Require{take_expr(form, here)};
  if (head == "create") return Create{take_var(form)};
  if (head == "destroy") return Destroy{take_expr(form, here)};
  if (head == "step") {
    Step node;
    node.label = form.take_text();
    node.linearize = form.accept("linearize");
    node.body = take_block(form, here);
    return node;
  }
  if (head == "acquire") {
    Acquire node;
    node.exclusive = form.accept("exclusive");
    if (!node.exclusive && !form.accept("shared")) {
      errors_.fail(form.sexpr(), "a lock is acquired exclusive or shared");
    }
    node.lock = take_ref(form, locks_, "lock");
    node.keys = take_exprs(form, here);
    return node;
  }
  if (head == "release") {
    Release node;
    node.lock = take_ref(form, locks_, "lock");
    node.keys = take_exprs(form, here);
    return node;
  }
  if (head == "scan") {
    Scan node;
    node.label = form.take_text();
    node.binder = take_binder(form, here);
    node.body = take_block(form, here);
    return node;
  }
  if (head == "each") {
    Each node;
    node.label = form.take_text();
    node.binder = take_binder(form, here);
    node.where = take_optional(form, "where", here);
    node.body = take_block_of(form, "do", here);
    return node;
  }
  if (head == "await") return Await{take_expr(form, here)};
  if (head == "sample") {
    const VarId var = take_var(form);
    return Sample{var, form.take_text()};
  }
  if (head == "retry") return Retry{take_optional(form, "if", here)};
  errors_.unknown(form.sexpr(), "statement", head);
  return Require{};
}

}  // namespace gms::ir
