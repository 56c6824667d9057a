// Tokens of a checked text, with everything found wrong that can be seen on tokens alone:
// characters of no token, unclosed strings and brackets, nesting. Sees ANTLR; for gen/syntax only.
#pragma once

#include <antlr4-runtime.h>
#include <memory>
#include <set>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "gen/syntax/check_text.h"

namespace gms::gen {

// Where tokens stand in the file.
class Places {
 public:
  Places(base::FileId file, const base::SourceSet& sources, const CheckedText& text)
      : file_(file), sources_(sources), text_(text) {}

  base::Span span(const antlr4::Token* token) const;
  base::Span span(const antlr4::Token* first, const antlr4::Token* last) const;
  std::string_view text(base::Span span) const { return sources_.text(span); }
  std::uint64_t line(base::Span span) const {
    return sources_.file(file_).position(span.begin).line;
  }

 private:
  base::FileId file_;
  const base::SourceSet& sources_;
  const CheckedText& text_;
};

struct TokenList {
  std::vector<std::unique_ptr<antlr4::Token>>
      tokens;  // the last is EOF; none that the parser does not know
  std::set<std::uint64_t>
      bad_lines;          // have a message already: what the parser finds there is its echo
  bool unclosed = false;  // told that a bracket is never closed
  bool too_deep = false;  // told; not to be parsed
};

TokenList check_tokens(antlr4::TokenSource& lexer, const Places& places, base::DiagSink& sink);

}  // namespace gms::gen
