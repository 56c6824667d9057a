// The range map against a plain array, by random operations and by every operation on small maps.
#include "model/runtime/range_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace gms::model {
namespace {

constexpr std::uint64_t kMax = ~std::uint64_t{0};

enum class Colour : std::uint8_t { kRed, kGreen, kBlue };

std::uint64_t seed() {
  const char* given = std::getenv("GMS_TEST_SEED");
  const std::uint64_t value =
      given != nullptr ? std::strtoull(given, nullptr, 0) : std::random_device{}();
  std::printf("GMS_TEST_SEED=%llu\n", static_cast<unsigned long long>(value));
  return value;
}

/// Checks every look at the map against the array, which gives the first indices; the rest is
/// `rest`.
template <class V>
void expect_same(const RangeMap<V>& map, const std::vector<V>& array, V rest) {
  const std::uint64_t size = array.size();
  std::size_t runs = 1;
  for (std::uint64_t i = 0; i < size; ++i) {
    ASSERT_EQ(map.get(i), array[i]) << "at " << i;
    runs += array[i] == (i + 1 < size ? array[i + 1] : rest) ? 0 : 1;
  }
  ASSERT_EQ(map.get(size), rest);
  ASSERT_EQ(map.get(kMax), rest);
  ASSERT_EQ(map.run_count(), runs) << "not canonical";
  std::uint64_t next = 0;
  map.for_each_run(0, kMax, [&](std::uint64_t lo, std::uint64_t hi, const V& value) {
    EXPECT_EQ(lo, next);
    EXPECT_LT(lo, hi);
    EXPECT_EQ(map.get(hi - 1), value);
    next = hi;
  });
  ASSERT_EQ(next, kMax);
}

/// Random operations on indices 0..size; ranges up to `longest`.
template <class V>
void run_random(std::uint64_t seed, std::uint64_t size, std::uint64_t longest, int values,
                int steps, int check_each) {
  std::mt19937_64 random(seed);
  auto below = [&](std::uint64_t n) { return random() % n; };
  auto value = [&] { return static_cast<V>(below(static_cast<std::uint64_t>(values))); };
  RangeMap<V> map(static_cast<V>(1));
  std::vector<V> array(size, static_cast<V>(1));
  Journal journal;
  for (int step = 0; step < steps; ++step) {
    const std::uint64_t lo = below(size);
    const std::uint64_t reach = below(200) == 0 ? size : longest;  // some cross many leaves
    const std::uint64_t hi = std::min(size, lo + below(reach + 1));
    const V v = value();
    SCOPED_TRACE("step " + std::to_string(step) + " lo " + std::to_string(lo) + " hi " +
                 std::to_string(hi));
    auto fill = [&](V x) {
      std::fill(array.begin() + static_cast<std::ptrdiff_t>(lo),
                array.begin() + static_cast<std::ptrdiff_t>(hi), x);
    };
    switch (below(10)) {
      case 0:
        map.set(lo, v);
        array[lo] = v;
        break;
      case 1: {
        auto fn = [&](V x) { return static_cast<V>((static_cast<int>(x) * 2 + 1) % values); };
        map.transform(lo, hi, fn);
        for (std::uint64_t i = lo; i < hi; ++i)
          array[i] = fn(array[i]);
        break;
      }
      case 2: {  // journaled and taken back
        const RangeMap<V> before = map;
        map.set_range(lo, hi, v, &journal);
        map.set(below(size), value(), &journal);
        map.transform(
            0, size, [&](V x) { return x == v ? static_cast<V>(0) : x; }, &journal);
        if (below(4) == 0) map.clear(&journal);
        journal.rollback();
        ASSERT_TRUE(map == before);
        ASSERT_EQ(map.hash(), before.hash());
        break;
      }
      case 3: {
        std::optional<std::uint64_t> expected;
        for (std::uint64_t i = lo; i < hi && !expected; ++i) {
          if (array[i] == v) expected = i;
        }
        ASSERT_EQ(map.find_first(lo, hi, [&](V x) { return x == v; }), expected);
        ASSERT_EQ(map.all_equal(lo, hi, v),
                  std::all_of(array.begin() + static_cast<std::ptrdiff_t>(lo),
                              array.begin() + static_cast<std::ptrdiff_t>(std::max(lo, hi)),
                              [&](V x) { return x == v; }));
        break;
      }
      default:
        map.set_range(lo, hi, v);
        fill(v);
        break;
    }
    if (step % 5000 == 4999) {
      map.set_range(0, size, v);  // back to few runs: leaves go, the tree is left
      std::fill(array.begin(), array.end(), v);
    }
    if (step % check_each == 0) {
      ASSERT_NO_FATAL_FAILURE(expect_same(map, array, static_cast<V>(1)));
    }
  }
  ASSERT_NO_FATAL_FAILURE(expect_same(map, array, static_cast<V>(1)));
}

TEST(RangeMap, FollowsAnArrayWithFewRuns) {
  run_random<std::uint8_t>(seed(), 24, 12, 3, 40'000, 1);
}
TEST(RangeMap, FollowsAnArrayWithManyRuns) {
  run_random<std::uint8_t>(seed(), 3000, 4, 5, 30'000, 97);
}
TEST(RangeMap, FollowsAnArrayWithLongAndShortRanges) {
  run_random<Colour>(seed(), 6000, 40, 3, 15'000, 211);
  run_random<bool>(seed(), 6000, 2, 2, 15'000, 211);
}
TEST(RangeMap, FollowsAnArrayWithWideValues) {
  run_random<std::uint64_t>(seed(), 2000, 6, 7, 15'000, 101);
}

TEST(RangeMap, EveryPairOfAssignmentsOfASmallMap) {
  constexpr std::uint64_t kSize = 6;
  for (std::uint64_t a = 0; a <= kSize; ++a)
    for (std::uint64_t b = 0; b <= kSize; ++b)
      for (std::uint64_t c = 0; c <= kSize; ++c)
        for (std::uint64_t d = 0; d <= kSize; ++d)
          for (std::uint8_t v = 0; v < 9; ++v) {
            RangeMap<std::uint8_t> map;
            std::vector<std::uint8_t> array(kSize, 0);
            auto set = [&](std::uint64_t lo, std::uint64_t hi, std::uint8_t x) {
              map.set_range(lo, hi, x);
              for (std::uint64_t i = lo; i < hi; ++i)
                array[i] = x;
            };
            set(a, b, v / 3);
            set(c, d, v % 3);
            ASSERT_NO_FATAL_FAILURE(expect_same<std::uint8_t>(map, array, 0));
          }
}

TEST(RangeMap, EmptyAndReversedRangesDoNothing) {
  RangeMap<int> map(7);
  map.set_range(5, 5, 1);
  map.set_range(9, 2, 1);
  map.set_through(9, 8, 1);
  map.transform(9, 2, [](int) { return 3; });
  map.for_each_run(9, 2, [](std::uint64_t, std::uint64_t, int) { FAIL(); });
  EXPECT_EQ(map.run_count(), 1u);
  EXPECT_TRUE(map.all_equal(4, 4, 99));
  EXPECT_EQ(map.find_first(4, 4, [](int) { return true; }), std::nullopt);
}

TEST(RangeMap, TheEndOfTheIndexSpace) {
  for (const std::uint64_t extra : {0u, 40u}) {
    RangeMap<int> map;
    for (std::uint64_t i = 0; i < extra; ++i)
      map.set(2 * i, 5);
    const std::size_t before = map.run_count();
    map.set_through(kMax - 3, kMax, 1);
    EXPECT_EQ(map.run_count(), before + 1);
    EXPECT_EQ(map.get(kMax), 1);
    EXPECT_EQ(map.get(kMax - 4), 0);
    map.set(kMax, 2);
    EXPECT_EQ(map.get(kMax), 2);
    EXPECT_EQ(map.get(kMax - 1), 1);
    map.set_range(1000, kMax, 0);
    EXPECT_EQ(map.run_count(), before + 1);
    map.set_through(0, kMax, 3);
    EXPECT_EQ(map.run_count(), 1u);
    EXPECT_EQ(map.memory(), 0u);
  }
}

TEST(RangeMap, CopiesAndMovesAreIndependent) {
  for (const std::uint64_t marks : {2u, 500u}) {
    RangeMap<std::uint8_t> map(9);
    for (std::uint64_t i = 0; i < marks; ++i)
      map.set(i * 3, 1);
    RangeMap<std::uint8_t> copy = map;
    EXPECT_EQ(copy, map);
    EXPECT_EQ(copy.hash(), map.hash());
    copy.set(1, 2);
    EXPECT_NE(copy, map);
    EXPECT_NE(copy.hash(), map.hash());
    EXPECT_EQ(map.get(1), 9);
    RangeMap<std::uint8_t> moved = std::move(copy);
    EXPECT_EQ(moved.get(1), 2);
    EXPECT_EQ(copy.run_count(), 1u);  // NOLINT(bugprone-use-after-move): documented
    EXPECT_EQ(copy.get(0), 9);
    copy = moved;
    EXPECT_EQ(copy, moved);
    map = std::move(copy);
    EXPECT_EQ(map, moved);
    RangeMap<std::uint8_t> part(9);
    part.copy_range(map, 0, 4);
    EXPECT_EQ(part.get(0), 1);
    EXPECT_EQ(part.get(1), 2);
    EXPECT_EQ(part.get(6), 9);
    map.clear();
    EXPECT_EQ(map, RangeMap<std::uint8_t>(9));
  }
}

TEST(RangeMap, EqualityLooksAtValuesOnly) {
  RangeMap<int> a(1), b(2);
  EXPECT_NE(a, b);
  b.set_through(0, kMax, 1);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.hash(), b.hash());
}

TEST(RangeMap, KeepsLittleMemory) {
  RangeMap<bool> map;
  for (std::uint64_t i = 0; i < RangeMap<bool>::kInlineRuns / 2 - 1; ++i)
    map.set(10 * i + 1, true);
  EXPECT_EQ(map.memory(), 0u);
  for (std::uint64_t i = 0; i < 100'000; ++i)
    map.set(2 * i, true);
  EXPECT_LE(map.memory(), 200'000u * 24);
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i)
    map.set(random() % 200'000, false);
  for (std::uint64_t i = 0; i < 200'000; i += 100)
    map.set_range(i, i + 99, false);
  EXPECT_LE(map.memory(), map.run_count() * 64) << map.run_count() << " runs";
}

}  // namespace
}  // namespace gms::model
