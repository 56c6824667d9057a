#include "ir/text/print.h"

#include <algorithm>

#include "ir/text/sexpr.h"
#include "ir/text/words.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

using Items = std::vector<Sexpr>;

// A name, quoted if it does not look like one.
Sexpr name_of(const std::string& name) {
  return is_plain_name(name) ? word(name) : text_of(name);
}

class Printer {
 public:
  Printer(const Module& module, const PrintOptions& options) : m_(module), options_(options) {}

  std::string run();
  void use_locals(const std::vector<Local>& locals) { words_ = local_words(locals); }
  Sexpr expr(ExprId id, base::Span outer);

 private:
  // ---- Small pieces ----
  Sexpr type(const Type& t) const { return word(type_text(m_, t)); }
  Sexpr var(VarId id) const { return word(id == kNoId ? "_" : words_[id]); }
  Sexpr number(std::uint64_t n) const { return word(std::to_string(n)); }
  Sexpr constant(const Type& t, std::uint64_t bits) const;
  Sexpr bare(const Type& t, std::uint64_t bits) const { return word(value_text(m_, t, bits)); }

  // The place of a declaration: absolute.
  void start(Items& items, base::Span span);
  // The place of something inside it, unless it is where `outer` is.
  void place(Items& items, base::Span span, base::Span outer) const;
  void doc(Items& items, const std::string& text) const {
    if (!text.empty()) items.push_back(list({word("doc"), text_of(text)}));
  }
  void cite(Items& items, const Citation& citation) const;
  std::string span_word(base::Span span) const;

  // ---- Expressions and statements ----
  Sexpr binder(const Binder& b, base::Span outer);
  Sexpr binders(const std::vector<Binder>& bs, base::Span outer);
  void exprs(Items& items, const std::vector<ExprId>& ids, base::Span outer) {
    for (ExprId id : ids)
      items.push_back(expr(id, outer));
  }
  // (word expr), if there is an expression.
  void clause_of(Items& items, std::string_view head, ExprId id, base::Span outer) {
    if (id != kNoId) items.push_back(list({word(std::string(head)), expr(id, outer)}));
  }
  void vars(Items& items, std::string_view head, const std::vector<VarId>& ids) const;
  Sexpr stmt(StmtId id, base::Span outer);
  void block(Items& items, const Block& b, base::Span outer) {
    for (StmtId id : b)
      items.push_back(stmt(id, outer));
  }
  void clause_ref(Items& items, ClauseId id) const;

  // ---- Declarations ----
  void declare(std::string& out, Items items) { write_sexpr(list(std::move(items)), out); }
  void locals(Items& items, const std::vector<Local>& ls);
  void callable(Items& items, const Callable& c);
  Sexpr law_side(std::string_view head, const std::vector<LawCall>& calls, base::Span outer);
  Sexpr event_stmt(const EventStmt& s, const Event& event, base::Span outer);
  Sexpr field(const EventField& f, base::Span outer);

  const Module& m_;
  const PrintOptions& options_;
  std::vector<std::string> words_;
  base::Span origin_;  // of the declaration that is printed
};

Sexpr Printer::constant(const Type& t, std::uint64_t bits) const {
  if (is_bool(t)) return word(bits != 0 ? "true" : "false");
  if (t.kind == TypeKind::kHandle) return word(std::to_string(bits) + ":" + type_text(m_, t));
  return word(value_text(m_, t, bits) + ":" + type_text(m_, t));
}

std::string Printer::span_word(base::Span span) const {
  const std::string length = "+" + std::to_string(span.end - span.begin);
  if (span.file == origin_.file && span.begin >= origin_.begin) {
    return "@" + std::to_string(span.begin - origin_.begin) + length;
  }
  return "@" + std::to_string(static_cast<std::uint32_t>(span.file)) + ":" +
         std::to_string(span.begin) + length;
}

void Printer::start(Items& items, base::Span span) {
  origin_ = {};
  if (options_.spans && span.has_place()) items.push_back(word(span_word(span)));
  origin_ = span;
}

void Printer::place(Items& items, base::Span span, base::Span outer) const {
  if (options_.spans && span.has_place() && !(span == outer))
    items.push_back(word(span_word(span)));
}

void Printer::cite(Items& items, const Citation& citation) const {
  if (citation.evidence == Evidence::kInferred && citation.function.empty() &&
      citation.note.empty()) {
    return;
  }
  Items cite{word("cite"),
             word(std::string(kEvidenceWords[static_cast<std::size_t>(citation.evidence)])),
             text_of(citation.function)};
  if (!citation.note.empty()) cite.push_back(text_of(citation.note));
  items.push_back(list(std::move(cite)));
}

Sexpr Printer::binder(const Binder& b, base::Span outer) {
  Items items{var(b.var)};
  if (b.lo != kNoId) items.push_back(expr(b.lo, outer));
  if (b.hi != kNoId) items.push_back(expr(b.hi, outer));
  return list(std::move(items));
}

Sexpr Printer::binders(const std::vector<Binder>& bs, base::Span outer) {
  Items items;
  for (const Binder& b : bs)
    items.push_back(binder(b, outer));
  return list(std::move(items));
}

void Printer::vars(Items& items, std::string_view head, const std::vector<VarId>& ids) const {
  if (ids.empty()) return;
  Items inner{word(std::string(head))};
  for (VarId id : ids)
    inner.push_back(var(id));
  items.push_back(list(std::move(inner)));
}

void Printer::clause_ref(Items& items, ClauseId id) const {
  const Clause& clause = m_.clauses[id];
  items.push_back(name_of(clause.label));
  if (clause.action != kNoId) {
    items.push_back(name_of(m_.actions[clause.action].name));
  } else {
    items.push_back(word("procedure"));
    items.push_back(name_of(m_.procs[clause.proc].name));
  }
}

Sexpr Printer::expr(ExprId id, base::Span outer) {
  const Expr& e = m_.exprs[id];
  Items items;
  const auto operands = [&] { exprs(items, e.args, e.span.has_place() ? e.span : outer); };
  switch (e.op) {
    case Op::kConst: return constant(e.type, e.value);
    case Op::kNone: return word("none:" + type_text(m_, e.type));
    case Op::kVar: return var(e.ref);
    case Op::kState: {
      items.push_back(word(m_.states[e.ref].name + (e.value != 0 ? "'" : "")));
      place(items, e.span, outer);
      operands();
      Sexpr form = list(std::move(items));
      form.kind = Sexpr::Kind::kSquare;
      return form;
    }
    case Op::kParam:
      items = {word("param"), name_of(m_.params[e.ref].name)};
      place(items, e.span, outer);
      break;
    case Op::kCall:
      items = {word("call"), name_of(m_.fns[e.ref].name)};
      place(items, e.span, outer);
      operands();
      break;
    case Op::kExit:
      items.push_back(word("exit"));
      clause_ref(items, e.ref);
      place(items, e.span, outer);
      break;
    case Op::kLive:
      items.push_back(word(e.value != 0 ? "live'" : "live"));
      place(items, e.span, outer);
      operands();
      break;
    case Op::kCast:
      items = {word("cast"), type(e.type)};
      place(items, e.span, outer);
      operands();
      break;
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst:
      items.push_back(word(std::string(info(e.op).text)));
      place(items, e.span, outer);
      items.push_back(binders(m_.binder_lists[e.binders], e.span.has_place() ? e.span : outer));
      operands();
      break;
    case Op::kResult:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies:
    case Op::kIte:
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr:
    case Op::kNeg:
    case Op::kBitNot:
    case Op::kSome:
    case Op::kIsSome:
    case Op::kUnwrap:
      items.push_back(word(std::string(info(e.op).text)));
      place(items, e.span, outer);
      operands();
      break;
  }
  return list(std::move(items));
}

Sexpr Printer::stmt(StmtId id, base::Span outer) {
  const Stmt& s = m_.stmts[id];
  const base::Span here = s.span.has_place() ? s.span : outer;
  Items items;
  const auto head = [&](std::string_view text) {
    items.push_back(word(std::string(text)));
    place(items, s.span, outer);
  };
  const auto with = [&](const std::vector<Assign>& assigns) {
    for (const Assign& a : assigns) {
      items.push_back(list({word("with"), var(a.var), expr(a.value, here)}));
    }
  };
  const auto sub_block = [&](std::string_view text, const Block& b) {
    Items inner{word(std::string(text))};
    block(inner, b, here);
    items.push_back(list(std::move(inner)));
  };
  const auto lock = [&](LockId lock_id, const std::vector<ExprId>& keys) {
    items.push_back(name_of(m_.locks[lock_id].name));
    exprs(items, keys, here);
  };
  std::visit(
      Overloaded{
          [&](const Let& n) {
            head("let");
            items.push_back(var(n.var));
            items.push_back(expr(n.value, here));
          },
          [&](const Assign& n) {
            head("set");
            items.push_back(var(n.var));
            items.push_back(expr(n.value, here));
          },
          [&](const Update& n) {
            head("update");
            if (!n.binders.empty()) {
              items.push_back(list({word("for"), binders(n.binders, here)}));
            }
            clause_of(items, "where", n.where, here);
            for (const Update::One& one : n.assigns) {
              Items target{name_of(m_.states[one.state].name)};
              exprs(target, one.keys, here);
              Sexpr square = list(std::move(target));
              square.kind = Sexpr::Kind::kSquare;
              items.push_back(list({word("put"), std::move(square),
                                    one.value == kNoId ? word("any") : expr(one.value, here)}));
            }
          },
          [&](const Guard& n) {
            head(n.may ? "may_exit" : "exit");
            items.push_back(name_of(m_.clauses[n.clause].label));
            if (n.raced) items.push_back(word("raced"));
            clause_of(items, "if", n.cond, here);
            with(n.with);
          },
          [&](const Return& n) {
            head("return");
            clause_of(items, "if", n.cond, here);
            exprs(items, n.values, here);
          },
          [&](const Call& n) {
            head("call");
            items.push_back(name_of(m_.procs[n.proc].name));
            vars(items, "results", n.results);
            exprs(items, n.args, here);
          },
          [&](const If& n) {
            head("if");
            items.push_back(expr(n.cond, here));
            sub_block("then", n.then_block);
            if (!n.else_block.empty()) sub_block("else", n.else_block);
          },
          [&](const Choose& n) {
            head("choose");
            items.push_back(var(n.var));
            if (n.lo != kNoId) {
              items.push_back(list({word("in"), expr(n.lo, here), expr(n.hi, here)}));
            }
            clause_of(items, "where", n.cond, here);
          },
          [&](const Require& n) {
            head("require");
            items.push_back(expr(n.cond, here));
          },
          [&](const Create& n) {
            head("create");
            items.push_back(var(n.var));
          },
          [&](const Destroy& n) {
            head("destroy");
            items.push_back(expr(n.handle, here));
          },
          [&](const Step& n) {
            head("step");
            items.push_back(text_of(n.label));
            if (n.linearize) items.push_back(word("linearize"));
            block(items, n.body, here);
          },
          [&](const Acquire& n) {
            head("acquire");
            items.push_back(word(n.exclusive ? "exclusive" : "shared"));
            lock(n.lock, n.keys);
          },
          [&](const Release& n) {
            head("release");
            lock(n.lock, n.keys);
          },
          [&](const Scan& n) {
            head("scan");
            items.push_back(text_of(n.label));
            items.push_back(binder(n.binder, here));
            block(items, n.body, here);
          },
          [&](const Each& n) {
            head("each");
            items.push_back(text_of(n.label));
            items.push_back(binder(n.binder, here));
            clause_of(items, "where", n.where, here);
            sub_block("do", n.body);
          },
          [&](const Await& n) {
            head("await");
            items.push_back(expr(n.cond, here));
          },
          [&](const Sample& n) {
            head("sample");
            items.push_back(var(n.var));
            items.push_back(text_of(n.counter));
          },
          [&](const Retry& n) {
            head("retry");
            clause_of(items, "if", n.cond, here);
          },
      },
      s.node);
  return list(std::move(items));
}

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

}  // namespace

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
