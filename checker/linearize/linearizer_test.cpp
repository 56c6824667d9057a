#include "checker/linearize/linearizer.h"

#include <gmock/gmock.h>

#include "checker/conform/test_lock.h"

namespace gms::check {
namespace {

using testing::call;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lock;
using testing::spawn;

/// The line as that of a call of a thread, from begin to end.
std::string timed(const std::string& line, int tid, int begin, int end) {
  return R"({"tid":)" + std::to_string(tid) + R"(,"t_begin":)" + std::to_string(begin) +
         R"(,"t_end":)" + std::to_string(end) + ',' + line.substr(1);
}

class LinearizerTest : public ::testing::Test {
 protected:
  /// After threads t1, t2 and t3 were made.
  JudgeResult judge(std::vector<std::string> lines, LinearizeOptions options = {}) {
    std::vector<std::string> all{timed(spawn("t1"), 0, 1, 2), timed(spawn("t2"), 0, 3, 4),
                                 timed(spawn("t3"), 0, 5, 6)};
    all.insert(all.end(), lines.begin(), lines.end());
    JudgeOptions how;
    how.windows = make_linearizer(options);
    return lock_.judge(all, std::move(how)).judged;
  }
  static bool conforms(const JudgeResult& result) {
    return result.complete() && result.violations == 0;
  }
  std::vector<std::uint64_t> needed(const JudgeResult& result) const {
    std::vector<std::uint64_t> lines;
    const WindowFinding& window = *result.findings.front().window;
    for (const std::uint32_t event : window.stuck.core)
      lines.push_back(window.events[event].line);
    return lines;
  }
  Lock lock_;
};

TEST_F(LinearizerTest, EitherOfTwoWritersMayComeFirst) {
  EXPECT_TRUE(conforms(judge({timed(call("write_lock", "t1"), 1, 10, 20),
                              timed(call("write_lock", "t2", "EAGAIN"), 2, 11, 21)})));
  EXPECT_TRUE(conforms(judge({timed(call("write_lock", "t1", "EAGAIN"), 1, 10, 20),
                              timed(call("write_lock", "t2"), 2, 11, 21)})));
}

TEST_F(LinearizerTest, BothOfTwoWritersCannot) {
  const JudgeResult result = judge(
      {timed(call("write_lock", "t1"), 1, 10, 20), timed(call("write_lock", "t2"), 2, 11, 21)});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].event.line, 5U);
  EXPECT_EQ(result.judged, 5U);
  ASSERT_NE(result.findings[0].window, nullptr);
  EXPECT_THAT(needed(result), ElementsAre(4, 5));
  EXPECT_FALSE(result.findings[0].window->stuck.torn);
}

TEST_F(LinearizerTest, NeitherOfTwoWritersCannotBeRefused) {
  const JudgeResult result = judge({timed(call("write_lock", "t1", "EAGAIN"), 1, 10, 20),
                                    timed(call("write_lock", "t2", "EAGAIN"), 2, 11, 21)});
  EXPECT_EQ(result.violations, 1U);
}

TEST_F(LinearizerTest, WhatHasReturnedComesFirst) {
  EXPECT_TRUE(conforms(judge({timed(call("write_lock", "t1", "EAGAIN"), 1, 10, 15),
                              timed(call("write_lock", "t2"), 2, 15, 21)})));
  // One instant later the intervals no longer touch.
  const JudgeResult result = judge({timed(call("write_lock", "t1", "EAGAIN"), 1, 10, 15),
                                    timed(call("write_lock", "t2"), 2, 16, 21)});
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings[0].event.line, 4U);
}

TEST_F(LinearizerTest, CallsOfOneThreadThatTouchFollowEachOther) {
  EXPECT_EQ(judge({timed(call("write_lock", "t3", "EAGAIN"), 2, 9, 9),
                   timed(call("write_lock", "t1", "EAGAIN"), 1, 10, 15),
                   timed(call("write_lock", "t2"), 1, 15, 21), timed(spawn("t4"), 3, 12, 13)})
                .violations,
            2U);
}

TEST_F(LinearizerTest, StatesThatAreStillPossibleAreKeptAcrossQuietInstants) {
  const std::vector<std::string> start{timed(call("read_lock", "t1"), 1, 10, 20),
                                       timed(call("write_lock", "t2", "EAGAIN"), 2, 11, 21),
                                       timed(call("unlock", "t1"), 1, 30, 31)};
  // t2 waits in any order; then readers have to wait as well.
  std::vector<std::string> lines = start;
  lines.push_back(timed(call("read_lock", "t3", "EAGAIN"), 3, 40, 41));
  EXPECT_TRUE(conforms(judge(lines)));
  lines.back() = timed(call("read_lock", "t3"), 3, 40, 41);
  EXPECT_EQ(judge(lines).violations, 1U);
}

TEST_F(LinearizerTest, AnUndecidedOrderIsDecidedByALaterCall) {
  // t1 leaves before or after t2 looks: t2 has the lock, or waits.
  const auto with = [&](const std::string& error) {
    return judge({timed(call("write_lock", "t1"), 1, 10, 11),
                  timed(call("unlock", "t1"), 1, 20, 30),
                  timed(call("write_lock", "t2", error), 2, 21, 31),
                  timed(call("unlock", "t2", error.empty() ? "" : "EPERM"), 2, 40, 41)});
  };
  EXPECT_TRUE(conforms(with("")));
  EXPECT_TRUE(conforms(with("EAGAIN")));
}

TEST_F(LinearizerTest, CallsMayComeBetweenThePartsOfAnEvent) {
  // `pass` unlocks t1 and then locks t2: t3 may take the lock in between, and give it back.
  const std::string pass = R"({"op":"pass","thread":"t1","to":"t2","errno":null})";
  const std::string fails = R"({"op":"pass","thread":"t1","to":"t2","errno":"EAGAIN"})";
  const std::vector<std::string> lock{timed(call("write_lock", "t1"), 1, 10, 11)};
  const auto with = [&](const std::string& event, const std::vector<std::string>& others) {
    std::vector<std::string> lines = lock;
    lines.push_back(timed(event, 1, 20, 60));
    lines.insert(lines.end(), others.begin(), others.end());
    return judge(lines).violations;
  };
  EXPECT_EQ(with(fails, {timed(call("write_lock", "t3"), 3, 25, 30)}), 0U);
  EXPECT_EQ(with(pass, {timed(call("write_lock", "t3"), 3, 25, 30),
                        timed(call("unlock", "t3"), 3, 35, 40)}),
            0U);
  EXPECT_EQ(with(pass, {timed(call("write_lock", "t3"), 3, 25, 30)}), 1U);
}

TEST_F(LinearizerTest, ANameMayBeUsedWhileItIsMade) {
  EXPECT_TRUE(
      conforms(judge({timed(spawn("t4"), 1, 10, 20), timed(call("read_lock", "t4"), 2, 12, 22)})));
  EXPECT_TRUE(conforms(
      judge({timed(spawn("t4"), 1, 10, 20), timed(call("read_lock", "t4", "EINVAL"), 2, 12, 22)})));
}

TEST_F(LinearizerTest, OnlyWhatIsNeededIsNamed) {
  const JudgeResult result =
      judge({timed(call("write_lock", "t1"), 1, 10, 20), timed(spawn("t4"), 3, 10, 30),
             timed(spawn("t5"), 4, 10, 30), timed(call("write_lock", "t2"), 2, 11, 21),
             timed(spawn("t6"), 5, 12, 30)});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_THAT(needed(result), ElementsAre(4, 7));
}

TEST_F(LinearizerTest, LinesMayBeOutOfOrderByWhatAThreadTakesToReadTheClock) {
  // Line 5 began before line 4.
  EXPECT_TRUE(conforms(judge({timed(call("write_lock", "t1"), 1, 12, 20),
                              timed(call("write_lock", "t2", "EAGAIN"), 2, 10, 11),
                              timed(call("unlock", "t1"), 1, 25, 30)})) == false);
  EXPECT_TRUE(conforms(
      judge({timed(call("write_lock", "t1", "EAGAIN"), 1, 12, 20),
             timed(call("write_lock", "t2"), 2, 10, 11), timed(call("unlock", "t2"), 2, 25, 30)})));
}

TEST_F(LinearizerTest, ALineFarOutOfOrderIsSaidToBe) {
  const JudgeResult result =
      judge({timed(call("read_lock", "t1"), 1, 10, 20), timed(call("read_lock", "t2"), 2, 11, 21),
             timed(call("unlock", "t1"), 1, 30, 31), timed(call("read_lock", "t1"), 1, 40, 41),
             timed(call("read_lock", "t3"), 3, 15, 16)});
  ASSERT_TRUE(result.overlap);
  EXPECT_TRUE(result.overlap->out_of_order);
  EXPECT_EQ(result.overlap->line, 8U);
  EXPECT_EQ(result.read, result.judged + result.not_judged);
}

TEST_F(LinearizerTest, TheBudgetEndsInUnknown) {
  LinearizeOptions options;
  options.max_configurations = 1;
  const JudgeResult result =
      judge({timed(call("read_lock", "t1"), 1, 10, 20), timed(call("read_lock", "t2"), 2, 11, 21)},
            options);
  ASSERT_TRUE(result.undecided);
  EXPECT_THAT(result.undecided->why, HasSubstr("--max-orders"));
  EXPECT_EQ(result.violations, 0U);
  EXPECT_FALSE(result.complete());

  options = {};
  options.time = std::chrono::milliseconds(-1);
  EXPECT_TRUE(
      judge({timed(call("read_lock", "t1"), 1, 10, 20), timed(call("read_lock", "t2"), 2, 11, 21)},
            options)
          .undecided);
}

TEST_F(LinearizerTest, KernelsAreRuledOutByWindows) {
  // Where readers overtake a writer that waits, `fair` cannot be true.
  const std::vector<std::string> lines{timed(spawn("t1"), 0, 1, 2),
                                       timed(spawn("t2"), 0, 3, 4),
                                       timed(spawn("t3"), 0, 5, 6),
                                       timed(call("read_lock", "t1"), 1, 10, 11),
                                       timed(call("write_lock", "t2", "EAGAIN"), 2, 12, 13),
                                       timed(call("read_lock", "t3"), 3, 20, 30),
                                       timed(spawn("t4"), 4, 21, 31)};
  JudgeOptions how;
  how.windows = make_linearizer({});
  base::DiagSink sink;
  how.valuations = valuations(lock_.module, {}, true, sink);
  const JudgeResult result = lock_.judge(lines, std::move(how)).judged;
  EXPECT_TRUE(conforms(result));
  ASSERT_EQ(result.ruled_out.size(), 1U);
  EXPECT_EQ(result.ruled_out[0].line, 6U);
  for (const Valuation& valuation : result.survivors)
    EXPECT_EQ(valuation[0], 0U);
}

TEST_F(LinearizerTest, SequentialTracesTakeNoWindows) {
  const JudgeResult result =
      judge({timed(call("read_lock", "t1"), 1, 10, 20), timed(call("read_lock", "t2"), 2, 21, 30)});
  EXPECT_TRUE(conforms(result));
  EXPECT_EQ(result.windows.windows, 0U);
}

}  // namespace
}  // namespace gms::check
