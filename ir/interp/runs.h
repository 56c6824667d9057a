// The values of one row of a state function. Copies are cheap: the runs lie in pieces, which copies
// share until one of them is written. An interpreter copies a state for each way that a call may
// end, and most ways write few of its points.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "ir/interp/value.h"

namespace gms::ir::interp {

/// Maps every position 0..2^64-1 to a value, at first all to one.
class Runs {
 public:
  explicit Runs(Value initial);

  const Value& get(std::uint64_t position) const;
  /// Positions from..last.
  void set_through(std::uint64_t from, std::uint64_t last, Value value);
  /// Maximal stretches of one value.
  std::size_t run_count() const;
  /// A function of the values alone; 0 if all are `initial`. Costs time for each piece that has
  /// changed since the last time, and little for the others.
  std::uint64_t hash(const Value& initial) const;
  /// Equal values, and symbols, everywhere. Costs time for pieces that are not shared.
  friend bool operator==(const Runs& a, const Runs& b);

  /// Calls fn(from, to, value) for each run of from..end, without end, cut to it, ascending, until
  /// fn returns false.
  template <class Fn>
  void for_each_run(std::uint64_t from, std::uint64_t end, Fn&& fn) const;

 private:
  /// Up to where the next run begins. No two neighbours have the same value.
  struct Run {
    std::uint64_t from = 0;
    Value value;
  };
  /// Not empty; the first piece begins at 0.
  struct Piece : std::vector<Run> {
    using std::vector<Run>::vector;
    Piece(const Piece& other) : std::vector<Run>(other) {}
    Piece(Piece&& other) noexcept : std::vector<Run>(std::move(other)) {}
    Piece& operator=(const Piece& other) {
      std::vector<Run>::operator=(other);
      return *this;
    }
    /// Sums over runs, so that it does not matter how they are cut into pieces.
    std::uint64_t hash() const;

   private:
    mutable std::atomic<std::uint64_t> hash_ =
        0;  // 0: not computed; copies may be others' threads'
  };
  using Pieces = std::vector<std::shared_ptr<const Piece>>;

  std::size_t piece_of(std::uint64_t position) const;
  static std::uint64_t hash_of(std::uint64_t from, const Value& value) {
    return model::hash_mix(from * 2 + 1, value.hash());
  }
  static std::size_t run_of(const Piece& piece, std::uint64_t position);
  void replace(std::size_t first, std::size_t last, Piece runs);

  Pieces pieces_;
};

template <class Fn>
void Runs::for_each_run(std::uint64_t from, std::uint64_t end, Fn&& fn) const {
  if (from >= end) return;
  std::size_t p = piece_of(from);
  std::size_t r = run_of(*pieces_[p], from);
  while (from < end) {
    const Piece& piece = *pieces_[p];
    const Value& value = piece[r].value;
    std::uint64_t to = end;
    if (r + 1 < piece.size()) {
      to = std::min(to, piece[++r].from);
    } else if (++p < pieces_.size()) {
      r = 0;
      to = std::min(to, pieces_[p]->front().from);
    }
    if (!fn(from, to, value)) return;
    from = to;
  }
}

}  // namespace gms::ir::interp
