// The writer of .gir text, split over print*.cpp: what they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/text/print.h"
#include "ir/text/sexpr.h"
#include "ir/text/words.h"
#include "ir/type.h"

namespace gms::ir {

using Items = std::vector<Sexpr>;

// A name, quoted if it does not look like one.
inline Sexpr name_of(const std::string& name) {
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

}  // namespace gms::ir
