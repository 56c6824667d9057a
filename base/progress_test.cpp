#include "base/progress.h"

#include <gtest/gtest.h>

namespace gms::base {
namespace {

using std::chrono::milliseconds;

struct FakeTerminal {
  Progress::Clock::time_point time{};
  std::string written;

  Progress::Terminal get(bool present) {
    return {present, [this] { return time; }, [this](std::string_view text) { written += text; }};
  }
};

TEST(Progress, is_silent_for_two_seconds_then_updates_and_erases_its_line) {
  FakeTerminal terminal;
  {
    Progress progress("proving", 4, terminal.get(true));
    progress.advance(1, "a");
    EXPECT_EQ(terminal.written, "");
    terminal.time += milliseconds(2000);
    progress.advance(1, "b");
    EXPECT_EQ(terminal.written, "\r\x1b[Kproving: 2/4 (50%) b");
    progress.advance(1, "c");
    EXPECT_EQ(terminal.written, "\r\x1b[Kproving: 2/4 (50%) b") << "at most ten times a second";
    terminal.written.clear();
  }
  EXPECT_EQ(terminal.written, "\r\x1b[K");
}

TEST(Progress, is_silent_without_a_terminal) {
  FakeTerminal terminal;
  {
    Progress progress("checking", 0, terminal.get(false));
    terminal.time += milliseconds(60'000);
    for (int i = 0; i < 1000; ++i)
      progress.advance();
    progress.advance(1, "x");
  }
  EXPECT_EQ(terminal.written, "");
}

TEST(Progress, reads_the_clock_rarely_for_small_items) {
  FakeTerminal terminal;
  int reads = 0;
  Progress::Terminal counted = terminal.get(true);
  counted.now = [&] {
    ++reads;
    return terminal.time;
  };
  Progress progress("checking", 0, counted);
  for (int i = 0; i < 640; ++i)
    progress.advance();
  EXPECT_EQ(reads, 11) << "once at the start, then once in 64";
}

}  // namespace
}  // namespace gms::base
