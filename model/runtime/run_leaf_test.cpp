#include "model/runtime/run_leaf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "model/runtime/range_map.h"

namespace gms::model::detail {
namespace {

constexpr std::uint64_t kFar = std::uint64_t{1} << 32;

using Leaf = RunLeaf<int>;

Leaf leaf_of(std::uint64_t base, const std::vector<RunStart<int>>& runs) {
  Leaf leaf(base);
  leaf.replace(0, 0, runs.data(), runs.size());
  return leaf;
}

std::vector<std::uint64_t> starts(const Leaf& leaf) {
  std::vector<std::uint64_t> result;
  for (std::size_t i = 0; i < leaf.count(); ++i)
    result.push_back(leaf.start(i));
  return result;
}

TEST(RunLeaf, FindsTheRunOfAnIndex) {
  const Leaf leaf = leaf_of(100, {{100, 1}, {101, 2}, {200, 3}, {100 + kFar - 1, 4}});
  EXPECT_EQ(leaf.first(), 100u);
  EXPECT_EQ(leaf.find(100), 0u);
  EXPECT_EQ(leaf.find(101), 1u);
  EXPECT_EQ(leaf.find(199), 1u);
  EXPECT_EQ(leaf.find(200), 2u);
  EXPECT_EQ(leaf.find(100 + kFar - 2), 2u);
  EXPECT_EQ(leaf.find(100 + kFar - 1), 3u);
  EXPECT_EQ(leaf.find(~std::uint64_t{0}), 3u);
  EXPECT_EQ(leaf.value(3), 4);
  EXPECT_TRUE(leaf.reaches(100 + kFar - 1));
  EXPECT_FALSE(leaf.reaches(100 + kFar));
  // The starts that are free compare as the greatest.
  const Leaf one = leaf_of(0, {{0, 1}});
  EXPECT_EQ(one.find(kFar - 1), 0u);
  EXPECT_EQ(one.find(kFar * 5), 0u);
}

TEST(RunLeaf, FindsInAFullLeaf) {
  std::vector<RunStart<int>> runs;
  for (std::size_t i = 0; i < Leaf::kCapacity; ++i)
    runs.push_back({7 + 10 * i, static_cast<int>(i)});
  const Leaf leaf = leaf_of(7, runs);
  for (std::size_t i = 0; i < Leaf::kCapacity; ++i) {
    EXPECT_EQ(leaf.find(7 + 10 * i), i);
    EXPECT_EQ(leaf.find(16 + 10 * i), i);
  }
}

TEST(RunLeaf, ReplacesSplitsAndAppends) {
  Leaf leaf = leaf_of(10, {{10, 1}, {20, 2}, {30, 3}, {40, 4}});
  const RunStart<int> items[] = {{15, 7}, {35, 8}};
  leaf.replace(1, 3, items, 2);
  EXPECT_EQ(starts(leaf), (std::vector<std::uint64_t>{10, 15, 35, 40}));
  leaf.replace(1, 2, nullptr, 0);
  EXPECT_EQ(starts(leaf), (std::vector<std::uint64_t>{10, 35, 40}));
  EXPECT_EQ(leaf.find(39), 1u);
  EXPECT_EQ(leaf.find(1000), 2u);
  Leaf right(0);
  leaf.split(1, right);
  EXPECT_EQ(starts(leaf), (std::vector<std::uint64_t>{10}));
  EXPECT_EQ(starts(right), (std::vector<std::uint64_t>{35, 40}));
  EXPECT_TRUE(right.reaches(34 + kFar));
  EXPECT_EQ(right.value(1), 4);
  EXPECT_TRUE(leaf.can_append(right));
  leaf.append(right);
  EXPECT_EQ(starts(leaf), (std::vector<std::uint64_t>{10, 35, 40}));
  EXPECT_EQ(leaf.value(1), 8);
  EXPECT_FALSE(leaf.can_append(leaf_of(kFar, {{kFar, 1}, {kFar + 10, 2}})));
}

TEST(RunTree, RunsThatAreFarApart) {
  // Every leaf holds few of them; then all go again, from the middle on.
  RangeMap<int> map;
  for (std::uint64_t i = 0; i < 300; ++i)
    map.set(i * (kFar / 3) + i, 1 + static_cast<int>(i));
  for (std::uint64_t i = 0; i < 300; ++i) {
    ASSERT_EQ(map.get(i * (kFar / 3) + i), 1 + static_cast<int>(i));
    ASSERT_EQ(map.get(i * (kFar / 3) + i + 1), 0);
    ASSERT_EQ(map.run_at(i * (kFar / 3) + i).last, i * (kFar / 3) + i);
  }
  EXPECT_EQ(map.run_count(), 600u);
  const RangeMap<int> copy = map;
  map.set_range(100 * kFar / 3, kFar << 20, 5);
  EXPECT_EQ(map.get(kFar), copy.get(kFar));
  EXPECT_EQ(map.get(50 * kFar), 5);
  EXPECT_EQ(map.run_at(50 * kFar).last, (kFar << 20) - 1);
  EXPECT_EQ(copy.run_count(), 600u);
  for (std::uint64_t i = 0; i < 100; ++i)
    map.set(i * (kFar / 3) + i, 0);
  map.set_through(0, ~std::uint64_t{0}, 0);
  EXPECT_EQ(map.run_count(), 1u);
}

TEST(RunTree, FollowsAnArrayOfFarPoints) {
  // Index i of the array stands for a point that may be out of reach of the one before.
  for (const std::uint64_t stride : {kFar / 50, kFar / 3, kFar * 2, kFar << 19}) {
    std::mt19937_64 random(stride);
    constexpr std::uint64_t kSize = 1000;
    std::vector<int> array(kSize);
    RangeMap<int> map;
    for (int round = 0; round < 3000; ++round) {
      const std::uint64_t lo = random() % kSize;
      const std::uint64_t length = random() % (random() % 40 == 0 ? kSize : 8);
      const std::uint64_t last = std::min(lo + length, kSize - 1);
      const int value = static_cast<int>(random() % 3);
      for (std::uint64_t i = lo; i <= last; ++i)
        array[i] = value;
      map.set_through(lo * stride, last * stride + stride - 1, value);
      if (round % 50 != 0) continue;
      std::size_t runs = 1;
      for (std::uint64_t i = 0; i < kSize; ++i) {
        ASSERT_EQ(map.get(i * stride), array[i]) << stride << ' ' << i;
        ASSERT_EQ(map.get(i * stride + stride - 1), array[i]) << stride << ' ' << i;
        runs += array[i] != (i + 1 < kSize ? array[i + 1] : 0) ? 1 : 0;
      }
      ASSERT_EQ(map.run_count(), runs) << "not canonical";
      RangeMap<int> rebuilt;
      map.each_run([&](std::uint64_t first, std::uint64_t end, int here) {
        rebuilt.set_through(first, end, here);
      });
      ASSERT_EQ(rebuilt, map);
    }
  }
}

}  // namespace
}  // namespace gms::model::detail
