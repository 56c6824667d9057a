#include "gen/syntax/error_text.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "gen/syntax/messages.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

using gms_grammar::GmsParser;
using Kinds = std::set<std::size_t>;

Kinds to_kinds(const antlr4::misc::IntervalSet& set) {
  Kinds kinds;
  for (const antlr4::misc::Interval& interval : set.getIntervals()) {
    for (ssize_t kind = interval.a; kind <= interval.b; ++kind) {
      const auto unsigned_kind = static_cast<std::size_t>(kind);
      if (unsigned_kind != antlr4::Token::EPSILON) kinds.insert(unsigned_kind);
    }
  }
  return kinds;
}

// What the rule may start with.
Kinds starts(const GmsParser& parser, std::size_t rule) {
  const antlr4::atn::ATN& atn = parser.getATN();
  return to_kinds(atn.nextTokens(atn.ruleToStartState[rule]));
}

bool contains(const Kinds& all, const Kinds& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool is_word(std::string_view text) {
  return !text.empty() && (text[0] == '_' || (text[0] | 0x20) >= 'a') && (text[0] | 0x20) <= 'z';
}

// The literal without ANTLR's quotes; empty for kinds without one.
std::string literal(const GmsParser& parser, std::size_t kind) {
  std::string quoted = parser.getVocabulary().getLiteralName(kind);
  if (quoted.size() < 3) return {};
  quoted = quoted.substr(1, quoted.size() - 2);
  return quoted == "\\'" ? "'" : quoted;
}

std::string kind_name(const GmsParser& parser, std::size_t kind) {
  switch (kind) {
    case antlr4::Token::EOF: return "the end of the file";
    case GmsParser::ID: return "a name";
    case GmsParser::INT: return "a number";
    case GmsParser::STRING: return "a string in double quotes";
    default: return "'" + literal(parser, kind) + "'";
  }
}

const Kinds& operators() {
  static const Kinds kinds = {
      GmsParser::BANG, GmsParser::DOT,   GmsParser::STAR, GmsParser::SLASH,  GmsParser::PERCENT,
      GmsParser::PLUS, GmsParser::MINUS, GmsParser::SHL,  GmsParser::SHR,    GmsParser::AMP,
      GmsParser::PIPE, GmsParser::CARET, GmsParser::UPTO, GmsParser::EQ,     GmsParser::NE,
      GmsParser::LT,   GmsParser::GT,    GmsParser::LE,   GmsParser::GE,     GmsParser::IN,
      GmsParser::NOT,  GmsParser::AND,   GmsParser::OR,   GmsParser::IMPLIES};
  return kinds;
}

// "an expression, ')' or ','". Whole groups of tokens are named by what they start.
std::string describe(const GmsParser& parser, const Kinds& expected) {
  struct Group {
    Kinds kinds;
    std::string_view name;
  };
  const Group groups[] = {
      {starts(parser, GmsParser::RuleItemBody), "a declaration"},
      {starts(parser, GmsParser::RuleStmtBody), "a statement"},
      {starts(parser, GmsParser::RuleExpr), "an expression"},
      {operators(), "an operator"},
      {starts(parser, GmsParser::RuleName), "a name"},
  };
  Kinds rest = expected;
  rest.erase(GmsParser::DOC);
  std::vector<std::string> words;
  for (const Group& group : groups) {
    if (!contains(expected, group.kinds)) continue;
    // A name that only a larger group brought in is no choice of its own.
    const bool news = std::any_of(group.kinds.begin(), group.kinds.end(),
                                  [&rest](std::size_t kind) { return rest.count(kind) > 0; });
    for (const std::size_t kind : group.kinds)
      rest.erase(kind);
    if (news) words.emplace_back(group.name);
  }
  // After a name these are possible nearly everywhere, and help nobody.
  if (contains(expected, operators())) {
    rest.erase(GmsParser::LBRACK);
    rest.erase(GmsParser::LPAREN);
  }
  if (expected.size() > 5) {
    for (const std::size_t kind : {GmsParser::PRIME, GmsParser::BANG, GmsParser::DOT})
      rest.erase(kind);
  }
  constexpr std::size_t kMostWords = 6;
  for (const std::size_t kind : rest) {
    if (words.size() < kMostWords) words.push_back(kind_name(parser, kind));
  }
  if (words.empty()) return "something else";
  std::string text = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += (i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return text;
}

std::string_view rule_word(std::size_t rule) {
  switch (rule) {
    case GmsParser::RuleExpr:
    case GmsParser::RulePrimary: return "expression";
    case GmsParser::RuleStmt:
    case GmsParser::RuleStmtBody:
    case GmsParser::RuleExitClause: return "statement";
    case GmsParser::RuleEditBody: return "edit";
    case GmsParser::RuleItem:
    case GmsParser::RuleItemBody: return "declaration";
    case GmsParser::RuleType: return "type";
    case GmsParser::RuleField:
    case GmsParser::RuleFieldType: return "field";
    case GmsParser::RuleArg: return "argument";
    default: return "construct";
  }
}

bool inside(const antlr4::RuleContext* context, std::initializer_list<std::size_t> rules) {
  for (; context != nullptr; context = dynamic_cast<const antlr4::RuleContext*>(context->parent)) {
    if (std::find(rules.begin(), rules.end(), context->getRuleIndex()) != rules.end()) return true;
  }
  return false;
}

// A word that starts a declaration and is no name.
bool starts_item(std::size_t kind) {
  return kind == GmsParser::ACTION || kind == GmsParser::CONST || kind == GmsParser::ENUM ||
         kind == GmsParser::FN || kind == GmsParser::INVARIANT || kind == GmsParser::PROCEDURE ||
         kind == GmsParser::PROPERTY || kind == GmsParser::STRUCT;
}

const antlr4::Token* before_in(GmsParser& parser, const antlr4::Token* token) {
  const std::size_t index = token->getTokenIndex();
  if (index == 0 || index >= parser.getTokenStream()->size()) return nullptr;
  return parser.getTokenStream()->get(index - 1);
}

struct WordHint {
  std::string_view word;
  std::string_view hint;
};
constexpr WordHint kWordHints[] = {
    {"forall", "write `all p in r : ..`"},
    {"exists", "write `some p in r : ..`"},
    {"elif", "write `else if`"},
    {"elsif", "write `else if`"},
    {"while", "there are no loops; see `for`, `each` and `scan`"},
    {"var", "names are bound with `let` and never change"},
    {"def", "write `fn` for a function, `action` or `procedure` for steps"},
    {"func", "write `fn`"},
    {"function", "write `fn`"},
    {"proc", "write `procedure`"},
    {"import", "write `include \"file.gms\"`, or `extends` in the first line"},
    {"assert", "write `require` in an action, or an `invariant`"},
    {"null", "write `none`"},
};

}  // namespace

void ErrorReporter::add_hint(base::Diagnostic& diagnostic, GmsParser& parser,
                             const antlr4::Token* found, const Kinds& expected) {
  const std::string_view text = places_.text(places_.span(found));
  const std::size_t kind = found->getType();
  const antlr4::Token* before = before_in(parser, found);
  const std::string_view text_before =
      before ? places_.text(places_.span(before)) : std::string_view{};
  for (const WordHint& hint : kWordHints) {
    if (hint.word == text || hint.word == text_before) {
      diagnostic.with_hint(std::string(hint.hint));
      return;
    }
  }
  if (is_part_ && kind == GmsParser::SPEC) {
    diagnostic.with_hint("an included file has no `spec` line; or use `extends`");
  } else if (expected.count(GmsParser::SPEC) > 0 && expected.count(GmsParser::STATE) == 0) {
    diagnostic.with_hint("a spec starts with `spec NAME`, or `spec NAME extends BASE`");
  } else if (kind == GmsParser::ASSIGN && expected.count(GmsParser::EQ) > 0) {
    diagnostic.with_hint("`==` compares; `=` assigns");
  } else if (kind == GmsParser::BANG) {
    diagnostic.with_hint("write `not`; a `!` after a value unwraps it");
  } else if (kind == GmsParser::EQ && expected.count(GmsParser::ASSIGN) > 0) {
    diagnostic.with_hint("`=` assigns; `==` compares");
  } else if (kind == GmsParser::LBRACE && expected.count(GmsParser::THEN) > 0 &&
             expected.count(GmsParser::ID) == 0) {
    diagnostic.with_hint("as a value, write `if c then a else b`");
  } else if (expected.count(GmsParser::RBRACE) > 0 && starts_item(kind)) {
    diagnostic.with_hint("is a '}' missing before it?");
  } else if (kind == GmsParser::LPAREN &&
             rule_word(parser.getContext()->getRuleIndex()) == "statement") {
    diagnostic.with_hint("a procedure is called with `call " + std::string(text_before) + "(..)`");
  } else if (is_word(text) && kind != GmsParser::ID &&
             contains(expected, starts(parser, GmsParser::RuleName)) && expected.count(kind) == 0) {
    if (starts(parser, GmsParser::RuleName).count(kind) == 0 &&
        !inside(parser.getContext(), {GmsParser::RuleExpr})) {
      diagnostic.with_hint("'" + std::string(text) +
                           "' is a word of the language and cannot be a name");
    }
  }
}

void ErrorReporter::syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* found,
                                std::size_t /*line*/, std::size_t /*column*/,
                                const std::string& /*message*/, std::exception_ptr error) {
  auto& parser = *static_cast<GmsParser*>(recognizer);
  const base::Span where = places_.span(found);
  if (!bad_lines_.insert(places_.line(where)).second) return;
  if (found->getType() == antlr4::Token::EOF && unclosed_) return;

  // The exception remembers where in the grammar the mismatch began: at the operators that could
  // have followed, not only at what may come after the expression.
  Kinds expected = to_kinds(parser.getExpectedTokens());
  const antlr4::Token* begin = nullptr;  // of a construct that failed behind its start
  if (error) {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::NoViableAltException& no_way) {
      if (no_way.getStartToken() != found) begin = no_way.getStartToken();
    } catch (const antlr4::RecognitionException&) {
      // Every other kind failed at `found` itself.
    }
  }
  if (passed_.token == found->getTokenIndex()) {
    const Kinds more = to_kinds(passed_.expected);
    expected.insert(more.begin(), more.end());
  }

  const antlr4::Token* before = before_in(parser, found);
  const bool doc_before = before != nullptr && before->getType() == GmsParser::DOC;
  if (found->getType() == GmsParser::DOC || (doc_before && begin == nullptr)) {
    sink_
        .report(diag::misplaced_doc,
                found->getType() == GmsParser::DOC ? where : places_.span(before))
        .with_hint("`///` describes what follows it; write `//` for a remark");
    return;
  }
  if (found->getType() == antlr4::Token::EOF) {
    add_hint(sink_.report(diag::unexpected_end, where, describe(parser, expected)), parser, found,
             expected);
    return;
  }
  const std::string shown = "'" + base::printable(places_.text(where)) + "'";
  // A decision between alternatives may fail far behind its start; then what was expected at the
  // start says nothing.
  if (begin != nullptr) {
    const std::size_t rule = parser.getContext()->getRuleIndex();
    base::Diagnostic& diagnostic =
        sink_.report(diag::unreadable_part, where, rule_word(rule), shown);
    diagnostic.note(places_.span(begin), "it starts here");
    add_hint(diagnostic, parser, found, expected);
    return;
  }
  add_hint(sink_.report(diag::unexpected_token, where, describe(parser, expected), shown), parser,
           found, expected);
}

}  // namespace gms::gen
