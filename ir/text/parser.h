// The reader of .gir text, split over parse*.cpp: what they share.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/build.h"
#include "ir/text/form.h"

namespace gms::ir {

using Names = std::unordered_map<std::string, std::uint32_t>;

class Parser {
 public:
  Parser(const std::vector<Sexpr>& forms, base::DiagSink& sink, std::uint32_t first_source)
      : forms_(forms), errors_(sink), build_(m_), first_source_(first_source) {}

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
  Racer racer(Form& outer, base::Span here);
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
  std::uint32_t first_source_;
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

}  // namespace gms::ir
