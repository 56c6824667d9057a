#include "ir/interp/runs.h"

#include <utility>

namespace gms::ir::interp {
namespace {

// A write copies one or two pieces, a copy of the map a pointer for each piece.
constexpr std::size_t kMostRuns = 128;   // of a piece
constexpr std::size_t kFewestRuns = 16;  // fewer are joined with a neighbour's

}  // namespace

Runs::Runs(Value initial) {
  pieces_.push_back(std::make_shared<const Piece>(Piece{{0, initial}}));
}

std::size_t Runs::piece_of(std::uint64_t position) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), position,
                       [](std::uint64_t p, const auto& piece) { return p < piece->front().from; });
  return static_cast<std::size_t>(after - pieces_.begin()) - 1;
}

std::size_t Runs::run_of(const Piece& piece, std::uint64_t position) {
  const auto after = std::upper_bound(piece.begin(), piece.end(), position,
                                      [](std::uint64_t p, const Run& run) { return p < run.from; });
  return static_cast<std::size_t>(after - piece.begin()) - 1;
}

const Value& Runs::get(std::uint64_t position) const {
  const Piece& piece = *pieces_[piece_of(position)];
  return piece[run_of(piece, position)].value;
}

std::size_t Runs::run_count() const {
  std::size_t count = 0;
  for (const auto& piece : pieces_)
    count += piece->size();
  return count;
}

std::uint64_t Runs::Piece::hash() const {
  std::uint64_t sum = hash_.load(std::memory_order_relaxed);
  if (sum != 0) return sum;
  for (const Run& run : *this)
    sum += hash_of(run.from, run.value);
  hash_.store(sum, std::memory_order_relaxed);
  return sum;
}

std::uint64_t Runs::hash(const Value& initial) const {
  std::uint64_t sum = 0;
  for (const auto& piece : pieces_)
    sum += piece->hash();
  return pieces_[0]->front().value == initial ? sum - hash_of(0, initial) : sum;
}

bool operator==(const Runs& a, const Runs& b) {
  // Copies that were written at one place have the same pieces before and behind it.
  std::size_t begin = 0, a_end = a.pieces_.size(), b_end = b.pieces_.size();
  while (begin < a_end && begin < b_end && a.pieces_[begin] == b.pieces_[begin])
    ++begin;
  while (a_end > begin && b_end > begin && a.pieces_[a_end - 1] == b.pieces_[b_end - 1]) {
    --a_end;
    --b_end;
  }
  const auto flat = [&](const Runs& of, std::size_t end) {
    std::vector<Runs::Run> runs;
    for (std::size_t i = begin; i < end; ++i)
      runs.insert(runs.end(), of.pieces_[i]->begin(), of.pieces_[i]->end());
    return runs;
  };
  const std::vector<Runs::Run> left = flat(a, a_end), right = flat(b, b_end);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Runs::Run& x, const Runs::Run& y) {
                      return x.from == y.from && x.value == y.value;
                    });
}

void Runs::set_through(std::uint64_t from, std::uint64_t last, Value value) {
  if (from > last) return;
  std::size_t first_piece = piece_of(from), last_piece = piece_of(last);
  const Piece& left = *pieces_[first_piece];
  const Piece& right = *pieces_[last_piece];
  Piece runs;
  runs.reserve(left.size() + right.size() + 2);
  const auto add = [&](std::uint64_t at, const Value& what) {
    if (runs.empty() || !(runs.back().value == what)) runs.push_back({at, what});
  };
  for (const Run& run : left) {
    if (run.from >= from) break;
    runs.push_back(run);
  }
  // What begins with a run of its left neighbour's value is one run with it.
  if (runs.empty() && first_piece > 0) runs = *pieces_[--first_piece];
  add(from, value);
  const bool to_the_end = last == ~std::uint64_t{0};
  if (!to_the_end) {
    std::size_t r = run_of(right, last);
    const bool ends_here =
        r + 1 < right.size()
            ? right[r + 1].from == last + 1
            : last_piece + 1 < pieces_.size() && pieces_[last_piece + 1]->front().from == last + 1;
    if (!ends_here) add(last + 1, right[r].value);
    for (++r; r < right.size(); ++r)
      add(right[r].from, right[r].value);
    if (last_piece + 1 < pieces_.size() &&
        pieces_[last_piece + 1]->front().value == runs.back().value) {
      ++last_piece;
      for (const Run& run : *pieces_[last_piece])
        add(run.from, run.value);
    }
  }
  replace(first_piece, last_piece, std::move(runs));
}

/// Pieces first..last become these runs.
void Runs::replace(std::size_t first, std::size_t last, Piece runs) {
  if (runs.size() < kFewestRuns && last + 1 < pieces_.size()) {
    const Piece& next = *pieces_[++last];
    runs.insert(runs.end(), next.begin(), next.end());
  }
  Pieces made;
  const std::size_t parts = (runs.size() + kMostRuns - 1) / kMostRuns;
  for (std::size_t i = 0; i < parts; ++i) {
    const auto at = [&](std::size_t part) {
      return runs.begin() + static_cast<std::ptrdiff_t>(runs.size() * part / parts);
    };
    made.push_back(std::make_shared<const Piece>(at(i), at(i + 1)));
  }
  const auto begin = pieces_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = pieces_.begin() + static_cast<std::ptrdiff_t>(last) + 1;
  if (end - begin == std::ssize(made)) {
    std::move(made.begin(), made.end(), begin);
    return;
  }
  pieces_.insert(pieces_.erase(begin, end), made.begin(), made.end());
}

}  // namespace gms::ir::interp
