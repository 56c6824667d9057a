// State functions by their keys: of nothing (Global), of a handle (PerHandle), of a small scalar
// (ByKey). They nest: [Process, Mapping, Page] -> V is PerHandle<PerHandle<RangeMap<V>>>. All are
// total: what was never written, or belongs to a handle without a life, reads as the initial value
// and costs nothing.
//
// Cells stay where they are while they hold something, so a journal may point at them. A container
// of this file must not be moved or destroyed while a journal holds records about it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/runtime/handles.h"
#include "model/runtime/hash.h"
#include "model/runtime/undo.h"

namespace gms::model {

namespace detail {

/// Stores `value` in a cell that stays where it is, and records the way back.
template <class T>
void store(T& cell, T value, Journal* journal) {
  T before = std::exchange(cell, std::move(value));
  if (journal == nullptr) return;
  if constexpr (std::is_trivially_copyable_v<T>) {
    journal->record([at = &cell, before] { *at = before; });
  } else {
    journal->record_owned(std::move(before), [at = &cell](T&& old) { *at = std::move(old); });
  }
}

}  // namespace detail

/// A state function without a key.
template <class T>
class Global {
 public:
  explicit Global(T initial = T{}) : value_(std::move(initial)) {}

  const T& get() const { return value_; }

  /// The value, to be changed through its own journaled operations.
  T& at() { return value_; }

  void set(T value, Journal* journal = nullptr) {
    if (!(value == value_)) detail::store(value_, std::move(value), journal);
  }

  std::uint64_t hash() const { return hash_value(value_); }
  friend bool operator==(const Global& a, const Global& b) { return a.value_ == b.value_; }

 private:
  T value_;
};

/// A state function of a handle: an array by slot, in blocks that are made when first written.
/// It looks at the slot alone: recycle a handle's cell when the handle is destroyed.
template <class T>
class PerHandle {
 public:
  using InnerCells = T;  // marks containers whose cells a journal may point at
  /// Cells of a block: about 1 KiB of them.
  static constexpr std::size_t kBlock =
      std::bit_floor(std::clamp<std::size_t>(1024 / sizeof(T), 4, 256));

  explicit PerHandle(T initial = T{}) : initial_(std::move(initial)) {}
  PerHandle(const PerHandle& other) : initial_(other.initial_) {
    blocks_.reserve(other.blocks_.size());
    for (const Block& block : other.blocks_) {
      blocks_.push_back(block == nullptr ? nullptr : std::make_unique<T[]>(kBlock));
      if (block != nullptr) std::copy_n(block.get(), kBlock, blocks_.back().get());
    }
  }
  PerHandle(PerHandle&&) noexcept = default;
  PerHandle& operator=(const PerHandle& other) {
    if (this != &other) *this = PerHandle(other);
    return *this;
  }
  PerHandle& operator=(PerHandle&&) noexcept = default;
  ~PerHandle() = default;

  const T& initial() const { return initial_; }

  const T& get(HandleId id) const { return in_slot(id.slot); }
  const T& operator[](HandleId id) const { return in_slot(id.slot); }

  /// The cell, to be changed through its own journaled operations (inner maps). Makes room for it,
  /// which is no change of the state.
  T& at(HandleId id) {
    const std::size_t block = id.slot / kBlock;
    if (block >= blocks_.size()) blocks_.resize(block + 1);
    if (blocks_[block] == nullptr) {
      blocks_[block] = std::make_unique<T[]>(kBlock);
      std::fill_n(blocks_[block].get(), kBlock, initial_);
    }
    return blocks_[block][id.slot % kBlock];
  }

  void set(HandleId id, T value, Journal* journal = nullptr) {
    if (!(get(id) == value)) detail::store(at(id), std::move(value), journal);
  }

  /// Back to the initial value, and the cell's own memory is freed: for a handle that is destroyed.
  void recycle(HandleId id, Journal* journal = nullptr) {
    const std::size_t block = id.slot / kBlock;
    if (block >= blocks_.size() || blocks_[block] == nullptr) return;
    T& cell = blocks_[block][id.slot % kBlock];
    // Inner cells are given back even if all are initial; older records may point at them, so with
    // a journal they move into it.
    if constexpr (!requires { typename T::InnerCells; }) {
      if (cell == initial_) return;
    }
    detail::store(cell, initial_, journal);
  }

  /// Calls fn(slot, value) for each cell that is not initial, ascending by slot.
  template <class Fn>
  void for_each_written(Fn&& fn) const {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      if (blocks_[block] == nullptr) continue;
      for (std::size_t i = 0; i < kBlock; ++i) {
        const T& cell = blocks_[block][i];
        if (!(cell == initial_)) fn(static_cast<std::uint32_t>(block * kBlock + i), cell);
      }
    }
  }

  /// Equal values for every handle.
  friend bool operator==(const PerHandle& a, const PerHandle& b) {
    if (!(a.initial_ == b.initial_)) return false;
    const std::size_t blocks = std::max(a.blocks_.size(), b.blocks_.size());
    for (std::size_t block = 0; block < blocks; ++block) {
      if (!a.has(block) && !b.has(block)) continue;
      for (std::size_t i = block * kBlock; i < (block + 1) * kBlock; ++i) {
        const auto slot = static_cast<std::uint32_t>(i);
        if (!(a.in_slot(slot) == b.in_slot(slot))) return false;
      }
    }
    return true;
  }

  std::uint64_t hash() const {
    SetHash cells;
    for_each_written([&](std::uint32_t slot, const T& value) {
      cells.add(hash_cell(0, slot, hash_value(value)));
    });
    return cells.finish();
  }

 private:
  using Block = std::unique_ptr<T[]>;

  bool has(std::size_t block) const { return block < blocks_.size() && blocks_[block] != nullptr; }

  const T& in_slot(std::uint32_t slot) const {
    const std::size_t block = slot / kBlock;
    return has(block) ? blocks_[block][slot % kBlock] : initial_;
  }

  T initial_;
  std::vector<Block> blocks_;
};

/// A state function of a scalar that takes few values (a vCPU number, an address): a sorted array
/// of the keys that were written.
template <class T, class Key = std::uint64_t>
class ByKey {
 public:
  using InnerCells = T;

  explicit ByKey(T initial = T{}) : initial_(std::move(initial)) {}
  ByKey(const ByKey& other) : initial_(other.initial_) {
    entries_.reserve(other.entries_.size());
    for (const Entry& entry : other.entries_) {
      entries_.push_back({entry.key, std::make_unique<T>(*entry.value)});
    }
  }
  ByKey(ByKey&&) noexcept = default;
  ByKey& operator=(const ByKey& other) {
    if (this != &other) *this = ByKey(other);
    return *this;
  }
  ByKey& operator=(ByKey&&) noexcept = default;
  ~ByKey() = default;

  const T& get(Key key) const {
    const auto at = lower_bound(key);
    return at != entries_.end() && at->key == key ? *at->value : initial_;
  }
  const T& operator[](Key key) const { return get(key); }

  /// The cell, to be changed through its own journaled operations. Makes room for it.
  T& at(Key key) {
    auto at = entries_.begin() + (lower_bound(key) - entries_.cbegin());
    if (at == entries_.end() || at->key != key) {
      at = entries_.insert(at, {key, std::make_unique<T>(initial_)});
    }
    return *at->value;
  }

  void set(Key key, T value, Journal* journal = nullptr) {
    if (get(key) == value) return;
    if (journal == nullptr && value == initial_) {
      entries_.erase(lower_bound(key));  // with a journal the cell stays: older records point at it
      return;
    }
    detail::store(at(key), std::move(value), journal);
  }

  /// Calls fn(key, value) for each key that is not initial, ascending.
  template <class Fn>
  void for_each_written(Fn&& fn) const {
    for (const Entry& entry : entries_) {
      if (!(*entry.value == initial_)) fn(entry.key, std::as_const(*entry.value));
    }
  }

  /// Equal values for every key.
  friend bool operator==(const ByKey& a, const ByKey& b) {
    return a.initial_ == b.initial_ && a.is_part_of(b) && b.is_part_of(a);
  }

  std::uint64_t hash() const {
    Hasher hasher;
    for_each_written([&](Key key, const T& value) { hasher.add(key).add(value); });
    return hasher.finish();
  }

 private:
  struct Entry {
    Key key;
    std::unique_ptr<T> value;  // a journal may point at it while entries move
  };

  auto lower_bound(Key key) const {
    return std::lower_bound(entries_.begin(), entries_.end(), key,
                            [](const Entry& entry, Key wanted) { return entry.key < wanted; });
  }

  bool is_part_of(const ByKey& other) const {
    return std::all_of(entries_.begin(), entries_.end(),
                       [&](const Entry& entry) { return other.get(entry.key) == *entry.value; });
  }

  T initial_;
  std::vector<Entry> entries_;
};

}  // namespace gms::model
