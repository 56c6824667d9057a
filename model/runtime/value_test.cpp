// Arithmetic by brute force on small widths against wide arithmetic, and at the edges of the large
// ones.
#include "model/runtime/value.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <type_traits>

namespace gms::model {
namespace {

template <class T>
void check_every_pair_of_bytes() {
  constexpr int kMin = std::is_signed_v<T> ? -128 : 0, kMax = kMin + 255;
  constexpr unsigned kWidth = 8;
  for (int i = kMin; i <= kMax; ++i) {
    for (int j = kMin; j <= kMax; ++j) {
      const T a = static_cast<T>(i), b = static_cast<T>(j);
      ASSERT_EQ(add(a, b), static_cast<T>(i + j));
      ASSERT_EQ(sub(a, b), static_cast<T>(i - j));
      ASSERT_EQ(mul(a, b), static_cast<T>(i * j));
      ASSERT_EQ(add_overflows(a, b), i + j < kMin || i + j > kMax);
      ASSERT_EQ(sub_overflows(a, b), i - j < kMin || i - j > kMax);
      ASSERT_EQ(mul_overflows(a, b), i * j < kMin || i * j > kMax);
      ASSERT_EQ(less(a, b), i < j);
      if (j != 0) {
        ASSERT_EQ(div(a, b), static_cast<T>(i / j)) << i << " " << j;
        ASSERT_EQ(rem(a, b), static_cast<T>(i % j)) << i << " " << j;
        ASSERT_EQ(add(mul(div(a, b), b), rem(a, b)), a);
      } else {
        ASSERT_EQ(div(a, b), static_cast<T>(i < 0 ? 1 : -1));
        ASSERT_EQ(rem(a, b), a);
      }
      ASSERT_EQ(bits::sless(bits::from_signed(i, kWidth), bits::from_signed(j, kWidth), kWidth),
                static_cast<std::int8_t>(i) < static_cast<std::int8_t>(j));
    }
    for (std::uint64_t by = 0; by < 70; ++by) {
      const T a = static_cast<T>(i);
      ASSERT_EQ(is_defined_shift<T>(by), by < 8);
      ASSERT_EQ(shl(a, by), by < 8 ? static_cast<T>(i << by) : T{0});
      ASSERT_EQ(shr(a, by), static_cast<T>(by < 8 ? i >> by : (i < 0 ? -1 : 0)));
    }
    ASSERT_EQ(neg(static_cast<T>(i)), static_cast<T>(-i));
  }
}

TEST(Value, EveryPairOfUnsignedBytes) {
  check_every_pair_of_bytes<std::uint8_t>();
}
TEST(Value, EveryPairOfSignedBytes) {
  check_every_pair_of_bytes<std::int8_t>();
}

TEST(Value, NoPromotionTraps) {
  EXPECT_EQ(mul(std::uint16_t{0xffff}, 0xffff), 1u);  // would overflow int
  EXPECT_EQ(shl(std::uint8_t{0x81}, 1), 2u);
  EXPECT_TRUE(less(-1, 0u));
  EXPECT_FALSE(less(0u, -1));
  EXPECT_FALSE(less(~std::uint64_t{0}, std::int64_t{-1}));
}

TEST(Value, EdgesOf64Bits) {
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(div(kMin, -1), kMin);
  EXPECT_EQ(rem(kMin, -1), 0);
  EXPECT_EQ(neg(kMin), kMin);
  EXPECT_EQ(add(kMax, 1), kMin);
  EXPECT_EQ(shr(kMin, 200), -1);
  EXPECT_EQ(shl(std::uint64_t{1}, 63), std::uint64_t{1} << 63);
  EXPECT_EQ(shl(std::uint64_t{1}, 64), 0u);
  EXPECT_TRUE(add_overflows(~std::uint64_t{0}, 1));
  EXPECT_EQ(bits::mask(64), ~std::uint64_t{0});
  EXPECT_EQ(bits::to_signed(~std::uint64_t{0}, 64), -1);
  EXPECT_EQ(bits::sdiv(std::uint64_t{1} << 63, ~std::uint64_t{0}, 64), std::uint64_t{1} << 63);
}

TEST(Value, OddWidths) {
  EXPECT_EQ(bits::add(bits::mask(52), 1, 52), 0u);
  EXPECT_EQ(bits::sub(0, 1, 52), bits::mask(52));
  EXPECT_EQ(bits::mul(std::uint64_t{1} << 51, 2, 52), 0u);
  EXPECT_EQ(bits::to_signed(bits::mask(12), 12), -1);
  EXPECT_EQ(bits::from_signed(-1, 12), 0xfffu);
  EXPECT_EQ(bits::ashr(0x800, 3, 12), 0xf00u);
  EXPECT_EQ(bits::ashr(0x800, 99, 12), 0xfffu);
  EXPECT_EQ(bits::lshr(0x800, 12, 12), 0u);
  EXPECT_EQ(bits::udiv(5, 0, 12), 0xfffu);
  EXPECT_EQ(bits::bit_not(0, 1), 1u);
  EXPECT_TRUE(bits::sless(0x800, 0, 12));
  EXPECT_FALSE(bits::uless(0x800, 0));
}

TEST(Value, OddWidthsAgreeWithBruteForce) {
  constexpr unsigned kWidth = 5;
  const auto cut = [](int x) { return static_cast<std::uint64_t>(x) & 31; };
  for (int i = -16; i < 16; ++i) {
    for (int j = -16; j < 16; ++j) {
      const std::uint64_t a = cut(i), b = cut(j);
      ASSERT_EQ(bits::to_signed(a, kWidth), i);
      ASSERT_EQ(bits::sless(a, b, kWidth), i < j);
      if (j == 0) continue;
      ASSERT_EQ(bits::sdiv(a, b, kWidth), cut(i / j)) << i << " " << j;
      ASSERT_EQ(bits::srem(a, b, kWidth), cut(i % j)) << i << " " << j;
    }
  }
}

TEST(Value, Conversions) {
  EXPECT_EQ((wrap_to<std::uint8_t>(-1)), 255);
  EXPECT_EQ((wrap_to<std::int8_t>(std::uint64_t{0x180})), -128);
  EXPECT_EQ((wrap_to<std::uint64_t>(std::int32_t{-1})), ~std::uint64_t{0});
  EXPECT_TRUE((fits<std::uint8_t>(255)));
  EXPECT_FALSE((fits<std::uint8_t>(-1)));
  EXPECT_FALSE((fits<std::int64_t>(~std::uint64_t{0})));
}

}  // namespace
}  // namespace gms::model
