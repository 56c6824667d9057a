// What the arithmetic of the IR computes, on bit patterns: used by the interpreter and by
// everything that folds constants, so that there is one definition (docs/semantics.md, "Numbers").
#pragma once

#include <optional>

#include "ir/type.h"

namespace gms::ir {

/// Operations of two operands of one numeric type; the result is cut to its width. Comparisons give
/// 0 or
/// 1. Empty for other operations.
constexpr std::optional<std::uint64_t> arith(Op op, const Type& type, std::uint64_t a,
                                             std::uint64_t b) {
  const unsigned width = type.width;
  const std::uint64_t mask = mask_of(width);
  const auto sa = sign_extend(a, width), sb = sign_extend(b, width);
  const auto bits = [&](std::int64_t value) { return static_cast<std::uint64_t>(value) & mask; };
  // Negation of the least number overflows int64_t at width 64 only.
  const bool overflows = type.is_signed && sb == -1;
  switch (op) {
    case Op::kLt: return (type.is_signed ? sa < sb : a < b) ? 1 : 0;
    case Op::kLe: return (type.is_signed ? sa <= sb : a <= b) ? 1 : 0;
    case Op::kEq: return a == b ? 1 : 0;
    case Op::kAdd: return (a + b) & mask;
    case Op::kSub: return (a - b) & mask;
    case Op::kMul: return (a * b) & mask;
    case Op::kDiv:
      if (b == 0) return type.is_signed && sa < 0 ? 1 : mask;
      if (!type.is_signed) return a / b;
      return overflows ? (0 - a) & mask : bits(sa / sb);
    case Op::kRem:
      if (b == 0) return a;
      if (!type.is_signed) return a % b;
      return overflows ? 0 : bits(sa % sb);
    case Op::kBitAnd: return a & b;
    case Op::kBitOr: return a | b;
    case Op::kBitXor: return a ^ b;
    case Op::kShl: return b >= width ? 0 : (a << b) & mask;
    case Op::kShr:
      if (!type.is_signed) return b >= width ? 0 : a >> b;
      return bits(sa >> (b >= width ? width - 1 : b));
    case Op::kNeg: return (0 - a) & mask;
    case Op::kBitNot: return ~a & mask;
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kParam:
    case Op::kState:
    case Op::kCall:
    case Op::kLive:
    case Op::kSelf:
    case Op::kResult:
    case Op::kExit:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies:
    case Op::kIte:
    case Op::kCast:
    case Op::kSome:
    case Op::kIsSome:
    case Op::kUnwrap:
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: break;
  }
  return std::nullopt;
}

/// Truncates, or extends by the signedness of `from`.
constexpr std::uint64_t cast_bits(const Type& from, const Type& to, std::uint64_t bits) {
  const std::uint64_t wide =
      from.is_signed ? static_cast<std::uint64_t>(sign_extend(bits, from.width)) : bits;
  return wide & mask_of(to.width);
}

}  // namespace gms::ir
