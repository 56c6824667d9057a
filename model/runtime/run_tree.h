// The large form of a range map: runs in leaves of sorted arrays under one sorted index of the
// leaves. A look-up is two binary searches without branches, or none if the last one found the same
// run; an update moves bytes within one leaf.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

namespace gms::model::detail {

inline constexpr std::uint64_t kLastIndex = std::numeric_limits<std::uint64_t>::max();

/// The greatest i < n with starts[i] <= x. Needs n > 0 and starts[0] <= x.
inline std::size_t last_at_most(const std::uint64_t* starts, std::size_t n, std::uint64_t x) {
  std::size_t base = 0;
  while (n > 1) {
    const std::size_t half = n / 2;
    base += static_cast<std::size_t>(starts[base + half] <= x) * half;
    n -= half;
  }
  return base;
}

/// Opens a gap or closes one in an array of `count`: what began at `from` begins at `to`
/// afterwards.
template <class T>
void shift(T* array, std::size_t count, std::size_t from, std::size_t to) {
  if (from != to)
    std::memmove(static_cast<void*>(array + to), array + from, (count - from) * sizeof(T));
}

/// Runs (start, value), ascending; the first starts at 0, each ends before the next, the last one
/// at 2^64 - 1; neighbours differ. Never empty.
template <class V>
class RunTree {
 public:
  static constexpr std::size_t kCapacity = 128;  // runs of a leaf

  /// Takes 1..kCapacity runs in order.
  RunTree(const std::uint64_t* starts, const V* values, std::size_t count) : runs_(count) {
    auto leaf = std::make_unique_for_overwrite<Leaf>();
    std::memcpy(leaf->starts, starts, count * sizeof(std::uint64_t));
    std::memcpy(static_cast<void*>(leaf->values), values, count * sizeof(V));
    leaf->count = count;
    firsts_.push_back(0);
    leaves_.push_back(std::move(leaf));
  }
  RunTree(const RunTree& other) : firsts_(other.firsts_), runs_(other.runs_) {
    leaves_.reserve(other.leaves_.size());
    for (const auto& leaf : other.leaves_)
      leaves_.push_back(std::make_unique<Leaf>(*leaf));
  }
  RunTree& operator=(const RunTree&) = delete;

  std::size_t size() const { return runs_; }

  /// Bytes in use on the heap.
  std::size_t memory() const {
    return sizeof *this + leaves_.capacity() * sizeof(leaves_[0]) + leaves_.size() * sizeof(Leaf) +
           firsts_.capacity() * sizeof firsts_[0];
  }

  const V& get(std::uint64_t index) const {
    const Position at = locate(index);
    return leaves_[at.leaf]->values[at.index];
  }

  /// Calls fn(start, last, value) for the runs from the one that holds `index` until fn returns
  /// false.
  template <class Fn>
  void walk(std::uint64_t index, Fn&& fn) const {
    Position at = locate(index);
    for (;;) {
      const Leaf& leaf = *leaves_[at.leaf];
      const std::uint64_t last = last_of(at);
      if (!fn(leaf.starts[at.index], last, leaf.values[at.index]) || last == kLastIndex) return;
      at = after(at);
    }
  }

  /// Sets lo..last, both included, to `value`. lo <= last.
  void assign(std::uint64_t lo, std::uint64_t last, V value) {
    const Position a = locate(lo);
    const Leaf& first_leaf = *leaves_[a.leaf];
    const Position b = locate_after(a, last);
    const bool starts_here = first_leaf.starts[a.index] == lo;
    if (a == b && first_leaf.values[a.index] == value) return;

    // The runs from..to go; a run of `value` starts at lo unless the run before has that value, and
    // what is left of the last run starts after `last` unless it has that value too.
    const Position from = starts_here ? a : Position{a.leaf, a.index + 1};
    bool joined = false;
    if (!starts_here) {
      joined = first_leaf.values[a.index] == value;
    } else if (lo != 0) {
      joined = value_before(a) == value;
    }
    Position to{b.leaf, b.index + 1};
    Items items;
    if (!joined) items.push(lo, value);
    const V last_value = leaves_[b.leaf]->values[b.index];
    if (const std::uint64_t end = last_of(b); last < end) {
      if (!(last_value == value)) items.push(last + 1, last_value);
    } else if (end != kLastIndex) {
      const Position next = after(b);
      if (leaves_[next.leaf]->values[next.index] == value) to = {next.leaf, next.index + 1};
    }
    splice(from, to, items);
  }

 private:
  struct Leaf {
    std::size_t count = 0;
    std::uint64_t starts[kCapacity];
    V values[kCapacity];
  };
  struct Position {
    std::size_t leaf;
    std::size_t index;
    friend bool operator==(const Position&, const Position&) = default;
  };
  struct Items {
    std::size_t count = 0;
    std::uint64_t starts[2];
    V values[2];
    void push(std::uint64_t start, V value) {
      starts[count] = start;
      values[count++] = value;
    }
  };

  Position locate(std::uint64_t index) const {
    // One call of an action looks at the same page again and again.
    const std::uint64_t found = found_.load(std::memory_order_relaxed);
    std::size_t leaf = found >> 32;
    if (leaf < firsts_.size() && holds(firsts_.data(), firsts_.size(), leaf, index)) {
      const std::size_t at = found & 0xffffffff;
      const Leaf& same = *leaves_[leaf];
      if (at < same.count && holds(same.starts, same.count, at, index)) return {leaf, at};
    } else {
      leaf = last_at_most(firsts_.data(), firsts_.size(), index);
      prefetch(*leaves_[leaf]);
    }
    const std::size_t at = last_at_most(leaves_[leaf]->starts, leaves_[leaf]->count, index);
    found_.store(std::uint64_t{leaf} << 32 | at, std::memory_order_relaxed);
    return {leaf, at};
  }

  static bool holds(const std::uint64_t* starts, std::size_t count, std::size_t at,
                    std::uint64_t index) {
    return starts[at] <= index && (at + 1 == count || index < starts[at + 1]);
  }

  /// A large map is not in the cache: fetch all lines at once instead of one after the other.
  static void prefetch(const Leaf& leaf) {
    constexpr std::size_t kLine = 64;
    const char* const starts = reinterpret_cast<const char*>(leaf.starts);
    // All of it: to ask for the count would wait for the first line.
    for (std::size_t at = 0; at < sizeof leaf.starts; at += kLine)
      __builtin_prefetch(starts + at);
    if constexpr (sizeof(V) <= 2) {
      const char* const values = reinterpret_cast<const char*>(leaf.values);
      for (std::size_t at = 0; at < kCapacity * sizeof(V); at += kLine)
        __builtin_prefetch(values + at);
    }
  }

  /// As locate, for an index that is not before the run `at`: mostly the same run or one close by.
  Position locate_after(Position at, std::uint64_t index) const {
    if (at.leaf + 1 < firsts_.size() && firsts_[at.leaf + 1] <= index) {
      const std::size_t base = at.leaf + 1;
      const std::size_t leaf =
          base + last_at_most(firsts_.data() + base, firsts_.size() - base, index);
      return {leaf, last_at_most(leaves_[leaf]->starts, leaves_[leaf]->count, index)};
    }
    const Leaf& leaf = *leaves_[at.leaf];
    const std::size_t near = std::min(leaf.count, at.index + 4);
    for (std::size_t i = at.index + 1; i < near; ++i) {
      if (leaf.starts[i] > index) return {at.leaf, i - 1};
    }
    const std::size_t base = near - 1;
    return {at.leaf, base + last_at_most(leaf.starts + base, leaf.count - base, index)};
  }

  Position after(Position at) const {
    return at.index + 1 < leaves_[at.leaf]->count ? Position{at.leaf, at.index + 1}
                                                  : Position{at.leaf + 1, 0};
  }

  std::uint64_t last_of(Position at) const {
    const Leaf& leaf = *leaves_[at.leaf];
    if (at.index + 1 < leaf.count) return leaf.starts[at.index + 1] - 1;
    return at.leaf + 1 < firsts_.size() ? firsts_[at.leaf + 1] - 1 : kLastIndex;
  }

  const V& value_before(Position at) const {
    if (at.index > 0) return leaves_[at.leaf]->values[at.index - 1];
    const Leaf& leaf = *leaves_[at.leaf - 1];
    return leaf.values[leaf.count - 1];
  }

  /// Replaces the runs from..to, `to` excluded, by `items`. Either position may be one past a leaf.
  void splice(Position from, Position to, const Items& items) {
    if (from.leaf == to.leaf) {
      Leaf& leaf = *leaves_[from.leaf];
      const std::size_t count = leaf.count - (to.index - from.index) + items.count;
      if (count > kCapacity) {
        // At most one run goes here, so the middle of the leaf is not inside from..to.
        const std::size_t middle = leaf.count / 2;
        split(from.leaf, middle);
        if (to.index > middle) {
          from = {from.leaf + 1, from.index - middle};
          to = {to.leaf + 1, to.index - middle};
        }
        return splice(from, to, items);
      }
      runs_ += count;
      runs_ -= leaf.count;
      shift(leaf.starts, leaf.count, to.index, from.index + items.count);
      shift(leaf.values, leaf.count, to.index, from.index + items.count);
      const bool shrunk = count < leaf.count;
      leaf.count = count;
      put(from, items);
      if (shrunk) tidy(from.leaf);
      return;
    }
    Leaf& left = *leaves_[from.leaf];
    if (from.index + items.count > kCapacity) {
      const std::size_t middle = left.count / 2;
      split(from.leaf, middle);
      return splice({from.leaf + 1, from.index - middle}, {to.leaf + 1, to.index}, items);
    }
    runs_ += items.count;
    runs_ -= left.count - from.index;
    left.count = from.index + items.count;
    put(from, items);
    for (std::size_t i = from.leaf + 1; i < to.leaf; ++i)
      runs_ -= leaves_[i]->count;
    Leaf& right = *leaves_[to.leaf];
    runs_ -= to.index;
    shift(right.starts, right.count, to.index, 0);
    shift(right.values, right.count, to.index, 0);
    right.count -= to.index;
    firsts_[to.leaf] = right.starts[0];
    const bool left_stays = left.count > 0;
    const std::size_t rest = from.leaf + (left_stays ? 1 : 0);
    erase_leaves(rest, to.leaf);
    tidy(rest);
    if (left_stays) tidy(from.leaf);
  }

  void put(Position at, const Items& items) {
    Leaf& leaf = *leaves_[at.leaf];
    for (std::size_t i = 0; i < items.count; ++i) {
      leaf.starts[at.index + i] = items.starts[i];
      leaf.values[at.index + i] = items.values[i];
    }
    if (at.index == 0) firsts_[at.leaf] = leaf.starts[0];
  }

  /// Moves the runs of a leaf from `middle` on, at least one, into a new leaf after it.
  void split(std::size_t at, std::size_t middle) {
    Leaf& leaf = *leaves_[at];
    auto fresh = std::make_unique_for_overwrite<Leaf>();
    fresh->count = leaf.count - middle;
    std::memcpy(fresh->starts, leaf.starts + middle, fresh->count * sizeof(std::uint64_t));
    std::memcpy(static_cast<void*>(fresh->values), leaf.values + middle, fresh->count * sizeof(V));
    leaf.count = middle;
    firsts_.insert(firsts_.begin() + static_cast<std::ptrdiff_t>(at) + 1, fresh->starts[0]);
    leaves_.insert(leaves_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(fresh));
  }

  /// Drops a leaf that became empty and joins one that became small with a neighbour.
  void tidy(std::size_t at) {
    Leaf& leaf = *leaves_[at];
    if (leaf.count == 0) return erase_leaves(at, at + 1);
    if (leaf.count >= kCapacity / 4) return;
    if (at + 1 < leaves_.size() && leaf.count + leaves_[at + 1]->count <= kCapacity * 3 / 4) {
      append(leaf, *leaves_[at + 1]);
      erase_leaves(at + 1, at + 2);
    } else if (at > 0 && leaf.count + leaves_[at - 1]->count <= kCapacity * 3 / 4) {
      append(*leaves_[at - 1], leaf);
      erase_leaves(at, at + 1);
    }
  }

  static void append(Leaf& to, const Leaf& from) {
    std::memcpy(to.starts + to.count, from.starts, from.count * sizeof(std::uint64_t));
    std::memcpy(static_cast<void*>(to.values + to.count), from.values, from.count * sizeof(V));
    to.count += from.count;
  }

  void erase_leaves(std::size_t from, std::size_t to) {
    if (from == to) return;
    const auto a = static_cast<std::ptrdiff_t>(from), b = static_cast<std::ptrdiff_t>(to);
    firsts_.erase(firsts_.begin() + a, firsts_.begin() + b);
    leaves_.erase(leaves_.begin() + a, leaves_.begin() + b);
  }

  std::vector<std::uint64_t> firsts_;  // where each leaf starts
  std::vector<std::unique_ptr<Leaf>> leaves_;
  std::size_t runs_;
  // What the last look-up found, leaf and index, if it still is so. Atomic, since copies of a state
  // share maps and threads only read them.
  mutable std::atomic<std::uint64_t> found_{0};
};

}  // namespace gms::model::detail
