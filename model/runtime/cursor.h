// Quantifiers and updates over ranges of 64-bit indices that cost what the runs cost: the body is
// evaluated at the first index of a stretch with a Cursor, and everything that looks at the cursor
// tells up to where the answer stays the same.
#pragma once

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstdint>
#include <ranges>
#include <type_traits>

#include "model/runtime/optional.h"
#include "model/runtime/value.h"

namespace gms::model {

/// Indices first..last, both included; none if first > last.
struct Stretch {
  std::uint64_t first = 1;
  std::uint64_t last = 0;
  constexpr bool empty() const { return first > last; }
};

/// lo ..< hi
constexpr Stretch stretch(std::uint64_t lo, std::uint64_t hi) {
  return lo < hi ? Stretch{lo, hi - 1} : Stretch{};
}
/// Every value of so many bits.
constexpr Stretch whole(unsigned width) {
  return {0, bits::mask(width)};
}

/// An index that stands for all of start..last at once: `value` for start, one more for each next.
/// Each question about it that has another answer further on shortens the stretch; turning it into
/// a number shortens it to `start`. So whatever is computed from a cursor holds on the whole
/// stretch that is left at the end.
///
/// Its value stays or grows: by `growth` after each `period` steps, of which `phase` are over at
/// the start. An index itself has 1, 1, 0; `p >> 2` has 1, 4, and p's lowest bits.
class Cursor {
 public:
  Cursor(std::uint64_t value, Stretch* stretch) : value_(value), stretch_(stretch) {}

  /// The indices that what was asked so far holds for.
  Stretch covered() const { return *stretch_; }

  /// A number that does not move with the stretch.
  static Cursor fixed(std::uint64_t value) { return {value, nullptr}; }

  /// The value at the start; the caller says with `hold` up to which value its use of it holds.
  std::uint64_t peek() const { return value_; }
  bool moves() const { return stretch_ != nullptr; }
  /// The greatest value that it may come to, if that is simple to tell, or more.
  std::uint64_t limit() const {
    std::uint64_t result = value_;
    if (stretch_ != nullptr &&
        (growth_ != 1 || period_ != 1 ||
         __builtin_add_overflow(value_, stretch_->last - stretch_->first, &result)))
      return ~std::uint64_t{0};
    return result;
  }
  /// Whether their difference stays.
  bool moves_with(Cursor other) const {
    return moves() && stretch_ == other.stretch_ && growth_ == other.growth_ &&
           period_ == other.period_ && phase_ == other.phase_;
  }
  /// Ends the stretch where the cursor's value would exceed `last`, which is at least `peek()`.
  void hold(std::uint64_t last) const {
    if (stretch_ == nullptr) return;
    // The value may grow so many times, and stays for a period each time.
    const std::uint64_t times = growth_ == 1 ? last - value_ : (last - value_) / growth_;
    std::uint64_t steps = times;
    if (period_ != 1 && (__builtin_mul_overflow(times, period_, &steps) ||
                         __builtin_add_overflow(steps, period_ - 1 - phase_, &steps)))
      return;
    if (steps < stretch_->last - stretch_->first) stretch_->last = stretch_->first + steps;
  }

  operator std::uint64_t() const {  // NOLINT(google-explicit-constructor)
    hold(value_);
    return value_;
  }

  template <std::integral T>
  friend Cursor operator+(Cursor a, T b) {
    return a.moved_to(a.value_ + static_cast<std::uint64_t>(b));
  }
  template <std::integral T>
  friend Cursor operator+(T a, Cursor b) {
    return b + a;
  }
  template <std::integral T>
  friend Cursor operator-(Cursor a, T b) {
    return a.moved_to(a.value_ - static_cast<std::uint64_t>(b));
  }
  template <std::integral T>
  friend bool operator==(Cursor a, T b) {
    return (a <=> b) == 0;
  }
  template <std::integral T>
  friend std::strong_ordering operator<=>(Cursor a, T b) {
    return a.compare(static_cast<std::uint64_t>(b));
  }
  friend bool operator==(Cursor a, Cursor b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(Cursor a, Cursor b) {
    if (a.moves_with(b)) return a.value_ <=> b.value_;
    if (a.value_ == b.value_) b.hold(b.value_);
    if (a.value_ > b.value_) return 0 <=> b.compare(a.value_);
    return a.compare(b.value_);
  }

  friend Cursor shr(Cursor a, std::uint64_t by) {
    if (by == 0 || !a.moves()) return by == 0 ? a : fixed(by >= 64 ? 0 : a.value_ >> by);
    if (by >= 32) {
      a.hold(by >= 64 ? ~std::uint64_t{0} : a.value_ | bits::mask(static_cast<unsigned>(by)));
      return fixed(by >= 64 ? 0 : a.value_ >> by);
    }
    Cursor result = a;
    result.value_ = a.value_ >> by;
    if (a.growth_ >> by << by == a.growth_) {
      result.growth_ = a.growth_ >> by;
    } else if (a.growth_ == 1 && a.period_ < std::uint64_t{1} << 31) {
      result.period_ = a.period_ << by;
      result.phase_ = (a.value_ & bits::mask(static_cast<unsigned>(by))) * a.period_ + a.phase_;
    } else {
      a.hold(a.value_);
      return fixed(a.value_ >> by);
    }
    return result;
  }
  friend Cursor shl(Cursor a, std::uint64_t by) {
    if (by == 0) return a;
    if (!a.moves() || by >= 64 || a.growth_ >> (63 - by) != 0 || a.value_ << by >> by != a.value_) {
      const std::uint64_t value = a;
      return fixed(by >= 64 ? 0 : value << by);
    }
    a.hold(~std::uint64_t{0} >> by);  // no bit is lost
    Cursor result = a;
    result.value_ = a.value_ << by;
    result.growth_ = a.growth_ << by;
    return result;
  }

 private:
  std::strong_ordering compare(std::uint64_t other) const {
    if (value_ <= other) hold(value_ == other ? value_ : other - 1);
    return value_ <=> other;
  }
  Cursor moved_to(std::uint64_t value) const {
    Cursor result = *this;
    result.value_ = value;
    result.hold(~std::uint64_t{0});  // it does not wrap
    return result;
  }

  std::uint64_t value_;
  Stretch* stretch_;
  std::uint64_t growth_ = 1, period_ = 1, phase_ = 0;
};

/// A range whose ends move together as a stretch goes on.
struct MovingRange {
  Cursor lo, hi;
  /// So many of its values are looked at as cursors; longer ranges are taken at the start only.
  static constexpr std::uint64_t kMaxCursors = 64;
  bool is_short() const {
    return lo.moves_with(hi) && (lo.peek() >= hi.peek() || hi.peek() - lo.peek() <= kMaxCursors);
  }
};
inline MovingRange stretch(Cursor lo, Cursor hi) {
  return {lo, hi};
}

/// What an index parameter of a function may be.
template <class T>
concept Index = std::integral<T> || std::same_as<T, Cursor>;

/// Modulo 2^width.
template <unsigned kWidth>
constexpr std::uint64_t wrap(std::uint64_t value) {
  return value & bits::mask(kWidth);
}
template <unsigned kWidth>
Cursor wrap(Cursor cursor) {
  constexpr std::uint64_t kMask = bits::mask(kWidth);
  cursor.hold(cursor.peek() | kMask);
  return cursor - (cursor.peek() & ~kMask);
}
/// Sign-extended from the width.
template <unsigned kWidth>
constexpr std::int64_t wrap_signed(std::int64_t value) {
  return bits::to_signed(static_cast<std::uint64_t>(value), kWidth);
}

// ---- Walks ----

/// Calls fn(Cursor) for stretches that cover the range, ascending: each starts where the one before
/// was found to end. If fn returns a bool, false stops the walk, and the result is false.
template <class Fn>
bool for_each_stretch(Stretch range, Fn&& fn) {
  for (std::uint64_t at = range.first; at <= range.last;) {
    Stretch here{at, range.last};
    if constexpr (std::same_as<decltype(fn(Cursor(at, &here))), bool>) {
      if (!fn(Cursor(at, &here))) return false;
    } else {
      fn(Cursor(at, &here));
    }
    if (here.last == range.last) break;
    at = here.last + 1;
  }
  return true;
}

template <class Pred>
bool all(Stretch range, Pred&& pred) {
  return for_each_stretch(range, [&](Cursor at) -> bool { return pred(at); });
}
template <class Pred>
bool some(Stretch range, Pred&& pred) {
  return !for_each_stretch(range, [&](Cursor at) -> bool { return !pred(at); });
}
/// The least index of the range that satisfies the predicate.
template <class Pred>
Optional<std::uint64_t> first(Stretch range, Pred&& pred) {
  Optional<std::uint64_t> found;
  for_each_stretch(range, [&](Cursor at) -> bool {
    if (!pred(at)) return true;
    found = at.peek();
    return false;
  });
  return found;
}

/// The same over a range that moves: each of its values is a cursor that moves along.
template <class Pred>
bool all(MovingRange range, Pred&& pred) {
  if (!range.is_short()) {
    return all(stretch(static_cast<std::uint64_t>(range.lo), static_cast<std::uint64_t>(range.hi)),
               pred);
  }
  for (std::uint64_t i = 0; range.lo.peek() + i < range.hi.peek(); ++i) {
    if (!pred(range.lo + i)) return false;
  }
  return true;
}
template <class Pred>
bool some(MovingRange range, Pred&& pred) {
  return !all(range, [&](Cursor at) { return !pred(at); });
}

/// The numbers lo ..< hi, or all of a width, one by one.
template <std::integral T>
auto each_value(T lo, T hi) {
  return std::views::iota(lo, lo < hi ? hi : lo);
}
template <std::integral T>
auto each_value(unsigned width) {
  const auto count = std::uint64_t{1} << width;  // narrow widths only
  const auto least = static_cast<std::int64_t>(std::is_signed_v<T> ? count / 2 : 0);
  return std::views::iota(std::int64_t{0}, static_cast<std::int64_t>(count)) |
         std::views::transform([least](std::int64_t i) { return static_cast<T>(i - least); });
}

// The same over live handles and lists of values.
template <std::ranges::range Range, class Pred>
bool all(const Range& range, Pred&& pred) {
  return std::all_of(range.begin(), range.end(), pred);
}
template <std::ranges::range Range, class Pred>
bool some(const Range& range, Pred&& pred) {
  return std::any_of(range.begin(), range.end(), pred);
}

}  // namespace gms::model
