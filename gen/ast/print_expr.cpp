// Expressions. Precedences are those of gen/grammar/Gms.g4.
#include "gen/ast/print.h"
#include "gen/ast/print_parts.h"

namespace gms::gen::ast {

namespace {

enum Level {    // binds tighter as it grows
  kPrefixWord,  // if, all, some, first: their last part reaches as far as it can
  kImplies,
  kOr,
  kAnd,
  kNot,
  kIn,
  kCompare,
  kRange,
  kBitOr,
  kBitXor,
  kBitAnd,
  kShift,
  kAdd,
  kMul,
  kUnary,
  kPostfix,
  kPrimary
};

struct OpText {
  const char* text;
  Level level;
};

OpText op_text(BinaryOp op) {
  switch (op) {
    case BinaryOp::kMul: return {"*", kMul};
    case BinaryOp::kDiv: return {"/", kMul};
    case BinaryOp::kMod: return {"%", kMul};
    case BinaryOp::kAdd: return {"+", kAdd};
    case BinaryOp::kSub: return {"-", kAdd};
    case BinaryOp::kShl: return {"<<", kShift};
    case BinaryOp::kShr: return {">>", kShift};
    case BinaryOp::kBitAnd: return {"&", kBitAnd};
    case BinaryOp::kBitXor: return {"^", kBitXor};
    case BinaryOp::kBitOr: return {"|", kBitOr};
    case BinaryOp::kEq: return {"==", kCompare};
    case BinaryOp::kNe: return {"!=", kCompare};
    case BinaryOp::kLt: return {"<", kCompare};
    case BinaryOp::kLe: return {"<=", kCompare};
    case BinaryOp::kGt: return {">", kCompare};
    case BinaryOp::kGe: return {">=", kCompare};
    case BinaryOp::kAnd: return {"and", kAnd};
    case BinaryOp::kOr: return {"or", kOr};
    case BinaryOp::kImplies: return {"implies", kImplies};
  }
  return {"?", kPrimary};
}

const char* quant_text(QuantKind kind) {
  switch (kind) {
    case QuantKind::kAll: return "all ";
    case QuantKind::kSome: return "some ";
    case QuantKind::kFirst: return "first ";
  }
  return "?";
}

Level level_of(const Expr& expr) {
  return std::visit(
      Overloaded{
          [](const UnwrapExpr&) { return kPostfix; }, [](const MemberExpr&) { return kPostfix; },
          [](const UnaryExpr& e) { return e.op == UnaryOp::kNot ? kNot : kUnary; },
          [](const BinaryExpr& e) { return op_text(e.op).level; },
          [](const RangeExpr&) { return kRange; }, [](const InExpr&) { return kIn; },
          [](const IfExpr&) { return kPrefixWord; }, [](const QuantExpr&) { return kPrefixWord; },
          [](const auto&) { return kPrimary; }},
      expr.node);
}

bool starts_with_word(const Expr& expr) {
  const auto* unary = std::get_if<UnaryExpr>(&expr.node);
  return (unary != nullptr && unary->op == UnaryOp::kNot) ||
         std::holds_alternative<IfExpr>(expr.node) || std::holds_alternative<QuantExpr>(expr.node);
}

class ExprPrinter {
 public:
  // `last`: nothing follows up to the next bracket, comma or word that no operator is, so that an
  // open right end does no harm.
  std::string operand(const Expr& expr, Level least, bool last, bool is_right = false) {
    const bool open = starts_with_word(expr) && is_right && last;
    if (level_of(expr) >= least || open) return print(expr, last);
    return "(" + print(expr, true) + ")";
  }

  std::string print(const Expr& expr, bool last) {
    return std::visit([this, last](const auto& e) { return text(e, last); }, expr.node);
  }

 private:
  std::string text(const IntLit& e, bool) {
    return e.spelling.empty() ? std::to_string(e.value) : e.spelling;
  }
  std::string text(const BoolLit& e, bool) { return e.value ? "true" : "false"; }
  std::string text(const NoneLit&, bool) { return "none"; }
  std::string text(const OkLit&, bool) { return "ok"; }
  std::string text(const ResultLit&, bool) { return "result"; }
  std::string text(const NameExpr& e, bool) { return e.name.text + (e.primed ? "'" : ""); }
  std::string text(const IndexExpr& e, bool) {
    return e.name.text + (e.primed ? "'" : "") + "[" + exprs_text(e.keys) + "]";
  }
  std::string text(const CallExpr& e, bool) {
    return e.name.text + (e.primed ? "'" : "") + args_text(e.args);
  }
  std::string text(const UnwrapExpr& e, bool) { return operand(*e.operand, kPostfix, false) + "!"; }
  std::string text(const MemberExpr& e, bool) {
    return operand(*e.operand, kPostfix, false) + "." + e.member.text;
  }
  std::string text(const UnaryExpr& e, bool last) {
    switch (e.op) {
      // A minus after a minus would read as one token.
      case UnaryOp::kMinus: return "-" + operand(*e.operand, kPostfix, false);
      case UnaryOp::kTilde: return "~" + operand(*e.operand, kUnary, false);
      case UnaryOp::kNot: return "not " + operand(*e.operand, kNot, last, true);
    }
    return {};
  }
  std::string text(const BinaryExpr& e, bool last) {
    const OpText op = op_text(e.op);
    const Level above = static_cast<Level>(op.level + 1);
    Level left = op.level;
    Level right = above;
    if (e.op == BinaryOp::kImplies) {
      left = above;
      right = op.level;
    } else if (op.level == kCompare) {
      left = kRange;
      right = kRange;
    }
    return operand(*e.lhs, left, false) + " " + op.text + " " + operand(*e.rhs, right, last, true);
  }
  std::string text(const RangeExpr& e, bool last) {
    return operand(*e.lo, kBitOr, false) + " ..< " + operand(*e.hi, kBitOr, last, true);
  }
  std::string text(const InExpr& e, bool last) {
    return operand(*e.value, kRange, false) + (e.negated ? " not in " : " in ") +
           operand(*e.range, kRange, last, true);
  }
  std::string text(const IfExpr& e, bool last) {
    return "if " + print(*e.cond, true) + " then " + print(*e.then_value, true) + " else " +
           print(*e.else_value, last);
  }
  std::string text(const QuantExpr& e, bool last) {
    return quant_text(e.kind) + binders_text(e.binders) + " : " + print(*e.body, last);
  }
};

}  // namespace

std::string print(const Expr& expr) {
  return ExprPrinter().print(expr, true);
}

std::string print(const TypeRef& type) {
  return (type.is_range ? "range " : "") + type.name.text + (type.optional ? "?" : "");
}

std::string names_text(const std::vector<Name>& names) {
  return join(names, [](const Name& name) { return name.text; });
}

std::string expr_text(const ExprPtr& expr) {
  return expr ? print(*expr) : "any";
}

std::string exprs_text(const std::vector<ExprPtr>& exprs) {
  return join(exprs, expr_text);
}

std::string args_text(const std::vector<Arg>& args) {
  const auto one = [](const Arg& arg) {
    return (arg.name ? arg.name->text + " = " : "") + expr_text(arg.value);
  };
  return "(" + join(args, one) + ")";
}

std::string binder_text(const Binder& binder) {
  if (binder.sort) return binder.name.text + " of " + binder.sort->text;
  return binder.name.text + " in " + expr_text(binder.range);
}

std::string binders_text(const std::vector<Binder>& binders) {
  return join(binders, binder_text);
}

std::string quoted(const Text& text) {
  std::string result = "\"";
  for (const char c : text.value) {
    switch (c) {
      case '\n': result += "\\n"; break;
      case '\t': result += "\\t"; break;
      case '\\': result += "\\\\"; break;
      case '"': result += "\\\""; break;
      default: result += c; break;
    }
  }
  return result + '"';
}

}  // namespace gms::gen::ast
