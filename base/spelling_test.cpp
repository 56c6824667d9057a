#include "base/spelling.h"

#include <gtest/gtest.h>

#include <array>

namespace gms::base {
namespace {

TEST(Spelling, counts_edits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("abc", "axc"), 1U);
  EXPECT_EQ(edit_distance("abc", "ac"), 1U);
  EXPECT_EQ(edit_distance("chekc", "check"), 1U) << "a swap is one slip";
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Spelling, proposes_only_likely_slips) {
  constexpr std::array<std::string_view, 4> kNames{"check", "prove", "p", "sharing"};
  EXPECT_EQ(closest_name("chekc", kNames), "check");
  EXPECT_EQ(closest_name("sharnig", kNames), "sharing");
  EXPECT_EQ(closest_name("mapped", kNames), std::nullopt);
  EXPECT_EQ(closest_name("q", kNames), std::nullopt) << "one letter for another";
  EXPECT_EQ(closest_name(std::string(100'000, 'a'), kNames), std::nullopt);
}

}  // namespace
}  // namespace gms::base
