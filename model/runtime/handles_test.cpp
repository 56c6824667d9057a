#include "model/runtime/handles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gms::model {
namespace {

struct File;
using Files = HandleTable<File>;
using Id = Handle<File>;

std::vector<Id> live(const Files& files) {
  return {files.begin(), files.end()};
}

TEST(HandleTable, IdentitiesAreNeverReusedAndSlotsAre) {
  Files files;
  const Id a = files.create(), b = files.create();
  EXPECT_EQ(a.slot, 0u);
  EXPECT_EQ(b.slot, 1u);
  EXPECT_TRUE(files.destroy(a));
  EXPECT_FALSE(files.destroy(a));
  const Id c = files.create();
  EXPECT_EQ(c.slot, a.slot);
  EXPECT_NE(c, a);
  EXPECT_FALSE(files.is_live(a));
  EXPECT_TRUE(files.is_live(c));
  EXPECT_TRUE(files.is_older(b, c));
  EXPECT_EQ(live(files), (std::vector<Id>{b, c}));
  EXPECT_EQ(files.at_slot(0), c);
}

TEST(HandleTable, NoneAndForeignHandlesAreNotLive) {
  Files files;
  EXPECT_FALSE(files.is_live(Id{}));
  files.create();
  EXPECT_FALSE(files.is_live(Id{}));
  EXPECT_FALSE(files.is_live(Id{{99, 1}}));
  EXPECT_FALSE(files.is_live(Id{{0, 2}}));
  EXPECT_FALSE(files.destroy(Id{{99, 1}}));
  EXPECT_TRUE(files.at_slot(99).is_none());
  EXPECT_TRUE(Id{}.is_none());
}

TEST(HandleTable, MemoryFollowsTheLiveOnes) {
  Files files;
  std::vector<Id> queue;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100'000; ++i) {
    queue.push_back(files.create());
    EXPECT_TRUE(seen.insert(queue.back().hash()).second);
    if (queue.size() > 100) {
      files.destroy(queue.front());
      queue.erase(queue.begin());
    }
  }
  EXPECT_LE(files.slot_count(), 101u);
}

TEST(HandleTable, ASlotIsRetiredBeforeItsGenerationsRepeat) {
  HandleTable<File, 5> files;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 30; ++i) {
    Journal journal;
    const Id id = files.create(&journal);
    journal.rollback();
    EXPECT_EQ(files.create(), id);
    EXPECT_TRUE(seen.insert(id.hash()).second);
    files.destroy(id, &journal);
    journal.rollback();
    EXPECT_TRUE(files.is_live(id));
    EXPECT_TRUE(files.destroy(id));
    EXPECT_FALSE(files.is_live(id));
    EXPECT_FALSE(files.is_live(Id{}));
  }
  EXPECT_EQ(files.slot_count(), 10u);  // three owners each
}

TEST(HandleTable, TheLastGivenMayBeDestroyedWhileWalking) {
  Files files;
  for (int i = 0; i < 5; ++i)
    files.create();
  for (const Id id : files)
    files.destroy(id);
  EXPECT_TRUE(files.empty());
  EXPECT_EQ(files.begin(), files.end());
}

TEST(HandleTable, FollowsAListAndRollsBack) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  Files files;
  std::vector<Id> list;
  Journal journal;
  std::vector<std::pair<Journal::Mark, std::vector<Id>>> marks;
  for (int step = 0; step < 50'000; ++step) {
    switch (random() % 8) {
      case 0:
      case 1:
      case 2: list.push_back(files.create(&journal)); break;
      case 3:
      case 4:
      case 5:
        if (!list.empty()) {
          const std::size_t at = random() % list.size();
          ASSERT_TRUE(files.destroy(list[at], &journal));
          list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
        }
        break;
      case 6: marks.emplace_back(journal.mark(), list); break;
      default:
        if (!marks.empty()) {
          Id expected;  // the future repeats itself after a rollback
          const bool probe = random() % 2 == 0;
          const std::size_t at =
              marks.size() - 1 - random() % std::min<std::size_t>(marks.size(), 5);
          journal.rollback(marks[at].first);
          list = marks[at].second;
          if (probe) {
            expected = files.create(&journal);
            journal.rollback(marks[at].first);
            ASSERT_EQ(files.create(&journal), expected);
            journal.rollback(marks[at].first);
          }
          marks.resize(at);
        }
        break;
    }
    ASSERT_EQ(files.size(), list.size());
    if (step % 16 == 0) {
      ASSERT_EQ(live(files), list) << "step " << step;
    }
  }
  journal.rollback();
  EXPECT_TRUE(files.empty());
  EXPECT_EQ(files, Files());
  EXPECT_EQ(files.hash(), Files().hash());
}

}  // namespace
}  // namespace gms::model
