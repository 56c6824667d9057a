#include "model/runtime/lazy.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "model/runtime/range_map.h"

namespace gms::model {
namespace {

enum class Hold : std::uint8_t { kNone, kLive, kOrphan };

TEST(Truth, TablesOfThreeValues) {
  const Truth all[] = {Truth::kNo, Truth::kYes, Truth::kUnknown};
  // A connective is right iff it is known exactly when every completion agrees.
  const auto completions = [](Truth x) {
    return x == Truth::kUnknown ? 3u : x == Truth::kYes ? 2u : 1u;
  };
  const auto from_set = [](unsigned set) {
    return set == 3 ? Truth::kUnknown : set == 2 ? Truth::kYes : Truth::kNo;
  };
  for (const Truth a : all) {
    unsigned negated = 0;
    for (const Truth b : all) {
      unsigned both = 0, either = 0;
      for (unsigned x = 0; x < 2; ++x) {
        if ((completions(a) >> x & 1) == 0) continue;
        negated |= 1u << (1 - x);
        for (unsigned y = 0; y < 2; ++y) {
          if ((completions(b) >> y & 1) == 0) continue;
          both |= 1u << (x & y);
          either |= 1u << (x | y);
        }
      }
      EXPECT_EQ(a & b, from_set(both));
      EXPECT_EQ(a | b, from_set(either));
    }
    EXPECT_EQ(!a, from_set(negated));
  }
}

TEST(Lazy, LearnsOnceAndContradicts) {
  Lazy<std::uint8_t> byte;
  EXPECT_FALSE(byte.is_known());
  EXPECT_EQ(byte.equals(Lazy<std::uint8_t>(0)), Truth::kUnknown);
  EXPECT_EQ(byte.equals(byte), Truth::kUnknown);
  EXPECT_NE(byte, Lazy<std::uint8_t>(0));
  EXPECT_NE(byte.hash(), Lazy<std::uint8_t>(0).hash());
  EXPECT_EQ(byte.observe(7), Observed::kLearnt);
  EXPECT_EQ(byte.observe(7), Observed::kAgrees);
  EXPECT_EQ(byte.observe(8), Observed::kContradicts);
  EXPECT_EQ(byte.value(), 7);
  EXPECT_EQ(byte.equals(7), Truth::kYes);
  EXPECT_EQ(byte.equals(8), Truth::kNo);
}

TEST(Lazy, IsAValueOfARangeMap) {
  RangeMap<Lazy<std::uint8_t>> content(0);
  content.set_range(4096, 8192, Lazy<std::uint8_t>::unknown());
  EXPECT_EQ(content.run_count(), 3u);
  content.set_range(4096, 8192, 0);
  EXPECT_EQ(content.run_count(), 1u);
  for (std::uint64_t i = 0; i < 100; ++i)
    content.set(2 * i, static_cast<std::uint8_t>(i + 1));
  EXPECT_EQ(content.get(10), Lazy<std::uint8_t>(6));
  EXPECT_NE(content.hash(), RangeMap<Lazy<std::uint8_t>>().hash());
}

TEST(Among, NarrowsByObservations) {
  using Holds = Among<Hold, 3>;
  Holds hold;
  EXPECT_EQ(hold.count(), 3u);
  EXPECT_EQ(hold.equals(Hold::kLive), Truth::kUnknown);
  hold = hold.drop(Hold::kNone);
  EXPECT_EQ(hold.equals(Hold::kNone), Truth::kNo);
  EXPECT_FALSE(hold.is_known());
  EXPECT_TRUE(hold.keep(Hold::kNone).is_empty());
  hold = hold.keep(Hold::kLive);
  EXPECT_TRUE(hold.is_known());
  EXPECT_EQ(hold.value(), Hold::kLive);
  EXPECT_EQ(hold.equals(Hold::kLive), Truth::kYes);
  EXPECT_EQ(hold.join(Hold::kNone), Holds().drop(Hold::kOrphan));
  EXPECT_EQ(Holds::of_mask(~std::uint64_t{0}), Holds());
  EXPECT_EQ(sizeof(Holds), 1u);
  Among<bool, 2> flag;
  EXPECT_EQ(flag.equals(true), Truth::kUnknown);
  EXPECT_EQ((Among<bool, 2>(false).equals(true)), Truth::kNo);
}

}  // namespace
}  // namespace gms::model
