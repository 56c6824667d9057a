#include "checker/trace/json_text.h"

#include <gtest/gtest.h>

namespace gms::check {
namespace {

std::string resolved(std::string_view raw) {
  std::string out(raw.size(), '?');
  std::size_t size = 0;
  EscapeProblem problem;
  if (!unescape(raw, out.data(), size, &problem))
    return "at " + std::to_string(problem.at) + ": " + problem.message;
  out.resize(size);
  return out;
}

TEST(JsonText, ResolvesEscapes) {
  EXPECT_EQ(resolved(""), "");
  EXPECT_EQ(resolved("plain"), "plain");
  EXPECT_EQ(resolved(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(resolved(R"(a\u0041\u00e9\u20AC\uD83D\uDE00z)"),
            "aA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
  EXPECT_EQ(resolved(R"(\u0000)"), std::string(1, '\0'));
}

TEST(JsonText, RefusesWrongEscapesWithTheirPlace) {
  EXPECT_EQ(resolved(R"(ab\q)"), "at 2: an escape that JSON does not know");
  EXPECT_EQ(resolved("\\"), "at 0: a backslash with nothing behind it");
  EXPECT_EQ(resolved(R"(\u12g4)"), "at 0: \\u must be followed by four hexadecimal digits");
  EXPECT_EQ(resolved(R"(\u123)"), "at 0: \\u must be followed by four hexadecimal digits");
  EXPECT_EQ(resolved(R"(x\udc00)"), "at 1: a low surrogate without its high one");
  EXPECT_EQ(resolved(R"(\ud800)"), "at 0: a high surrogate without its low one");
  EXPECT_EQ(resolved(R"(\ud800\u0041)"), "at 0: a high surrogate without its low one");
  EXPECT_EQ(resolved(R"(\ud800\n)"), "at 0: a high surrogate without its low one");
}

TEST(JsonText, KnowsUtf8) {
  EXPECT_EQ(utf8_length("a"), 1u);
  EXPECT_EQ(utf8_length("\xc3\xa9"), 2u);
  EXPECT_EQ(utf8_length("\xe2\x82\xac"), 3u);
  EXPECT_EQ(utf8_length("\xf0\x9f\x98\x80"), 4u);
  for (const char* bad :
       {"", "\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xe2\x82",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3z"})
    EXPECT_EQ(utf8_length(bad), 0u) << bad;
}

TEST(JsonText, NamesCharacters) {
  EXPECT_EQ(describe_character("x"), "'x'");
  EXPECT_EQ(describe_character(" "), "byte 0x20");
  EXPECT_EQ(describe_character(std::string_view("\0", 1)), "a NUL byte");
  EXPECT_EQ(describe_character("\xff"), "byte 0xff, which is not valid UTF-8");
  EXPECT_EQ(describe_character("\xc3\xa9"), "U+00E9");
}

}  // namespace
}  // namespace gms::check
