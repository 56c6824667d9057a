#include "base/render_text.h"

#include <gtest/gtest.h>

#include "base/test_catalog.h"

namespace gms::base {
namespace {

class RenderText : public ::testing::Test {
 protected:
  // The excerpt (both lines) of a mark on [begin, end) of a text.
  std::string mark(std::string text, std::uint32_t begin, std::uint32_t end) {
    const FileId file = sources_.add("a.gms", std::move(text));
    const std::string all =
        render_text(make_diagnostic(test_diag::no_spec, {file, begin, end}), sources_);
    return all.substr(all.find('\n') + 1);
  }

  SourceSet sources_;
};

TEST_F(RenderText, prints_place_message_excerpt_notes_and_hint) {
  const FileId file = sources_.add("spec/toy.gms", "state owner : Thread\n\nstate owner : bool\n");
  Diagnostic d = make_diagnostic(test_diag::duplicate_state, {file, 28, 33}, "owner");
  d.note({file, 6, 11}, "first declared here").note("names are per spec").with_hint("rename one");
  EXPECT_EQ(render_text(d, sources_),
            "spec/toy.gms:3:7: error[E9001]: state 'owner' is declared twice\n"
            "    3 | state owner : bool\n"
            "      |       ^~~~~\n"
            "spec/toy.gms:1:7: note: first declared here\n"
            "    1 | state owner : Thread\n"
            "      |       ~~~~~\n"
            "note: names are per spec\n"
            "hint: rename one\n");
}

TEST_F(RenderText, prints_what_has_no_place) {
  EXPECT_EQ(render_text(make_diagnostic(test_diag::no_spec, {}), sources_),
            "error[E9004]: no spec given\n");
  EXPECT_EQ(render_place({}, sources_), "<no place>");
}

TEST_F(RenderText, marks_an_empty_span_and_the_end_of_the_text) {
  EXPECT_EQ(mark("ab", 1, 1), "    1 | ab\n      |  ^\n");
  EXPECT_EQ(mark("ab", 2, 2), "    1 | ab\n      |   ^\n");
  EXPECT_EQ(mark("ab\n", 3, 3), "    2 |\n      | ^\n");
  EXPECT_EQ(mark("", 0, 0), "    1 |\n      | ^\n");
  EXPECT_EQ(mark("ab", 90, 99), "    1 | ab\n      |   ^\n");
}

TEST_F(RenderText, marks_a_span_of_several_lines_to_the_end_of_the_first) {
  EXPECT_EQ(mark("a {\n  b\n}\n", 2, 9), "    1 | a {\n      |   ^\n");
  EXPECT_EQ(mark("a {\r\n}", 0, 6), "    1 | a {\n      | ^~~\n");
}

TEST_F(RenderText, expands_tabs) {
  EXPECT_EQ(mark("\tab\tc", 4, 5), "    1 |         ab      c\n      |                 ^\n");
  EXPECT_EQ(mark("a\tb", 1, 2), "    1 | a       b\n      |  ^~~~~~~\n");
}

TEST_F(RenderText, keeps_marks_in_place_after_wide_and_combining_characters) {
  EXPECT_EQ(mark("\u4e2d=x", 4, 5), "    1 | \u4e2d=x\n      |    ^\n");
  EXPECT_EQ(mark("e\u0301=x", 4, 5), "    1 | e\u0301=x\n      |   ^\n");
  EXPECT_EQ(mark("\u4e2d", 0, 3), "    1 | \u4e2d\n      | ^~\n");
}

TEST_F(RenderText, survives_spans_inside_a_character) {
  EXPECT_EQ(mark("\u4e2dx", 1, 2), "    1 | \u4e2dx\n      |   ^\n");
}

TEST_F(RenderText, spells_out_control_characters) {
  EXPECT_EQ(mark("a\x1b[0m\xff", 1, 2), "    1 | a\\x1b[0m\\xff\n      |  ^~~~\n");
  const FileId file = sources_.add("evil\n\x1b.gms", "x");
  EXPECT_EQ(render_place({file, 0, 0}, sources_), "evil\\n\\x1b.gms:1:1");
}

TEST_F(RenderText, shows_a_window_of_a_long_line) {
  const std::string text = std::string(5000, 'a') + "BAD" + std::string(5000, 'z');
  const std::string shown = mark(text, 5000, 5003);
  EXPECT_EQ(shown, "    1 | ..." + std::string(60, 'a') + "BAD" + std::string(77, 'z') +
                       "...\n      | " + std::string(63, ' ') + "^~~\n");
}

TEST_F(RenderText, does_not_cut_a_long_line_inside_a_character) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "\u00e9";
  for (std::uint32_t at = 900; at < 910; ++at) {
    EXPECT_EQ(mark(text, at, at + 1).find('\\'), std::string::npos);
  }
  // Nothing but continuation bytes must not be searched for a boundary for ever.
  EXPECT_NE(mark(std::string(1000, '\x80'), 500, 501).find("\\x80"), std::string::npos);
}

TEST_F(RenderText, a_mark_longer_than_the_window_ends_with_it) {
  const std::string shown = mark(std::string(1000, 'a'), 0, 1000);
  EXPECT_EQ(shown,
            "    1 | " + std::string(80, 'a') + "...\n      | ^" + std::string(79, '~') + "\n");
}

TEST_F(RenderText, line_numbers_may_be_long) {
  const FileId file = sources_.add("t.jsonl", "{}", 1'234'567);
  EXPECT_EQ(render_text(make_diagnostic(test_diag::no_spec, {file, 0, 1}), sources_),
            "t.jsonl:1234567:1: error[E9004]: no spec given\n"
            "1234567 | {}\n"
            "        | ^\n");
}

TEST_F(RenderText, a_sink_is_printed_in_order_with_what_it_dropped) {
  const FileId file = sources_.add("a.gms", "x y");
  DiagSink sink(1);
  sink.report(test_diag::no_spec, {file, 2, 3});
  sink.report(test_diag::unused_name, {file, 0, 1}, "x");
  sink.report(test_diag::no_spec, {file, 2, 3});
  const std::string text = render_text(sink, sources_);
  EXPECT_LT(text.find("warning[W9002]"), text.find("error[E9004]"));
  EXPECT_TRUE(text.ends_with("note: 1 more diagnostics are not shown\n"));
}

TEST_F(RenderText, colours_only_when_asked) {
  const Diagnostic d = make_diagnostic(test_diag::no_spec, {});
  EXPECT_EQ(render_text(d, sources_, Style(true)),
            "\x1b[1;31merror[E9004]:\x1b[0m no spec given\n");
}

}  // namespace
}  // namespace gms::base
