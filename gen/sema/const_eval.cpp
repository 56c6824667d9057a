#include "gen/sema/const_eval.h"

#include "ir/arith.h"

namespace gms::gen::sema {

std::optional<std::uint64_t> fold(ir::Op op, const ir::Type& result,
                                  const std::vector<Constant>& args) {
  using ir::Op;
  if (args.empty()) return {};
  switch (op) {
    case Op::kNot: return args[0].bits ^ 1U;
    case Op::kAnd: return args[0].bits & args[1].bits;
    case Op::kOr: return args[0].bits | args[1].bits;
    case Op::kImplies: return (args[0].bits ^ 1U) | args[1].bits;
    case Op::kIte: return args[0].bits != 0 ? args[1].bits : args[2].bits;
    case Op::kCast: return ir::cast_bits(args[0].type, result, args[0].bits);
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr:
    case Op::kNeg:
    case Op::kBitNot:
      return ir::arith(op, args[0].type, args[0].bits, args.size() > 1 ? args[1].bits : 0);
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
    case Op::kSome:
    case Op::kIsSome:
    case Op::kUnwrap:
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: break;
  }
  return {};
}

}  // namespace gms::gen::sema
