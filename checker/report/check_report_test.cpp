// The report of check: its limits, and that the JSON is what
// checker/report/schema/check.schema.json says (with python3-jsonschema; without it that test is
// skipped).
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "checker/conform/test_lock.h"
#include "checker/report/render_check.h"

namespace gms::check {
namespace {

using testing::call;
using ::testing::HasSubstr;
using testing::Lock;
using testing::spawn;

CheckReport report_of(Lock& lock, const std::vector<std::string>& lines, bool list_events = false) {
  JudgeOptions options;
  options.list_events = list_events;
  const TraceRun run = lock.judge(lines, std::move(options));
  const Explanation explanation = explain(lock.input, run, lock.at_hand(), {}, lock.names, {});
  CheckReport report;
  report.traces.push_back(make_report(lock.input, run, lock.table, lock.names, &explanation));
  report.coverage.push_back({"lock", {{"spawn", "ok", 1}}});
  return report;
}

TEST(CheckReportTest, TheJsonFitsItsSchema) {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0)
    GTEST_SKIP() << "no python3-jsonschema";
  Lock lock;
  const CheckReport report =
      report_of(lock,
                {spawn("t1"), call("read_lock", "t1"), call("unlock", "t1"),
                 call("read_lock", "t1", "EDEADLK"), call("unlock", "t1", "EPERM")},
                true);
  const std::string path = ::testing::TempDir() + "check_report.json";
  std::ofstream(path) << render_json(report);
  const std::string command =
      "python3 -c \"import json,jsonschema,sys; jsonschema.validate(json.load(open(sys.argv[1])), "
      "json.load(open('checker/report/schema/check.schema.json')))\" " +
      path;
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::remove(path.c_str());
}

TEST(CheckReportTest, AFindingHasAtMost25Lines) {
  Lock lock;
  std::vector<std::string> lines;
  for (int i = 0; i < 30; ++i) {
    lines.push_back(spawn("r" + std::to_string(i)));
    lines.push_back(call("read_lock", "r" + std::to_string(i)));
  }
  lines.push_back(call("write_lock", "w"));
  const CheckReport report = report_of(lock, lines);
  const std::string text = render_text(report);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'),
            static_cast<std::ptrdiff_t>(kMaxFindingLines + 1))
      << text;
  EXPECT_THAT(text, HasSubstr("got       ok"));
  EXPECT_EQ(report.status(), base::ExitStatus::kFinding);
}

TEST(CheckReportTest, NamesFlags) {
  Lock lock;
  const CheckReport report = report_of(
      lock, {spawn("t1"), R"({"op":"write_lock","thread":"t1","flags":3,"errno":"EINVAL"})"});
  ASSERT_EQ(report.traces[0].findings.size(), 1U);
  EXPECT_EQ(report.traces[0].findings[0].call, "write_lock(t=t1, flags=NOWAIT|INTR)");
  EXPECT_EQ(report.traces[0].findings[0].event,
            "write_lock(thread=t1, flags=NOWAIT|INTR) = EINVAL");
}

TEST(CheckReportTest, AnUndecidedEventIsNoSuccess) {
  Lock lock;
  TraceRun run = lock.judge({spawn("t1"), call("read_lock", "t1")});
  run.judged.undecided = Undecided{3, "unlock", "the solver does not know"};
  CheckReport report;
  report.traces.push_back(make_report(lock.input, run, lock.table, lock.names, nullptr));
  EXPECT_EQ(report.status(), base::ExitStatus::kUnknown);
  EXPECT_THAT(render_text(report), HasSubstr("line 3, unlock: the solver does not know"));
}

TEST(CheckReportTest, EachEventIsListed) {
  Lock lock;
  const CheckReport report = report_of(
      lock, {spawn("t1"), call("read_lock", "t1"), call("read_lock", "t1"), call("unlock", "t1")},
      true);
  const std::vector<EventReport>& events = report.traces[0].events;
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[1].clauses, std::vector<std::string>{"read_lock.ok"});
  EXPECT_TRUE(events[1].explained);
  EXPECT_FALSE(events[2].explained);
  EXPECT_EQ(events[2].line, 3U);
  EXPECT_TRUE(events[2].clauses.empty());
  EXPECT_TRUE(events[3].explained);
}

TEST(CheckReportTest, NothingJudgedIsNoSuccess) {
  Lock lock;
  EXPECT_EQ(report_of(lock, {R"({"op":"note"})"}).status(), base::ExitStatus::kUnknown);
  EXPECT_EQ(report_of(lock, {}).status(), base::ExitStatus::kUsage);
  EXPECT_EQ(CheckReport{}.status(), base::ExitStatus::kUnknown);
}

}  // namespace
}  // namespace gms::check
