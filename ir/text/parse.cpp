#include "ir/text/parse.h"

#include <algorithm>
#include <unordered_map>

#include "ir/build.h"
#include "ir/text/form.h"
#include "ir/text/words.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

using Names = std::unordered_map<std::string, std::uint32_t>;

class Parser {
 public:
  Parser(const std::vector<Sexpr>& forms, base::DiagSink& sink)
      : forms_(forms), errors_(sink), build_(m_) {}

  std::optional<Module> run();

 private:
  // ---- Names and small pieces ----
  void declare(Names& names, const Sexpr& form, const std::string& name, std::size_t id) {
    if (!names.emplace(name, static_cast<std::uint32_t>(id)).second) {
      errors_.fail(form, "the name '" + name + "' is declared twice");
    }
  }
  std::uint32_t find(const Names& names, std::string_view kind, const Sexpr& at,
                     const std::string& name) {
    const auto it = names.find(name);
    if (it != names.end()) return it->second;
    errors_.unknown(at, kind, name);
    return kNoId;
  }
  std::uint32_t take_ref(Form& form, const Names& names, std::string_view kind) {
    const std::string name = form.take_name();
    return find(names, kind, form.sexpr(), name);
  }

  Type type_named(const Sexpr& at, std::string_view text);
  Type take_type(Form& form) {
    const std::string text = form.take_word();
    return type_named(form.sexpr(), text);
  }
  std::uint64_t bits_of(const Sexpr& at, const Type& type, std::string_view text);
  std::uint64_t take_bits(Form& form, const Type& type) {
    const Sexpr& item = form.take();
    return bits_of(item, type, item.text);
  }
  // A place if one stands here, else `outer`.
  base::Span take_place(Form& form, base::Span outer);
  base::Span start(Form& form) {
    origin_ = {};
    origin_ = take_place(form, {});
    return origin_;
  }
  std::string take_doc(Form& form) {
    if (!form.next_is("doc")) return {};
    Form doc(form.take(), errors_);
    doc.take();
    return doc.take_text();
  }
  Citation take_cite(Form& form);
  template <std::size_t N>
  std::size_t take_choice(Form& form, const std::array<std::string_view, N>& words) {
    const std::string text = form.take_word();
    for (std::size_t i = 0; i < N; ++i) {
      if (words[i] == text) return i;
    }
    errors_.fail(form.sexpr(), "the word '" + text + "' is not known here");
    return 0;
  }

  // ---- Locals ----
  std::vector<Local> take_locals(Form& form);
  VarId var_named(const Sexpr& at, const std::string& text) {
    return find(locals_, "local", at, text);
  }
  VarId take_var(Form& form) {
    const Sexpr& item = form.take();
    return var_named(item, item.kind == Sexpr::Kind::kWord ? item.text : "");
  }
  Type type_of_var(VarId id) const { return id < types_.size() ? types_[id] : Type{}; }
  std::vector<VarId> take_vars(Form& form, std::string_view head, bool allow_none = false);

  // ---- Expressions and statements ----
  ExprId expr(const Sexpr& form, base::Span outer);
  ExprId leaf(const Sexpr& form, base::Span outer);
  ExprId node(Op op, Type type, std::vector<ExprId> args, base::Span span, std::uint64_t value = 0,
              std::uint32_t ref = kNoId, std::uint32_t binders = kNoId) {
    build_.span = span;
    return build_.node(op, type, std::move(args), value, ref, binders);
  }
  ExprId take_expr(Form& form, base::Span outer) { return expr(form.take(), outer); }
  std::vector<ExprId> take_exprs(Form& form, base::Span outer) {
    std::vector<ExprId> result;
    while (!form.at_end())
      result.push_back(take_expr(form, outer));
    return result;
  }
  // (head expr), if it stands here.
  ExprId take_optional(Form& form, std::string_view head, base::Span outer) {
    if (!form.next_is(head)) return kNoId;
    Form inner(form.take(), errors_);
    inner.take();
    const ExprId result = take_expr(inner, outer);
    inner.finish();
    return result;
  }
  Binder take_binder(Form& form, base::Span outer);
  std::vector<Binder> take_binders(Form& form, base::Span outer);
  ClauseId find_clause(const Sexpr& at, const std::string& label, ActionId action, ProcId proc);
  ClauseId take_clause(Form& form) {
    const std::string label = form.take_name();
    return find_clause(form.sexpr(), label, action_, proc_);
  }
  StmtId stmt(const Sexpr& sexpr, base::Span outer);
  decltype(Stmt::node) stmt_node(const std::string& head, Form& form, base::Span here);
  Update update(Form& form, base::Span here);
  Block take_block(Form& form, base::Span outer) {
    Block block;
    while (!form.at_end())
      block.push_back(stmt(form.take(), outer));
    return block;
  }
  // (head statements...)
  Block take_block_of(Form& form, std::string_view head, base::Span outer);

  // ---- Declarations ----
  void declare_name(const Sexpr& form);
  void header(Form& form);
  void declaration(const std::string& head, Form& form);
  void clause(Form& form);
  void callable(Form& form, Callable& c);
  void action(Form& form);
  void property(Form& form);
  std::vector<LawCall> law_side(Form& form, std::string_view head, base::Span outer);
  void event(Form& form, bool ignored);
  EventField field(Form& form, base::Span outer);
  EventStmt event_stmt(const Sexpr& sexpr, const Event& event, base::Span outer);
  EventCall event_call(Form& form, const Event& event, base::Span here);
  std::vector<EventStmt> event_block(Form& form, std::string_view head, const Event& event,
                                     base::Span outer);
  std::uint32_t take_field(Form& form, const Event& event);

  const std::vector<Sexpr>& forms_;
  FormErrors errors_;
  Module m_;
  ExprBuilder build_;
  Names enums_, domains_, index_sorts_, params_, locks_, states_, fns_, procs_, actions_;
  std::unordered_map<std::string, ClauseId> clauses_;  // by "a12.label" and "p3.label"
  bool seen_module_ = false;

  // The declaration that is read.
  base::Span origin_;
  Names locals_;
  std::vector<Type> types_;
  ActionId action_ = kNoId;
  ProcId proc_ = kNoId;
};

// ---- Small pieces ------------------------------------------------------------------------------

Type Parser::type_named(const Sexpr& at, std::string_view text) {
  const std::string_view whole = text;
  const bool optional = text.ends_with('?');
  if (optional) text.remove_suffix(1);
  Type type;
  const std::string name(text);
  if (name == "bool") {
    type = bool_type();
  } else if (const auto e = enums_.find(name); e != enums_.end()) {
    type = enum_type(m_, e->second);
  } else if (const auto d = domains_.find(name); d != domains_.end()) {
    type = handle_type(d->second);
  } else if (const auto i = index_sorts_.find(name); i != index_sorts_.end()) {
    type = index_type(m_, i->second);
  } else {
    unsigned width = 0;
    const char* end = text.data() + text.size();
    if (text.size() >= 2 && (text[0] == 'u' || text[0] == 'i')) {
      const auto [stop, error] = std::from_chars(text.data() + 1, end, width);
      if (error != std::errc() || stop != end) width = 0;
    }
    if (width < 1 || width > 64) {
      errors_.unknown(at, "type", whole);
      width = 1;
    }
    type = int_type(width, !text.empty() && text[0] == 'i');
  }
  type.optional = optional;
  return type;
}

std::uint64_t Parser::bits_of(const Sexpr& at, const Type& type, std::string_view text) {
  if (at.kind == Sexpr::Kind::kWord) {
    if (type.kind == TypeKind::kBool && (text == "true" || text == "false")) return text == "true";
    if (type.kind == TypeKind::kEnum) {
      for (const EnumMember& member : m_.enums[type.decl].members) {
        if (member.name == text) return member.value;
      }
    }
    const char* end = text.data() + text.size();
    if (text.starts_with('-')) {
      std::int64_t value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc() && stop == end && type.is_signed &&
          sign_extend(static_cast<std::uint64_t>(value), type.width) == value) {
        return static_cast<std::uint64_t>(value) & mask_of(type.width);
      }
    } else {
      std::uint64_t value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc() && stop == end && value <= mask_of(type.width)) return value;
    }
  }
  errors_.fail(at, "this is not a value of type " + type_text(m_, type));
  return 0;
}

base::Span Parser::take_place(Form& form, base::Span outer) {
  if (!form.next_is_place()) return outer;
  const Sexpr& item = form.take();
  std::string_view text = item.text;
  text.remove_prefix(1);
  std::uint64_t parts[3] = {};  // file, begin, length
  const auto number = [&](std::uint64_t& out) {
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return true;
  };
  bool ok = number(parts[1]);
  bool absolute = false;
  if (ok && text.starts_with(':')) {
    absolute = true;
    text.remove_prefix(1);
    parts[0] = parts[1];
    ok = number(parts[1]);
  }
  ok = ok && text.starts_with('+');
  if (ok) {
    text.remove_prefix(1);
    ok = number(parts[2]) && text.empty();
  }
  constexpr std::uint64_t kMax = 0xffffffff;
  if (ok && !absolute) {
    ok = origin_.has_place() && parts[1] <= kMax;
    parts[0] = static_cast<std::uint32_t>(origin_.file);
    parts[1] += origin_.begin;
  }
  if (!ok || parts[0] >= kMax || parts[1] > kMax || parts[2] > kMax - parts[1]) {
    errors_.fail(item, "this is not a place: @begin+length or @file:begin+length");
    return outer;
  }
  return {base::FileId{static_cast<std::uint32_t>(parts[0])}, static_cast<std::uint32_t>(parts[1]),
          static_cast<std::uint32_t>(parts[1] + parts[2])};
}

Citation Parser::take_cite(Form& form) {
  Citation cite;
  if (!form.next_is("cite")) return cite;
  Form inner(form.take(), errors_);
  inner.take();
  cite.evidence = static_cast<Evidence>(take_choice(inner, kEvidenceWords));
  cite.function = inner.take_text();
  if (!inner.at_end()) cite.note = inner.take_text();
  inner.finish();
  return cite;
}

std::vector<Local> Parser::take_locals(Form& form) {
  std::vector<Local> locals;
  locals_.clear();
  types_.clear();
  if (!form.next_is("locals")) return locals;
  Form inner(form.take(), errors_);
  inner.take();
  while (!inner.at_end()) {
    const Sexpr& item = inner.take();
    Form one(item, errors_);
    const std::string text = one.take_word();
    Local local;
    local.type = take_type(one);
    local.name = text.substr(0, text.find('#'));
    if (!one.at_end()) local.name = one.take_text();
    one.finish();
    declare(locals_, item, text, locals.size());
    types_.push_back(local.type);
    locals.push_back(std::move(local));
  }
  return locals;
}

std::vector<VarId> Parser::take_vars(Form& form, std::string_view head, bool allow_none) {
  std::vector<VarId> vars;
  if (!form.next_is(head)) return vars;
  Form inner(form.take(), errors_);
  inner.take();
  while (!inner.at_end()) {
    if (allow_none && inner.accept("_")) {
      vars.push_back(kNoId);
    } else {
      vars.push_back(take_var(inner));
    }
  }
  return vars;
}

// ---- Expressions --------------------------------------------------------------------------------

ExprId Parser::leaf(const Sexpr& form, base::Span outer) {
  const std::string& text = form.text;
  if (form.kind != Sexpr::Kind::kWord) {
    errors_.fail(form, "an expression is expected here");
    return node(Op::kConst, bool_type(), {}, outer);
  }
  if (text == "true" || text == "false") {
    return node(Op::kConst, bool_type(), {}, outer, text == "true" ? 1 : 0);
  }
  if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
    const Type type = type_named(form, std::string_view(text).substr(colon + 1));
    const std::string_view value = std::string_view(text).substr(0, colon);
    if (type.optional) {
      if (value != "none") errors_.fail(form, "a constant of an optional type can only be none");
      return node(Op::kNone, type, {}, outer);
    }
    return node(Op::kConst, type, {}, outer, bits_of(form, type, value));
  }
  const VarId id = var_named(form, text);
  return node(Op::kVar, type_of_var(id), {}, outer, 0, id);
}

ExprId Parser::expr(const Sexpr& sexpr, base::Span outer) {
  if (!sexpr.is_list()) return leaf(sexpr, outer);
  Form form(sexpr, errors_);
  std::string head = form.take_word();
  const auto bad = [&] { return node(Op::kConst, bool_type(), {}, outer); };
  if (errors_.failed()) return bad();

  if (sexpr.kind == Sexpr::Kind::kSquare) {
    const bool primed = head.ends_with('\'');
    if (primed) head.pop_back();
    const base::Span span = take_place(form, outer);
    const StateId id = find(states_, "state", sexpr, head);
    std::vector<ExprId> keys = take_exprs(form, span);
    if (id == kNoId) return bad();
    return node(Op::kState, m_.states[id].type, std::move(keys), span, primed ? 1 : 0, id);
  }

  const bool primed_live = head == "live'";
  const auto row = std::find_if(kOpInfo.begin(), kOpInfo.end(), [&](const OpInfo& op) {
    return op.text == (primed_live ? "live" : std::string_view(head));
  });
  if (row == kOpInfo.end()) {
    errors_.unknown(sexpr, "operation", head);
    return bad();
  }
  const Op op = row->op;
  base::Span span = outer;
  std::uint32_t ref = kNoId, binders = kNoId;
  Type type = bool_type();
  switch (op) {
    case Op::kParam:
      ref = take_ref(form, params_, "parameter");
      if (ref != kNoId) type = m_.params[ref].type;
      span = take_place(form, outer);
      break;
    case Op::kCall:
      ref = take_ref(form, fns_, "function");
      // Functions are read in order, so an earlier one has its value by now.
      if (ref != kNoId) {
        const ExprId value = m_.fns[ref].expr;
        if (value == kNoId) {
          errors_.fail(sexpr, "a function may only call earlier ones");
        } else {
          type = m_.exprs[value].type;
        }
      }
      span = take_place(form, outer);
      break;
    case Op::kExit: {
      const std::string label = form.take_name();
      if (form.accept("procedure")) {
        const ProcId proc = take_ref(form, procs_, "procedure");
        ref = find_clause(sexpr, label, kNoId, proc);
      } else {
        const ActionId owner = take_ref(form, actions_, "action");
        ref = find_clause(sexpr, label, owner, kNoId);
      }
      span = take_place(form, outer);
      break;
    }
    case Op::kResult:
      span = take_place(form, outer);
      if (m_.enums.empty()) {
        errors_.fail(sexpr, "there is no enum of results");
      } else {
        type = enum_type(m_, kErrnoEnum);
      }
      break;
    case Op::kCast:
      type = take_type(form);
      span = take_place(form, outer);
      break;
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: {
      span = take_place(form, outer);
      std::vector<Binder> list = take_binders(form, span);
      if (op == Op::kFirst && !list.empty()) type = optional_of(list.front().type);
      m_.binder_lists.push_back(std::move(list));
      binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
      break;
    }
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kState: errors_.fail(sexpr, "'" + head + "' is not written in this way"); return bad();
    case Op::kLive:
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
    case Op::kUnwrap: span = take_place(form, outer); break;
  }
  std::vector<ExprId> args = take_exprs(form, span);
  if (errors_.failed()) return bad();
  if (row->arity >= 0 && args.size() != static_cast<std::size_t>(row->arity)) {
    errors_.fail(sexpr, "'" + head + "' takes " + std::to_string(row->arity) + " operands, not " +
                            std::to_string(args.size()));
    return bad();
  }
  switch (op) {
    case Op::kLive: ref = build_.type_of(args[0]).decl; break;
    case Op::kIte: type = build_.type_of(args[1]); break;
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
    case Op::kBitNot: type = build_.type_of(args[0]); break;
    case Op::kSome: type = optional_of(build_.type_of(args[0])); break;
    case Op::kUnwrap: type = value_of(build_.type_of(args[0])); break;
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kParam:
    case Op::kState:
    case Op::kCall:
    case Op::kResult:
    case Op::kExit:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies:
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kCast:
    case Op::kIsSome:
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: break;
  }
  return node(op, type, std::move(args), span, primed_live ? 1 : 0, ref, binders);
}

Binder Parser::take_binder(Form& form, base::Span outer) {
  Form one(form.take(), errors_);
  Binder binder;
  binder.var = take_var(one);
  binder.type = type_of_var(binder.var);
  if (!one.at_end()) {
    binder.lo = take_expr(one, outer);
    binder.hi = take_expr(one, outer);
  }
  one.finish();
  return binder;
}

std::vector<Binder> Parser::take_binders(Form& form, base::Span outer) {
  Form items(form.take(), errors_);
  std::vector<Binder> binders;
  while (!items.at_end())
    binders.push_back(take_binder(items, outer));
  return binders;
}

ClauseId Parser::find_clause(const Sexpr& at, const std::string& label, ActionId action,
                             ProcId proc) {
  const std::string key = action != kNoId ? "a" + std::to_string(action) + "." + label
                                          : "p" + std::to_string(proc) + "." + label;
  return find(clauses_, "clause", at, key) == kNoId ? kNoId : clauses_.at(key);
}

// ---- Statements ---------------------------------------------------------------------------------

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

}  // namespace

std::optional<Module> parse(std::string_view text, base::FileId file, base::DiagSink& sink) {
  const auto forms = read_sexprs(text, file, sink);
  if (!forms) return std::nullopt;
  return Parser(*forms, sink).run();
}

}  // namespace gms::ir
