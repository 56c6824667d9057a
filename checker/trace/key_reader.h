// From the text of a key to the index of its field, and the rule that no name stands twice in one
// object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/trace/field_table.h"
#include "checker/trace/record.h"

namespace gms::check {

/// The names met so far in one object, or in all objects of one array.
struct KeyScope {
  FieldIndex container = kNoField;  ///< a listed field, or none
  bool listed = false;      ///< whether fields inside can be listed, and others are reported
  bool columns = false;     ///< objects of an array: names come again in the next object
  FieldIndex previous = 0;  ///< the listed field before, for the guess
  std::size_t object = 0;   ///< number of the object in the array
  std::size_t names = 0;    ///< different ones; the caller counts the listed ones

  struct Other {
    std::string_view name;
    std::size_t object;  // the last one that had it
  };
  std::vector<Other> others;  ///< names not listed
};

/// A key is compared first with the one that followed the same key in the last line of the same op;
/// only a miss costs a hash. Strings stay in the line's own bytes unless they hold an escape.
class KeyReader {
 public:
  /// `table` must outlive the reader.
  explicit KeyReader(const FieldTable& table);
  KeyReader(const KeyReader&) = delete;  // it points into itself
  KeyReader& operator=(const KeyReader&) = delete;

  /// FieldTable::kKeyWindow bytes behind `line` are readable.
  void begin_line(std::string_view line);
  /// Says which op the line has, so that the guesses fit it. Costs time only, if it is not called.
  void set_op(std::string_view op);

  void open(KeyScope& scope, FieldIndex container, bool listed, bool columns) const;
  /// Before each object of an array.
  void next_object(KeyScope& scope, std::size_t number) const {
    scope.object = number;
    scope.previous = start_;
  }

  /// Reads the key at `raw`, just behind its opening quote, which has a closing one in the line.
  /// Sets `field` to its index, or to kNoField if it is not listed. False: an escape is wrong, the
  /// name is not listed and stands twice, or there are too many. That a listed one stands twice is
  /// for the caller to see.
  bool read(const char* raw, KeyScope& scope, FieldIndex& field) {
    if (!scope.listed) return find(raw, scope, field);
    const FieldIndex expected = guesses_[scope.previous];
    if (!table_->matches(expected, scope.container, raw)) [[unlikely]]
      return find(raw, scope, field);
    field = expected;
    scope.previous = expected;
    return true;
  }

  /// The inside of a string of the line, escapes resolved. False: an escape is wrong.
  bool resolve(std::string_view raw, std::string_view& text) {
    text = raw;
    return !has_escape_ || resolve_escapes(raw, text);
  }

  /// Of the current line.
  const std::vector<UnknownField>& unknown() const { return unknown_; }

 private:
  bool find(const char* raw, KeyScope& scope, FieldIndex& field);
  bool other_name(std::string_view name, KeyScope& scope);
  bool key_text(const char* raw, std::string_view& text);
  bool resolve_escapes(std::string_view raw, std::string_view& text);

  const FieldTable* table_;
  // For each class of ops a row: which field came after this one the last time. The entry start_ is
  // for the first one of an object.
  std::vector<FieldIndex> all_guesses_;
  FieldIndex* guesses_;
  FieldIndex start_;

  const char* end_ = nullptr;
  bool has_escape_ = false;
  std::vector<char>
      resolved_;  // strings without their escapes; as long as the line, so it never moves
  std::size_t resolved_size_ = 0;
  std::vector<UnknownField> unknown_;
};

}  // namespace gms::check
