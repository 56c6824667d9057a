// Nested lists of words: the outer form of .gir text. Knows nothing of the IR.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace gms::ir {

/// `word`, `"text"`, `(list ...)` or `[list ...]`. Comments run from `;` to the end of the line.
struct Sexpr {
  enum class Kind : std::uint8_t { kWord, kText, kRound, kSquare };
  Kind kind = Kind::kWord;
  std::string text;          // kWord, kText: without quotes and escapes
  std::vector<Sexpr> items;  // kRound, kSquare
  base::Span span;           // in the .gir text

  bool is_list() const { return kind == Kind::kRound || kind == Kind::kSquare; }
};

Sexpr word(std::string text);
Sexpr text_of(std::string text);  // quoted
Sexpr list(std::vector<Sexpr> items);

/// Lists nested deeper are refused; what reads the result may recurse.
inline constexpr int kMaxNesting = 1000;

/// All forms of a text; empty after an error, which has been reported.
std::optional<std::vector<Sexpr>> read_sexprs(std::string_view text, base::FileId file,
                                              base::DiagSink& sink);

/// Appends the form, and a line end. A list that does not fit on one line has one line for each
/// item after its head, indented by two.
void write_sexpr(const Sexpr& form, std::string& out);

}  // namespace gms::ir
