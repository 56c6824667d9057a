#include "gen/syntax/tokens.h"

#include <GmsLexer.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "gen/syntax/messages.h"
#include "gen/syntax/parse.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

using gms_grammar::GmsLexer;

struct Foreign {
  std::string_view text;
  std::size_t meant;  // token to go on with; 0: none
  std::string_view hint;
};
// What people write who come from other languages.
constexpr Foreign kForeign[] = {
    {"&&", GmsLexer::AND, "write `and`"},
    {"||", GmsLexer::OR, "write `or`"},
    {":=", GmsLexer::ASSIGN, "assignments are written with `=`"},
    {"=>", GmsLexer::IMPLIES, "write `implies`"},
    {"<=>", GmsLexer::EQ, "of two bools, write `==`"},
    {"<->", GmsLexer::EQ, "of two bools, write `==`"},
    {"...", GmsLexer::UPTO, "a range that excludes its end is written `lo ..< hi`"},
    {"..=", GmsLexer::UPTO, "a range that excludes its end is written `lo ..< hi`"},
    {"..", GmsLexer::UPTO, "a range that excludes its end is written `lo ..< hi`"},
    {"++", 0, "write `x = x + 1`"},
    {"--", 0, "write `x = x - 1`, or `-(-x)`"},
    {"+=", GmsLexer::ASSIGN, "write `x = x + ..`"},
    {"-=", GmsLexer::ASSIGN, "write `x = x - ..`"},
    {"|=", GmsLexer::ASSIGN, "write `x = x | ..`"},
    {"&=", GmsLexer::ASSIGN, "write `x = x & ..`"},
    {"/*", 0, "comments start with `//` and end with the line"},
    {"*/", 0, "comments start with `//` and end with the line"},
    {"===", GmsLexer::EQ, "write `==`"},
    {"!==", GmsLexer::NE, "write `!=`"},
    {"<>", GmsLexer::NE, "write `!=`"},
};

Foreign foreign(std::string_view text) {
  for (const Foreign& one : kForeign) {
    if (one.text == text) return one;
  }
  return {};
}

enum class Weight { kNone, kOperator, kReset };

// An operator may make the tree one level deeper; a reserved word that starts something new ends
// all that came before on its level of brackets. Only words that can never be names reset: others
// could stand between the operators of one long expression.
Weight weight(std::size_t type) {
  switch (type) {
    case GmsLexer::BANG:
    case GmsLexer::DOT:
    case GmsLexer::MINUS:
    case GmsLexer::TILDE:
    case GmsLexer::STAR:
    case GmsLexer::SLASH:
    case GmsLexer::PERCENT:
    case GmsLexer::PLUS:
    case GmsLexer::SHL:
    case GmsLexer::SHR:
    case GmsLexer::AMP:
    case GmsLexer::CARET:
    case GmsLexer::PIPE:
    case GmsLexer::UPTO:
    case GmsLexer::EQ:
    case GmsLexer::NE:
    case GmsLexer::LT:
    case GmsLexer::GT:
    case GmsLexer::LE:
    case GmsLexer::GE:
    case GmsLexer::IN:
    case GmsLexer::NOT:
    case GmsLexer::AND:
    case GmsLexer::OR:
    case GmsLexer::IMPLIES:
    case GmsLexer::IF:
    case GmsLexer::ELSE:
    case GmsLexer::ALL:
    case GmsLexer::SOME:
    case GmsLexer::FIRST: return Weight::kOperator;
    case GmsLexer::FAIL:
    case GmsLexer::SUCCEED:
    case GmsLexer::LET:
    case GmsLexer::RETURN:
    case GmsLexer::REQUIRE:
    case GmsLexer::CHOOSE:
    case GmsLexer::CREATE:
    case GmsLexer::DESTROY:
    case GmsLexer::ACQUIRE:
    case GmsLexer::RELEASE:
    case GmsLexer::RETRY:
    case GmsLexer::ASSIGN:
    case GmsLexer::CONST:
    case GmsLexer::ENUM:
    case GmsLexer::FN:
    case GmsLexer::PROCEDURE:
    case GmsLexer::ACTION:
    case GmsLexer::INVARIANT:
    case GmsLexer::PROPERTY: return Weight::kReset;
    default: return Weight::kNone;  // of about 130 kinds; ANTLR's are no enum
  }
}

// Words that start something new when a name follows; two names never stand side by side within an
// expression.
bool starts_before_name(std::size_t type) {
  switch (type) {
    case GmsLexer::AWAIT:
    case GmsLexer::CALL:
    case GmsLexer::COVER:
    case GmsLexer::DOMAIN:
    case GmsLexer::EACH:
    case GmsLexer::EVENT:
    case GmsLexer::FLAGS:
    case GmsLexer::INDEX:
    case GmsLexer::LAW:
    case GmsLexer::LEMMA:
    case GmsLexer::PARAM:
    case GmsLexer::SCAN:
    case GmsLexer::STATE:
    case GmsLexer::STEP:
    case GmsLexer::UPDATE: return true;
    default: return false;
  }
}

// Brackets, and a bound on the depth of the tree that the parser will make.
class NestingCheck {
 public:
  NestingCheck(const Places& places, base::DiagSink& sink, TokenList& list)
      : places_(places), sink_(sink), list_(list) {}

  // False: too deep, told.
  bool token(const antlr4::Token* token, std::size_t next_type) {
    switch (token->getType()) {
      case GmsLexer::LBRACE: return open(token, GmsLexer::RBRACE);
      case GmsLexer::LBRACK: return open(token, GmsLexer::RBRACK);
      case GmsLexer::LPAREN: return open(token, GmsLexer::RPAREN);
      case GmsLexer::RBRACE:
      case GmsLexer::RBRACK:
      case GmsLexer::RPAREN: close(token, next_type); return true;
      default: break;
    }
    if (next_type == GmsLexer::ID && starts_before_name(token->getType())) set_operators(0);
    switch (weight(token->getType())) {
      case Weight::kNone: return true;
      case Weight::kReset: set_operators(0); return true;
      case Weight::kOperator:
        set_operators(levels_.back().operators + 1);
        if (depth_ + levels_.size() <= kMaxDepth) return true;
        sink_.report(diag::expression_too_long, places_.span(token), kMaxDepth)
            .with_hint("split it into `let`s or functions");
        return false;
    }
    return true;
  }

  void end() {
    if (levels_.size() <= 1) return;
    // The outermost: when a bracket is missing further in, the ones around it shift.
    const Level& level = levels_[1];
    const base::Span where = places_.span(level.token);
    sink_.report(diag::unclosed_bracket, where, places_.text(where));
    list_.bad_lines.insert(places_.line(where));
    list_.unclosed = true;
  }

 private:
  struct Level {
    const antlr4::Token* token = nullptr;
    std::size_t closer = 0;
    std::size_t operators = 0;
  };

  bool open(const antlr4::Token* token, std::size_t closer) {
    levels_.push_back({token, closer, 0});
    if (levels_.size() - 1 > kMaxNesting) {
      sink_.report(diag::nested_too_deep, places_.span(token), kMaxNesting)
          .with_hint("split it into functions or procedures");
      return false;
    }
    if (depth_ + levels_.size() > kMaxDepth) {
      sink_.report(diag::expression_too_long, places_.span(token), kMaxDepth)
          .with_hint("split it into `let`s or functions");
      return false;
    }
    return true;
  }

  void close(const antlr4::Token* token, std::size_t next_type) {
    if (levels_.size() == 1) return;  // the parser says what it expected
    const Level level = levels_.back();
    if (level.closer != token->getType()) {
      const base::Span where = places_.span(token);
      const base::Span opener = places_.span(level.token);
      sink_.report(diag::wrong_bracket, where, places_.text(where), places_.text(opener))
          .note(opener, "opened here");
      list_.bad_lines.insert(places_.line(where));
      // If it closes one further out, those in between were left open; else it is one too many.
      std::size_t open = levels_.size() - 1;
      while (open > 0 && levels_[open].closer != token->getType())
        --open;
      if (open == 0) return;
      while (levels_.size() - 1 > open)
        pop();
    }
    pop();
    if (token->getType() == GmsLexer::RBRACE && next_type != GmsLexer::ELSE) set_operators(0);
  }

  void pop() {
    set_operators(0);
    levels_.pop_back();
  }

  void set_operators(std::size_t count) {
    depth_ = depth_ - levels_.back().operators + count;
    levels_.back().operators = count;
  }

  const Places& places_;
  base::DiagSink& sink_;
  TokenList& list_;
  std::vector<Level> levels_ = {{}};  // the first is the file
  std::size_t depth_ = 0;             // all levels' operators
};

// The first character of `where`.
base::Diagnostic& report_character(const Places& places, base::Span where, base::DiagSink& sink) {
  const std::string_view text = places.text(where);
  const std::size_t length = text.empty() ? 0 : base::decode_utf8(text, 0).length;
  where.end = where.begin + static_cast<std::uint32_t>(length);
  return sink.report(diag::bad_character, where,
                     "'" + base::printable(text.substr(0, length)) + "'");
}

void report_bad_character(const Places& places, base::Span where, base::DiagSink& sink) {
  const std::string_view text = places.text(where);
  base::Diagnostic& diagnostic = report_character(places, where, sink);
  if (text == ";") {
    diagnostic.with_hint("nothing separates statements or declarations");
  } else if (text == std::string_view("\0", 1)) {
    diagnostic.with_hint("a spec is text; this looks like a binary file");
  } else if (text == "@") {
    diagnostic.with_hint("a clause's label stands before it: `name: fail EINVAL if ..`");
  } else if (text == "`") {
    diagnostic.with_hint("a state after the action is marked with a plain '");
  } else if (text == "#") {
    diagnostic.with_hint("comments start with `//`");
  }
}

// A run of letters and characters beyond ASCII.
void report_bad_name(const Places& places, base::Span where, base::DiagSink& sink) {
  while (!places.text(where).empty() && static_cast<unsigned char>(places.text(where)[0]) < 0x80) {
    ++where.begin;
  }
  const std::string_view text = places.text(where);
  base::Diagnostic& diagnostic = report_character(places, where, sink);
  if (text.starts_with("\xe2\x80\x99") || text.starts_with("\xe2\x80\xb2")) {
    diagnostic.with_hint("a state after the action is marked with a plain '");
  } else if (text.starts_with("\xe2\x80\x9c") || text.starts_with("\xe2\x80\x9d")) {
    diagnostic.with_hint("strings are written in plain double quotes");
  } else if (text.starts_with("\xc2\xa0")) {
    diagnostic.with_hint("this is a no-break space; write a plain one");
  } else {
    diagnostic.with_hint("names are made of ASCII letters, digits and `_`");
  }
}

}  // namespace

base::Span Places::span(const antlr4::Token* token) const {
  return span(token, token);
}

base::Span Places::span(const antlr4::Token* first, const antlr4::Token* last) const {
  const std::uint32_t begin = text_.byte_offset(first->getStartIndex());
  if (last->getType() == antlr4::Token::EOF && last == first) return {file_, begin, begin};
  const std::uint32_t end = text_.byte_offset(last->getStopIndex() + 1);
  return {file_, begin, end < begin ? begin : end};
}

TokenList check_tokens(antlr4::TokenSource& lexer, const Places& places, base::DiagSink& sink) {
  TokenList list;
  for (bool at_end = false; !at_end;) {
    std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    const base::Span where = places.span(token.get());
    auto* writable = static_cast<antlr4::WritableToken*>(token.get());
    bool keep = true;
    switch (token->getType()) {
      case antlr4::Token::EOF: at_end = true; break;
      case GmsLexer::BAD_STRING:
        sink.report(diag::unterminated_string, where);
        writable->setType(GmsLexer::STRING);
        list.bad_lines.insert(places.line(where));
        break;
      case GmsLexer::BAD_NUMBER:
        sink.report(diag::bad_number, where, base::printable(places.text(where)))
            .with_hint("numbers are 123, 1_000 or 0x1f; names do not start with a digit");
        writable->setType(GmsLexer::ID);
        list.bad_lines.insert(places.line(where));
        break;
      case GmsLexer::BAD_TOKEN: {
        const Foreign known = foreign(places.text(where));
        sink.report(diag::foreign_operator, where, places.text(where))
            .with_hint(std::string(known.hint));
        list.bad_lines.insert(places.line(where));
        keep = known.meant != 0;
        if (keep) writable->setType(known.meant);
        break;
      }
      case GmsLexer::BAD_NAME:
        report_bad_name(places, where, sink);
        list.bad_lines.insert(places.line(where));
        writable->setType(GmsLexer::ID);
        break;
      case GmsLexer::BAD_CHAR:
        report_bad_character(places, where, sink);
        list.bad_lines.insert(places.line(where));
        keep = false;
        break;
      default: break;
    }
    if (keep) list.tokens.push_back(std::move(token));
  }

  NestingCheck nesting(places, sink, list);
  for (std::size_t i = 0; i + 1 < list.tokens.size(); ++i) {
    if (!nesting.token(list.tokens[i].get(), list.tokens[i + 1]->getType())) {
      list.too_deep = true;
      return list;
    }
  }
  nesting.end();
  return list;
}

}  // namespace gms::gen
