// Expressions and statements as .gir text.
#include "ir/text/printer.h"
#include "ir/walk.h"

namespace gms::ir {

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
    case Op::kSelf:
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
            for (const Racer& racer : n.racers) {
              Items by{word("by"), name_of(m_.actions[racer.action].name)};
              for (std::size_t i = 0; i < racer.vars.size(); ++i) {
                if (racer.vars[i] == kNoId) continue;
                by.push_back(list({word("arg"), word(std::to_string(i)), var(racer.vars[i])}));
              }
              clause_of(by, "if", racer.cond, here);
              items.push_back(list(std::move(by)));
            }
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

}  // namespace gms::ir
