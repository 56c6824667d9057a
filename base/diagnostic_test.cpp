#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include "base/test_catalog.h"

namespace gms::base {
namespace {

const FileId kFirst{0};
const FileId kSecond{1};

TEST(Diagnostic, fills_placeholders_in_any_order) {
  const Diagnostic d = make_diagnostic(test_diag::wrong_count, {}, 2, "min", std::size_t{3});
  EXPECT_EQ(d.message(), "'min' takes 2 arguments, not 3");
  EXPECT_EQ(d.info.code, "E9003");
  EXPECT_EQ(d.info.slug, "wrong_count");
}

TEST(Diagnostic, arguments_are_not_formats) {
  const Diagnostic d = make_diagnostic(test_diag::duplicate_state, {}, "{0}{1}");
  EXPECT_EQ(d.message(), "state '{0}{1}' is declared twice");
}

TEST(Diagnostic, counts_placeholders) {
  static_assert(count_placeholders("no spec") == 0);
  static_assert(count_placeholders("{0}{0}") == 1);
  static_assert(count_placeholders("{2} {0}") == 3);
  static_assert(count_placeholders("{x} {} {") == 0);
}

TEST(DiagSink, sorts_by_place_and_keeps_the_order_of_equals) {
  DiagSink sink;
  sink.report(test_diag::unused_name, {kSecond, 0, 1}, "d");
  sink.report(test_diag::unused_name, {kFirst, 9, 10}, "b");
  sink.report(test_diag::unused_name, {kFirst, 9, 12}, "c");
  sink.report(test_diag::unused_name, {kFirst, 2, 3}, "a");
  sink.report(test_diag::no_spec, {});
  std::string order;
  for (const Diagnostic& d : sink.sorted())
    order += d.args.empty() ? "-" : d.args.front();
  EXPECT_EQ(order, "-abcd");
}

TEST(DiagSink, counts_by_severity) {
  DiagSink sink;
  sink.report(test_diag::unused_name, {}, "x");
  EXPECT_FALSE(sink.has_errors());
  sink.report(test_diag::no_spec, {});
  EXPECT_TRUE(sink.has_errors());
  EXPECT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.warning_count(), 1U);
}

TEST(DiagSink, keeps_a_limited_number_and_counts_the_rest) {
  DiagSink sink(2);
  for (int i = 0; i < 5; ++i)
    sink.report(test_diag::unused_name, {}, i).note("x").with_hint("y");
  sink.report(test_diag::no_spec, {});
  EXPECT_EQ(sink.sorted().size(), 3U) << "warnings do not displace errors";
  EXPECT_EQ(sink.warning_count(), 5U);
  EXPECT_EQ(sink.dropped(), 3U);
}

TEST(DiagSink, a_report_can_be_extended_after_later_ones) {
  DiagSink sink;
  Diagnostic& first = sink.report(test_diag::no_spec, {});
  for (int i = 0; i < 50; ++i)
    sink.report(test_diag::no_spec, {});
  first.with_hint("name one");
  EXPECT_EQ(sink.sorted().front().hint, "name one");
}

}  // namespace
}  // namespace gms::base
