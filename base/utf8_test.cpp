#include "base/utf8.h"

#include <gtest/gtest.h>

namespace gms::base {
namespace {

TEST(Utf8, decodes_each_length) {
  EXPECT_EQ(decode_utf8("a", 0).value, U'a');
  EXPECT_EQ(decode_utf8("\xc3\xa9", 0).value, U'\u00e9');
  EXPECT_EQ(decode_utf8("\xe2\x82\xac", 0).value, U'\u20ac');
  EXPECT_EQ(decode_utf8("\xf0\x9f\x98\x80", 0).value, U'\U0001f600');
  EXPECT_EQ(decode_utf8("\xf0\x9f\x98\x80", 0).length, 4U);
}

TEST(Utf8, refuses_what_is_not_utf8) {
  for (const char* text : {"\x80", "\xc0\x80", "\xc3", "\xc3z", "\xe0\x80\x80", "\xed\xa0\x80",
                           "\xf4\x90\x80\x80", "\xff", "\xf0\x9f\x98"}) {
    const CodePoint point = decode_utf8(text, 0);
    EXPECT_FALSE(point.valid) << text;
    EXPECT_EQ(point.length, 1U) << text;
  }
}

TEST(Utf8, counts_broken_bytes_one_by_one) {
  EXPECT_EQ(count_code_points("a\xff\xff\xc3\xa9"), 4U);
  EXPECT_EQ(count_code_points(""), 0U);
}

TEST(Utf8, knows_widths) {
  EXPECT_EQ(display_width(U'a'), 1);
  EXPECT_EQ(display_width(U'\u0301'), 0);
  EXPECT_EQ(display_width(U'\u4e2d'), 2);
  EXPECT_EQ(display_width(U'\U0001f600'), 2);
}

TEST(Utf8, spells_out_what_a_terminal_would_obey) {
  EXPECT_EQ(printable("plain \u00e9"), "plain \u00e9");
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("a\nb\tc\r"), "a\\nb\\tc\\r");
  EXPECT_EQ(printable("\u202e"), "\\u202e");
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

}  // namespace
}  // namespace gms::base
