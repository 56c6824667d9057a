// What the reader hands out for one line of a trace: the values of the fields by the caller's own
// index, with no knowledge of what an op or a field means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "model/runtime/field_value.h"

namespace gms::check {

/// Dense index of a field name in a FieldTable.
using FieldIndex = std::uint16_t;
inline constexpr FieldIndex kNoField = std::numeric_limits<FieldIndex>::max();

using ValueKind = model::FieldKind;
/// One value. Strings and arrays point into buffers of the reader and live until its next call.
using Value = model::FieldValue;

/// A field that the caller's table does not list. Inside a listed object or array of objects
/// `container` is that field; otherwise it is kNoField.
struct UnknownField {
  FieldIndex container = kNoField;
  std::string_view name;
};

/// One good line. Everything it points to lives until the reader's next call.
struct Record {
  std::uint64_t line = 0;        ///< counted from 1
  std::uint64_t offset = 0;      ///< of the line's first byte in the (decompressed) stream
  std::string_view text;         ///< the line without its line end
  std::string_view op;           ///< the value of the field "op"
  std::span<const Value> slots;  ///< one for each name of the table
  std::span<const std::uint64_t> presence;  ///< bit i % 64 of word i / 64: slot i is present
  std::span<const FieldIndex> order;        ///< the present slots in the order of the line
  std::span<const UnknownField> unknown;    ///< each once, in the order of the line

  const Value& operator[](FieldIndex field) const { return slots[field]; }
};

}  // namespace gms::check
