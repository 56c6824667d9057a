// Names of objects in a trace and the handles they stand for; words of a trace and the enum members
// they stand for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/runtime/handles.h"
#include "model/runtime/hash.h"
#include "model/runtime/undo.h"

namespace gms::model {

/// At most 8 bytes, as a number.
inline std::uint64_t short_word(std::string_view text) {
  const auto load = [&]<class T>(T, std::size_t at) {
    T value;
    std::memcpy(&value, text.data() + at, sizeof value);
    return std::uint64_t{value};
  };
  // Two loads that may overlap: a copy of unknown length is a call.
  const std::size_t size = text.size();
  if (size >= 4) return load(std::uint32_t{}, 0) | load(std::uint32_t{}, size - 4) << 32;
  if (size >= 2) return load(std::uint16_t{}, 0) | load(std::uint16_t{}, size - 2) << 16;
  return size == 1 ? load(std::uint8_t{}, 0) : 0;
}

/// Whether two texts are equal; short ones without a call.
inline bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return a.size() <= 8 ? short_word(a) == short_word(b)
                       : std::memcmp(a.data(), b.data(), a.size()) == 0;
}

/// Of the short texts of a trace; std::hash goes byte by byte through a library call.
inline std::size_t hash_text(std::string_view text) {
  std::uint64_t state = text.size();
  while (text.size() > 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    state = hash_mix(state, word);
    text.remove_prefix(8);
  }
  return hash_mix(state, short_word(text));
}

/// A word and the member's value.
struct Spelling {
  std::string_view text;
  std::uint64_t value;
};

/// Looks words up; made once from a list, which must outlive it.
class WordTable {
 public:
  explicit WordTable(std::span<const Spelling> words) {
    std::size_t size = 8;
    while (size < words.size() * 2)
      size *= 2;
    slots_.resize(size);
    for (const Spelling& word : words) {
      std::size_t at = hash_text(word.text) & (size - 1);
      while (slots_[at].data() != nullptr)
        at = (at + 1) & (size - 1);
      slots_[at] = word.text;
      values_.resize(size);
      values_[at] = word.value;
    }
  }
  std::optional<std::uint64_t> find(std::string_view text) const {
    std::size_t at = hash_text(text) & (slots_.size() - 1);
    for (; slots_[at].data() != nullptr; at = (at + 1) & (slots_.size() - 1)) {
      if (same_text(slots_[at], text)) return values_[at];
    }
    return std::nullopt;
  }

 private:
  std::vector<std::string_view> slots_;
  std::vector<std::uint64_t> values_;
};

/// What each name stands for in each of a number of domains. Grows with the number of different
/// names. Changes go to a journal, if there is one.
class NameTable {
 public:
  using Id = std::uint32_t;

  explicit NameTable(std::size_t domains) : domains_(domains), slots_(64, kFree) {}

  /// The name's number; a new one for a name that was not met.
  Id intern(std::string_view name) {
    const std::size_t hash = hash_text(name);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != kFree; at = (at + 1) & (slots_.size() - 1)) {
      const Entry& entry = entries_[slots_[at]];
      if (entry.hash == hash && same_text(entry.text, name)) return slots_[at];
    }
    const auto id = static_cast<Id>(entries_.size());
    entries_.push_back({hash, std::string(name), false});
    handles_.resize(handles_.size() + domains_);
    slots_[at] = id;
    if (entries_.size() * 2 > slots_.size()) grow();
    return id;
  }

  /// None if the name stands for nothing in the domain.
  HandleId handle(std::size_t domain, Id name) const { return handles_[name * domains_ + domain]; }
  void bind(std::size_t domain, Id name, HandleId handle, Journal* journal) {
    const std::size_t at = name * domains_ + domain;
    if (journal != nullptr) {
      journal->record([this, at, before = handles_[at]] { handles_[at] = before; });
    }
    handles_[at] = handle;
  }
  bool is_bound_outside(std::size_t domain, Id name) const {
    for (std::size_t i = 0; i < domains_; ++i) {
      if (i != domain && !handle(i, name).is_none()) return true;
    }
    return false;
  }

  /// Some event was to give the name to an object, whether or not it made one.
  bool is_introduced(Id name) const { return entries_[name].introduced; }
  void introduce(Id name, Journal* journal = nullptr) {
    bool& introduced = entries_[name].introduced;
    if (introduced) return;
    introduced = true;
    if (journal != nullptr) journal->record([at = &introduced] { *at = false; });
  }

  std::size_t size() const { return entries_.size(); }
  std::string_view text(Id name) const { return entries_[name].text; }

 private:
  static constexpr Id kFree = ~Id{0};
  struct Entry {
    std::size_t hash;
    std::string text;
    bool introduced;
  };

  void grow() {
    slots_.assign(slots_.size() * 2, kFree);
    for (Id id = 0; id < entries_.size(); ++id) {
      std::size_t at = entries_[id].hash & (slots_.size() - 1);
      while (slots_[at] != kFree)
        at = (at + 1) & (slots_.size() - 1);
      slots_[at] = id;
    }
  }

  std::size_t domains_;
  std::vector<Id> slots_;
  std::deque<Entry> entries_;
  std::vector<HandleId> handles_;
};

}  // namespace gms::model
