#include "base/source.h"

#include <gtest/gtest.h>

namespace gms::base {
namespace {

TEST(SourceFile, counts_lines_and_columns_from_one) {
  const SourceFile file("a.gms", "one\ntwo\n");
  EXPECT_EQ(file.position(0), (Position{1, 1}));
  EXPECT_EQ(file.position(3), (Position{1, 4}));
  EXPECT_EQ(file.position(4), (Position{2, 1}));
  EXPECT_EQ(file.position(8), (Position{3, 1}));
}

TEST(SourceFile, offsets_beyond_the_end_count_as_the_end) {
  const SourceFile file("a.gms", "ab");
  EXPECT_EQ(file.position(1000), (Position{1, 3}));
  EXPECT_EQ(file.line_at(1000), "ab");
  EXPECT_EQ(file.line_begin(1000), 0U);
}

TEST(SourceFile, columns_are_code_points) {
  const SourceFile file("a.gms", "\u00e9x\xffy");
  EXPECT_EQ(file.position(2).column, 2U);
  EXPECT_EQ(file.position(4).column, 4U) << "a broken byte counts as one";
}

TEST(SourceFile, lines_come_without_their_ends) {
  const SourceFile file("a.gms", "one\r\ntwo\n\nlast");
  EXPECT_EQ(file.line_at(0), "one");
  EXPECT_EQ(file.line_at(4), "one") << "the line feed belongs to the line it ends";
  EXPECT_EQ(file.line_at(5), "two");
  EXPECT_EQ(file.line_at(9), "");
  EXPECT_EQ(file.line_at(10), "last");
}

TEST(SourceFile, an_empty_text_has_one_empty_line) {
  const SourceFile file("a.gms", "");
  EXPECT_EQ(file.position(0), (Position{1, 1}));
  EXPECT_EQ(file.line_at(0), "");
}

TEST(SourceFile, an_excerpt_keeps_its_line_number) {
  const SourceFile file("trace.jsonl", "{}", 70'000);
  EXPECT_EQ(file.position(1), (Position{70'000, 2}));
}

TEST(SourceSet, files_stay_where_they_are) {
  SourceSet sources;
  const FileId first = sources.add("a", "alpha");
  const SourceFile* before = &sources.file(first);
  for (int i = 0; i < 1000; ++i)
    sources.add("b", "beta");
  EXPECT_EQ(before, &sources.file(first));
  EXPECT_EQ(sources.size(), 1001U);
}

TEST(SourceSet, text_of_a_span_is_clamped) {
  SourceSet sources;
  const FileId file = sources.add("a", "alpha");
  EXPECT_EQ(sources.text({file, 1, 3}), "lp");
  EXPECT_EQ(sources.text({file, 3, 300}), "ha");
  EXPECT_EQ(sources.text({file, 300, 400}), "");
  EXPECT_EQ(sources.text({file, 3, 2}), "");
  EXPECT_EQ(sources.text({}), "");
}

TEST(Span, cover_ignores_spans_without_a_place) {
  const Span a{FileId{0}, 3, 5};
  const Span b{FileId{0}, 1, 4};
  EXPECT_EQ(cover(a, b), (Span{FileId{0}, 1, 5}));
  EXPECT_EQ(cover(a, {}), a);
  EXPECT_EQ(cover({}, b), b);
}

}  // namespace
}  // namespace gms::base
