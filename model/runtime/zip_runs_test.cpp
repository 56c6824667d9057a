#include "model/runtime/zip_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace gms::model {
namespace {

constexpr std::uint64_t kSize = 300;
using Map = RangeMap<std::uint8_t>;

TEST(ZipRuns, StretchesAreTheCommonRefinement) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 400; ++round) {
    std::array<Map, 3> maps;
    for (Map& map : maps) {
      for (std::uint64_t n = random() % 40; n > 0; --n) {
        const std::uint64_t at = random() % kSize;
        map.set_range(at, at + random() % 20, static_cast<std::uint8_t>(random() % 3));
      }
    }
    const std::uint64_t lo = random() % kSize, hi = random() % kSize;
    std::uint64_t next = lo, stretches = 0, expected = lo < hi ? 1 : 0;
    for (std::uint64_t i = lo + 1; i < hi; ++i) {
      const bool edge = std::any_of(maps.begin(), maps.end(),
                                    [&](const Map& map) { return map[i] != map[i - 1]; });
      expected += edge ? 1 : 0;
    }
    const auto check = [&](std::uint64_t from, std::uint64_t to, int a, int b, int c) {
      EXPECT_EQ(from, next);
      for (std::uint64_t i = from; i < to; ++i) {
        EXPECT_TRUE(maps[0][i] == a && maps[1][i] == b && maps[2][i] == c) << i;
      }
      next = to;
      ++stretches;
    };
    EXPECT_TRUE(for_each_common_run(lo, hi, check, maps[0], maps[1], maps[2]));
    EXPECT_EQ(next, std::max(lo, hi) == lo ? lo : hi);
    EXPECT_EQ(stretches, expected);
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
}

TEST(ZipRuns, UpdatesAreSimultaneous) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 400; ++round) {
    Map a, b;
    std::array<std::uint8_t, kSize> x{}, y{};
    for (std::uint64_t n = random() % 60; n > 0; --n) {
      const std::uint64_t at = random() % kSize, end = std::min(kSize, at + random() % 20);
      const bool first = random() % 2 == 0;
      const auto value = static_cast<std::uint8_t>(random() % 4);
      (first ? a : b).set_range(at, end, value);
      for (std::uint64_t i = at; i < end; ++i)
        (first ? x : y)[i] = value;
    }
    Journal journal;
    const Map a_before = a, b_before = b;
    for_each_common_run(
        10, 290,
        [&](std::uint64_t lo, std::uint64_t hi, std::uint8_t v, std::uint8_t w) {
          a.set_range(lo, hi, w, &journal);  // swaps, where b is not 3
          if (w != 3) b.set_range(lo, hi, v, &journal);
        },
        a, b);
    for (std::uint64_t i = 10; i < 290; ++i) {
      const std::uint8_t v = x[i], w = y[i];
      x[i] = w;
      if (w != 3) y[i] = v;
    }
    for (std::uint64_t i = 0; i < kSize; ++i) {
      ASSERT_EQ(a[i], x[i]) << "round " << round << " at " << i;
      ASSERT_EQ(b[i], y[i]) << "round " << round << " at " << i;
    }
    journal.rollback();
    ASSERT_EQ(a, a_before);
    ASSERT_EQ(b, b_before);
  }
}

TEST(ZipRuns, StopsAndHandlesTheEnds) {
  Map map;
  RangeMap<bool> other(true);
  map.set_range(5, 10, 1);
  int calls = 0;
  EXPECT_FALSE(for_each_common_run(
      0, ~std::uint64_t{0},
      [&](std::uint64_t, std::uint64_t, std::uint8_t v, bool) {
        ++calls;
        return v == 0;
      },
      map, other));
  EXPECT_EQ(calls, 2);
  std::uint64_t end = 0;
  EXPECT_TRUE(for_each_common_run(
      0, ~std::uint64_t{0}, [&](std::uint64_t, std::uint64_t hi, std::uint8_t) { end = hi; }, map));
  EXPECT_EQ(end, ~std::uint64_t{0});
  EXPECT_TRUE(for_each_common_run(
      7, 7, [&](std::uint64_t, std::uint64_t, std::uint8_t) { return false; }, map));
}

}  // namespace
}  // namespace gms::model
