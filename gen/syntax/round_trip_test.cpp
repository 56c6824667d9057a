// Parsing and printing are inverse.
#include <gtest/gtest.h>

#include "base/file_system.h"
#include "gen/ast/print.h"
#include "gen/syntax/parse_test_util.h"

namespace gms::gen {
namespace {

using test::Parsed;

std::string print_of(const std::string& text) {
  const Parsed parsed(text);
  EXPECT_EQ(parsed.messages(), "");
  return parsed.file ? ast::print(*parsed.file) : "";
}

std::string data(const std::string& name) {
  const base::ReadResult read = base::read_file("gen/syntax/testdata/" + name);
  EXPECT_TRUE(read.text) << read.error;
  return read.text.value_or("");
}

// The file is written as the printer does it, so this also shows that nothing is lost.
TEST(RoundTrip, EveryConstruct) {
  const std::string text = data("every_construct.gms");
  EXPECT_EQ(print_of(text), text);
}

TEST(RoundTrip, FreeLayout) {
  const std::string once = print_of(data("rwlock.gms"));
  EXPECT_EQ(print_of(once), once);
}

// Text of an expression after printing.
std::string expression(const std::string& text) {
  const std::string once = print_of("spec x\nconst A : u8 = " + text + "\n");
  EXPECT_EQ(print_of(once), once);
  const std::string head = "spec x\n\nconst A : u8 = ";
  EXPECT_EQ(once.substr(0, head.size()), head);
  std::string result = once.substr(std::min(head.size(), once.size()));
  if (!result.empty()) result.pop_back();
  return result;
}

TEST(RoundTrip, FewestParentheses) {
  EXPECT_EQ(expression("((a)) + (b * c)"), "a + b * c");
  EXPECT_EQ(expression("(a + b) * c"), "(a + b) * c");
  EXPECT_EQ(expression("a - (b - c)"), "a - (b - c)");
  EXPECT_EQ(expression("(a - b) - c"), "a - b - c");
  EXPECT_EQ(expression("(a & b) == 0"), "a & b == 0");
  EXPECT_EQ(expression("a == (b == c)"), "a == (b == c)");
  EXPECT_EQ(expression("(a implies b) implies c"), "(a implies b) implies c");
  EXPECT_EQ(expression("a implies (b implies c)"), "a implies b implies c");
  EXPECT_EQ(expression("-(-a)"), "-(-a)");
  EXPECT_EQ(expression("a - -b"), "a - -b");
  EXPECT_EQ(expression("~~a"), "~~a");
  EXPECT_EQ(expression("not (not a)"), "not not a");
  EXPECT_EQ(expression("(not a) == b"), "(not a) == b");
  EXPECT_EQ(expression("not (a == b)"), "not a == b");
  EXPECT_EQ(expression("(a + 1)!.lo"), "(a + 1)!.lo");
  EXPECT_EQ(expression("(-a)!"), "(-a)!");
  EXPECT_EQ(expression("-a!"), "-a!");
  EXPECT_EQ(expression("(p in r) == q"), "(p in r) == q");
  EXPECT_EQ(expression("p in (a ..< b)"), "p in a ..< b");
  EXPECT_EQ(expression("not (p not in r)"), "not p not in r");
}

TEST(RoundTrip, WordsThatReachFar) {
  EXPECT_EQ(expression("a and some p in r : b or c"), "a and some p in r : b or c");
  EXPECT_EQ(expression("(a and some p in r : b) or c"), "a and (some p in r : b) or c");
  EXPECT_EQ(expression("(if a then b else c) + 1"), "(if a then b else c) + 1");
  EXPECT_EQ(expression("1 + if a then b else c + 1"), "1 + if a then b else c + 1");
  EXPECT_EQ(expression("if a then if b then c else d else e"),
            "if a then if b then c else d else e");
}

TEST(RoundTrip, EitherOrderOfWithAndIf) {
  const std::string before = "spec x\naction a() {";
  EXPECT_EQ(print_of(before + "fail E with x = 1, y = 2 if c}"),
            print_of(before + "fail E if c with x = 1, y = 2}"));
}

// Words that start statements and declarations elsewhere are names where no statement can start.
TEST(RoundTrip, WordsAsNames) {
  EXPECT_EQ(expression("flags + state + step + index + link"),
            "flags + state + step + index + link");
  EXPECT_EQ(
      print_of("spec spec action step(flags : lock, hold : index) { flags = hold step step { } "
               "hold = step }"),
      "spec spec\n\naction step(flags : lock, hold : index) {\n  flags = hold\n  step step {\n  "
      "}\n  hold = step\n}\n");
}

TEST(RoundTrip, ConditionOfAnExitIsNoStatement) {
  EXPECT_EQ(print_of("spec x action a() { fail E if c { x = 1 } fail F if d if e { } }"),
            "spec x\n\naction a() {\n  fail E\n  if c {\n    x = 1\n  }\n  fail F if d\n  if e {\n "
            " }\n}\n");
}

}  // namespace
}  // namespace gms::gen
