// The parser's complaints in human words, with hints. Sees ANTLR; for gen/syntax only.
#pragma once

#include <exception>
#include <set>
#include <string>

#include "GmsParser.h"
#include "antlr4-runtime.h"
#include "base/diagnostic.h"
#include "gen/syntax/tokens.h"

namespace gms::gen {

class ErrorReporter : public antlr4::BaseErrorListener {
 public:
  ErrorReporter(const Places& places, base::DiagSink& sink, const TokenList& list, bool is_part)
      : places_(places),
        sink_(sink),
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
  std::set<std::uint64_t> bad_lines_;
  bool unclosed_;
  bool is_part_;
};

}  // namespace gms::gen
