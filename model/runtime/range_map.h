// A total map from 64-bit indices (pages, bytes) to values that costs what its runs cost: the
// canonical list of maximal runs. Up to a few runs live inside the object, more in a RunTree.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>

#include "model/runtime/hash.h"
#include "model/runtime/run_tree.h"
#include "model/runtime/undo.h"

namespace gms::model {

/// Maps every index 0..2^64-1 to a V, at first to one default. Ranges lo, hi are half open and
/// empty when lo >= hi; so they end at 2^64 - 2 at the latest, and index 2^64 - 1 is reached by
/// `get`, `set` and the forms named `_through`, whose `last` is included (empty when lo > last). A
/// mutation with a journal records what undoes it; the map must then stay where it is. A moved-from
/// map equals its default everywhere.
template <class V>
class RangeMap {
  static_assert(std::is_trivially_copyable_v<V> && std::equality_comparable<V>);

 public:
  /// Up to so many runs are kept without allocation.
  static constexpr std::size_t kInlineRuns = sizeof(V) <= 4 ? 8 : 4;

  explicit RangeMap(V initial = V{}) : default_(initial) { reset(); }
  RangeMap(const RangeMap& other) : default_(other.default_), count_(other.count_) {
    if (count_ == 0) {
      tree_ = std::make_unique<Tree>(*other.tree_).release();
    } else {
      copy_inline(other);
    }
  }
  RangeMap(RangeMap&& other) noexcept : default_(other.default_) { take(other); }
  RangeMap& operator=(const RangeMap& other) {
    if (this != &other) *this = RangeMap(other);
    return *this;
  }
  RangeMap& operator=(RangeMap&& other) noexcept {
    if (this != &other) {
      drop();
      default_ = other.default_;
      take(other);
    }
    return *this;
  }
  ~RangeMap() { drop(); }

  const V& initial() const { return default_; }

  const V& get(std::uint64_t index) const {
    if (count_ == 0) return tree_->get(index);
    return inline_.values[locate(index)];
  }
  const V& operator[](std::uint64_t index) const { return get(index); }

  /// For expect() of function.h. Valid until the map changes.
  using Spot = typename detail::RunTree<V>::Spot;
  Spot spot(std::uint64_t index) const {
    constexpr std::size_t kInCache = 2048;  // so many runs are surely in the cache
    return count_ == 0 && tree_->size() > kInCache ? Spot(tree_, index) : Spot();
  }

  /// What is left of a run of one value, up to `last`, included.
  struct Run {
    std::uint64_t last;
    V value;
  };
  /// The maximal run that holds `index`, as far as it goes up to `limit`, included.
  Run run_at(std::uint64_t index, std::uint64_t limit = detail::kLastIndex) const {
    Run run{index, default_};
    walk(index, limit, [&](std::uint64_t, std::uint64_t last, const V& value) {
      run = {last, value};
      return false;
    });
    return run;
  }

  std::size_t run_count() const { return count_ == 0 ? tree_->size() : count_; }

  /// Bytes on the heap.
  std::size_t memory() const { return count_ == 0 ? tree_->memory() : 0; }

  void set(std::uint64_t index, V value, Journal* journal = nullptr) {
    set_through(index, index, value, journal);
  }

  void set_range(std::uint64_t lo, std::uint64_t hi, V value, Journal* journal = nullptr) {
    if (lo < hi) set_through(lo, hi - 1, value, journal);
  }

  void set_through(std::uint64_t lo, std::uint64_t last, V value, Journal* journal = nullptr) {
    if (lo > last) return;
    if (journal == nullptr) return assign(lo, last, value, [](auto&&...) {});
    assign(lo, last, value, [&](std::uint64_t from, std::uint64_t to, const V& before) {
      journal->record([this, from, to, before] { set_through(from, to, before); });
    });
  }

  /// Back to the default everywhere.
  void clear(Journal* journal = nullptr) {
    if (journal != nullptr) return set_through(0, detail::kLastIndex, default_, journal);
    drop();
    reset();
  }

  /// Calls fn(lo, hi, value) for each run of lo..hi, cut to it, ascending. If fn returns a bool,
  /// false stops the walk. fn must not change the map.
  template <class Fn>
  void for_each_run(std::uint64_t lo, std::uint64_t hi, Fn&& fn) const {
    if (lo >= hi) return;
    walk(lo, hi - 1, [&](std::uint64_t from, std::uint64_t to, const V& value) {
      return keep_on(fn, from, to + 1, value);
    });
  }

  /// Calls fn(first, last, value) for all runs, last included, ascending.
  template <class Fn>
  void each_run(Fn&& fn) const {
    walk(0, detail::kLastIndex, [&](std::uint64_t first, std::uint64_t last, const V& value) {
      fn(first, last, value);
      return true;
    });
  }

  /// The lowest index of lo..hi whose value satisfies the predicate. Tests each run once.
  template <class Pred>
  std::optional<std::uint64_t> find_first(std::uint64_t lo, std::uint64_t hi, Pred&& pred) const {
    std::optional<std::uint64_t> found;
    for_each_run(lo, hi, [&](std::uint64_t from, std::uint64_t, const V& value) {
      if (pred(value)) found = from;
      return !found.has_value();
    });
    return found;
  }

  /// Whether every index of lo..hi has this value. True for an empty range.
  bool all_equal(std::uint64_t lo, std::uint64_t hi, const V& value) const {
    bool all = true;
    for_each_run(lo, hi, [&](std::uint64_t, std::uint64_t, const V& here) {
      all = here == value;
      return all;
    });
    return all;
  }

  /// Replaces each value v of lo..hi by fn(v). fn is called once a run and must be a function of v.
  template <class Fn>
  void transform(std::uint64_t lo, std::uint64_t hi, Fn&& fn, Journal* journal = nullptr) {
    while (lo < hi) {
      const Run run = run_at(lo);
      const std::uint64_t end = run.last < hi ? run.last + 1 : hi;
      const V changed = fn(run.value);
      if (!(changed == run.value)) set_range(lo, end, changed, journal);
      lo = end;
    }
  }

  /// Copies lo..hi of another map, which is not this one, to the same indices.
  void copy_range(const RangeMap& from, std::uint64_t lo, std::uint64_t hi,
                  Journal* journal = nullptr) {
    from.for_each_run(lo, hi, [&](std::uint64_t a, std::uint64_t b, const V& value) {
      set_range(a, b, value, journal);
    });
  }

  /// Equal values at every index; defaults do not matter.
  friend bool operator==(const RangeMap& a, const RangeMap& b) {
    if (a.run_count() != b.run_count()) return false;
    bool equal = true;
    a.walk(0, detail::kLastIndex, [&](std::uint64_t start, std::uint64_t last, const V& value) {
      // As many maximal runs on both sides: they are the same iff each ends where the other's does.
      const Run other = b.run_at(start);
      equal = other.last == last && other.value == value;
      return equal;
    });
    return equal;
  }

  /// A function of the values alone.
  std::uint64_t hash() const {
    Hasher hasher;
    walk(0, detail::kLastIndex, [&](std::uint64_t start, std::uint64_t, const V& value) {
      hasher.add(start).add(value);
      return true;
    });
    return hasher.finish();
  }

 private:
  using Tree = detail::RunTree<V>;
  struct Inline {
    std::uint64_t starts[kInlineRuns];
    V values[kInlineRuns];
  };

  template <class Fn>
  static bool keep_on(Fn& fn, std::uint64_t lo, std::uint64_t hi, const V& value) {
    if constexpr (std::is_void_v<decltype(fn(lo, hi, value))>) {
      fn(lo, hi, value);
      return true;
    } else {
      return fn(lo, hi, value);
    }
  }

  std::size_t locate(std::uint64_t index) const {
    std::size_t at = 0;
    for (std::size_t i = 1; i < count_; ++i)
      at += inline_.starts[i] <= index ? 1 : 0;
    return at;
  }

  /// As RunTree::walk.
  template <class Fn>
  void walk(std::uint64_t index, std::uint64_t last, Fn&& fn) const {
    if (count_ == 0) return tree_->walk(index, last, fn);
    for (std::size_t i = locate(index); i < count_ && inline_.starts[i] <= last; ++i) {
      if (!fn(std::max(inline_.starts[i], index), std::min(last_of(i), last), inline_.values[i]))
        return;
    }
  }

  std::uint64_t last_of(std::size_t run) const {
    return run + 1 < count_ ? inline_.starts[run + 1] - 1 : detail::kLastIndex;
  }

  /// As RunTree::assign.
  template <class Fn>
  void assign(std::uint64_t lo, std::uint64_t last, V value, Fn&& replaced) {
    if (count_ == 0) {
      tree_->assign(lo, last, value, replaced);
      if (tree_->size() <= kInlineRuns / 2) demote();
      return;
    }
    // The same plan as RunTree::assign, on one array.
    const std::size_t a = locate(lo), b = locate(last);
    if (a == b && inline_.values[a] == value) return;
    for (std::size_t i = a; i <= b; ++i) {
      if (!(inline_.values[i] == value))
        replaced(std::max(lo, inline_.starts[i]), std::min(last, last_of(i)), inline_.values[i]);
    }
    const bool starts_here = inline_.starts[a] == lo;
    const std::size_t from = starts_here ? a : a + 1;
    std::size_t to = b + 1;
    const bool joined = from > 0 && inline_.values[from - 1] == value;
    const V last_value = inline_.values[b];
    bool tail = false;
    if (last < last_of(b)) {
      tail = !(last_value == value);
    } else if (to < count_ && inline_.values[to] == value) {
      ++to;
    }
    const std::size_t fresh = (joined ? 0u : 1u) + (tail ? 1u : 0u);
    if (count_ - (to - from) + fresh > kInlineRuns) {
      promote();
      return tree_->assign(lo, last, value, [](auto&&...) {});
    }
    detail::shift(inline_.starts, count_, to, from + fresh);
    detail::shift(inline_.values, count_, to, from + fresh);
    count_ = static_cast<std::uint32_t>(count_ - (to - from) + fresh);
    std::size_t at = from;
    if (!joined) put(at++, lo, value);
    if (tail) put(at, last + 1, last_value);
  }

  void put(std::size_t at, std::uint64_t start, V value) {
    inline_.starts[at] = start;
    inline_.values[at] = value;
  }

  void promote() {
    auto tree = std::make_unique<Tree>(inline_.starts, inline_.values, count_);
    tree_ = tree.release();
    count_ = 0;
  }

  void demote() {
    const std::unique_ptr<Tree> tree(tree_);
    std::construct_at(&inline_);
    count_ = 0;
    tree->walk(0, detail::kLastIndex, [&](std::uint64_t start, std::uint64_t, const V& value) {
      put(count_++, start, value);
      return true;
    });
  }

  void reset() {
    std::construct_at(&inline_);
    inline_.values[0] = default_;
    count_ = 1;
  }

  void drop() {
    if (count_ == 0) delete tree_;
  }

  void copy_inline(const RangeMap& other) { std::construct_at(&inline_, other.inline_); }

  void take(RangeMap& other) {
    count_ = other.count_;
    if (count_ == 0) {
      tree_ = other.tree_;
    } else {
      copy_inline(other);
    }
    other.reset();
  }

  V default_;
  std::uint32_t count_ = 0;  // runs of inline_; 0: they are in tree_
  union {
    Inline inline_;
    Tree* tree_;
  };
};

}  // namespace gms::model
