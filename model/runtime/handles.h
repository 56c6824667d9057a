// Identities that actions make and destroy (files, mappings, pins). An identity is never given
// twice; its storage is: memory follows the most objects alive at once, not the length of a run.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "model/runtime/hash.h"
#include "model/runtime/undo.h"

namespace gms::model {

/// A slot of its domain's dense tables, and which of the slot's owners is meant. The default is
/// "none", which is never live.
struct HandleId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // odd for every handle that was ever created

  constexpr bool is_none() const { return generation == 0; }
  constexpr std::uint64_t hash() const { return std::uint64_t{generation} << 32 | slot; }
  friend constexpr bool operator==(const HandleId&, const HandleId&) = default;
};

/// The same, typed by a domain's tag, so that a file is not taken for a mapping.
template <class Domain>
struct Handle : HandleId {
  friend constexpr bool operator==(const Handle&, const Handle&) = default;
};

/// The live handles of one domain. Slots are handed out lowest first, so that the tables keyed by
/// handle stay dense and a state does not depend on the order in which slots were freed.
/// After 2^31 owners a slot is retired. `kLastGeneration`, odd, is another bound for tests.
template <class Domain, std::uint32_t kLastGeneration = std::numeric_limits<std::uint32_t>::max()>
class HandleTable {
  static_assert(kLastGeneration % 2 == 1);
  struct Entry {
    std::uint32_t generation = 0;  // odd: live
    std::uint32_t before = kNil;   // neighbours in order of creation; a dead entry keeps its own,
    std::uint32_t after = kNil;    // so that a walk can go on from it
    std::uint64_t serial = 0;      // how many were created earlier
  };
  static constexpr std::uint32_t kNil = std::numeric_limits<std::uint32_t>::max();

 public:
  using Id = Handle<Domain>;

  /// Walks live handles, oldest first. The handle last given may be destroyed meanwhile; one
  /// created meanwhile is met too, unless it took the slot of a handle destroyed in this walk.
  class Iterator {
   public:
    using value_type = Id;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;
    Iterator() = default;
    Iterator(const HandleTable* table, std::uint32_t slot) : table_(table), slot_(slot) {}
    Id operator*() const { return table_->at_slot(slot_); }
    Iterator& operator++() {
      slot_ = table_->entries_[slot_].after;
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.slot_ == b.slot_; }

   private:
    const HandleTable* table_ = nullptr;
    std::uint32_t slot_ = kNil;
  };

  Iterator begin() const { return {this, oldest_}; }
  Iterator end() const { return {this, kNil}; }

  /// Live handles now.
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Slots in use or used before: every live handle's slot is below.
  std::size_t slot_count() const { return entries_.size(); }

  bool is_live(HandleId id) const {
    return id.generation % 2 == 1 && id.slot < entries_.size() &&
           entries_[id.slot].generation == id.generation;
  }

  /// Whether `a` was created before `b`. Both live.
  bool is_older(Id a, Id b) const { return entries_[a.slot].serial < entries_[b.slot].serial; }

  /// How many handles were created before this live one; and how many there were ever.
  std::uint64_t serial_of(Id id) const { return entries_[id.slot].serial; }
  std::uint64_t created() const { return next_serial_; }
  /// Counts handles as created that are dead by now. Never goes back.
  void skip_to(std::uint64_t created) { next_serial_ = created; }

  /// The live handle of a slot, or none.
  Id at_slot(std::uint32_t slot) const {
    const std::uint32_t generation = slot < entries_.size() ? entries_[slot].generation : 0;
    return generation % 2 == 1 ? Id{{slot, generation}} : Id{};
  }

  /// A fresh identity. At most 2^32 - 1 slots.
  Id create(Journal* journal = nullptr) {
    const std::uint32_t slot = lowest_free();
    assert(slot != kNil);
    if (slot == entries_.size()) entries_.emplace_back();
    take(slot);
    Entry& entry = entries_[slot];
    ++entry.generation;
    entry.serial = next_serial_++;
    entry.before = newest_;
    entry.after = kNil;
    (newest_ == kNil ? oldest_ : entries_[newest_].after) = slot;
    newest_ = slot;
    ++size_;
    if (journal != nullptr) journal->record([this, slot] { uncreate(slot); });
    return Id{{slot, entry.generation}};
  }

  /// Ends a live identity. What is keyed by it has to be recycled by the caller. False, and nothing
  /// done, if it is not live.
  bool destroy(Id id, Journal* journal = nullptr) {
    if (!is_live(id)) return false;
    Entry& entry = entries_[id.slot];
    (entry.before == kNil ? oldest_ : entries_[entry.before].after) = entry.after;
    (entry.after == kNil ? newest_ : entries_[entry.after].before) = entry.before;
    --size_;
    const bool retired = entry.generation == kLastGeneration;
    entry.generation = retired ? 0 : entry.generation + 1;
    if (!retired) give_back(id.slot);
    if (journal != nullptr) {
      journal->record([this, id, before = entry.before, after = entry.after,
                       serial = entry.serial] { undestroy(id, before, after, serial); });
    }
    return true;
  }

  /// The same live handles in the same order of creation.
  friend bool operator==(const HandleTable& a, const HandleTable& b) {
    if (a.size_ != b.size_) return false;
    for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
      if (!(*x == *y)) return false;
    }
    return true;
  }

  std::uint64_t hash() const {
    Hasher hasher;
    for (const Id id : *this)
      hasher.add(id);
    return hasher.finish();
  }

 private:
  std::uint32_t lowest_free() {
    while (hint_ < taken_.size() && taken_[hint_] == ~std::uint64_t{0})
      ++hint_;
    const std::size_t bit =
        hint_ < taken_.size() ? static_cast<std::size_t>(std::countr_one(taken_[hint_])) : 0;
    return static_cast<std::uint32_t>(hint_ * 64 + bit);
  }

  void take(std::uint32_t slot) {
    if (slot / 64 >= taken_.size()) taken_.push_back(0);
    taken_[slot / 64] |= std::uint64_t{1} << slot % 64;
  }

  void give_back(std::uint32_t slot) {
    taken_[slot / 64] &= ~(std::uint64_t{1} << slot % 64);
    if (slot / 64 < hint_) hint_ = slot / 64;
  }

  void uncreate(std::uint32_t slot) {  // it is the newest: later creations were undone
    Entry& entry = entries_[slot];
    newest_ = entry.before;
    (newest_ == kNil ? oldest_ : entries_[newest_].after) = kNil;
    --entry.generation;
    --next_serial_;
    --size_;
    give_back(slot);
  }

  void undestroy(Id id, std::uint32_t before, std::uint32_t after, std::uint64_t serial) {
    (before == kNil ? oldest_ : entries_[before].after) = id.slot;
    (after == kNil ? newest_ : entries_[after].before) = id.slot;
    entries_[id.slot] = {id.generation, before, after, serial};
    ++size_;
    take(id.slot);
  }

  std::vector<Entry> entries_;
  std::vector<std::uint64_t> taken_;  // a bit for each slot that is live or retired
  std::size_t hint_ = 0;              // words of taken_ before it are full
  std::size_t size_ = 0;
  std::uint64_t next_serial_ = 0;
  std::uint32_t oldest_ = kNil;
  std::uint32_t newest_ = kNil;
};

}  // namespace gms::model
