#include "gen/sema/const_eval.h"

#include "gen/sema/types.h"

namespace gms::gen::sema {

namespace {

bool less(const Constant& a, const Constant& b) {
  if (!a.type.is_signed) return a.bits < b.bits;
  return sign_extend(a.bits, a.type.width) < sign_extend(b.bits, b.type.width);
}

std::uint64_t divide(const Constant& a, const Constant& b) {
  if (!a.type.is_signed) return b.bits == 0 ? ~std::uint64_t{0} : a.bits / b.bits;
  const std::int64_t x = sign_extend(a.bits, a.type.width);
  const std::int64_t y = sign_extend(b.bits, b.type.width);
  if (y == 0) return x < 0 ? 1 : ~std::uint64_t{0};
  if (y == -1) return std::uint64_t{0} - a.bits;  // the one quotient that may not fit
  return static_cast<std::uint64_t>(x / y);
}

std::uint64_t remainder(const Constant& a, const Constant& b) {
  if (b.bits == 0) return a.bits;
  if (!a.type.is_signed) return a.bits % b.bits;
  const std::int64_t y = sign_extend(b.bits, b.type.width);
  if (y == -1) return 0;
  return static_cast<std::uint64_t>(sign_extend(a.bits, a.type.width) % y);
}

std::uint64_t shift(const Constant& a, const Constant& b, bool left) {
  const unsigned width = a.type.width;
  const bool negative = a.type.is_signed && sign_extend(a.bits, width) < 0;
  if (b.bits >= width) return !left && negative ? ~std::uint64_t{0} : 0;
  if (left) return a.bits << b.bits;
  return negative ? static_cast<std::uint64_t>(sign_extend(a.bits, width) >> b.bits)
                  : a.bits >> b.bits;
}

std::uint64_t cast(const Constant& a) {
  return a.type.is_signed ? static_cast<std::uint64_t>(sign_extend(a.bits, a.type.width)) : a.bits;
}

}  // namespace

std::int64_t sign_extend(std::uint64_t bits, unsigned width) {
  if (width >= 64) return static_cast<std::int64_t>(bits);
  const std::uint64_t sign = std::uint64_t{1} << (width - 1);
  return static_cast<std::int64_t>(((bits & mask_of(width)) ^ sign) - sign);
}

std::optional<std::uint64_t> fold(ir::Op op, const ir::Type& result,
                                  const std::vector<Constant>& args) {
  using ir::Op;
  const auto cut = [&](std::uint64_t bits) { return bits & mask_of(result.width); };
  switch (op) {
    case Op::kNot: return args[0].bits ^ 1U;
    case Op::kAnd: return args[0].bits & args[1].bits;
    case Op::kOr: return args[0].bits | args[1].bits;
    case Op::kImplies: return (args[0].bits ^ 1U) | args[1].bits;
    case Op::kIte: return args[0].bits != 0 ? args[1].bits : args[2].bits;
    case Op::kEq: return args[0].bits == args[1].bits ? 1 : 0;
    case Op::kLt: return less(args[0], args[1]) ? 1 : 0;
    case Op::kLe: return less(args[1], args[0]) ? 0 : 1;
    case Op::kAdd: return cut(args[0].bits + args[1].bits);
    case Op::kSub: return cut(args[0].bits - args[1].bits);
    case Op::kMul: return cut(args[0].bits * args[1].bits);
    case Op::kDiv: return cut(divide(args[0], args[1]));
    case Op::kRem: return cut(remainder(args[0], args[1]));
    case Op::kBitAnd: return args[0].bits & args[1].bits;
    case Op::kBitOr: return args[0].bits | args[1].bits;
    case Op::kBitXor: return args[0].bits ^ args[1].bits;
    case Op::kShl: return cut(shift(args[0], args[1], true));
    case Op::kShr: return cut(shift(args[0], args[1], false));
    case Op::kNeg: return cut(std::uint64_t{0} - args[0].bits);
    case Op::kBitNot: return cut(~args[0].bits);
    case Op::kCast:
      // A cast into an enum may name no member; leave it to the reader of the IR.
      if (result.kind == ir::TypeKind::kEnum) return {};
      return result.kind == ir::TypeKind::kBool ? args[0].bits & 1U : cut(cast(args[0]));
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kParam:
    case Op::kState:
    case Op::kCall:
    case Op::kLive:
    case Op::kResult:
    case Op::kExit:
    case Op::kSome:
    case Op::kIsSome:
    case Op::kUnwrap:
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: return {};
  }
  return {};
}

}  // namespace gms::gen::sema
