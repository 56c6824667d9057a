// Leaves and expressions.
#include <limits>
#include <memory>
#include <utility>

#include "base/utf8.h"
#include "gen/syntax/build_ast.h"
#include "gen/syntax/messages.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

using P = gms_grammar::GmsParser;

template <typename Node>
ast::ExprPtr make(Node node, base::Span span) {
  return std::make_shared<const ast::Expr>(ast::Expr{std::move(node), span});
}

ast::BinaryOp binary_op(std::size_t token) {
  switch (token) {
    case P::STAR: return ast::BinaryOp::kMul;
    case P::SLASH: return ast::BinaryOp::kDiv;
    case P::PERCENT: return ast::BinaryOp::kMod;
    case P::PLUS: return ast::BinaryOp::kAdd;
    case P::MINUS: return ast::BinaryOp::kSub;
    case P::SHL: return ast::BinaryOp::kShl;
    case P::SHR: return ast::BinaryOp::kShr;
    case P::AMP: return ast::BinaryOp::kBitAnd;
    case P::CARET: return ast::BinaryOp::kBitXor;
    case P::PIPE: return ast::BinaryOp::kBitOr;
    case P::EQ: return ast::BinaryOp::kEq;
    case P::NE: return ast::BinaryOp::kNe;
    case P::LT: return ast::BinaryOp::kLt;
    case P::LE: return ast::BinaryOp::kLe;
    case P::GT: return ast::BinaryOp::kGt;
    default: return ast::BinaryOp::kGe;  // the grammar lists no other
  }
}

}  // namespace

base::Span AstBuilder::span(const antlr4::ParserRuleContext* context) const {
  return places_.span(context->start, context->stop != nullptr ? context->stop : context->start);
}

base::Span AstBuilder::span(Terminal* node) const {
  return places_.span(node->getSymbol());
}

ast::Name AstBuilder::name(P::NameContext* context) const {
  const base::Span where = span(context);
  return {std::string(text(where)), where};
}

std::optional<ast::Name> AstBuilder::optional_name(P::NameContext* context) const {
  if (context == nullptr) return std::nullopt;
  return name(context);
}

std::vector<ast::Name> AstBuilder::names(P::NamesContext* context) const {
  std::vector<ast::Name> result;
  if (context == nullptr) return result;
  for (P::NameContext* one : context->name())
    result.push_back(name(one));
  return result;
}

ast::Name AstBuilder::field_name(P::FieldNameContext* context) const {
  ast::Name result{{}, span(context)};
  for (P::WordContext* word : context->word()) {
    if (!result.text.empty()) result.text += '.';
    result.text += text(span(word));
  }
  return result;
}

ast::Text AstBuilder::string(Terminal* node) {
  ast::Text result{{}, span(node)};
  std::string_view raw = text(result.span);
  raw.remove_prefix(1);
  if (!raw.empty() && raw.back() == '"') raw.remove_suffix(1);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      result.value += raw[i];
      continue;
    }
    switch (raw[++i]) {
      case 'n': result.value += '\n'; break;
      case 't': result.value += '\t'; break;
      case '\\': result.value += '\\'; break;
      case '"': result.value += '"'; break;
      default: {
        const std::size_t length = base::decode_utf8(raw, i).length;
        const auto begin = result.span.begin + static_cast<std::uint32_t>(i);
        const auto end = begin + 1 + static_cast<std::uint32_t>(length);
        sink_
            .report(diag::bad_escape, base::Span{result.span.file, begin, end},
                    base::printable(raw.substr(i, length)))
            .with_hint("known are \\n, \\t, \\\\ and \\\"");
        i += length - 1;
        break;
      }
    }
  }
  return result;
}

std::uint64_t AstBuilder::integer(Terminal* node) {
  const base::Span where = span(node);
  std::string_view digits = text(where);
  std::uint64_t base = 10;
  if (digits.size() > 2 && (digits[1] == 'x' || digits[1] == 'X')) {
    base = 16;
    digits.remove_prefix(2);
  }
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c == '_') continue;
    const auto digit = static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) {
      sink_.report(diag::number_too_large, where, text(where));
      return 0;
    }
    value = value * base + digit;
  }
  return value;
}

ast::Doc AstBuilder::doc(const std::vector<Terminal*>& lines) const {
  ast::Doc result;
  for (Terminal* line : lines) {
    std::string_view words = text(span(line));
    words.remove_prefix(3);
    if (words.starts_with(' ')) words.remove_prefix(1);
    while (!words.empty() && (words.back() == ' ' || words.back() == '\t'))
      words.remove_suffix(1);
    if (line != lines.front()) result += '\n';
    result += words;
  }
  return result;
}

ast::TypeRef AstBuilder::type(P::TypeContext* context) const {
  return {name(context->name()), context->QUESTION() != nullptr, context->RANGE() != nullptr,
          span(context)};
}

void AstBuilder::check_commas(antlr4::ParserRuleContext* list) {
  const Terminal* before = nullptr;
  for (antlr4::tree::ParseTree* child : list->children) {
    auto* comma = dynamic_cast<Terminal*>(child);
    if (comma != nullptr && comma->getSymbol()->getType() != P::COMMA) comma = nullptr;
    if (comma != nullptr && before != nullptr) {
      sink_.report(diag::unexpected_token, span(comma), "another element of the list", "','");
    }
    before = comma;
  }
}

ast::ExprPtr AstBuilder::expr(P::ExprContext* context) {
  if (context == nullptr) return nullptr;
  const base::Span where = span(context);
  if (auto* e = dynamic_cast<P::PrimaryExprContext*>(context)) return primary(e->primary());
  if (auto* e = dynamic_cast<P::BinaryExprContext*>(context)) {
    return binary(e, e->op, binary_op(e->op->getType()), e->expr(0), e->expr(1));
  }
  if (auto* e = dynamic_cast<P::CompareExprContext*>(context)) {
    check_unchained(e->expr(0), e->op);
    return binary(e, e->op, binary_op(e->op->getType()), e->expr(0), e->expr(1));
  }
  if (auto* e = dynamic_cast<P::AndExprContext*>(context)) {
    return binary(e, e->AND()->getSymbol(), ast::BinaryOp::kAnd, e->expr(0), e->expr(1));
  }
  if (auto* e = dynamic_cast<P::OrExprContext*>(context)) {
    return binary(e, e->OR()->getSymbol(), ast::BinaryOp::kOr, e->expr(0), e->expr(1));
  }
  if (auto* e = dynamic_cast<P::ImpliesExprContext*>(context)) {
    return binary(e, e->IMPLIES()->getSymbol(), ast::BinaryOp::kImplies, e->expr(0), e->expr(1));
  }
  if (auto* e = dynamic_cast<P::UnwrapExprContext*>(context)) {
    return make(ast::UnwrapExpr{expr(e->expr())}, where);
  }
  if (auto* e = dynamic_cast<P::MemberExprContext*>(context)) {
    return make(ast::MemberExpr{expr(e->expr()), name(e->name())}, where);
  }
  if (auto* e = dynamic_cast<P::UnaryExprContext*>(context)) {
    const ast::UnaryOp op = e->MINUS() != nullptr ? ast::UnaryOp::kMinus : ast::UnaryOp::kTilde;
    return make(ast::UnaryExpr{op, expr(e->expr())}, where);
  }
  if (auto* e = dynamic_cast<P::NotExprContext*>(context)) {
    return make(ast::UnaryExpr{ast::UnaryOp::kNot, expr(e->expr())}, where);
  }
  if (auto* e = dynamic_cast<P::RangeExprContext*>(context)) {
    check_unchained(e->expr(0), e->UPTO()->getSymbol());
    ast::ExprPtr lo = expr(e->expr(0));
    return make(ast::RangeExpr{std::move(lo), expr(e->expr(1))}, where);
  }
  if (auto* e = dynamic_cast<P::InExprContext*>(context)) {
    check_unchained(e->expr(0), e->IN()->getSymbol());
    ast::ExprPtr value = expr(e->expr(0));
    return make(ast::InExpr{std::move(value), expr(e->expr(1)), e->NOT() != nullptr}, where);
  }
  if (auto* e = dynamic_cast<P::IteExprContext*>(context)) {
    ast::IfExpr result;
    result.cond = expr(e->expr(0));
    result.then_value = expr(e->expr(1));
    result.else_value = expr(e->expr(2));
    return make(std::move(result), where);
  }
  auto* e = dynamic_cast<P::QuantExprContext*>(context);
  ast::QuantExpr result;
  switch (e->q->getType()) {
    case P::ALL: result.kind = ast::QuantKind::kAll; break;
    case P::SOME: result.kind = ast::QuantKind::kSome; break;
    default: result.kind = ast::QuantKind::kFirst; break;  // the grammar lists no other
  }
  result.binders = binders(e->binders());
  result.body = expr(e->expr());
  return make(std::move(result), where);
}

ast::ExprPtr AstBuilder::binary(P::ExprContext* context, const antlr4::Token* op,
                                ast::BinaryOp kind, P::ExprContext* lhs, P::ExprContext* rhs) {
  ast::BinaryExpr result;
  result.op = kind;
  result.op_span = places_.span(op);
  result.lhs = expr(lhs);
  result.rhs = expr(rhs);
  return make(std::move(result), span(context));
}

// `a < b < c`, `a ..< b ..< c`, `p in r == q` without parentheses.
void AstBuilder::check_unchained(P::ExprContext* operand, const antlr4::Token* op) {
  const bool range = op->getType() == P::UPTO;
  const bool chained = range ? dynamic_cast<P::RangeExprContext*>(operand) != nullptr
                             : dynamic_cast<P::CompareExprContext*>(operand) != nullptr ||
                                   dynamic_cast<P::InExprContext*>(operand) != nullptr;
  if (!chained) return;
  base::Diagnostic& diagnostic = sink_.report(diag::chained_comparison, places_.span(op));
  if (!range)
    diagnostic.with_hint("write `a < b and b < c`, or parentheses to compare truth values");
}

ast::ExprPtr AstBuilder::primary(P::PrimaryContext* context) {
  const base::Span where = span(context);
  if (P::NameContext* named = context->name()) {
    const bool primed = context->PRIME() != nullptr;
    if (context->LBRACK() != nullptr) {
      return make(ast::IndexExpr{name(named), primed, exprs(context->exprs())}, where);
    }
    if (context->LPAREN() != nullptr) {
      return make(ast::CallExpr{name(named), primed, args(context->args())}, where);
    }
    return make(ast::NameExpr{name(named), primed}, where);
  }
  if (context->INT() != nullptr) {
    return make(ast::IntLit{integer(context->INT()), std::string(text(where))}, where);
  }
  if (context->TRUE() != nullptr) return make(ast::BoolLit{true}, where);
  if (context->FALSE() != nullptr) return make(ast::BoolLit{false}, where);
  if (context->NONE() != nullptr) return make(ast::NoneLit{}, where);
  if (context->OK() != nullptr) return make(ast::OkLit{}, where);
  if (context->RESULT() != nullptr) return make(ast::ResultLit{}, where);
  // Parentheses: the same node, with a wider place.
  const ast::ExprPtr inner = expr(context->expr());
  ast::Expr copy = *inner;
  copy.span = where;
  return std::make_shared<const ast::Expr>(std::move(copy));
}

std::vector<ast::ExprPtr> AstBuilder::exprs(P::ExprsContext* context) {
  std::vector<ast::ExprPtr> result;
  if (context == nullptr) return result;
  for (P::ExprContext* one : context->expr())
    result.push_back(expr(one));
  return result;
}

std::vector<ast::Arg> AstBuilder::args(P::ArgsContext* context) {
  std::vector<ast::Arg> result;
  if (context == nullptr) return result;
  check_commas(context);
  for (P::ArgContext* one : context->arg()) {
    result.push_back({optional_name(one->name()), expr(one->expr()), span(one)});
  }
  return result;
}

ast::Binder AstBuilder::binder(P::BinderContext* context) {
  ast::Binder result;
  result.name = name(context->name(0));
  result.range = expr(context->expr());
  if (context->OF() != nullptr) result.sort = name(context->name(1));
  result.span = span(context);
  return result;
}

std::vector<ast::Binder> AstBuilder::binders(P::BindersContext* context) {
  std::vector<ast::Binder> result;
  if (context == nullptr) return result;
  for (P::BinderContext* one : context->binder())
    result.push_back(binder(one));
  return result;
}

}  // namespace gms::gen
