// Some runs that follow each other, in a few cache lines: each start is kept as 32 bits, counted
// from a base that all share. So a look-up compares all starts at once and takes no branch.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace gms::model::detail {

/// A run as it is put into a leaf: where it starts, and its value up to the next one.
template <class V>
struct RunStart {
  std::uint64_t start;
  V value;
};

/// At most kCapacity runs, ascending by start.
template <class V>
class RunLeaf {
 public:
  /// Four cache lines, unless values are so large that a leaf would hold nearly nothing.
  static constexpr std::size_t kCapacity =
      std::max<std::size_t>(12, (256 - 16) / (sizeof(std::int32_t) + sizeof(V)) / 4 * 4);

  /// Empty. Starts are `base` at the least.
  explicit RunLeaf(std::uint64_t base) : base_(base) { starts_.fill(kFree); }

  std::size_t count() const { return count_; }
  /// Of the first run. Not empty.
  std::uint64_t first() const { return start(0); }
  std::uint64_t start(std::size_t at) const { return base_ + unsigned_of(starts_[at]); }
  const V& value(std::size_t at) const { return values_[at]; }

  /// Whether a run may start there, if it is not before the base.
  bool reaches(std::uint64_t start) const { return start - base_ <= kReach; }

  /// The run that holds `index`, which is not before the first.
  std::size_t find(std::uint64_t index) const {
    const std::int32_t key = key_of(std::min(index - base_, kReach));
    std::uint32_t after = 0;
    for (std::size_t i = 0; i < kCapacity; ++i)
      after += starts_[i] > key ? 1 : 0;
    return std::min<std::size_t>(kCapacity - after, count_) - 1;
  }

  /// Puts `items`, which are reached, in place of the runs from..to, `to` excluded. There is room.
  void replace(std::size_t from, std::size_t to, const RunStart<V>* items, std::size_t size) {
    const std::size_t count = count_ - (to - from) + size;
    move(starts_.data(), to, from + size);
    move(values_, to, from + size);
    for (std::size_t i = 0; i < size; ++i) {
      starts_[from + i] = key_of(items[i].start - base_);
      values_[from + i] = items[i].value;
    }
    for (std::size_t i = count; i < count_; ++i)
      starts_[i] = kFree;
    count_ = static_cast<std::uint32_t>(count);
  }

  /// Moves the runs from `at` on to an empty leaf, whose base is the first of them.
  void split(std::size_t at, RunLeaf& to) {
    to.base_ = start(at);
    const std::uint64_t shift = to.base_ - base_;
    for (std::size_t i = at; i < count_; ++i) {
      to.starts_[i - at] = key_of(unsigned_of(starts_[i]) - shift);
      starts_[i] = kFree;
    }
    std::memcpy(static_cast<void*>(to.values_), values_ + at, (count_ - at) * sizeof(V));
    to.count_ = static_cast<std::uint32_t>(count_ - at);
    count_ = static_cast<std::uint32_t>(at);
  }

  /// Whether the runs of a leaf that follows would find room behind those of this one, which then
  /// stays a quarter empty at least.
  bool can_append(const RunLeaf& next) const {
    return count_ + next.count_ <= kCapacity * 3 / 4 && reaches(next.start(next.count_ - 1));
  }
  void append(const RunLeaf& next) {
    const std::uint64_t shift = next.base_ - base_;
    for (std::size_t i = 0; i < next.count_; ++i)
      starts_[count_ + i] = key_of(unsigned_of(next.starts_[i]) + shift);
    std::memcpy(static_cast<void*>(values_ + count_), next.values_, next.count_ * sizeof(V));
    count_ += next.count_;
  }

  /// Asks for all of it, to be looked at soon.
  void prefetch() const {
    constexpr std::size_t kLine = 64;
    const char* const bytes = reinterpret_cast<const char*>(this);
    for (std::size_t at = 0; at < sizeof *this; at += kLine)
      __builtin_prefetch(bytes + at);
  }

 private:
  static constexpr std::uint64_t kReach = std::numeric_limits<std::uint32_t>::max();
  // Distances are kept with the highest bit flipped: comparing signed numbers is one instruction
  // for several of them at once.
  static constexpr std::uint32_t kFlip = std::uint32_t{1} << 31;
  static constexpr std::int32_t kFree = std::numeric_limits<std::int32_t>::max();

  static std::int32_t key_of(std::uint64_t distance) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(distance) ^ kFlip);
  }
  static std::uint64_t unsigned_of(std::int32_t key) {
    return static_cast<std::uint32_t>(key) ^ kFlip;
  }

  template <class T>
  void move(T* array, std::size_t from, std::size_t to) {
    if (from != to)
      std::memmove(static_cast<void*>(array + to), array + from, (count_ - from) * sizeof(T));
  }

  std::uint64_t base_;
  std::uint32_t count_ = 0;
  std::array<std::int32_t, kCapacity> starts_;  // kFree from count_ on
  V values_[kCapacity];
};

}  // namespace gms::model::detail
