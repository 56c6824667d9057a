// Handles of one domain can be exchanged: of all states that differ in their names only, one stands
// for all. Handles are sorted by what is stored about them; those that look alike are tried in
// every order, and the least state is taken.
#pragma once

#include "model/explore_rt/field.h"

namespace gms::explore {

/// A number for each handle; `Counts` has the handles of each domain. Handle 0 is none.
template <class Counts>
struct Marks {
  u64 of[Counts::kDomains][Counts::kMost + 2] = {};
};
/// A new name for each handle; 0 stays 0.
template <class Counts>
struct Names {
  std::uint8_t of[Counts::kDomains][Counts::kMost + 2] = {};
};

/// Orders of handles that look alike, beyond which no more are tried: then some states are visited
/// more than once, under several names.
inline constexpr u64 kMostOrders = 720;

/// The next order of a row, as std::next_permutation; false: it was the last, and is the first now.
inline bool next_order(std::uint8_t* row, unsigned count) {
  const auto exchange = [&](unsigned a, unsigned b) {
    const std::uint8_t kept = row[a];
    row[a] = row[b];
    row[b] = kept;
  };
  unsigned i = count - 1;
  while (i > 0 && row[i - 1] >= row[i])
    --i;
  if (i > 0) {
    unsigned j = count - 1;
    while (row[j] <= row[i - 1])
      --j;
    exchange(i - 1, j);
  }
  for (unsigned a = i, b = count - 1; a < b; ++a, --b)
    exchange(a, b);
  return i > 0;
}

template <class S, class State>
void make_canonical(State& s) {
  using Counts = typename S::Handles;
  Marks<Counts> marks;
  S::mark(s, marks, nullptr);
  if constexpr (S::kLinks) {
    // Handles that are linked to different ones are different.
    Marks<Counts> again;
    S::mark(s, again, &marks);
    Marks<Counts> third;
    S::mark(s, third, &again);
    marks = third;
  }
  // order[d][i]: the handle that becomes i + 1.
  std::uint8_t order[Counts::kDomains][Counts::kMost + 1] = {};
  bool sorted = true, ties = false;
  u64 orders = 1;
  for (unsigned d = 0; d < Counts::kDomains; ++d) {
    const unsigned n = Counts::kHandles[d];
    const u64* mark = marks.of[d];
    for (unsigned i = 0; i < n; ++i) {
      // Insertion: the largest mark first, handles of which nothing is known last.
      unsigned at = i;
      while (at > 0 && mark[order[d][at - 1]] < mark[i + 1]) {
        order[d][at] = order[d][at - 1];
        --at;
      }
      order[d][at] = static_cast<std::uint8_t>(i + 1);
      sorted = sorted && at == i;
    }
    for (unsigned i = 0, alike = 1; i + 1 < n; ++i) {
      alike = mark[order[d][i]] == mark[order[d][i + 1]] && mark[order[d][i]] != 0 ? alike + 1 : 1;
      ties = ties || alike > 1;
      orders *= alike;
    }
  }
  if (sorted && !ties) return;
  const State from = s;
  const auto rename = [&] {
    Names<Counts> names;
    for (unsigned d = 0; d < Counts::kDomains; ++d)
      for (unsigned i = 0; i < Counts::kHandles[d]; ++i)
        names.of[d][order[d][i]] = static_cast<std::uint8_t>(i + 1);
    return S::renamed(from, names);
  };
  s = rename();
  if (!ties || orders > kMostOrders) return;
  // Every order within each group of handles that look alike, like an odometer.
  for (;;) {
    unsigned d = 0;
    bool next = false;
    for (; d < Counts::kDomains && !next; ++d) {
      const unsigned n = Counts::kHandles[d];
      for (unsigned i = 0; i < n && !next;) {
        unsigned end = i + 1;
        const u64 mark = marks.of[d][order[d][i]];
        while (end < n && mark != 0 && marks.of[d][order[d][end]] == mark)
          ++end;
        // Falls back to the first order where it was the last one, and goes on.
        if (end - i > 1) next = next_order(order[d] + i, end - i);
        i = end;
      }
    }
    if (!next) return;
    const State other = rename();
    if (other < s) s = other;
  }
}

}  // namespace gms::explore
