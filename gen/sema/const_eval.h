// The value of an operation on constants; the arithmetic is that of the interpreter (ir/arith.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/ir.h"

namespace gms::gen::sema {

struct Constant {
  ir::Type type;
  std::uint64_t bits = 0;  // zero-extended
};

/// Nothing for operations that are not folded (state, quantifiers, optional values).
std::optional<std::uint64_t> fold(ir::Op op, const ir::Type& result,
                                  const std::vector<Constant>& args);

}  // namespace gms::gen::sema
