#include "model/runtime/undo.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gms::model {
namespace {

TEST(Journal, RollsBackNewestFirstToAMark) {
  Journal journal;
  std::vector<int> order;
  journal.record([&order] { order.push_back(1); });
  const Journal::Mark mark = journal.mark();
  journal.record([&order, big = std::array<std::uint64_t, 5>{2}] {
    order.push_back(static_cast<int>(big[0]));
  });
  journal.record([&order] { order.push_back(3); });
  journal.rollback(mark);
  EXPECT_EQ(order, (std::vector<int>{3, 2}));
  EXPECT_EQ(journal.mark(), mark);
  journal.rollback();
  EXPECT_EQ(order, (std::vector<int>{3, 2, 1}));
  EXPECT_TRUE(journal.empty());
  journal.rollback();
  EXPECT_EQ(order.size(), 3u);
}

TEST(Journal, OwnedValuesComeBackOrAreFreed) {
  auto shared = std::make_shared<std::string>("page");
  std::shared_ptr<std::string> back;
  Journal journal;
  journal.record_owned(shared, [&back](std::shared_ptr<std::string>&& p) { back = std::move(p); });
  EXPECT_EQ(shared.use_count(), 2);
  journal.rollback();
  EXPECT_EQ(back, shared);
  back.reset();
  journal.record_owned(shared, [&back](std::shared_ptr<std::string>&& p) { back = std::move(p); });
  journal.clear();
  EXPECT_EQ(back, nullptr);
  EXPECT_EQ(shared.use_count(), 1);
  {
    Journal other;
    other.record_owned(shared, [](std::shared_ptr<std::string>&&) { FAIL(); });
    EXPECT_EQ(shared.use_count(), 2);
  }
  EXPECT_EQ(shared.use_count(), 1);
}

TEST(Journal, ClearKeepsTheChanges) {
  Journal journal;
  int x = 2;
  journal.record([&x] { x = 1; });
  journal.clear();
  journal.rollback();
  EXPECT_EQ(x, 2);
}

TEST(Journal, WhatIsForgottenStaysAndWhatCameLaterCanBeTakenBack) {
  Journal journal;
  const auto shared = std::make_shared<int>(0);
  int x = 0;
  const auto step = [&](int to) {
    journal.record([&x, before = x] { x = before; });
    journal.record_owned(shared, [](std::shared_ptr<int>&&) {});
    x = to;
  };
  step(1);
  step(2);
  const Journal::Mark mark = journal.mark();
  step(3);
  const Journal::Mark later = journal.mark();
  step(4);
  EXPECT_EQ(shared.use_count(), 5);
  journal.forget_before(mark);
  EXPECT_EQ(shared.use_count(), 3);
  journal.rollback(later - mark);
  EXPECT_EQ(x, 3);
  journal.rollback();
  EXPECT_EQ(x, 2);
  EXPECT_EQ(shared.use_count(), 1);
  EXPECT_TRUE(journal.empty());
}

TEST(Attempt, TakesBackUnlessKept) {
  Journal journal;
  int x = 0;
  const auto step = [&](int to) {
    journal.record([&x, before = x] { x = before; });
    x = to;
  };
  {
    Attempt outer(journal);
    step(1);
    {
      Attempt inner(journal);
      step(2);
    }
    EXPECT_EQ(x, 1);
    {
      Attempt inner(journal);
      step(3);
      inner.keep();
    }
    EXPECT_EQ(x, 3);
  }
  EXPECT_EQ(x, 0);
}

}  // namespace
}  // namespace gms::model
