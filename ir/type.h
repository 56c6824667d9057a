// Small facts about IR types: constructors, names, zero values.
#pragma once

#include <string>

#include "ir/ir.h"

namespace gms::ir {

inline constexpr std::uint8_t kHandleWidth = 32;

constexpr Type bool_type() {
  return {};
}
constexpr Type int_type(unsigned width, bool is_signed = false) {
  return {TypeKind::kInt, is_signed, false, static_cast<std::uint8_t>(width), kNoId};
}
Type enum_type(const Module& module, EnumId id);  // not for flags, which are integers
constexpr Type handle_type(DomainId id) {
  return {TypeKind::kHandle, false, false, kHandleWidth, id};
}
Type index_type(const Module& module, IndexSortId id);

constexpr Type optional_of(Type type) {
  type.optional = true;
  return type;
}
/// Without the option of being none.
constexpr Type value_of(Type type) {
  type.optional = false;
  return type;
}

constexpr bool is_bool(const Type& type) {
  return type == bool_type();
}
/// Has an order and arithmetic.
constexpr bool is_number(const Type& type) {
  return !type.optional && (type.kind == TypeKind::kInt || type.kind == TypeKind::kIndex);
}

/// The largest bit pattern of a width 1..64.
constexpr std::uint64_t mask_of(unsigned width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}
constexpr std::int64_t sign_extend(std::uint64_t bits, unsigned width) {
  if (width >= 64) return static_cast<std::int64_t>(bits);
  const std::uint64_t sign = std::uint64_t{1} << (width - 1);
  return static_cast<std::int64_t>(((bits & mask_of(width)) ^ sign) - sign);
}

/// What `unwrap` makes of none, and what a local holds that no path assigned: zero; for an enum
/// without a member 0 its first member; for handles 0, which is never live. Optional types: none
/// (and the bits 0).
std::uint64_t zero_bits(const Module& module, const Type& type);

/// Whether the bits are a value of the type, apart from none.
bool is_value_of(const Module& module, const Type& type, std::uint64_t bits);

/// As in the language: `u64`, `Page?`, `Sharing`.
std::string type_text(const Module& module, const Type& type);

/// As in the language: `true`, `-1`, `shared`, `12`; handles as `Inode#3`.
std::string value_text(const Module& module, const Type& type, std::uint64_t bits);

/// The member with these bits, or null.
const EnumMember* find_member(const Enum& the_enum, std::uint64_t bits);

}  // namespace gms::ir
