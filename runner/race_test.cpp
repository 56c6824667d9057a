#include "runner/race.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>

#include "runner/sequence.h"

namespace gms::runner {
namespace {

std::vector<Line> setup() {
  return {{{"op", "create_vm"}, {"vm", "v1"}, {"type", 0}},
          {{"op", "create_gmem"}, {"vm", "v1"}, {"gmem", "g1"}, {"size", 8192}, {"flags", 3}},
          {{"op", "mmap"},
           {"gmem", "g1"},
           {"map", "m1"},
           {"length", 8192},
           {"prot", 3},
           {"flags", 1},
           {"offset", 0}}};
}

Line read_of(int tid, int page) {
  return {{"tid", tid}, {"op", "host_read"}, {"map", "m1"}, {"page", page}};
}

std::vector<Line> with(std::initializer_list<Line> more) {
  std::vector<Line> lines = setup();
  lines.insert(lines.end(), more);
  return lines;
}

std::string wrong(std::initializer_list<Line> more) {
  const auto stop = check_sequence(with(more));
  return stop ? std::to_string(stop->index + 1) + ": " + stop->message : "";
}

Line closing(int tid) {
  return {{"tid", tid}, {"op", "close"}, {"obj", "g1"}};
}
Line duplicating(int tid, const char* name) {
  return {{"tid", tid}, {"op", "dup"}, {"gmem", "g1"}, {"new", name}};
}

TEST(Race, WhatThreadsCannotDo) {
  EXPECT_EQ(wrong({read_of(1, 0), read_of(2, 1)}), "");
  EXPECT_EQ(wrong({read_of(65, 0)}), "4: field 'tid': expected the number of a thread, 0 to 64");
  EXPECT_EQ(wrong({{{"tid", 1}, {"op", "fork"}}}),
            "4: a forked child has no other threads, so only thread 0 makes this call");
  EXPECT_EQ(wrong({read_of(1, 0), {{"tid", 2}, {"op", "host_read"}, {"map", "m2"}, {"page", 0}}}),
            "5: field 'map': no earlier call made 'm2'; did you mean 'm1'?");
}

TEST(Race, ANumberStaysTheFiles) {
  EXPECT_EQ(wrong({closing(1), read_of(2, 0)}), "");
  EXPECT_EQ(wrong({read_of(1, 0), closing(1), duplicating(2, "g2")}),
            "5: thread 1 closes 'g1' while thread 2 opens something: its number could come to mean "
            "another file");
  // Its own one is known to no other thread.
  EXPECT_EQ(wrong({duplicating(1, "g2"),
                   {{"tid", 1}, {"op", "close"}, {"obj", "g2"}},
                   duplicating(2, "g3")}),
            "");
}

TEST(Race, NamesOfOneThread) {
  EXPECT_EQ(wrong({duplicating(1, "g2"), duplicating(2, "g2")}),
            "5: threads 1 and 2 both make 'g2'");
  // What a thread has made is known to the others only when they meet again.
  const Line use{{"tid", 2}, {"op", "fstat"}, {"gmem", "g2"}};
  EXPECT_EQ(wrong({duplicating(1, "g2"), use}),
            "5: field 'gmem': no earlier call made 'g2'; did you mean 'g1'?");
  const Line note{{"op", "note"}, {"text", "they meet"}};
  EXPECT_EQ(wrong({duplicating(1, "g2"), note, use}), "");
}

class RaceOnKvm : public testing::Test {
 protected:
  void SetUp() override {
    if (access("/dev/kvm", R_OK | W_OK) != 0) GTEST_SKIP() << "/dev/kvm is not there";
    const SequenceRun run = run_sequence(setup(), {}, std::chrono::seconds(10));
    for (const Performed& one : run.performed)
      if (one.line["ret"] < 0) GTEST_SKIP() << "this kernel has no such guest_memfd";
  }
};

TEST_F(RaceOnKvm, ThreadsMakeTheirCallsInOrder) {
  std::vector<Line> lines = setup();
  constexpr int kCalls = 100;
  for (int i = 0; i < kCalls; ++i)
    for (int tid = 1; tid <= 3; ++tid)
      lines.push_back({{"tid", tid},
                       {"op", "host_write"},
                       {"map", "m1"},
                       {"page", 0},
                       {"byte", tid},
                       {"value", i}});
  lines.push_back({{"op", "host_read"}, {"map", "m1"}, {"page", 0}, {"byte", 2}});
  const SequenceRun run = run_sequence(lines, {}, std::chrono::seconds(10));
  ASSERT_FALSE(run.stop) << run.stop->message;
  ASSERT_EQ(run.performed.size(), lines.size());
  std::map<int, int> next;
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < run.performed.size(); ++i) {
    const Line& line = run.performed[i].line;
    EXPECT_EQ(line["seq"], i);
    EXPECT_GE(line["t_begin"].get<std::uint64_t>(), begin);
    begin = line["t_begin"].get<std::uint64_t>();
    if (line["op"] == "host_write") {
      EXPECT_EQ(line["value"], next[line["tid"].get<int>()]++);
    }
  }
  EXPECT_EQ(next, (std::map<int, int>{{1, kCalls}, {2, kCalls}, {3, kCalls}}));
  EXPECT_EQ(run.performed.back().line["value"], kCalls - 1);
}

TEST_F(RaceOnKvm, SignalsReachTheThreadThatAskedForThem) {
  std::vector<Line> lines = setup();
  for (int i = 0; i < 50; ++i)
    for (int tid = 1; tid <= 3; ++tid)
      lines.push_back(read_of(tid, tid == 2 ? 2 : 0));  // page 2 lies behind the file
  const SequenceRun run = run_sequence(lines, {}, std::chrono::seconds(10));
  ASSERT_FALSE(run.stop) << run.stop->message;
  ASSERT_EQ(run.performed.size(), lines.size());
  for (std::size_t i = setup().size(); i < lines.size(); ++i) {
    const Line& line = run.performed[i].line;
    EXPECT_EQ(line["result"], line["tid"] == 2 ? "SIGSEGV" : "ok");
  }
}

TEST_F(RaceOnKvm, WhatIsNotMadeIsSaid) {
  const SequenceRun run =
      run_sequence(with({{{"tid", 1},
                          {"op", "mmap"},
                          {"gmem", "g1"},
                          {"map", "m2"},
                          {"length", 4096},
                          {"prot", 3},
                          {"flags", 2},
                          {"offset", 0}},  // MAP_PRIVATE is refused
                         read_of(2, 0),
                         {{"tid", 1}, {"op", "host_read"}, {"map", "m2"}, {"page", 0}}}),
                   {}, std::chrono::seconds(10));
  EXPECT_FALSE(run.stop);
  ASSERT_EQ(run.left_out.size(), 1U);
  EXPECT_EQ(run.left_out[0].index, 5U);
  EXPECT_EQ(run.left_out[0].message, "'m2' does not exist: mmap ended with EINVAL");
  EXPECT_EQ(run.performed.size(), 5U);
}

}  // namespace
}  // namespace gms::runner
