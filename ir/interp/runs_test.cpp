#include "ir/interp/runs.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace gms::ir::interp {
namespace {

struct Stretch {
  std::uint64_t from, to, value;
  bool operator==(const Stretch&) const = default;
};

std::vector<Stretch> all(const Runs& runs, std::uint64_t from, std::uint64_t end) {
  std::vector<Stretch> result;
  runs.for_each_run(from, end, [&](std::uint64_t lo, std::uint64_t hi, const Value& value) {
    result.push_back({lo, hi, value.bits});
    return true;
  });
  return result;
}

TEST(Runs, SmallOnes) {
  Runs runs(Value::known(0));
  EXPECT_EQ(runs.run_count(), 1U);
  runs.set_through(3, 5, Value::known(7));
  EXPECT_EQ(all(runs, 0, 10), (std::vector<Stretch>{{0, 3, 0}, {3, 6, 7}, {6, 10, 0}}));
  EXPECT_EQ(all(runs, 4, 5), (std::vector<Stretch>{{4, 5, 7}}));
  runs.set_through(6, ~std::uint64_t{0}, Value::known(7));
  EXPECT_EQ(runs.run_count(), 2U);
  EXPECT_EQ(runs.get(~std::uint64_t{0}).bits, 7U);
  runs.set_through(0, ~std::uint64_t{0}, Value::known(0));
  EXPECT_EQ(runs.run_count(), 1U);
}

TEST(Runs, ACopyStaysAsItWas) {
  Runs runs(Value::known(0));
  for (std::uint64_t i = 0; i < 1000; ++i)
    runs.set_through(2 * i, 2 * i, Value::known(1));
  const Runs before = runs;
  EXPECT_TRUE(before == runs);
  runs.set_through(500, 1500, Value::known(2));
  EXPECT_FALSE(before == runs);
  EXPECT_NE(before.hash(Value::known(0)), runs.hash(Value::known(0)));
  EXPECT_EQ(before.run_count(), 2000U);
  EXPECT_EQ(before.get(600).bits, 1U);
  EXPECT_EQ(runs.get(600).bits, 2U);
}

/// Against an array, with few values, so that neighbours often become one run.
TEST(Runs, AreAnArray) {
  constexpr std::uint64_t kSize = 3000;
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    Runs runs(Value::known(0));
    std::vector<std::uint64_t> array(kSize);
    for (int step = 0; step < 2000; ++step) {
      const std::uint64_t from = random() % kSize;
      const std::uint64_t most = step % 50 == 0 ? kSize : 4;
      const std::uint64_t last = std::min<std::uint64_t>(kSize - 1, from + random() % most);
      const std::uint64_t value = random() % 3;
      runs.set_through(from, last, Value::known(value));
      std::fill(array.begin() + static_cast<std::ptrdiff_t>(from),
                array.begin() + static_cast<std::ptrdiff_t>(last) + 1, value);
    }
    std::size_t count = 1;
    for (std::uint64_t i = 0; i < kSize; ++i) {
      ASSERT_EQ(runs.get(i).bits, array[i]) << "seed " << seed << ", position " << i;
      count += i > 0 && array[i] != array[i - 1] ? 1 : 0;
    }
    count += array[kSize - 1] != 0 ? 1 : 0;
    // The same values, written one after the other.
    Runs again(Value::known(0));
    for (std::uint64_t i = 0; i < kSize; ++i)
      again.set_through(i, i, Value::known(array[i]));
    EXPECT_TRUE(again == runs) << "seed " << seed;
    EXPECT_EQ(again.hash(Value::known(0)), runs.hash(Value::known(0))) << "seed " << seed;
    again.set_through(kSize / 2, kSize / 2, Value::known(9));
    EXPECT_FALSE(again == runs);
    EXPECT_NE(again.hash(Value::known(0)), runs.hash(Value::known(0)));
    again.set_through(0, ~std::uint64_t{0}, Value::known(0));
    EXPECT_EQ(again.hash(Value::known(0)), 0U);
    EXPECT_EQ(runs.run_count(), count) << "seed " << seed;
    EXPECT_EQ(all(runs, 0, ~std::uint64_t{0}).size(), count) << "seed " << seed;
  }
}

}  // namespace
}  // namespace gms::ir::interp
