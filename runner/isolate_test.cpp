#include "runner/isolate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <vector>

namespace gms::runner {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLong{60000};

struct Heard {
  std::vector<std::string> messages;
  Isolated end;
};

Heard hear(const std::function<void(Channel&)>& body, milliseconds patience = kLong) {
  Heard heard;
  heard.end = isolate(
      body, [&](std::string_view message) { heard.messages.emplace_back(message); }, patience);
  return heard;
}

TEST(Isolate, DeliversWhatWasSent) {
  const std::string big(1 << 20, 'x');
  const Heard heard = hear([&](Channel& out) {
    out.send("one");
    out.send("");
    out.send(big);
  });
  EXPECT_EQ(heard.end.ending, Ending::kDone);
  EXPECT_EQ(heard.messages, (std::vector<std::string>{"one", "", big}));
}

TEST(Isolate, KeepsWhatCameBeforeACrash) {
  const Heard heard = hear([](Channel& out) {
    out.send("one");
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
  });
  EXPECT_EQ(heard.end.ending, Ending::kDied);
  EXPECT_EQ(heard.end.reason, "signal 11 (Segmentation fault)");
  EXPECT_EQ(heard.messages, std::vector<std::string>{"one"});
}

TEST(Isolate, EndsWhatHangs) {
  const Heard heard = hear(
      [](Channel& out) {
        out.send("one");
        for (;;)
          pause();
      },
      milliseconds(50));
  EXPECT_EQ(heard.end.ending, Ending::kHung);
  EXPECT_EQ(heard.messages, std::vector<std::string>{"one"});
}

TEST(Isolate, EndsWhatWasForked) {
  // The grandchild holds the channel open: only its end lets this return.
  const Heard heard = hear(
      [](Channel& out) {
        if (fork() == 0)
          for (;;)
            pause();
        out.send("forked");
      },
      milliseconds(200));
  EXPECT_EQ(heard.messages, std::vector<std::string>{"forked"});
}

TEST(Isolate, AnExceptionIsNoSuccess) {
  const Heard heard = hear([](Channel&) { throw std::runtime_error("no"); });
  EXPECT_EQ(heard.end.ending, Ending::kDied);
}

TEST(Isolate, StartsAfresh) {
  const Heard heard = hear([](Channel& out) {
    char byte = 0;
    out.send(std::to_string(read(STDIN_FILENO, &byte, 1)));  // empty
    out.send(std::to_string(dup(STDIN_FILENO)));             // 3 is the channel
  });
  EXPECT_EQ(heard.messages, (std::vector<std::string>{"0", "4"}));
}

}  // namespace
}  // namespace gms::runner
