#include "checker/conform/judge.h"

#include <gmock/gmock.h>

#include "checker/conform/test_lock.h"

namespace gms::check {
namespace {

using testing::call;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Lock;
using testing::spawn;

std::vector<std::string> allowed_clauses(const Lock& lock, const Finding& finding) {
  std::vector<std::string> result;
  for (const Allowed& one : finding.mismatch.allowed)
    result.push_back(lock.clause(one.clause));
  return result;
}

TEST(JudgeTest, AConformingTraceIsJudgedWhole) {
  Lock lock;
  const TraceInput input{"checker/tests/good.jsonl", std::nullopt};
  const TraceRun run = judge_trace(input, lock.table, lock.names, lock.engines,
                                   {{default_valuation(lock.module)}, 20, false});
  for (const BadLine& bad : run.bad)
    ADD_FAILURE() << bad.line << ": " << bad.diagnostic.message();
  for (const Finding& finding : run.judged.findings)
    ADD_FAILURE() << "line " << finding.event.line;
  EXPECT_EQ(run.judged.judged, 15U);
  EXPECT_EQ(run.judged.non_events, 2U);
  EXPECT_EQ(run.judged.read, 17U);
  EXPECT_TRUE(run.judged.complete());
  EXPECT_TRUE(run.judged.exact);
}

TEST(JudgeTest, AViolationNamesWhatWasAllowed) {
  Lock lock;
  const TraceRun run =
      lock.judge({spawn("t1"), spawn("t2"), call("write_lock", "t1"), call("read_lock", "t2")});
  ASSERT_EQ(run.judged.findings.size(), 1U);
  const Finding& finding = run.judged.findings[0];
  EXPECT_EQ(finding.event.line, 4U);
  EXPECT_THAT(allowed_clauses(lock, finding), ElementsAre("wait"));
  EXPECT_EQ(run.judged.violations, 1U);
}

TEST(JudgeTest, GoesOnFromTheNearestOutcome) {
  Lock lock;
  // The wrong errno of the second lock; the state is what the real one leaves: t1 holds it.
  const TraceRun run =
      lock.judge({spawn("t1"), call("write_lock", "t1"), call("write_lock", "t1", "EPERM"),
                  call("unlock", "t1"), call("unlock", "t1", "EPERM"), call("unlock", "t1")});
  ASSERT_EQ(run.judged.findings.size(), 2U);
  EXPECT_EQ(run.judged.findings[0].event.line, 3U);
  EXPECT_EQ(run.judged.findings[1].event.line, 6U);
  EXPECT_EQ(run.judged.judged, 6U);
}

TEST(JudgeTest, AChoiceOfTheEnvironmentIsAllowedOnlyWhereTheSpecSaysSo) {
  Lock lock;
  const std::vector<std::string> start{spawn("t1"), spawn("t2"), call("read_lock", "t1")};
  auto with = [&](const std::string& line) {
    std::vector<std::string> lines = start;
    lines.push_back(line);
    return lock.judge(lines).judged.violations;
  };
  EXPECT_EQ(with(R"({"op":"write_lock","thread":"t2","flags":2,"errno":"EINTR"})"), 0U);
  EXPECT_EQ(with(R"({"op":"write_lock","thread":"t2","flags":2,"errno":"EAGAIN"})"), 0U);
  EXPECT_EQ(with(R"({"op":"write_lock","thread":"t2","flags":0,"errno":"EINTR"})"), 1U);
}

TEST(JudgeTest, AnUnknownValueIsLearntFromItsFirstObservation) {
  Lock lock;
  const std::string seven = R"({"op":"show","thread":"t1","value":7})",
                    eight = R"({"op":"show","thread":"t1","value":8})";
  EXPECT_EQ(lock.judge({spawn("t1"), seven, seven}).judged.violations, 0U);
  EXPECT_EQ(lock.judge({spawn("t1"), seven, eight}).judged.violations, 1U);
}

TEST(JudgeTest, FollowsValuationsUntilAnEventRulesThemOut) {
  Lock lock;
  base::DiagSink sink;
  const std::vector<Valuation> all = valuations(lock.module, {}, true, sink);
  ASSERT_EQ(all.size(), 2U);  // quirks stay off
  const std::vector<std::string> start{spawn("t1"), spawn("t2"), spawn("t3"),
                                       call("read_lock", "t1"), call("write_lock", "t2", "EAGAIN")};
  TraceRun run = lock.judge(start, {all, 20, false});
  EXPECT_EQ(run.judged.survivors.size(), 2U);
  std::vector<std::string> more = start;
  more.push_back(call("read_lock", "t3"));
  run = lock.judge(more, {all, 20, false});
  EXPECT_EQ(run.judged.violations, 0U);
  ASSERT_EQ(run.judged.survivors.size(), 1U);
  EXPECT_EQ(valuation_text(lock.module, run.judged.survivors[0]), "fair=false");
  ASSERT_EQ(run.judged.ruled_out.size(), 1U);
  EXPECT_EQ(run.judged.ruled_out[0].line, 6U);
  EXPECT_EQ(run.judged.ruled_out[0].op, "read_lock");
}

TEST(JudgeTest, NothingAfterABadLineIsJudged) {
  Lock lock;
  const TraceRun run =
      lock.judge({spawn("t1"), "{\"op\":\"spawn\"", spawn("t2"), R"({"op":"nope"})"});
  EXPECT_EQ(run.judged.judged, 1U);
  EXPECT_EQ(run.judged.not_judged, 2U);
  EXPECT_EQ(run.judged.read, 3U);
  ASSERT_EQ(run.bad.size(), 2U);
  EXPECT_EQ(run.bad[0].line, 2U);
  EXPECT_EQ(run.bad[1].line, 4U);
}

TEST(JudgeTest, NamesMustBeMadeBeforeTheyAreUsed) {
  Lock lock;
  TraceRun run = lock.judge({spawn("t1"), call("read_lock", "t9")});
  ASSERT_EQ(run.bad.size(), 1U);
  EXPECT_EQ(run.bad[0].diagnostic.message(), "field 'thread': no earlier event made 't9'");
  // Unless the declaration says how to make them.
  EXPECT_EQ(
      lock.judge({call("write_lock", "t9"), call("read_lock", "t9", "EDEADLK")}).judged.violations,
      0U);
  // A dead object's name is known, but stands for nothing.
  run = lock.judge(
      {spawn("t1"), R"({"op":"leave","thread":"t1"})", call("read_lock", "t1", "EINVAL")});
  EXPECT_TRUE(run.readable());
  EXPECT_EQ(run.judged.violations, 0U);
  run = lock.judge({spawn("t1"), spawn("t1")});
  ASSERT_EQ(run.bad.size(), 1U);
  EXPECT_EQ(run.bad[0].diagnostic.message(), "'t1' already names a live Thread");
}

TEST(JudgeTest, ARepeatedOrMovedLineIsAnError) {
  Lock lock;
  const TraceRun run = lock.judge({R"({"seq":0,"op":"spawn","thread":"t1"})",
                                   R"({"seq":2,"op":"spawn","thread":"t2"})",
                                   R"({"seq":1,"op":"spawn","thread":"t3"})"});
  ASSERT_EQ(run.bad.size(), 1U);
  EXPECT_THAT(run.bad[0].diagnostic.message(), HasSubstr("seq 1 does not come after seq 2"));
  ASSERT_EQ(run.judged.gaps.size(), 1U);
  EXPECT_EQ(run.judged.gaps[0].line, 2U);
  EXPECT_EQ(run.judged.gaps[0].missing, 1U);
}

TEST(JudgeTest, OverlappingCallsEndTheJudgementBeforeThem) {
  Lock lock;
  const auto timed = [](int begin, int end, const std::string& thread) {
    return "{\"t_begin\":" + std::to_string(begin) + ",\"t_end\":" + std::to_string(end) +
           R"(,"op":"spawn","thread":")" + thread + "\"}";
  };
  const TraceRun run = lock.judge({timed(0, 5, "a"), timed(5, 9, "b"), timed(10, 20, "c"),
                                   timed(15, 30, "d"), timed(40, 50, "e")});
  ASSERT_TRUE(run.judged.overlap);
  EXPECT_EQ(run.judged.overlap->line, 4U);
  EXPECT_EQ(run.judged.overlap->other_line, 3U);
  EXPECT_EQ(run.judged.judged, 2U);
  EXPECT_EQ(run.judged.not_judged, 3U);
}

TEST(JudgeTest, ARefusedFormIsAnError) {
  Lock lock;
  const TraceRun run = lock.judge({R"({"op":"trylock"})"});
  ASSERT_EQ(run.bad.size(), 1U);
  EXPECT_THAT(run.bad[0].diagnostic.message(), HasSubstr("cannot be told"));
}

TEST(ExplainTest, FindsTheParameterTheQuirkAndTheHiddenAction) {
  Lock lock;
  const std::vector<std::string> start{spawn("x"),
                                       spawn("t1"),
                                       spawn("t2"),
                                       spawn("t3"),
                                       call("read_lock", "t1"),
                                       call("read_lock", "x"),
                                       call("unlock", "x"),
                                       call("write_lock", "t2", "EAGAIN"),
                                       call("read_lock", "t3")};
  TraceRun run = lock.judge(start);
  ASSERT_EQ(run.judged.violations, 1U);
  Explanation found = explain(lock.input, run, lock.at_hand(), {}, lock.names, {});
  ASSERT_EQ(found.kernels.size(), 1U);
  EXPECT_EQ(valuation_text(lock.module, found.kernels[0].valuation), "fair=false");
  EXPECT_TRUE(found.kernels[0].whole_trace);
  EXPECT_EQ(found.blame, Blame::kOtherKernel);
  ASSERT_FALSE(found.unseen.empty());
  EXPECT_TRUE(found.unseen[0].hidden);
  EXPECT_EQ(lock.module.actions[found.unseen[0].actions[0].action].name, "timeout");
  // x, its lock and its unlock do not matter; t1's lock does.
  EXPECT_TRUE(found.shortest.minimal);
  std::vector<std::uint64_t> lines;
  for (const Decoded& event : found.shortest.events)
    lines.push_back(event.line);
  EXPECT_THAT(lines, ElementsAre(2, 4, 5, 8, 9));

  run = lock.judge({spawn("t1"), call("read_lock", "t1"), call("unlock", "t1"),
                    call("read_lock", "t1", "EDEADLK")});
  found = explain(lock.input, run, lock.at_hand(), {}, lock.names, {});
  ASSERT_FALSE(found.kernels.empty());
  EXPECT_EQ(valuation_text(lock.module, found.kernels[0].valuation), "quirk sticky");
  EXPECT_EQ(found.blame, Blame::kKernelDefect);
}

TEST(HeaderTest, ReadsWhatTheFirstLineSays) {
  const TraceInput input{
      "t", R"({"op":"meta","spec":"lock","params":{"fair":false,"n":3},"quirks":["sticky"]})"
           "\n"};
  const KernelChoice choice = read_header(input);
  EXPECT_EQ(choice.spec, "lock");
  EXPECT_THAT(choice.params, ElementsAre(std::pair("fair", "false"), std::pair("n", "3")));
  EXPECT_THAT(choice.quirks, ElementsAre("sticky"));
  EXPECT_TRUE(read_header({"t", "{\"op\":\"spawn\"}\n"}).says_nothing());
  EXPECT_TRUE(read_header({"t", "nonsense"}).says_nothing());
  EXPECT_TRUE(std::holds_alternative<std::string>(parse_kernel_file("[]")));
  EXPECT_TRUE(std::holds_alternative<std::string>(parse_kernel_file(R"({"spek":"x"})")));
  EXPECT_TRUE(
      std::holds_alternative<KernelChoice>(parse_kernel_file(R"({"spec":"x","kernel":"6.18"})")));
}

TEST(ValuationTest, ReportsWhatIsNoParameter) {
  Lock lock;
  base::DiagSink sink;
  EXPECT_TRUE(valuations(lock.module, {"", {{"fare", "true"}}, {}}, false, sink).empty());
  EXPECT_TRUE(valuations(lock.module, {"", {{"fair", "maybe"}}, {}}, false, sink).empty());
  EXPECT_TRUE(valuations(lock.module, {"", {}, {"fair"}}, false, sink).empty());  // no quirk
  EXPECT_EQ(sink.error_count(), 3U);
  const auto some = valuations(lock.module, {"", {{"fair", "0"}}, {"sticky"}}, true, sink);
  ASSERT_EQ(some.size(), 1U);
  EXPECT_EQ(valuation_text(lock.module, some[0]), "fair=false, quirk sticky");
}

}  // namespace
}  // namespace gms::check
