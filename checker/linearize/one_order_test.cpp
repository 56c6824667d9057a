#include "checker/linearize/one_order.h"

#include <gtest/gtest.h>

#include "checker/conform/compiled_models.h"
#include "checker/conform/test_lock.h"

namespace gms::check::linearize {
namespace {

/// Stores and loads of one byte of guest memory by threads, as `inplace_v7` explains them.
class OneOrderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    add(R"("op":"create_vm","vm":"v1","type":1,"ret":4)", 0, 1, 2);
    add(R"("op":"create_gmem","vm":"v1","gmem":"g1","size":16384,"flags":3,"ret":5)", 0, 3, 4);
    add(R"("op":"mmap","gmem":"g1","map":"m1","length":16384,"prot":3,"flags":1,"offset":0,"ret":0)",
        0, 5, 6);
  }
  void add(const std::string& call, int thread, int begin, int end,
           const std::string& error = "null") {
    text_ += R"({"seq":)" + std::to_string(count_++) + R"(,"tid":)" + std::to_string(thread) +
             R"(,"t_begin":)" + std::to_string(begin) + R"(,"t_end":)" + std::to_string(end) + ',' +
             call + ",\"errno\":" + error + "}\n";
  }
  void store(int value, int thread, int begin, int end) {
    add(R"("op":"host_write","map":"m1","page":0,"byte":0,"result":"ok","ret":0,"value":)" +
            std::to_string(value),
        thread, begin, end);
  }
  void load(int value, int thread, int begin, int end) {
    add(R"("op":"host_read","map":"m1","page":0,"byte":0,"result":"ok","ret":0,"value":)" +
            std::to_string(value),
        thread, begin, end);
  }
  /// Pages lo ..< hi; `busy`: the page for which it is refused.
  void convert(int lo, int hi, bool to_private, int thread, int begin, int end, int busy = -1) {
    const auto field = [](const char* name, std::uint64_t value) {
      return ",\"" + std::string(name) + "\":" + std::to_string(value);
    };
    constexpr std::uint64_t kUntouched = 77;
    add(R"("op":"set_attr2","gmem":"g1")" + field("offset", 4096U * static_cast<unsigned>(lo)) +
            field("size", 4096U * static_cast<unsigned>(hi - lo)) +
            field("attributes", to_private ? 8 : 0) +
            R"(,"flags":0,"reserved_nonzero":0,"reserved_index":-1,"ptr":"ok")" +
            field("error_offset_in", kUntouched) +
            field("error_offset", busy < 0 ? kUntouched : 4096U * static_cast<unsigned>(busy)) +
            R"(,"other_fields_changed":false,"ret":)" + (busy < 0 ? "0" : "-1"),
        thread, begin, end, busy < 0 ? "null" : R"("EAGAIN")");
  }
  void pin(const std::string& name, int page, int wanted, int got, int thread, int begin, int end) {
    add(R"("op":"pin","map":"m1","pin":")" + name + R"(","page":)" + std::to_string(page) +
            R"(,"npages":)" + std::to_string(wanted) + R"(,"ret":)" + std::to_string(4096 * got),
        thread, begin, end);
  }
  bool found() {
    const TraceInput input{"t.jsonl", text_};
    JudgeOptions options;
    options.models = compiled_models(table_);
    run_.judged.survivors = {default_valuation(module_)};
    return find_one_order(input, table_, options, run_);
  }

  ir::Module module_ = testing::load_gir("model/generated/inplace_v7/inplace_v7.gir");
  EventTable table_ = std::get<EventTable>(EventTable::make(module_));
  TraceRun run_;
  std::string text_;
  int count_ = 0;
};

TEST_F(OneOrderTest, CallsThatDoNotMeetTakeEffectWhenTheyReturn) {
  store(1, 1, 10, 20);
  store(2, 2, 11, 22);
  load(2, 1, 30, 31);
  ASSERT_TRUE(found());
  EXPECT_EQ(run_.judged.judged, 6U);
  EXPECT_EQ(run_.judged.read, 6U);
  EXPECT_EQ(run_.judged.windows.windows, 1U);
  EXPECT_EQ(run_.judged.windows.events, 2U);
  EXPECT_TRUE(run_.judged.complete());
}

TEST_F(OneOrderTest, ALoadThatReturnsLaterMayHaveComeBefore) {
  load(0, 1, 10, 40);
  store(1, 2, 20, 30);
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, APendingStoreMayHaveTakenEffect) {
  store(1, 1, 10, 50);
  load(1, 2, 20, 30);
  store(2, 2, 31, 32);
  load(2, 1, 60, 61);
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, TwoPendingStoresInTheOrderThatALoadTells) {
  store(1, 1, 10, 50);
  store(2, 3, 11, 51);
  load(2, 2, 20, 30);
  load(1, 2, 31, 40);
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, ALaterCallTellsWhichCameFirst) {
  store(1, 1, 10, 21);
  store(2, 2, 11, 20);
  load(2, 1, 30, 31);
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, ACallLongAfterTellsWhichCameFirst) {
  store(1, 1, 10, 21);
  store(2, 2, 11, 20);
  for (int i = 0; i < 1000; ++i)
    add(R"("op":"fstat","gmem":"g1","st_size":16384,"st_blocks":0,"st_mode":33152,"st_nlink":1,"ret":0)",
        2, 30 + 10 * i, 35 + 10 * i);
  load(2, 1, 20000, 20001);
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, ACallThatFitsNowhereInTheOrderTellsWhichCameFirst) {
  convert(0, 4, true, 1, 10, 21);   // came first
  convert(0, 2, false, 2, 11, 20);  // and left pages 2 and 3 private
  pin("p1", 1, 3, 1, 1, 30, 31);    // gets page 1 alone
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, APendingCallMayNeedThatOthersChangePlaces) {
  convert(0, 4, false, 1, 10, 21);
  convert(0, 4, true, 2, 11, 20);
  convert(0, 4, false, 1, 22, 23);
  convert(0, 2, true, 1, 30, 41);              // came first
  convert(0, 4, false, 2, 31, 40);             // then the pages can be pinned,
  pin("p1", 1, 1, 1, 2, 50, 90);               // and that is why
  convert(0, 4, true, 1, 60, 70, /*busy=*/1);  // this is refused
  EXPECT_TRUE(found());
}

TEST_F(OneOrderTest, WhatHasReturnedComesFirst) {
  store(1, 1, 10, 20);
  store(2, 2, 21, 30);
  load(1, 1, 40, 41);
  EXPECT_FALSE(found());
}

TEST_F(OneOrderTest, CallsOfOneThreadThatTouchFollowEachOther) {
  store(1, 1, 10, 20);
  store(2, 1, 20, 30);
  load(1, 2, 29, 41);
  EXPECT_TRUE(found());
  load(1, 2, 42, 43);
  EXPECT_FALSE(found());
}

TEST_F(OneOrderTest, ALoadThatNoOrderExplains) {
  store(1, 1, 10, 20);
  store(2, 2, 11, 22);
  load(3, 1, 30, 31);
  EXPECT_FALSE(found());
  EXPECT_EQ(run_.judged.judged, 0U);
}

TEST_F(OneOrderTest, AViolationBeforeTheFirstOverlapStays) {
  store(1, 1, 10, 20);
  run_.judged.violations = 1;
  EXPECT_FALSE(found());
}

TEST_F(OneOrderTest, NothingIsKnownWhereALineIsMissingOrWithoutTimes) {
  store(1, 1, 10, 20);
  ++count_;
  load(1, 1, 30, 31);
  EXPECT_FALSE(found());
}

TEST_F(OneOrderTest, MemoryOfOldCallsIsGivenUp) {
  constexpr int kStores = 300'000;  // more than are kept
  for (int i = 0; i < kStores; ++i)
    store(i % 256, 1 + i % 2, 10 + 10 * i, 15 + 10 * i);
  load((kStores - 1) % 256, 1, 20 + 10 * kStores, 21 + 10 * kStores);
  EXPECT_TRUE(found());
}

}  // namespace
}  // namespace gms::check::linearize
