// The value of an operation on constants, as docs/semantics.md defines it: integers wrap at their
// width, division by zero has a value, shifts by the width or more give zero.
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

/// The bits as a signed number of the width.
std::int64_t sign_extend(std::uint64_t bits, unsigned width);

}  // namespace gms::gen::sema
