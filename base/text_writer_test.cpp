#include "base/text_writer.h"

#include <gtest/gtest.h>

namespace gms::base {
namespace {

TEST(TextWriter, indents_between_open_and_close) {
  TextWriter w;
  w.open("if (x) {").line("y = ", std::string("1"), ';').reopen("} else {").line("z;").close();
  EXPECT_EQ(w.str(), "if (x) {\n  y = 1;\n} else {\n  z;\n}\n");
}

TEST(TextWriter, a_block_closes_itself) {
  TextWriter w(4);
  {
    const auto block = w.block("struct S {", "};");
    w.line("int x;");
  }
  EXPECT_EQ(w.str(), "struct S {\n    int x;\n};\n");
}

TEST(TextWriter, indents_each_line_of_a_text_and_leaves_no_trailing_blanks) {
  TextWriter w;
  w.indent().line("a  \n\nb");
  EXPECT_EQ(w.str(), "  a\n\n  b\n");
}

TEST(TextWriter, writes_at_most_one_blank_line) {
  TextWriter w;
  w.blank().line("a").blank().blank().line("b");
  EXPECT_EQ(w.str(), "a\n\nb\n");
}

TEST(TextWriter, take_leaves_it_empty) {
  TextWriter w;
  w.line("a");
  EXPECT_EQ(w.take(), "a\n");
  EXPECT_EQ(w.str(), "");
}

}  // namespace
}  // namespace gms::base
