#include "base/spelling.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace gms::base {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Rows of the usual table: two before, before, current. Entry j is for the first j bytes of b.
  std::vector<std::size_t> older(b.size() + 1), old(b.size() + 1), now(b.size() + 1);
  std::iota(now.begin(), now.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(older, old);
    std::swap(old, now);
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      now[j] = std::min({old[j] + 1, now[j - 1] + 1, old[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], older[j - 2] + 1);
    }
  }
  return now[b.size()];
}

std::optional<std::string_view> closest_name(std::string_view word,
                                             std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 100;
  if (word.size() > kLongest) return std::nullopt;
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::optional<std::string_view> result;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    // Replacing all of a short name is no slip.
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= best || distance >= std::max(word.size(), candidate.size())) continue;
    best = distance;
    result = candidate;
  }
  return result;
}

}  // namespace gms::base
