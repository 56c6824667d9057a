// What the reader hands out for one line of a trace: the values of the fields by the caller's own
// index, with no knowledge of what an op or a field means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace gms::check {

/// Dense index of a field name in a FieldTable.
using FieldIndex = std::uint16_t;
inline constexpr FieldIndex kNoField = std::numeric_limits<FieldIndex>::max();

enum class ValueKind : std::uint8_t {
  kAbsent,       ///< the line has no such field
  kNull,         ///< null
  kBool,         ///< true or false
  kUnsigned,     ///< an integer from 0 to 2^64-1
  kNegative,     ///< an integer from -2^63 to -1
  kString,       ///< a string, escapes already resolved
  kArray,        ///< an array of scalars (null, bool, integer, string), perhaps of several kinds
  kObject,       ///< a nested object: its members stand in the slots "name.member"
  kObjectArray,  ///< an array of objects: each member stands, as an array, in the slot
                 ///< "name.member"
};

/// One value. Strings and arrays point into buffers of the reader and live until its next call.
class Value {
 public:
  Value() = default;

  static Value null() { return Value(ValueKind::kNull, 0, 0); }
  static Value boolean(bool value) { return Value(ValueKind::kBool, 0, value ? 1 : 0); }
  static Value of_unsigned(std::uint64_t value) { return Value(ValueKind::kUnsigned, 0, value); }
  static Value of_signed(std::int64_t value) {
    return Value(value < 0 ? ValueKind::kNegative : ValueKind::kUnsigned, 0,
                 static_cast<std::uint64_t>(value));
  }
  static Value string(std::string_view text) {
    Value value(ValueKind::kString, text.size(), 0);
    value.text_ = text.data();
    return value;
  }
  static Value array(std::span<const Value> elements) {
    Value value(ValueKind::kArray, elements.size(), 0);
    value.elements_ = elements.data();
    return value;
  }
  static Value object(std::size_t members) { return Value(ValueKind::kObject, members, 0); }
  static Value object_array(std::size_t elements) {
    return Value(ValueKind::kObjectArray, elements, 0);
  }

  ValueKind kind() const { return static_cast<ValueKind>(head_ & 0xff); }
  bool present() const { return head_ != 0; }
  /// Members of an object, elements of an array, bytes of a string; 0 for the rest.
  std::size_t size() const { return head_ >> 8; }

  // Each of these is empty when the value is of another kind or does not fit.
  std::optional<std::uint64_t> as_u64() const {
    if (kind() != ValueKind::kUnsigned) return std::nullopt;
    return bits_;
  }
  std::optional<std::int64_t> as_i64() const {
    if (kind() == ValueKind::kNegative || (kind() == ValueKind::kUnsigned && bits_ >> 63 == 0))
      return static_cast<std::int64_t>(bits_);
    return std::nullopt;
  }
  std::optional<bool> as_bool() const {
    if (kind() != ValueKind::kBool) return std::nullopt;
    return bits_ != 0;
  }
  std::optional<std::string_view> as_string() const {
    if (kind() != ValueKind::kString) return std::nullopt;
    return std::string_view(text_, size());
  }
  /// The elements of a kArray; nothing for other kinds. In a column of an array of objects an
  /// element whose object lacks the member is kAbsent.
  std::span<const Value> elements() const {
    if (kind() != ValueKind::kArray) return {};
    return {elements_, size()};
  }
  /// The 64 bits of an integer (two's complement when negative) or 0/1 of a bool; only for these
  /// kinds.
  std::uint64_t bits() const { return bits_; }

 private:
  Value(ValueKind kind, std::size_t size, std::uint64_t bits)
      : head_(static_cast<std::uint64_t>(kind) | size << 8), bits_(bits) {}

  std::uint64_t head_ =
      0;  // kind in the low byte, size above: one word, so that a value is written by two stores
  union {
    std::uint64_t bits_ = 0;
    const char* text_;
    const Value* elements_;
  };
};

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
