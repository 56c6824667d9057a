// The large form of a range map: runs in small leaves, under an index of two levels. A look-up is
// two short binary searches for the leaf, unless one of the last look-ups was there too.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "model/runtime/run_leaf.h"

namespace gms::model::detail {

inline constexpr std::uint64_t kLastIndex = std::numeric_limits<std::uint64_t>::max();

/// The greatest i < n with starts[i] <= x. Needs n > 0 and starts[0] <= x.
inline std::size_t last_at_most(const std::uint64_t* starts, std::size_t n, std::uint64_t x) {
  const std::uint64_t* base = starts;
  while (n > 1) {
    const std::size_t half = n / 2;
    const std::uint64_t* const upper = base + half;
    base = *upper <= x ? upper : base;  // a conditional move: which way it goes is not foreseen
    n -= half;
  }
  return static_cast<std::size_t>(base - starts);
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
  using Leaf = RunLeaf<V>;

  /// Takes at least one run, in order.
  RunTree(const std::uint64_t* starts, const V* values, std::size_t count) : runs_(count) {
    nodes_.push_back(std::make_unique<Node>());
    firsts_.push_back(0);
    nodes_[0]->count = 1;
    nodes_[0]->firsts[0] = 0;
    nodes_[0]->leaves[0] = std::make_unique<Leaf>(0);
    Place place{0, 0};
    for (std::size_t i = 0; i < count; ++i) {
      const RunStart<V> item{starts[i], values[i]};
      if (leaf(place).count() == Leaf::kCapacity || !leaf(place).reaches(item.start)) {
        place = insert_after(place, std::make_unique<Leaf>(item.start), item.start);
      }
      leaf(place).replace(leaf(place).count(), leaf(place).count(), &item, 1);
    }
  }
  RunTree(const RunTree& other) : firsts_(other.firsts_), runs_(other.runs_) {
    for (const auto& node : other.nodes_) {
      nodes_.push_back(std::make_unique<Node>());
      nodes_.back()->count = node->count;
      nodes_.back()->firsts = node->firsts;
      for (std::size_t i = 0; i < node->count; ++i)
        nodes_.back()->leaves[i] = std::make_unique<Leaf>(*node->leaves[i]);
    }
  }
  RunTree& operator=(const RunTree&) = delete;

  std::size_t size() const { return runs_; }

  /// Bytes in use on the heap.
  std::size_t memory() const {
    std::size_t leaves = 0;
    for (const auto& node : nodes_)
      leaves += node->count;
    return sizeof *this + leaves * sizeof(Leaf) + nodes_.size() * sizeof(Node) +
           nodes_.capacity() * sizeof nodes_[0] + firsts_.capacity() * sizeof firsts_[0];
  }

  /// A place that will be looked at: find() asks for what leads there, fetch() for what is there.
  /// Neither waits if there is something to do in between. Valid until the tree changes.
  class Spot {
   public:
    Spot() = default;  // nowhere
    Spot(const RunTree* tree, std::uint64_t index) : tree_(tree), index_(index) {}
    void find() {
      if (tree_ != nullptr) node_ = tree_->ask_node(index_);
    }
    void fetch() const {
      if (tree_ != nullptr) tree_->ask_leaf(node_, index_);
    }

   private:
    const RunTree* tree_ = nullptr;
    std::uint64_t index_ = 0;
    std::uint32_t node_ = 0;
  };

  const V& get(std::uint64_t index) const {
    const Leaf& here = leaf(locate(index));
    return here.value(here.find(index));
  }

  /// Calls fn(from, to, value) for the runs of index..last, both included and cut to it, until fn
  /// returns false. index <= last.
  template <class Fn>
  void walk(std::uint64_t index, std::uint64_t last, Fn&& fn) const {
    const Place place = locate(index);
    walk(place, leaf(place).find(index), index, last, fn);
  }

  /// Sets lo..last, both included, to `value`. lo <= last. Calls replaced(from, to, value) for each
  /// part, both ends included, that had another value; it must not look at the tree.
  template <class Fn>
  void assign(std::uint64_t lo, std::uint64_t last, V value, Fn&& replaced) {
    const Place first_place = locate(lo);
    const Leaf& first_leaf = leaf(first_place);
    const std::size_t a = first_leaf.find(lo);
    if (lo == last) {
      const V before = first_leaf.value(a);
      if (before == value) return;
      if (set_inside(first_place, a, lo, value)) return replaced(lo, lo, before);
    }
    const std::uint64_t first_end = last_of(first_place);
    const Place last_place = last <= first_end ? first_place : locate(last);
    const Leaf& last_leaf = leaf(last_place);
    const std::size_t b = last_leaf.find(last);
    const bool starts_here = first_leaf.start(a) == lo;
    if (first_place == last_place && a == b && first_leaf.value(a) == value) return;
    walk(first_place, a, lo, last, [&](std::uint64_t from, std::uint64_t to, const V& before) {
      if (!(before == value)) replaced(from, to, before);
      return true;
    });

    // The runs from..to go; a run of `value` starts at lo unless the run before has that value, and
    // what is left of the last run starts after `last` unless it has that value too.
    const Position from{first_place, starts_here ? a : a + 1};
    bool joined = false;
    if (!starts_here) {
      joined = first_leaf.value(a) == value;
    } else if (lo != 0) {
      joined = a > 0 ? first_leaf.value(a - 1) == value : last_value(before(first_place)) == value;
    }
    Position to{last_place, b + 1};
    std::array<RunStart<V>, 2> items;
    std::size_t size = 0;
    if (!joined) items[size++] = {lo, value};
    const V here = last_leaf.value(b);
    const std::uint64_t end =
        b + 1 < last_leaf.count() ? last_leaf.start(b + 1) - 1 : last_of(last_place);
    if (last < end) {
      if (!(here == value)) items[size++] = {last + 1, here};
    } else if (end != kLastIndex) {
      const Position next = b + 1 < last_leaf.count() ? to : Position{after(last_place), 0};
      if (leaf(next.place).value(next.index) == value) to = {next.place, next.index + 1};
    }
    splice(from, to, items.data(), size);
  }

 private:
  static constexpr std::size_t kFanout = 32;
  static constexpr std::size_t kRemembered = 16;  // a power of two

  struct Node {
    std::size_t count = 0;
    std::array<std::uint64_t, kFanout> firsts;  // where each leaf starts
    std::array<std::unique_ptr<Leaf>, kFanout> leaves;
  };
  /// Of a leaf. Valid until the index changes.
  struct Place {
    std::uint32_t node;
    std::uint32_t slot;
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct Position {
    Place place;
    std::size_t index;
  };

  /// From the run with that number on, which holds `index`.
  template <class Fn>
  void walk(Place place, std::size_t at, std::uint64_t index, std::uint64_t last, Fn&& fn) const {
    for (;;) {
      const Leaf& here = leaf(place);
      const bool ends = at + 1 == here.count();
      const std::uint64_t to = ends ? last_of(place) : here.start(at + 1) - 1;
      if (!fn(index, std::min(to, last), here.value(at)) || to >= last) return;
      index = to + 1;
      if (ends) place = after(place);
      at = ends ? 0 : at + 1;
    }
  }

  Leaf& leaf(Place at) { return *nodes_[at.node]->leaves[at.slot]; }
  const Leaf& leaf(Place at) const { return *nodes_[at.node]->leaves[at.slot]; }

  /// The leaf that holds `index`.
  Place locate(std::uint64_t index) const {
    // One call of an action looks at the same page again and again, and what comes up was asked for
    // before.
    const std::uint64_t found = remembered(index).load(std::memory_order_relaxed);
    const Place same{static_cast<std::uint32_t>(found >> 32), static_cast<std::uint32_t>(found)};
    if (holds(same, index)) return same;
    return ask_leaf(ask_node(index), index);
  }
  /// The node that holds `index`.
  std::uint32_t ask_node(std::uint64_t index) const {
    const std::size_t at = last_at_most(firsts_.data(), firsts_.size(), index);
    // A large map is not in the cache: what is surely looked at is fetched at once instead of one
    // line after the other.
    const Node& node = *nodes_[at];
    constexpr std::size_t kInLine = 64 / sizeof node.firsts[0];
    for (std::size_t i = 0; i < kFanout; i += kInLine)
      __builtin_prefetch(&node.firsts[i]);
    return static_cast<std::uint32_t>(at);
  }
  /// The leaf that holds `index`, which is in the node.
  Place ask_leaf(std::uint32_t at, std::uint64_t index) const {
    const Node& node = *nodes_[at];
    const Place place{
        at, static_cast<std::uint32_t>(last_at_most(node.firsts.data(), node.count, index))};
    node.leaves[place.slot]->prefetch();
    remembered(index).store(std::uint64_t{place.node} << 32 | place.slot,
                            std::memory_order_relaxed);
    return place;
  }
  std::atomic<std::uint64_t>& remembered(std::uint64_t index) const {
    return found_[(index * 0x9e3779b97f4a7c15u) >> 32 & (kRemembered - 1)];
  }
  bool holds(Place at, std::uint64_t index) const {
    if (at.node >= nodes_.size()) return false;
    const Node& node = *nodes_[at.node];
    if (at.slot >= node.count || index < node.firsts[at.slot]) return false;
    if (at.slot + 1 < node.count) return index < node.firsts[at.slot + 1];
    return at.node + 1 == firsts_.size() || index < firsts_[at.node + 1];
  }

  Place after(Place at) const {
    return at.slot + 1 < nodes_[at.node]->count ? Place{at.node, at.slot + 1}
                                                : Place{at.node + 1, 0};
  }
  Place before(Place at) const {
    if (at.slot > 0) return {at.node, at.slot - 1};
    return {at.node - 1, static_cast<std::uint32_t>(nodes_[at.node - 1]->count - 1)};
  }
  bool is_first(Place at) const { return at.node == 0 && at.slot == 0; }
  bool is_last(Place at) const {
    return at.node + 1 == nodes_.size() && at.slot + 1 == nodes_[at.node]->count;
  }
  /// The last index of a leaf's runs.
  std::uint64_t last_of(Place at) const {
    const Node& node = *nodes_[at.node];
    if (at.slot + 1 < node.count) return node.firsts[at.slot + 1] - 1;
    return at.node + 1 < firsts_.size() ? firsts_[at.node + 1] - 1 : kLastIndex;
  }
  const V& last_value(Place at) const { return leaf(at).value(leaf(at).count() - 1); }

  /// Gives the index, which is in the run with that number, another value. False, and nothing done,
  /// if that is not between two runs of the leaf, or if there is no room.
  bool set_inside(Place place, std::size_t at, std::uint64_t index, V value) {
    Leaf& here = leaf(place);
    const bool starts = here.start(at) == index;
    const std::size_t was = here.count();
    if (at + 1 == was || (starts && at == 0)) return false;
    const bool ends = here.start(at + 1) == index + 1;
    const bool joins = ends && here.value(at + 1) == value;
    std::array<RunStart<V>, 2> items;
    std::size_t size = 0;
    if (!starts || !(here.value(at - 1) == value)) items[size++] = {index, value};
    if (!ends) items[size++] = {index + 1, here.value(at)};
    const std::size_t from = starts ? at : at + 1, to = joins ? at + 2 : at + 1;
    if (was - (to - from) + size > Leaf::kCapacity) return false;
    here.replace(from, to, items.data(), size);
    runs_ += here.count();
    runs_ -= was;
    if (here.count() < was && is_small(here)) tidy(place);
    return true;
  }

  /// Replaces the runs from..to, `to` excluded, by items. Either index may be one past a leaf.
  void splice(Position from, Position to, const RunStart<V>* items, std::size_t size) {
    const bool far = !(from.place == to.place);
    if (far) to = cut(from, to);
    Leaf& here = leaf(from.place);
    std::size_t before = here.count();
    const std::size_t was = before;
    if (before - (to.index - from.index) + size > Leaf::kCapacity) {
      // At most one run goes here, so the middle of the leaf is not inside from..to. What comes may
      // start before the run that it replaces, and must then go to the left.
      const std::size_t middle = before / 2 + (from.index == before / 2 ? 1 : 0);
      auto fresh = std::make_unique<Leaf>(0);
      here.split(middle, *fresh);
      const std::uint64_t first = fresh->first();
      const Place right = insert_after(from.place, std::move(fresh), first);
      if (to.index > middle) {
        from = {right, from.index - middle};
        to = {right, to.index - middle};
      } else {
        from.place = to.place = {right.node, right.slot - 1};
      }
      return splice(from, to, items, size);
    }
    // With none of its runs left, the leaf may begin anywhere.
    if (from.index == 0 && to.index == before && size != 0) {
      here = Leaf(items[0].start);
      runs_ -= before;
      before = to.index = 0;
    }
    std::size_t near = 0;
    while (near < size && here.reaches(items[near].start))
      ++near;
    here.replace(from.index, to.index, items, near);
    runs_ += here.count();
    runs_ -= before;
    if (here.count() == 0) {
      remove(from.place);
      return tidy_node(std::min<std::size_t>(from.place.node, nodes_.size() - 1));
    }
    if (from.index == 0) set_first(from.place, here.first());
    // What is too far away comes after all runs of this leaf.
    for (Place place = from.place; near < size; ++near, ++runs_) {
      auto fresh = std::make_unique<Leaf>(items[near].start);
      fresh->replace(0, 0, &items[near], 1);
      place = insert_after(place, std::move(fresh), items[near].start);
    }
    if (!far && (here.count() >= was || !is_small(here))) return;
    const std::uint64_t index = here.first();
    const Place place = locate(index);  // leaves may have been inserted
    if (far && !is_last(place)) tidy(after(place));
    tidy(locate(index));
  }

  /// Drops the runs from..to in all leaves but the first of them. What `to` is then.
  Position cut(Position from, Position to) {
    const Leaf* const right = &leaf(to.place);
    Place next = after(from.place);
    for (; &leaf(next) != right; next = after(from.place)) {
      runs_ -= leaf(next).count();
      remove(next);
    }
    leaf(next).replace(0, to.index, nullptr, 0);
    runs_ -= to.index;
    if (leaf(next).count() == 0) {
      remove(next);
    } else {
      set_first(next, leaf(next).first());
    }
    return {from.place, leaf(from.place).count()};
  }

  static bool is_small(const Leaf& leaf) { return leaf.count() < Leaf::kCapacity / 4; }

  /// Joins a leaf that became small with a neighbour.
  void tidy(Place at) {
    if (is_small(leaf(at))) {
      if (!is_last(at) && leaf(at).can_append(leaf(after(at)))) {
        leaf(at).append(leaf(after(at)));
        remove(after(at));
      } else if (!is_first(at) && leaf(before(at)).can_append(leaf(at))) {
        leaf(before(at)).append(leaf(at));
        const Place left = before(at);
        remove(at);
        at = left;
      }
    }
    tidy_node(at.node);
  }

  void tidy_node(std::size_t at) {
    const auto small = [this](std::size_t left) {
      return nodes_[left]->count + nodes_[left + 1]->count <= kFanout / 2;
    };
    if (at + 1 < nodes_.size() && small(at)) {
      absorb_next(at);
    } else if (at > 0 && small(at - 1)) {
      absorb_next(at - 1);
    }
  }

  void absorb_next(std::size_t at) {
    Node& node = *nodes_[at];
    Node& next = *nodes_[at + 1];
    std::copy_n(next.firsts.begin(), next.count, node.firsts.begin() + signed_of(node.count));
    std::move(next.leaves.begin(), next.leaves.begin() + signed_of(next.count),
              node.leaves.begin() + signed_of(node.count));
    node.count += next.count;
    erase_node(at + 1);
  }
  void erase_node(std::size_t at) {
    nodes_.erase(nodes_.begin() + signed_of(at));
    firsts_.erase(firsts_.begin() + signed_of(at));
  }

  void set_first(Place at, std::uint64_t first) {
    nodes_[at.node]->firsts[at.slot] = first;
    if (at.slot == 0) firsts_[at.node] = first;
  }

  /// Where the new leaf is then.
  Place insert_after(Place at, std::unique_ptr<Leaf> fresh, std::uint64_t first) {
    if (nodes_[at.node]->count == kFanout) {
      constexpr std::size_t kHalf = kFanout / 2;
      Node& node = *nodes_[at.node];
      auto half = std::make_unique<Node>();
      std::copy(node.firsts.begin() + kHalf, node.firsts.end(), half->firsts.begin());
      std::move(node.leaves.begin() + kHalf, node.leaves.end(), half->leaves.begin());
      half->count = kFanout - kHalf;
      node.count = kHalf;
      firsts_.insert(firsts_.begin() + at.node + 1, half->firsts[0]);
      nodes_.insert(nodes_.begin() + at.node + 1, std::move(half));
      if (at.slot >= kHalf) at = {at.node + 1, static_cast<std::uint32_t>(at.slot - kHalf)};
    }
    Node& node = *nodes_[at.node];
    const Place place{at.node, at.slot + 1};
    std::copy_backward(node.firsts.begin() + place.slot,
                       node.firsts.begin() + signed_of(node.count),
                       node.firsts.begin() + signed_of(node.count) + 1);
    std::move_backward(node.leaves.begin() + place.slot,
                       node.leaves.begin() + signed_of(node.count),
                       node.leaves.begin() + signed_of(node.count) + 1);
    ++node.count;
    node.firsts[place.slot] = first;
    node.leaves[place.slot] = std::move(fresh);
    return place;
  }

  /// Drops a leaf, and a node with the last one in it. Other leaves are left.
  void remove(Place at) {
    Node& node = *nodes_[at.node];
    if (node.count == 1) return erase_node(at.node);
    std::copy(node.firsts.begin() + at.slot + 1, node.firsts.begin() + signed_of(node.count),
              node.firsts.begin() + at.slot);
    std::move(node.leaves.begin() + at.slot + 1, node.leaves.begin() + signed_of(node.count),
              node.leaves.begin() + at.slot);
    --node.count;
    node.leaves[node.count].reset();
    if (at.slot == 0) firsts_[at.node] = node.firsts[0];
  }

  static constexpr std::ptrdiff_t signed_of(std::size_t x) {
    return static_cast<std::ptrdiff_t>(x);
  }

  std::vector<std::uint64_t> firsts_;  // where each node starts
  std::vector<std::unique_ptr<Node>> nodes_;
  std::size_t runs_;
  mutable std::array<std::atomic<std::uint64_t>, kRemembered> found_{};
};

}  // namespace gms::model::detail
