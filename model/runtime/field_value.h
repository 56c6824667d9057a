// One field of a line of a trace as it is handed to a compiled model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gms::model {

enum class FieldKind : std::uint8_t {
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
class FieldValue {
 public:
  FieldValue() = default;

  static FieldValue null() { return FieldValue(FieldKind::kNull, 0, 0); }
  static FieldValue boolean(bool value) { return FieldValue(FieldKind::kBool, 0, value ? 1 : 0); }
  static FieldValue of_unsigned(std::uint64_t value) {
    return FieldValue(FieldKind::kUnsigned, 0, value);
  }
  static FieldValue of_signed(std::int64_t value) {
    return FieldValue(value < 0 ? FieldKind::kNegative : FieldKind::kUnsigned, 0,
                      static_cast<std::uint64_t>(value));
  }
  static FieldValue string(std::string_view text) {
    FieldValue value(FieldKind::kString, text.size(), 0);
    value.text_ = text.data();
    return value;
  }
  static FieldValue array(std::span<const FieldValue> elements) {
    FieldValue value(FieldKind::kArray, elements.size(), 0);
    value.elements_ = elements.data();
    return value;
  }
  static FieldValue object(std::size_t members) {
    return FieldValue(FieldKind::kObject, members, 0);
  }
  static FieldValue object_array(std::size_t elements) {
    return FieldValue(FieldKind::kObjectArray, elements, 0);
  }

  FieldKind kind() const { return static_cast<FieldKind>(head_ & 0xff); }
  bool present() const { return head_ != 0; }
  /// Members of an object, elements of an array, bytes of a string; 0 for the rest.
  std::size_t size() const { return head_ >> 8; }

  // Each of these is empty when the value is of another kind or does not fit.
  std::optional<std::uint64_t> as_u64() const {
    if (kind() != FieldKind::kUnsigned) return std::nullopt;
    return bits_;
  }
  std::optional<std::int64_t> as_i64() const {
    if (kind() == FieldKind::kNegative || (kind() == FieldKind::kUnsigned && bits_ >> 63 == 0))
      return static_cast<std::int64_t>(bits_);
    return std::nullopt;
  }
  std::optional<bool> as_bool() const {
    if (kind() != FieldKind::kBool) return std::nullopt;
    return bits_ != 0;
  }
  std::optional<std::string_view> as_string() const {
    if (kind() != FieldKind::kString) return std::nullopt;
    return std::string_view(text_, size());
  }
  /// The elements of a kArray; nothing for other kinds. In a column of an array of objects an
  /// element whose object lacks the member is kAbsent.
  std::span<const FieldValue> elements() const {
    if (kind() != FieldKind::kArray) return {};
    return {elements_, size()};
  }
  /// The 64 bits of an integer (two's complement when negative) or 0/1 of a bool; only for these
  /// kinds.
  std::uint64_t bits() const { return bits_; }

 private:
  FieldValue(FieldKind kind, std::size_t size, std::uint64_t bits)
      : head_(static_cast<std::uint64_t>(kind) | size << 8), bits_(bits) {}

  std::uint64_t head_ =
      0;  // kind in the low byte, size above: one word, so that a value is written by two stores
  union {
    std::uint64_t bits_ = 0;
    const char* text_;
    const FieldValue* elements_;
  };
};

}  // namespace gms::model
