#include "gen/syntax/parse.h"

#include <GmsLexer.h>
#include <GmsParser.h>
#include <antlr4-runtime.h>
#include <cctype>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "gen/syntax/build_ast.h"
#include "gen/syntax/check_text.h"
#include "gen/syntax/error_text.h"
#include "gen/syntax/messages.h"
#include "gen/syntax/tokens.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

using gms_grammar::GmsLexer;
using gms_grammar::GmsParser;

// ANTLR's own strategy drops or invents a token and continues in the middle of an expression; then
// the depth counted on tokens (gen/syntax/tokens.cpp) would no longer bound the parser's recursion,
// and the next message is an echo. This one gives the construct up, and goes on behind it.
class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  explicit Recovery(PassedOver& passed) : passed_(passed) {}

  void sync(antlr4::Parser* parser) override {
    const auto index = static_cast<std::size_t>(parser->getTokenStream()->index());
    if (index != passed_.token) {
      const antlr4::atn::ATN& atn = parser->getATN();
      const antlr4::misc::IntervalSet& next = atn.nextTokens(atn.states[parser->getState()]);
      const std::size_t kind = parser->getTokenStream()->LA(1);
      if (next.contains(antlr4::Token::EPSILON) && !next.contains(kind)) {
        const antlr4::misc::IntervalSet expected = parser->getExpectedTokens();
        if (!expected.contains(kind)) passed_ = {index, expected};
      }
    }
    DefaultErrorStrategy::sync(parser);
  }

 protected:
  bool singleTokenInsertion(antlr4::Parser* /*parser*/) override { return false; }
  antlr4::Token* singleTokenDeletion(antlr4::Parser* /*parser*/) override { return nullptr; }

  // A block that is passed over is passed over as a whole: its '}' closes nothing else.
  void consumeUntil(antlr4::Parser* parser, const antlr4::misc::IntervalSet& set) override {
    std::size_t depth = 0;
    for (;;) {
      const std::size_t kind = parser->getTokenStream()->LA(1);
      if (kind == antlr4::Token::EOF) return;
      if (depth == 0 && set.contains(kind) && may_start(*parser)) return;
      if (kind == GmsLexer::LBRACE) ++depth;
      if (kind == GmsLexer::RBRACE && depth > 0) --depth;
      parser->consume();
    }
  }

 private:
  // Nearly every word can start a statement; one in the middle of a line rarely does.
  static bool may_start(antlr4::Parser& parser) {
    auto* stream = parser.getTokenStream();
    const antlr4::Token* token = stream->LT(1);
    const std::string text = token->getText();
    const bool word = text[0] == '_' || std::isalpha(static_cast<unsigned char>(text[0])) != 0;
    return !word || stream->index() == 0 || stream->LT(-1)->getLine() != token->getLine();
  }

  PassedOver& passed_;
};

// Runs `build` on the tree that `rule` makes of the file, if nothing was wrong with it.
template <typename Context, typename Result>
std::optional<Result> parse(base::FileId file, const base::SourceSet& sources, base::DiagSink& sink,
                            Context* (GmsParser::*rule)(), bool is_part,
                            const std::function<Result(AstBuilder&, Context*)>& build) {
  const std::size_t errors_before = sink.error_count();
  const std::optional<CheckedText> checked = check_text(file, sources, sink);
  if (!checked) return std::nullopt;
  const Places places(file, sources, *checked);

  antlr4::ANTLRInputStream characters(checked->text);
  GmsLexer lexer(&characters);
  lexer.removeErrorListeners();
  TokenList list = check_tokens(lexer, places, sink);
  if (list.too_deep) return std::nullopt;
  if (list.tokens.size() == 1) {
    if (sink.error_count() == errors_before) {
      sink.report(diag::empty_file, base::Span{file, 0, 0})
          .with_hint(is_part ? "an included file has at least one declaration"
                             : "a spec starts with `spec NAME`");
    }
    return std::nullopt;
  }

  PassedOver passed;
  ErrorReporter reporter(places, sink, list, passed, is_part);
  antlr4::ListTokenSource source(std::move(list.tokens), std::string());
  antlr4::CommonTokenStream stream(&source);
  GmsParser parser(&stream);
  parser.removeErrorListeners();
  auto* simulator = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();

  // SLL prediction is much faster and, when it succeeds, right. When it fails, full LL decides
  // whether the text is wrong, and where.
  Context* tree = nullptr;
  try {
    simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
    parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
    tree = (parser.*rule)();
  } catch (const antlr4::ParseCancellationException&) {
    tree = nullptr;
  }
  if (tree == nullptr) {
    parser.reset();
    simulator->setPredictionMode(antlr4::atn::PredictionMode::LL);
    parser.setErrorHandler(std::make_shared<Recovery>(passed));
    parser.addErrorListener(&reporter);
    tree = (parser.*rule)();
    if (parser.getNumberOfSyntaxErrors() > 0) return std::nullopt;
  }

  AstBuilder builder(places, sink);
  Result result = build(builder, tree);
  if (sink.error_count() != errors_before) return std::nullopt;
  return result;
}

}  // namespace

std::optional<ast::File> parse_spec(base::FileId file, const base::SourceSet& sources,
                                    base::DiagSink& sink) {
  return parse<GmsParser::FileContext, ast::File>(
      file, sources, sink, &GmsParser::file, false,
      [](AstBuilder& builder, GmsParser::FileContext* tree) { return builder.file(tree); });
}

std::optional<std::vector<ast::Item>> parse_part(base::FileId file, const base::SourceSet& sources,
                                                 base::DiagSink& sink) {
  return parse<GmsParser::PartContext, std::vector<ast::Item>>(
      file, sources, sink, &GmsParser::part, true,
      [](AstBuilder& builder, GmsParser::PartContext* tree) {
        return builder.items(tree->item());
      });
}

}  // namespace gms::gen
