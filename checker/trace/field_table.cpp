// Building of the table (names are checked once, here) and its hash over the bytes of a key.
#include "checker/trace/field_table.h"

#include <algorithm>
#include <bit>

namespace gms::check {
namespace {

constexpr std::size_t kMaxTableNames = 30000;  // with a container for each, still below kNoField

bool acceptable(std::string_view part) {
  if (part.empty()) return false;
  for (const char c : part) {
    // Such a key would be written with an escape, which matches() does not see.
    if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\\' || c == '.') return false;
  }
  return true;
}

struct SplitName {
  std::string_view container;  // empty for a top-level name
  std::string_view key;
};

SplitName split(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {{}, name};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  return std::rotl((hash ^ word) * 0x9e3779b97f4a7c15u, 29);
}

}  // namespace

std::uint64_t FieldTable::hash(FieldIndex parent, std::string_view key) {
  std::uint64_t result = mix(parent, key.size());
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, key.data() + at, 8);
    result = mix(result, word);
  }
  std::uint64_t rest = 0;
  for (; at < key.size(); ++at)
    rest = rest << 8 | static_cast<unsigned char>(key[at]);
  return mix(result, rest);
}

FieldIndex FieldTable::append(FieldIndex parent, std::string_view key, std::string_view name) {
  const std::string quoted = std::string(key) + '"';
  const std::size_t counted = std::min(quoted.size(), kKeyWindow);
  Key entry;
  unsigned char mask[kKeyWindow] = {};
  std::memset(mask, 0xff, counted);
  std::memcpy(entry.mask, mask, sizeof mask);
  std::memcpy(entry.head, quoted.data(), counted);
  entry.parent = parent;
  entry.is_long = quoted.size() > kKeyWindow;
  entry.size = static_cast<std::uint32_t>(key.size());
  keys_.push_back(entry);
  names_.push_back({std::string(key), std::string(name)});
  return static_cast<FieldIndex>(keys_.size() - 1);
}

bool FieldTable::long_key_matches(FieldIndex field, const char* raw) const {
  const std::string& key = names_[field].key;
  // The key at `raw` may be shorter than ours; strncmp stops at the first difference, at its quote
  // at the latest.
  return std::strncmp(raw, key.c_str(), key.size()) == 0 && raw[key.size()] == '"';
}

void FieldTable::index() {
  buckets_.assign(std::bit_ceil(keys_.size() * 4), kNoField);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::size_t bucket = hash(keys_[i].parent, names_[i].key) & (buckets_.size() - 1);
    while (buckets_[bucket] != kNoField)
      bucket = (bucket + 1) & (buckets_.size() - 1);
    buckets_[bucket] = static_cast<FieldIndex>(i);
  }
}

std::variant<FieldTable, std::string> FieldTable::make(std::span<const std::string_view> names) {
  if (names.size() > kMaxTableNames)
    return "more than " + std::to_string(kMaxTableNames) + " fields";
  FieldTable table;
  for (const std::string_view name : names) {
    const SplitName parts = split(name);
    const bool dotted = parts.key.size() != name.size();
    if (!acceptable(parts.key) || (dotted && !acceptable(parts.container)))
      return "'" + std::string(name) + "' cannot name a field of a trace";
    table.append(kNoField, parts.key, name);
  }
  // Containers come after all given names, so that the indices are the caller's own.
  for (std::size_t i = 0; i < names.size(); ++i) {
    const SplitName parts = split(names[i]);
    if (parts.container.empty()) continue;
    FieldIndex container = kNoField;
    for (std::size_t j = 0; j < table.keys_.size() && container == kNoField; ++j) {
      if (table.names_[j].full == parts.container) container = static_cast<FieldIndex>(j);
    }
    if (container == kNoField) container = table.append(kNoField, parts.container, parts.container);
    table.keys_[i].parent = container;
  }
  table.index();
  table.op_ = table.find(kNoField, "op");
  if (table.op_ == kNoField) {
    table.op_ = table.append(kNoField, "op", "op");
    table.index();
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (table.find(names[i]) != i)
      return "the field '" + std::string(names[i]) + "' is listed twice";
  }
  return table;
}

FieldIndex FieldTable::find(FieldIndex parent, std::string_view key) const {
  std::size_t bucket = hash(parent, key) & (buckets_.size() - 1);
  for (; buckets_[bucket] != kNoField; bucket = (bucket + 1) & (buckets_.size() - 1)) {
    const FieldIndex field = buckets_[bucket];
    if (keys_[field].parent == parent && names_[field].key == key) return field;
  }
  return kNoField;
}

FieldIndex FieldTable::find(std::string_view name) const {
  const SplitName parts = split(name);
  if (parts.key.size() == name.size()) return find(kNoField, parts.key);
  const FieldIndex container = find(kNoField, parts.container);
  return container == kNoField ? kNoField : find(container, parts.key);
}

}  // namespace gms::check
