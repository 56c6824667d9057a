// Mistakes in texts: what is said, and where. Trees are tested in round_trip_test.cpp.
#include "gen/syntax/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/file_system.h"
#include "gen/syntax/parse_test_util.h"

namespace gms::gen {
namespace {

using test::Parsed;
using testing::HasSubstr;

std::string messages(const std::string& text) {
  const Parsed parsed(text);
  EXPECT_EQ(parsed.file.has_value(), !parsed.sink.has_errors());
  return parsed.messages();
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i)
    result += text;
  return result;
}

// testdata/errors.golden holds texts, each with its messages. GMS_UPDATE_GOLDEN=1 writes the
// messages anew; read the difference before committing it.
TEST(Parse, MessagesOfMistakes) {
  const std::string path = "gen/syntax/testdata/errors.golden";
  const std::string text_mark = "==== text\n";
  const std::string messages_mark = "---- messages\n";
  const base::ReadResult golden = base::read_file(path);
  ASSERT_TRUE(golden.text) << golden.error;
  std::string now;
  for (std::size_t at = 0; at < golden.text->size();) {
    const std::size_t begin = at + text_mark.size();
    const std::size_t middle = golden.text->find(messages_mark, begin);
    ASSERT_NE(middle, std::string::npos);
    at = std::min(golden.text->find(text_mark, middle), golden.text->size());
    const std::string text = golden.text->substr(begin, middle - begin);
    now += text_mark;
    now += text;
    now += messages_mark;
    now += messages(text);
  }
  if (std::getenv("GMS_UPDATE_GOLDEN") != nullptr) {
    EXPECT_EQ(base::write_file(path, now), std::nullopt);
  } else {
    EXPECT_EQ(now, *golden.text);
  }
}

TEST(Parse, Encoding) {
  EXPECT_EQ(messages(""),
            "t.gms:1:1: error[E0112]: the file says nothing\n    1 |\n      | ^\n"
            "hint: a spec starts with `spec NAME`\n");
  EXPECT_THAT(messages("\xef\xbb\xbfspec x\n"), HasSubstr("E0108"));
  EXPECT_THAT(messages("\xef\xbb\xbf"), HasSubstr("E0108"));
  EXPECT_THAT(
      messages("spec x // \xff\xfe\n"),
      HasSubstr("E0107]: the file is not UTF-8: 2 broken sequence(s), the first at byte 10"));
  EXPECT_THAT(messages(std::string("spec x\0const A : u8 = 1\n", 24)),
              HasSubstr("hint: a spec is text; this looks like a binary file"));
  EXPECT_THAT(messages("spec \xc3\xa9t\xc3\xa9\n"),
              HasSubstr("t.gms:1:6: error[E0104]: the character 'é'"));
  EXPECT_THAT(messages("spec x\n\xef\xbb\xbf"), HasSubstr("E0104"));
}

// ANTLR counts code points, spans are bytes.
TEST(Parse, PlacesBehindLongCharacters) {
  Parsed parsed(
      "/// \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\nspec x link \"\xc3\xa9\" const abc : u8 = 1\n");
  ASSERT_TRUE(parsed.file);
  EXPECT_EQ(parsed.file->doc, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  EXPECT_EQ(parsed.sources.text(parsed.file->links.at(0).span), "\"\xc3\xa9\"");
  const auto& decl = std::get<ast::ConstDecl>(parsed.file->items.at(0).node);
  EXPECT_EQ(parsed.sources.text(decl.name.span), "abc");
  EXPECT_EQ(parsed.sources.text(decl.value->span), "1");
  EXPECT_EQ(parsed.sources.text(parsed.file->items.at(0).span), "const abc : u8 = 1");
}

TEST(Parse, LinesMayEndInCarriageReturns) {
  EXPECT_EQ(messages("/// doc\r\nspec x\r\nconst A : u8 = 1\r\n"), "");
}

TEST(Parse, TooLarge) {
  EXPECT_THAT(messages("spec x\n" + std::string(kMaxSpecBytes, '\n')), HasSubstr("E0109"));
}

TEST(Parse, Nesting) {
  const auto nested = [](std::size_t depth) {
    return "spec x\nconst A : u8 = " + repeat("(", depth) + "1" + repeat(")", depth) + "\n";
  };
  EXPECT_EQ(messages(nested(kMaxNesting)), "");
  EXPECT_THAT(messages(nested(kMaxNesting + 1)), HasSubstr("E0110"));
  EXPECT_THAT(messages(nested(500'000)), HasSubstr("E0110"));
  EXPECT_THAT(messages("spec x\naction a() " + repeat("{ x = a ", 300)), HasSubstr("E0110"));
}

// Whatever can make a tree deep without brackets.
TEST(Parse, LongChains) {
  const auto value = [](const std::string& text) {
    return "spec x\nconst A : u8 = " + text + "\n";
  };
  const char* links[] = {"a + ",
                         "not ",
                         "~",
                         "a implies ",
                         "if a then b else ",
                         "if a then ",
                         "all p in r : ",
                         "all p in ",
                         "some p in r, q of Q : ",
                         "a in ",
                         "a ..< "};
  for (const char* link : links) {
    EXPECT_THAT(messages(value(repeat(link, 5'000) + "a")), HasSubstr("E0111")) << link;
  }
  EXPECT_THAT(messages(value("a" + repeat("!", 5'000))), HasSubstr("E0111"));
  EXPECT_THAT(messages(value("a" + repeat(".b", 5'000))), HasSubstr("E0111"));
  EXPECT_THAT(messages("spec x\naction a() { if a { } " + repeat("else if a { } ", 5'000) + "}"),
              HasSubstr("E0111"));
  // In each of the brackets a little.
  EXPECT_THAT(messages(value(repeat("(a + b + c + d + e + ", 250) + "1" + repeat(")", 250))),
              HasSubstr("E0111"));
  EXPECT_EQ(messages(value(repeat("a or ", 390) + "b")), "");
  EXPECT_EQ(messages(value(repeat("not ", 390) + "b")), "");
}

// A long file is no deep one.
TEST(Parse, ManyThings) {
  EXPECT_EQ(messages("spec x\naction a() {\n" + repeat("fail E if a + b == c\n", 2000) + "}\n"),
            "");
  EXPECT_EQ(messages("spec x\naction a() {\n" + repeat("if a and b { x = 1 }\n", 2000) + "}\n"),
            "");
  EXPECT_EQ(messages("spec x\naction a() {\n" + repeat("await a and b and c\n", 2000) + "}\n"), "");
  EXPECT_EQ(messages("spec x\n" + repeat("cover c : a + b + c\nlemma l : not not a\n", 2000)), "");
  EXPECT_EQ(messages("spec x\n" + repeat("state s : u8 = 1 + 1\n", 2000)), "");
}

// Chains that a parser could make deep only by repairing them.
TEST(Parse, BrokenChains) {
  const char* links[] = {"implies cover x ", "all p in cover x : ", "not cover x ",
                         "= not a ",         "fail = not ",         "-",
                         "( fail ",          "if state x then "};
  for (const char* link : links) {
    EXPECT_NE(messages("spec x\nconst A : u8 = a " + repeat(link, 3'000)), "") << link;
    EXPECT_NE(messages("spec x\naction a() { x = a " + repeat(link, 3'000)), "") << link;
  }
}

TEST(Parse, ManyMistakes) {
  Parsed parsed("spec x\n" + repeat("const A = 1\n", 5000));
  EXPECT_EQ(parsed.sink.error_count(), 5000U);
}

TEST(Parse, Numbers) {
  Parsed parsed(
      "spec x const A : u64 = 0xffff_ffff_ffff_ffff const B : u64 = 18446744073709551615 "
      "const C : u8 = 0X1F const D : u8 = 007");
  ASSERT_TRUE(parsed.file) << parsed.messages();
  const auto number = [&parsed](std::size_t i) {
    return std::get<ast::IntLit>(
        std::get<ast::ConstDecl>(parsed.file->items.at(i).node).value->node);
  };
  EXPECT_EQ(number(0).value, 0xffffffffffffffffU);
  EXPECT_EQ(number(1).value, 0xffffffffffffffffU);
  EXPECT_EQ(number(2).value, 0x1fU);
  EXPECT_EQ(number(3).value, 7U);
  EXPECT_THAT(messages("spec x const A : u64 = 0x1_0000_0000_0000_0000"), HasSubstr("E0113"));
}

TEST(Parse, Parts) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto part = [&](const std::string& text) {
    return parse_part(sources.add("p.gms", text), sources, sink);
  };
  EXPECT_EQ(part("const A : u8 = 1 state s : u8").value().size(), 2U);
  EXPECT_FALSE(part(""));
  EXPECT_FALSE(part("spec x"));
  EXPECT_EQ(sink.error_count(), 2U);
}

}  // namespace
}  // namespace gms::gen
