#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/render_text.h"
#include "ir/build.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "ir/text/print.h"

namespace gms::ir {
namespace {

std::string errors_of(std::string_view text) {
  base::SourceSet sources;
  const base::FileId file = sources.add("m.gir", std::string(text));
  base::DiagSink sink;
  const auto module = parse(text, file, sink);
  EXPECT_EQ(module.has_value(), !sink.has_errors());
  std::string out;
  for (const base::Diagnostic& d : sink.sorted()) {
    if (d.span.has_place()) {
      const base::Position at = sources.file(file).position(d.span.begin);
      out += std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    }
    out += d.message() + "\n";
  }
  return out;
}

Module parse_good(std::string_view text) {
  base::DiagSink sink;
  auto module = parse(text, base::FileId{0}, sink);
  for (const base::Diagnostic& d : sink.sorted()) {
    ADD_FAILURE() << d.message() << " at " << text.substr(d.span.begin, 60);
  }
  return module.value_or(Module{});
}

TEST(Text, printing_reads_back_as_the_same_text) {
  for (const std::string_view text : {testing::kLock, testing::kPages}) {
    const std::string once = print(parse_good(text));
    const std::string twice = print(parse_good(once));
    EXPECT_EQ(once, twice);
    const std::string bare = print(parse_good(text), {.spans = false});
    EXPECT_EQ(bare, print(parse_good(bare), {.spans = false}));
    EXPECT_EQ(bare.find('@'), std::string::npos);
  }
}

TEST(Text, keeps_what_the_text_says) {
  const Module m = parse_good(testing::kLock);
  ASSERT_EQ(m.actions.size(), 5U);
  const Action& read = m.actions[0];
  EXPECT_EQ(read.name, "read_lock");
  EXPECT_EQ(read.span, (base::Span{base::FileId{0}, 40, 140}));
  EXPECT_EQ(read.cite.note, "rwsem.c");
  EXPECT_EQ(m.stmts[read.body[0]].span, (base::Span{base::FileId{0}, 43, 53}));
  EXPECT_EQ(m.clauses[2].label, "wait");
  EXPECT_EQ(m.clauses[2].result, 11U);
  EXPECT_EQ(m.properties[3].left.size(), 2U);
  EXPECT_EQ(m.properties[3].agree, std::vector<StateId>{0});
  EXPECT_TRUE(m.events[2].ignored);
}

TEST(Text, tells_locals_of_one_name_apart) {
  Module m = new_module("m", {});
  ExprBuilder b(m);
  Callable fn;
  fn.name = "f";
  add_local(fn.locals, "p", int_type(8));
  add_local(fn.locals, "p", int_type(8));
  add_local(fn.locals, "odd name", bool_type());
  add_local(fn.locals, "true", bool_type());
  fn.params = {0, 1, 2, 3};
  fn.expr = b.both(b.lt(b.var(fn.locals, 1), b.var(fn.locals, 0)), b.var(fn.locals, 3));
  m.fns.push_back(fn);
  const std::string text = print(m);
  const Module back = parse_good(text);
  EXPECT_EQ(print(back), text);
  ASSERT_EQ(back.fns[0].locals.size(), 4U);
  EXPECT_EQ(back.fns[0].locals[1].name, "p");
  EXPECT_EQ(back.fns[0].locals[2].name, "odd name");
  EXPECT_EQ(back.fns[0].locals[3].name, "true");
}

TEST(Text, keeps_extreme_constants_and_strings) {
  Module m = new_module("m", {});
  m.doc = "two\nlines, a \"quote\" and a \\";
  ExprBuilder b(m);
  Callable fn;
  fn.name = "f";
  fn.expr = b.eq(b.constant(int_type(64, true), std::uint64_t{1} << 63),
                 b.constant(int_type(64, true), ~std::uint64_t{0}));
  m.fns.push_back(fn);
  const std::string text = print(m);
  EXPECT_NE(text.find("-9223372036854775808:i64"), std::string::npos) << text;
  const Module back = parse_good(text);
  EXPECT_EQ(back.doc, m.doc);
  EXPECT_EQ(print(back), text);
}

TEST(Text, reports_mistakes_with_their_place) {
  EXPECT_EQ(errors_of("(module m)\n(state s () u8 0\n"),
            "2:1: cannot read the intermediate form: this list is not closed\n");
  EXPECT_EQ(errors_of("(module m)\n(state s () u65 0)"),
            "2:1: the intermediate form has no type named 'u65'\n");
  EXPECT_EQ(errors_of("(module m)\n(state s () u8 256)"),
            "2:16: cannot read the intermediate form: this is not a value of type u8\n");
  EXPECT_EQ(errors_of("(module m)\n(nothing)\n(domain D)(domain D)"),
            "2:1: the intermediate form has no declaration named 'nothing'\n"
            "3:11: cannot read the intermediate form: the name 'D' is declared twice\n");
  EXPECT_EQ(errors_of("(module m)(fn f (value (add 1:u8)))"),
            "1:24: cannot read the intermediate form: 'add' takes 2 operands, not 1\n");
  EXPECT_EQ(errors_of("(module m)(fn f (value x))"),
            "1:24: the intermediate form has no local named 'x'\n");
  EXPECT_EQ(errors_of("(module m]"),
            "1:10: cannot read the intermediate form: '(' and '[' are mixed up\n");
  EXPECT_EQ(errors_of(""), "cannot read the intermediate form: there is no (module ...)\n");
}

TEST(Text, refuses_deep_nesting) {
  const std::string deep(100000, '(');
  EXPECT_NE(errors_of(deep).find("nested too deeply"), std::string::npos);
  std::string nots = "(module m)(fn f (value ";
  for (int i = 0; i < 900; ++i)
    nots += "(not ";
  nots += "true" + std::string(900, ')') + "))";
  EXPECT_EQ(errors_of(nots), "");
}

// Cuts, doubles, swaps and overwrites pieces of good text: whatever comes out is read or refused,
// and what is read can be printed and read again.
TEST(Text, survives_damaged_text) {
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::string_view pieces[] = {
      "(",    ")",         "[",   "]",    "\"",  "#", ":",
      "@1+1", "@9:1+2 ",   " 0 ", "none", "any", "'", "(forall ((p)) true)",
      "\\",   "(not true)"};
  int read = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text(round % 2 == 0 ? testing::kLock : testing::kPages);
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      const std::size_t at = below(text.size()), length = below(12);
      switch (below(4)) {
        case 0: text.erase(at, length); break;
        case 1: text.insert(at, text.substr(below(text.size()), length)); break;
        case 2: text.insert(at, pieces[below(std::size(pieces))]); break;
        default: text[at] = static_cast<char>(below(256)); break;
      }
    }
    base::DiagSink sink;
    const auto module = parse(text, base::FileId{0}, sink);
    EXPECT_EQ(module.has_value(), !sink.has_errors());
    if (!module) continue;
    ++read;
  }
  EXPECT_GT(read, 50);
}

}  // namespace
}  // namespace gms::ir
