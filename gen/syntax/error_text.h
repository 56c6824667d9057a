// The parser's complaints in human words, with hints. Sees ANTLR; for gen/syntax only.
#pragma once

#include <GmsParser.h>
#include <antlr4-runtime.h>
#include <exception>
#include <set>
#include <string>

#include "base/diagnostic.h"
#include "gen/syntax/tokens.h"

namespace gms::gen {

// What the parser could have gone on with when it first met a token that did not fit and left
// optional parts out to look for one that did: after `x` of `if x = 3` also all operators.
struct PassedOver {
  std::size_t token = antlr4::Token::EOF;  // its index
  antlr4::misc::IntervalSet expected;
};

class ErrorReporter : public antlr4::BaseErrorListener {
 public:
  ErrorReporter(const Places& places, base::DiagSink& sink, const TokenList& list,
                const PassedOver& passed, bool is_part)
      : places_(places),
        sink_(sink),
        passed_(passed),
        bad_lines_(list.bad_lines),
        unclosed_(list.unclosed),
        is_part_(is_part) {}

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* found, std::size_t line,
                   std::size_t column, const std::string& message,
                   std::exception_ptr error) override;

 private:
  void add_hint(base::Diagnostic& diagnostic, gms_grammar::GmsParser& parser,
                const antlr4::Token* found, const std::set<std::size_t>& expected);

  const Places& places_;
  base::DiagSink& sink_;
  const PassedOver& passed_;
  std::set<std::uint64_t> bad_lines_;
  bool unclosed_;
  bool is_part_;
};

}  // namespace gms::gen
