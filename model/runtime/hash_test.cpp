#include "model/runtime/hash.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <unordered_set>

namespace gms::model {
namespace {

enum class Small : std::uint8_t { kA, kB };

TEST(Hash, OrderAndLengthMatter) {
  const auto hash = [](auto... values) {
    Hasher hasher;
    (hasher.add(values), ...);
    return hasher.finish();
  };
  EXPECT_EQ(hash(1, 2), hash(1, 2));
  EXPECT_NE(hash(1, 2), hash(2, 1));
  EXPECT_NE(hash(0), hash(0, 0));
  EXPECT_NE(hash(), hash(0));
  EXPECT_EQ(hash(Small::kB), hash(1u));
  EXPECT_EQ(hash(true), hash(1));
}

TEST(Hash, SmallCellsDoNotCollide) {
  std::unordered_set<std::uint64_t> seen;
  for (std::uint64_t field = 0; field < 10; ++field)
    for (std::uint64_t key = 0; key < 1000; ++key)
      for (std::uint64_t value = 0; value < 10; ++value)
        seen.insert(hash_cell(field, key, value));
  EXPECT_EQ(seen.size(), 100'000u);
}

TEST(Hash, EveryBitSpreads) {
  for (int bit = 0; bit < 64; ++bit) {
    int flips = 0;
    for (std::uint64_t x = 0; x < 64; ++x) {
      const std::uint64_t value = x * 0x123456789abcdefu;
      flips += __builtin_popcountll(Hasher().add(value).finish() ^
                                    Hasher().add(value ^ std::uint64_t{1} << bit).finish());
    }
    EXPECT_GT(flips, 64 * 26) << "bit " << bit;
    EXPECT_LT(flips, 64 * 38) << "bit " << bit;
  }
}

TEST(SetHash, DoesNotDependOnOrderOrHistory) {
  SetHash a, b;
  a.add(hash_cell(1, 2, 3));
  a.add(hash_cell(4, 5, 6));
  b.add(hash_cell(4, 5, 7));
  b.replace(hash_cell(4, 5, 7), hash_cell(4, 5, 6));
  b.add(hash_cell(9, 9, 9));
  EXPECT_NE(a.finish(), b.finish());
  b.remove(hash_cell(9, 9, 9));
  b.add(hash_cell(1, 2, 3));
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.finish(), b.finish());
}

}  // namespace
}  // namespace gms::model
