// The names of the fields that a caller wants from a trace, and the look-up from a key's bytes to
// its index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "checker/trace/record.h"

namespace gms::check {

/// Immutable after make(). A name is a top-level field ("size") or a member of a nested object, or
/// of the objects of an array ("fault.flags"). A top-level key of a line that contains a dot never
/// matches a name.
class FieldTable {
 public:
  /// Readable bytes that must follow the start of a key handed to matches().
  static constexpr std::size_t kKeyWindow = 16;

  /// names[i] gets the index i. The containers of dotted names ("fault") and "op" are appended when
  /// missing. Returns a message for a name that is empty, listed twice, has an empty part or more
  /// than one dot, holds a quote, a backslash or a byte below 0x21, or when there are more than
  /// 30000 names.
  static std::variant<FieldTable, std::string> make(std::span<const std::string_view> names);

  std::size_t size() const { return keys_.size(); }
  FieldIndex op() const { return op_; }
  /// The full name, with its container.
  const std::string& name(FieldIndex field) const { return names_[field].full; }
  /// Bytes of its key, which for a dotted name is what follows the container.
  std::size_t key_size(FieldIndex field) const { return keys_[field].size; }
  /// The container of a dotted name, else kNoField.
  FieldIndex container(FieldIndex field) const { return keys_[field].parent; }

  /// The index of `key` inside `parent` (kNoField: at the top level), or kNoField.
  FieldIndex find(FieldIndex parent, std::string_view key) const;
  /// The index of a full name as given to make(), or kNoField.
  FieldIndex find(std::string_view name) const;

  /// Whether `field` stands in `parent` and the key text at `raw` (just after its opening quote) is
  /// exactly its key. At least kKeyWindow bytes are readable there, and the key's closing quote
  /// exists.
  bool matches(FieldIndex field, FieldIndex parent, const char* raw) const {
    const Key& key = keys_[field];
    std::uint64_t words[2];
    std::memcpy(words, raw, sizeof words);
    if (((words[0] & key.mask[0]) ^ key.head[0]) | ((words[1] & key.mask[1]) ^ key.head[1]) |
        static_cast<std::uint64_t>(key.parent ^ parent))
      return false;
    return !key.is_long || long_key_matches(field, raw);
  }

 private:
  // What matches() needs, close together.
  struct Key {
    std::uint64_t head[2] = {0, 0};  // the first 16 bytes of the key and its closing quote
    std::uint64_t mask[2] = {0, 0};  // which of them count
    FieldIndex parent = kNoField;
    bool is_long = false;  // the quote is not among them
    std::uint32_t size = 0;
  };
  struct Name {
    std::string key;
    std::string full;
  };

  FieldTable() = default;
  FieldIndex append(FieldIndex parent, std::string_view key, std::string_view name);
  void index();
  bool long_key_matches(FieldIndex field, const char* raw) const;
  static std::uint64_t hash(FieldIndex parent, std::string_view key);

  std::vector<Key> keys_;
  std::vector<Name> names_;          // in step with keys_
  std::vector<FieldIndex> buckets_;  // open addressing, a power of two, at most a quarter full
  FieldIndex op_ = kNoField;
};

}  // namespace gms::check
