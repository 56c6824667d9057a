// The operations of IR expressions: one row each in ir/ops.def.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gms::ir {

enum class Op : std::uint8_t {
#define OP(id, text, arity, note) id,
#include "ir/ops.def"
#undef OP
};

struct OpInfo {
  Op op;
  std::string_view text;  // in the text form
  int arity;              // -1: any
  std::string_view note;
};

inline constexpr std::array kOpInfo = {
#define OP(id, text, arity, note) OpInfo{Op::id, text, arity, note},
#include "ir/ops.def"
#undef OP
};

constexpr bool op_table_is_complete() {
  for (std::size_t i = 0; i < kOpInfo.size(); ++i)
    if (static_cast<std::size_t>(kOpInfo[i].op) != i) return false;
  return kOpInfo.size() == static_cast<std::size_t>(Op::kFirst) + 1;
}
static_assert(op_table_is_complete());

constexpr const OpInfo& info(Op op) {
  return kOpInfo[static_cast<std::size_t>(op)];
}

}  // namespace gms::ir
