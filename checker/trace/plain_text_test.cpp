#include "checker/trace/plain_text.h"

#include <gtest/gtest.h>

#include <string>

namespace gms::check::plain {
namespace {

// Room for what is read past the end, as behind a line.
std::string padded(std::string_view text) {
  return std::string(text) + '\n' + std::string(kPadding, '7');
}

std::string digits(std::string_view text) {
  const std::string buffer = padded(text);
  std::uint64_t value = 0;
  const char* const end = read_digits(buffer.data(), value);
  if (end == nullptr) return "refused";
  return std::to_string(value) + '|' + std::string(end, buffer.data() + text.size());
}

TEST(PlainText, NumbersOfEachLength) {
  std::string text;
  for (int size = 1; size <= 19; ++size) {
    text += static_cast<char>('0' + size % 10);
    EXPECT_EQ(digits(text), text + '|');
    EXPECT_EQ(digits(text + ","), text + "|,");
    EXPECT_EQ(digits(text + "}x"), text + "|}x");
  }
  EXPECT_EQ(digits("9999999999999999999"), "9999999999999999999|");
  EXPECT_EQ(digits("0"), "0|");
  EXPECT_EQ(digits("0,"), "0|,");
  EXPECT_EQ(digits("100000000"), "100000000|");
}

TEST(PlainText, DigitsThatAreLeftToTheParser) {
  for (const char* text : {"", "x", ",", "00", "01", "000000000", "12345678901234567890",
                           "1234567890123456789012345678901"})
    EXPECT_EQ(digits(text), "refused") << text;
  // Every other byte ends a number.
  for (int byte = 0; byte < 256; ++byte) {
    const bool digit = byte >= '0' && byte <= '9';
    const std::string text = std::string("12") + static_cast<char>(byte) + "4";
    EXPECT_EQ(digits(text), digit ? "12" + text.substr(2) + '|' : "12|" + text.substr(2)) << byte;
  }
}

std::string string_to(std::string_view text) {
  const std::string buffer = padded(text);
  const char* const end = end_of_string(buffer.data());
  return end == nullptr ? "refused" : std::string(static_cast<const char*>(buffer.data()), end);
}

TEST(PlainText, StringsEndAtTheFirstQuote) {
  std::string text;
  for (int size = 0; size < 40; ++size) {
    EXPECT_EQ(string_to(text + "\""), text);
    EXPECT_EQ(string_to(text + "\",\"x\":\"\\"), text);
    text += static_cast<char>(' ' + size * 3 % 90 + (size * 3 % 90 == 2 ? 1 : 0));
    if (text.back() == '\\') text.back() = '~';
  }
  EXPECT_EQ(string_to(std::string(100, '!') + '"'), std::string(100, '!'));
}

TEST(PlainText, BytesThatNeedACloserLook) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool plain = byte >= 0x20 && byte < 0x80 && byte != '\\' && byte != '"';
    for (std::size_t at = 0; at < 10; ++at) {
      std::string text(10, 'a');
      text[at] = static_cast<char>(byte);
      EXPECT_EQ(string_to(text + '"'), plain         ? text
                                       : byte == '"' ? text.substr(0, at)
                                                     : "refused")
          << byte << " at " << at;
    }
  }
}

TEST(PlainText, Scalars) {
  const auto read = [](std::string_view text, Value& value) {
    const std::string buffer = padded(text);
    const char* const end = read_scalar(buffer.data(), value);
    return end == nullptr ? -1 : static_cast<int>(end - buffer.data());
  };
  Value value;
  EXPECT_EQ(read("null,", value), 4);
  EXPECT_EQ(value.kind(), ValueKind::kNull);
  EXPECT_EQ(read("true}", value), 4);
  EXPECT_EQ(value.as_bool(), true);
  EXPECT_EQ(read("false}", value), 5);
  EXPECT_EQ(value.as_bool(), false);
  EXPECT_EQ(read("-17,", value), 3);
  EXPECT_EQ(value.as_i64(), -17);
  EXPECT_EQ(read("-9223372036854775807,", value), 20);
  EXPECT_EQ(value.as_i64(), -9223372036854775807);
  EXPECT_EQ(read("-0,", value), 2);
  EXPECT_EQ(value.kind(), ValueKind::kUnsigned);
  EXPECT_EQ(read("4096]", value), 4);
  EXPECT_EQ(value.as_u64(), 4096u);
  EXPECT_EQ(read("\"\"", value), 2);
  EXPECT_EQ(value.size(), 0u);
  EXPECT_EQ(value.kind(), ValueKind::kString);
  for (const char* text : {"nul,", "nulL", "tru", "fals", "-", "-x", "--1", "-01", "[1]", "{}",
                           " 1", "+1", "-9223372036854775808", "\"open"})
    EXPECT_EQ(read(text, value), -1) << text;
}

}  // namespace
}  // namespace gms::check::plain
