#include "flow/shrink.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "flow/check.h"
#include "flow/trace_text.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

/// A trace in which the kernel names the wrong page when it refuses a conversion (line 26).
struct WrongPage {
  WrongPage() : path(fs::temp_directory_path() / ("gms_shrink_" + std::to_string(::getpid()))) {
    base::DiagSink sink;
    std::string text = read_trace("traces/v7/scn_pins.jsonl.gz", sink).value();
    std::size_t line = 0;
    for (int n = 1; n < 26; ++n)
      line = text.find('\n', line) + 1;
    const std::size_t at = text.find("\"error_offset\":", line) + 15;
    text.replace(at, text.find(',', at) - at, "36864");
    std::ofstream(path) << text;
  }
  ~WrongPage() { fs::remove(path); }
  fs::path path;
};

ShrinkOptions options_for(const std::string& trace) {
  ShrinkOptions options;
  options.trace = trace;
  options.spec = "inplace_v7";
  options.params = {"vm_memory_attributes=false"};
  return options;
}

TEST(Shrink, KeepsTheReasonAndDropsTheRest) {
  const WrongPage wrong;
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = shrink_trace(options_for(wrong.path.string()), sources, sink);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->status(), base::ExitStatus::kFinding);
  EXPECT_EQ(report->lines_before, 26U);
  EXPECT_EQ(report->calls.size(), 5U);
  EXPECT_EQ(report->finding.op, "set_attr2");
  ASSERT_EQ(report->finding.allowed.size(), 1U);
  EXPECT_EQ(report->finding.allowed[0].label, "busy");
  // Smaller numbers, and equal ones together: the file, the mapping and the range are of one size.
  EXPECT_EQ(report->text.find("65536"), std::string::npos) << report->text;
  EXPECT_EQ(report->text.find("36864"), std::string::npos) << report->text;

  // What comes out fails where it should, and nowhere else.
  CheckOptions judging;
  judging.spec = "inplace_v7";
  judging.params = {"vm_memory_attributes=false"};
  check::TraceInput input{"small"};
  input.bytes = report->text;
  const check::CheckReport judged = check_inputs(judging, {input}, sources, sink);
  ASSERT_EQ(judged.traces.size(), 1U);
  EXPECT_EQ(judged.traces[0].violations, 1U);
  EXPECT_EQ(judged.traces[0].findings[0].line, 6U);  // behind the meta line
}

TEST(Shrink, LeavesWhatConformsAlone) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = shrink_trace(options_for("traces/v7/scn_pins.jsonl.gz"), sources, sink);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->status(), base::ExitStatus::kOk);
  EXPECT_TRUE(report->text.empty());
}

TEST(Shrink, SaysWhatCannotBeRead) {
  base::SourceSet sources;
  base::DiagSink sink;
  EXPECT_FALSE(shrink_trace(options_for("traces/none.jsonl"), sources, sink));
  EXPECT_TRUE(sink.has_errors());
}

}  // namespace
}  // namespace gms::flow
