// State functions as a spec declares them, `f : [K1, K2, ...] -> V`, and the part of a state that
// they share: the live handles and the journal.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "model/runtime/cells.h"
#include "model/runtime/cursor.h"
#include "model/runtime/datum.h"
#include "model/runtime/handles.h"
#include "model/runtime/range_map.h"

namespace gms::model {

namespace detail {
template <class T>
struct DomainOf {
  static constexpr bool kIsHandle = false;
};
template <class D>
struct DomainOf<Handle<D>> {
  static constexpr bool kIsHandle = true;
  using Domain = D;
};
template <class T>
inline constexpr bool kIsHandle = DomainOf<T>::kIsHandle;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<Optional<T>> = true;

/// A leaf for each combination of so many handles.
template <class Leaf, class V, std::size_t kDepth>
struct Nest {
  using Inner = Nest<Leaf, V, kDepth - 1>;
  using Type = PerHandle<typename Inner::Type>;
  static Type make(V initial) { return Type(Inner::make(initial)); }
};
template <class Leaf, class V>
struct Nest<Leaf, V, 0> {
  using Type = Leaf;
  static Type make(V initial) { return Type(initial); }
};
}  // namespace detail

/// What an observation did to an unknown value.
enum class Learnt : std::uint8_t {
  kKnown,        // the state has the value now
  kLost,         // it is not known where the value came from
  kContradicts,  // no value of the type is what was seen
};

/// What all functions of a state share. A journal, if there is one, records every change, so that
/// it can be taken back.
template <class... Domains>
class StateBase {
 public:
  StateBase() = default;
  StateBase(const StateBase& other) : tables_(other.tables_), exact_(other.exact_) {}
  StateBase& operator=(const StateBase& other) {
    tables_ = other.tables_;
    exact_ = other.exact_;
    return *this;
  }
  ~StateBase() = default;

  /// The live handles of a kind, oldest first.
  template <class H>
  const auto& all() const {
    return std::get<HandleTable<typename detail::DomainOf<H>::Domain>>(tables_);
  }
  template <class D>
  bool is_live(Handle<D> handle) const {
    return all<Handle<D>>().is_live(handle);
  }
  template <class H>
  H create() {
    return std::get<HandleTable<typename detail::DomainOf<H>::Domain>>(tables_).create(journal_);
  }
  /// Only the identity; model::destroy also clears what is keyed by it.
  template <class D>
  void end(Handle<D> handle) {
    std::get<HandleTable<D>>(tables_).destroy(handle, journal_);
  }

  Journal* journal() const { return journal_; }
  void use_journal(Journal* journal) { journal_ = journal; }

  /// False once an unknown value was copied or shown without being learnt: what is accepted after
  /// that may be too much.
  bool is_exact() const { return exact_; }
  void lose_exactness() {
    if (!exact_) return;
    exact_ = false;
    if (journal_ != nullptr) journal_->record([this] { exact_ = true; });
  }
  /// A value on its way into the state, other than a fresh choice of the environment.
  template <class T>
  const Lazy<T>& copied(const Lazy<T>& value) {
    if (!value.is_known()) lose_exactness();
    return value;
  }

  /// A kind's number, in the order of Domains.
  template <class H>
  static constexpr std::size_t number_of_kind() {
    constexpr std::array kSame{std::same_as<Handle<Domains>, H>...};
    std::size_t at = 0;
    while (!kSame[at])
      ++at;
    return at;
  }

  // ---- Learning: the one unknown value that a call read may be what the call showed ----
  /// Puts a value that was seen into a cell that holds an unknown one.
  using Learn = Learnt (*)(const void* cell, std::uint64_t position, const Datum& seen,
                           Journal* journal);
  /// From here on, reads of unknown values are noted.
  void forget_reads() const { unknown_reads_ = 0; }
  void note_unknown(const void* cell, std::uint64_t position, Learn how) const {
    if (unknown_reads_ == 1 && cell == cell_ && position == position_) return;
    ++unknown_reads_;
    cell_ = cell;
    position_ = position;
    learn_ = how;
  }
  /// What was read is no longer what is shown, or no longer what the cell holds.
  void blur() const { unknown_reads_ = 2; }
  /// What a call showed was unknown: now it is known. kContradicts: it cannot be this value.
  Learnt learn(const Datum& seen) {
    const Learnt learnt =
        unknown_reads_ == 1 ? learn_(cell_, position_, seen, journal_) : Learnt::kLost;
    if (learnt == Learnt::kLost) lose_exactness();
    return learnt;
  }

  const auto& tables() const { return tables_; }
  auto& tables() { return tables_; }
  friend bool operator==(const StateBase& a, const StateBase& b) {
    return a.exact_ == b.exact_ && a.tables_ == b.tables_;
  }

 private:
  std::tuple<HandleTable<Domains>...> tables_;
  Journal* journal_ = nullptr;
  bool exact_ = true;
  mutable unsigned unknown_reads_ = 0;  // different ones; 2 stands for more
  mutable const void* cell_ = nullptr;
  mutable std::uint64_t position_ = 0;
  mutable Learn learn_ = nullptr;
};

/// A key that is a number, an enum or a bool of so many bits; T is its C++ type.
template <unsigned kBits, class T = std::uint64_t>
struct Bits {
  static constexpr unsigned kWidth = kBits;
};

/// A total function of handles first, then of numbers, which together have at most 64 bits: they
/// are one position in a range map, the first key highest. At a handle that is not live it has its
/// initial value, and assignments are ignored.
///
/// Reading with a Cursor among the numbers shortens its stretch to where the value stays the same.
template <class Base, class V, class... Keys>
class Function {
  static constexpr std::size_t kHandles = ((detail::kIsHandle<Keys> ? 1 : 0) + ... + 0);
  static constexpr std::size_t kNumbers = sizeof...(Keys) - kHandles;
  template <class K>
  static constexpr unsigned key_width() {
    if constexpr (detail::kIsHandle<K>) {
      return 0;
    } else {
      return K::kWidth;
    }
  }
  static constexpr std::array<unsigned, sizeof...(Keys) + 1> kWidths{key_width<Keys>()..., 0};

  using Leaf = std::conditional_t<kNumbers == 0, V, RangeMap<V>>;
  using Nest = detail::Nest<Leaf, V, kHandles>;
  using Cells = typename Nest::Type;

 public:
  using Value = V;

  Function(Base& base, V initial) : base_(base), initial_(initial), cells_(Nest::make(initial)) {}
  Function(const Function&) = delete;
  /// The same values; keys are live in the state that this belongs to.
  Function& operator=(const Function& other) {
    cells_ = other.cells_;
    return *this;
  }
  ~Function() = default;

  template <class... Args>
  V operator()(const Args&... keys) const {
    static_assert(sizeof...(Args) == sizeof...(Keys));
    return read(cells_, std::tie(keys...), std::integral_constant<std::size_t, 0>());
  }

  /// A point that will be looked at, for expect(). Numbers are plain, one at least.
  template <class... Args>
  auto spot(const Args&... keys) const {
    static_assert(sizeof...(Args) == sizeof...(Keys));
    return spot_in(cells_, std::tie(keys...), std::integral_constant<std::size_t, 0>());
  }

  /// What an assignment goes to: each number is a value, or a Stretch for all of its values.
  template <class... Args>
  class Place {
   public:
    Place(Function& function, const Args&... keys) : function_(function), keys_(keys...) {}
    void operator=(V value) const {  // NOLINT(misc-unconventional-assign-operator)
      function_.write(function_.cells_, keys_, value, std::integral_constant<std::size_t, 0>());
    }

   private:
    Function& function_;
    std::tuple<Args...> keys_;
  };
  template <class... Args>
  Place<Args...> at(const Args&... keys) {
    static_assert(sizeof...(Args) == sizeof...(Keys));
    return {*this, keys...};
  }

  /// Back to the initial value at every point that has this handle among its keys.
  template <class D>
  void recycle(Handle<D> handle) {
    if constexpr (kHandles > 0)
      recycle_in(cells_, handle, std::integral_constant<std::size_t, 0>());
  }

  /// `keys` as the spec declares them.
  Datum read_datum(std::span<const Datum> keys, unsigned width) const {
    return read_datum(keys, width, std::index_sequence_for<Keys...>());
  }

  /// Calls fn(handles, from, last, value) for each run of positions, last included, that is not
  /// initial; one at 0 where no key is a number. The handles are the bits of the keys.
  template <class Fn>
  void each_run(Fn&& fn) const {
    std::array<std::uint64_t, kHandles> handles{};
    each_run(cells_, handles, fn, std::integral_constant<std::size_t, 0>());
  }
  /// Makes such a run; without a way back. The handles are live.
  /// False, and nothing done, if the value is unknown and no value of this function can be.
  bool put_run(std::span<const std::uint64_t> handles, std::uint64_t from, std::uint64_t last,
               const Datum& value) {
    if constexpr (!requires(V v) { v.is_known(); }) {
      if (!value.known) return false;
    }
    put_run(cells_, handles, from, last, from_datum<V>(value),
            std::integral_constant<std::size_t, 0>());
    return true;
  }

  std::uint64_t hash() const { return hash_value(cells_); }
  friend bool operator==(const Function& a, const Function& b) { return a.cells_ == b.cells_; }

 private:
  template <std::size_t kIndex>
  using Key = std::tuple_element_t<kIndex, std::tuple<Keys...>>;

  template <class C, class Tuple, std::size_t kDepth>
  V read(const C& cells, const Tuple& keys, std::integral_constant<std::size_t, kDepth>) const {
    if constexpr (kDepth < kHandles) {
      const Key<kDepth> handle = std::get<kDepth>(keys);
      if (!base_.is_live(handle)) return initial_;
      return read(cells.get(handle), keys, std::integral_constant<std::size_t, kDepth + 1>());
    } else if constexpr (kNumbers == 0) {
      note(cells, &cells, 0);
      return cells;
    } else {
      return read_number(cells, keys, std::make_index_sequence<kNumbers>());
    }
  }

  template <class C, class Tuple, std::size_t kDepth>
  typename RangeMap<V>::Spot spot_in(const C& cells, const Tuple& keys,
                                     std::integral_constant<std::size_t, kDepth>) const {
    if constexpr (kDepth < kHandles) {
      const Key<kDepth> handle = std::get<kDepth>(keys);
      if (!base_.is_live(handle)) return {};
      return spot_in(cells.get(handle), keys, std::integral_constant<std::size_t, kDepth + 1>());
    } else {
      return cells.spot(position(keys, std::make_index_sequence<kNumbers>()));
    }
  }

  template <class T>
  static std::uint64_t number(const T& key) {
    if constexpr (std::same_as<T, Cursor>) {
      return key.peek();
    } else {
      return static_cast<std::uint64_t>(key);
    }
  }
  /// Bits of the numbers after the kIndex-th.
  template <std::size_t kIndex>
  static constexpr unsigned width_below() {
    unsigned width = 0;
    for (std::size_t i = kHandles + kIndex + 1; i < sizeof...(Keys); ++i)
      width += kWidths[i];
    return width;
  }

  template <class Tuple, std::size_t... kIndex>
  static std::uint64_t position(const Tuple& keys, std::index_sequence<kIndex...>) {
    return ((number(std::get<kHandles + kIndex>(keys)) << (width_below<kIndex>() % 64)) | ...);
  }

  template <class Tuple, std::size_t... kIndex>
  V read_number(const RangeMap<V>& map, const Tuple& keys,
                std::index_sequence<kIndex...> indices) const {
    const std::uint64_t position = Function::position(keys, indices);
    if constexpr ((std::same_as<std::decay_t<std::tuple_element_t<kHandles + kIndex, Tuple>>,
                                Cursor> ||
                   ...)) {
      // Where only the last number moves, nobody asks what is behind the cursor's end.
      std::uint64_t limit = ~std::uint64_t{0};
      using Last = std::decay_t<std::tuple_element_t<kHandles + kNumbers - 1, Tuple>>;
      if constexpr (kNumbers == 1 && std::same_as<Last, Cursor>)
        limit = std::get<kHandles>(keys).limit();
      const auto run = map.run_at(position, limit);
      (hold<kIndex>(std::get<kHandles + kIndex>(keys), keys, position, run.last), ...);
      return run.value;
    } else {
      const V& value = map.get(position);
      note(value, &map, position);
      return value;
    }
  }

  /// Tells the state about an unknown value that was read from a cell.
  void note([[maybe_unused]] const V& value, [[maybe_unused]] const Leaf* cell,
            [[maybe_unused]] std::uint64_t position) const {
    if constexpr (requires { value.is_known(); }) {
      if (!value.is_known()) base_.note_unknown(cell, position, &Function::learn);
    }
  }
  /// The cell is one of this kind of function, in a state that is not const.
  static Learnt learn(const void* cell, std::uint64_t position, const Datum& seen,
                      Journal* journal) {
    if constexpr (requires(V value) { value.is_known(); }) {
      using Known = decltype(V{}.value());
      if constexpr (!detail::kIsOptional<Known>) {
        if (seen.none) return Learnt::kContradicts;
      }
      auto& leaf = *static_cast<Leaf*>(const_cast<void*>(cell));
      const V value = from_datum<Known>(seen);
      if constexpr (kNumbers == 0) {
        if (leaf.is_known()) return Learnt::kLost;
        detail::store(leaf, value, journal);
      } else {
        if (leaf.get(position).is_known()) return Learnt::kLost;
        leaf.set(position, value, journal);
      }
      return Learnt::kKnown;
    } else {
      return Learnt::kLost;
    }
  }

  template <std::size_t kIndex, class Tuple, std::size_t... kBelow>
  static bool moves_below([[maybe_unused]] const Tuple& keys, std::index_sequence<kBelow...>) {
    [[maybe_unused]] const auto moves = [](const auto& key) {
      if constexpr (std::same_as<std::decay_t<decltype(key)>, Cursor>) {
        return key.moves();
      } else {
        return false;
      }
    };
    return (moves(std::get<kHandles + kIndex + 1 + kBelow>(keys)) || ... || false);
  }

  /// Ends the stretch of a cursor where the run ends, the other numbers staying as they are; those
  /// below that move as well have to be in the run with all their values.
  template <std::size_t kIndex, class K, class Tuple>
  static void hold(const K& key, const Tuple& keys, std::uint64_t position,
                   std::uint64_t run_last) {
    if constexpr (std::same_as<K, Cursor>) {
      constexpr unsigned kBelow = width_below<kIndex>();
      constexpr unsigned kUpTo = kBelow + kWidths[kHandles + kIndex];
      constexpr std::uint64_t kRow = kBelow == 0 ? 0 : bits::mask(kBelow == 0 ? 1 : kBelow);
      std::uint64_t last = std::min(run_last, position | bits::mask(kUpTo));
      const bool rows =
          moves_below<kIndex>(keys, std::make_index_sequence<kNumbers - kIndex - 1>());
      const std::uint64_t low = rows ? kRow : position & kRow;
      // The last key whose point (or whole row) is in the run.
      const std::uint64_t steps = last - position;
      const std::uint64_t to_row_end = low - (position & kRow);
      key.hold(steps < to_row_end ? key.peek()
                                  : key.peek() + ((steps - to_row_end) >> (kBelow % 64)));
    }
  }

  template <class C, class Tuple, std::size_t kDepth>
  void write(C& cells, const Tuple& keys, V value, std::integral_constant<std::size_t, kDepth>) {
    if constexpr (kDepth < kHandles) {
      const Key<kDepth> handle = std::get<kDepth>(keys);
      if (!base_.is_live(handle)) return;
      if constexpr (requires { value.is_known(); }) {
        if (!value.is_known()) base_.blur();
      }
      write(cells.at(handle), keys, value, std::integral_constant<std::size_t, kDepth + 1>());
    } else if constexpr (kNumbers == 0) {
      if (!(cells == value)) detail::store(cells, value, base_.journal());
    } else {
      write_numbers(cells, keys, value, std::make_index_sequence<kNumbers>());
    }
  }

  template <class T>
  static Stretch span_of(const T& key) {
    if constexpr (std::same_as<T, Stretch>) {
      return key;
    } else {
      const auto value = static_cast<std::uint64_t>(key);
      return {value, value};
    }
  }

  template <class Tuple, std::size_t... kIndex>
  void write_numbers(RangeMap<V>& map, const Tuple& keys, V value,
                     std::index_sequence<kIndex...> indices) {
    if constexpr (!(std::same_as<std::decay_t<std::tuple_element_t<kHandles + kIndex, Tuple>>,
                                 Stretch> ||
                    ...))
      return map.set(position(keys, indices), value, base_.journal());
    const std::array<Stretch, kNumbers> spans{span_of(std::get<kHandles + kIndex>(keys))...};
    // The numbers from `rest` on take all their values: one piece for each value of those before.
    std::size_t rest = kNumbers;
    while (rest > 1 && spans[rest - 1].first == 0 &&
           spans[rest - 1].last == bits::mask(kWidths[kHandles + rest - 1])) {
      --rest;
    }
    fill(map, spans, 0, rest, 0, value);
  }

  void fill(RangeMap<V>& map, const std::array<Stretch, kNumbers>& spans, std::size_t at,
            std::size_t rest, std::uint64_t before, V value) {
    const Stretch& span = spans[at];
    if (span.empty()) return;
    const unsigned width = kWidths[kHandles + at];
    const std::uint64_t base = width >= 64 ? 0 : before << width;
    if (at + 1 == rest) {
      unsigned below = 0;
      for (std::size_t i = at + 1; i < kNumbers; ++i)
        below += kWidths[kHandles + i];
      const std::uint64_t row = below == 0 ? 0 : bits::mask(below);
      map.set_through((base | span.first) << (below % 64), (base | span.last) << (below % 64) | row,
                      value, base_.journal());
      return;
    }
    for (std::uint64_t i = span.first;; ++i) {
      fill(map, spans, at + 1, rest, base | i, value);
      if (i == span.last) break;
    }
  }

  template <class C, class H, std::size_t kDepth>
  void recycle_in(C& cells, H handle, std::integral_constant<std::size_t, kDepth>) {
    if constexpr (kDepth < kHandles) {
      if constexpr (std::same_as<Key<kDepth>, H>) cells.recycle(handle, base_.journal());
      if constexpr (kDepth + 1 < kHandles) {
        for (const Key<kDepth> outer : base_.template all<Key<kDepth>>()) {
          if (cells.get(outer) == cells.initial()) continue;
          recycle_in(cells.at(outer), handle, std::integral_constant<std::size_t, kDepth + 1>());
        }
      }
    }
  }

  template <class C, class Handles, class Fn, std::size_t kDepth>
  void each_run(const C& cells, Handles& handles, Fn& fn,
                std::integral_constant<std::size_t, kDepth>) const {
    if constexpr (kDepth < kHandles) {
      for (const Key<kDepth> handle : base_.template all<Key<kDepth>>()) {
        handles[kDepth] = handle.hash();
        each_run(cells.get(handle), handles, fn, std::integral_constant<std::size_t, kDepth + 1>());
      }
    } else if constexpr (kNumbers == 0) {
      if (!(cells == initial_)) fn(handles, 0, 0, to_datum(cells));
    } else {
      cells.each_run([&](std::uint64_t first, std::uint64_t last, const V& value) {
        if (!(value == initial_)) fn(handles, first, last, to_datum(value));
      });
    }
  }
  template <class C, std::size_t kDepth>
  void put_run(C& cells, std::span<const std::uint64_t> handles, std::uint64_t from,
               std::uint64_t last, const V& value, std::integral_constant<std::size_t, kDepth>) {
    if constexpr (kDepth < kHandles) {
      const auto handle = from_datum<Key<kDepth>>({handles[kDepth]});
      put_run(cells.at(handle), handles, from, last, value,
              std::integral_constant<std::size_t, kDepth + 1>());
    } else if constexpr (kNumbers == 0) {
      cells = value;
    } else {
      cells.set_through(from, last, value);
    }
  }

  template <class K>
  static auto take(const Datum& datum) {
    if constexpr (detail::kIsHandle<K>) {
      return from_datum<K>(datum);
    } else {
      return datum.bits;
    }
  }
  template <std::size_t... kIndex>
  Datum read_datum([[maybe_unused]] std::span<const Datum> keys, unsigned width,
                   std::index_sequence<kIndex...>) const {
    return to_datum((*this)(take<Keys>(keys[kIndex])...), width);
  }

  Base& base_;
  V initial_;
  Cells cells_;
};

/// Asks for all that will be looked at: it is waited for together, not for one after the other.
template <class... Spots>
void expect(Spots... spots) {
  (spots.find(), ...);
  (spots.fetch(), ...);
}

/// A function of values that may be unknown, whose result is none of them.
template <class State, class Fn, class... T>
auto computed(const State& state, Fn&& fn, const Lazy<T>&... values) {
  const auto result = lift(fn, values...);
  if (!result.is_known()) state.blur();
  return result;
}

/// Ends a handle and everything that is keyed by it. Nothing if it is not live.
template <class State, class D>
void destroy(State& state, Handle<D> handle) {
  if (!state.is_live(handle)) return;
  std::apply([&](auto&... functions) { (functions.recycle(handle), ...); }, state.functions());
  state.end(handle);
}

}  // namespace gms::model
