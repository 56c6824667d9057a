#include "checker/trace/line_check.h"

#include <gtest/gtest.h>

#include <string>

namespace gms::check {
namespace {

// "kind column: message", or nothing for a good line.
std::string problem(std::string_view text) {
  const std::optional<LineProblem> found = check_line(text);
  if (!found) return "";
  const char* kind = found->kind == LineProblem::Kind::kSyntax  ? "syntax "
                     : found->kind == LineProblem::Kind::kShape ? "shape "
                                                                : "cut ";
  return kind + std::to_string(found->column) + ": " + found->message;
}

TEST(LineCheck, SyntaxIsReportedAtItsColumn) {
  EXPECT_EQ(problem(R"({"op":"x"})"), "");
  EXPECT_EQ(problem(""), "syntax 1: an empty line, where a JSON object is expected");
  EXPECT_EQ(problem("  "), "syntax 1: an empty line, where a JSON object is expected");
  EXPECT_EQ(problem("seq=1"), "syntax 1: a JSON object is expected, found 's'");
  EXPECT_EQ(problem("\xef\xbb\xbf{}"),
            "syntax 1: a byte order mark, which JSON lines must not have");
  EXPECT_EQ(problem(R"({"op":"x"} 1)"), "syntax 12: nothing may follow the object, found '1'");
  EXPECT_EQ(problem(R"({"op":"x",})"), "syntax 11: a field name in quotes is expected, found '}'");
  EXPECT_EQ(problem(R"({"op" "x"})"), "syntax 7: ':' is expected, found '\"'");
  EXPECT_EQ(problem(R"({"op":"x" "y":1})"), "syntax 11: ',' or '}' is expected, found '\"'");
  EXPECT_EQ(problem(R"({"op":"x","a":[1 2]})"), "syntax 18: ',' or ']' is expected, found '2'");
  EXPECT_EQ(problem(R"({"op":"x","a":True})"), "syntax 15: a value is expected, found 'T'");
  EXPECT_EQ(problem(R"({"op":"x","a":troe})"), "syntax 15: a value is expected; is 'true' meant?");
  EXPECT_EQ(problem(R"({"op":"x","a":007})"), "syntax 15: a number must not start with a zero");
  EXPECT_EQ(problem(R"({"op":"x","a":-x})"), "syntax 16: a digit is expected, found 'x'");
  EXPECT_EQ(problem(R"({"op":"a\qb"})"), "syntax 9: an escape that JSON does not know");
}

TEST(LineCheck, BytesThatAreNoText) {
  EXPECT_EQ(problem(std::string_view("{\"op\":\"x\0\"}", 11)),
            "syntax 9: a NUL byte inside a string; control characters must be escaped");
  EXPECT_EQ(problem(std::string_view("\0\0\0", 3)),
            "syntax 1: a JSON object is expected, found a NUL byte");
  EXPECT_EQ(problem("{\"op\":\"x\ty\"}"),
            "syntax 9: byte 0x09 inside a string; control characters must be escaped");
  EXPECT_EQ(problem("{\"op\":\"\xffy\"}"),
            "syntax 8: in a string: byte 0xff, which is not valid UTF-8");
  EXPECT_EQ(problem("{\"op\":\xc3\xa9}"), "syntax 7: a value is expected, found U+00E9");
}

TEST(LineCheck, ShapeIsTheTracesOwnRule) {
  EXPECT_EQ(problem("[1]"), "shape 1: a line must be one JSON object, this one is an array");
  EXPECT_EQ(problem("7"), "shape 1: a line must be one JSON object, this one is a number");
  EXPECT_EQ(problem("\"x\""), "shape 1: a line must be one JSON object, this one is a string");
  EXPECT_EQ(problem(R"({"seq":1})"), "shape 1: the field 'op' is missing");
  EXPECT_EQ(problem(R"({"a":1,"op":3})"), "shape 13: the field 'op' must be a string");
  EXPECT_EQ(problem(R"({"op":"x","op":"x"})"),
            "shape 11: the field 'op' stands twice in one object");
  EXPECT_EQ(problem(R"({"op":"x","a":1.5})"),
            "shape 15: a number with a fraction or an exponent; fields hold integers only");
  EXPECT_EQ(problem(R"({"op":"x","a":18446744073709551616})"), "shape 15: a number above 2^64-1");
  EXPECT_EQ(problem(R"({"op":"x","a":-9223372036854775809})"), "shape 15: a number below -2^63");
  EXPECT_EQ(problem(R"({"op":"x","a":{"b":{}}})"), "shape 20: objects are nested too deep");
  EXPECT_EQ(problem(R"({"op":"x","a":[[1]]})"), "shape 16: an array inside an array or an object");
  EXPECT_EQ(problem(R"({"op":"x","a":[1,{}]})"),
            "shape 18: an array mixes objects with other values");
}

TEST(LineCheck, WhatIsCutShortIsToldApart) {
  const std::string line = R"({"seq":12,"op":"x\n","fault":{"gpa":1},"a":[1,null,true],"q":"\u00e9)"
                           "\xe2\x82\xac\"}";
  ASSERT_EQ(problem(line), "");
  for (std::size_t size = 1; size < line.size(); ++size)
    EXPECT_TRUE(problem(line.substr(0, size)).starts_with("cut ")) << size;
  EXPECT_EQ(problem(R"({"op":"x)"), "cut 7: a string is not closed before the line ends");
  EXPECT_EQ(problem(R"({"op":"x","a":)"), "cut 15: the line ends where a value is expected");
  EXPECT_EQ(problem(R"({"op":"x","a":nu)"), "cut 15: the line ends inside a value");
}

}  // namespace
}  // namespace gms::check
