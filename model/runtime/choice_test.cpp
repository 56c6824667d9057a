#include "model/runtime/choice.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace gms::model {
namespace {

/// A small action: a choice of three, each of which may fail in two ways.
template <class Chooser>
std::string run(Chooser& choose) {
  std::uint64_t n = 0;
  if (!choose.pick(stretch(0, 9), n, [](std::uint64_t i) { return i % 4 == 1; })) return "none";
  std::string text = std::to_string(n);
  if (choose.may(Errno::kEINTR)) return text + " EINTR";
  if (n > 1 && choose.may(Errno::kENOMEM)) return text + " ENOMEM";
  return text;
}

TEST(Choices, EnumerateTakesEveryWayOnce) {
  Enumerate choose;
  choose.start();
  std::multiset<std::string> met;
  do {
    met.insert(run(choose));
  } while (choose.next());
  EXPECT_EQ(met, (std::multiset<std::string>{"1", "1 EINTR", "5", "5 EINTR", "5 ENOMEM"}));
  EXPECT_TRUE(choose.is_complete());
}

TEST(Choices, FollowTakesOnlyWaysOutThatWereSeen) {
  Follow choose;
  choose.start();
  choose.expect(Errno::kENOMEM);
  std::multiset<std::string> met;
  do {
    met.insert(run(choose));
  } while (choose.next());
  EXPECT_EQ(met, (std::multiset<std::string>{"1", "5", "5 ENOMEM"}));
}

TEST(Choices, ASequenceCanBeRepeated) {
  Enumerate choose;
  choose.start();
  std::string third;
  std::vector<std::uint64_t> sequence;
  for (int i = 0; i < 3; ++i) {
    third = run(choose);
    sequence = choose.sequence();
    choose.next();
  }
  choose.replay(sequence);
  EXPECT_EQ(run(choose), third);
  EXPECT_FALSE(choose.has_next());
}

TEST(Choices, TooManyCandidatesAreTold) {
  Enumerate choose;
  choose.start();
  std::uint64_t n = 0;
  EXPECT_FALSE(choose.pick(whole(64), n, [](std::uint64_t) { return false; }));
  EXPECT_FALSE(choose.is_complete());
  choose.start();
  EXPECT_FALSE(choose.pick(Stretch{}, n, [](std::uint64_t) { return true; }));
  EXPECT_TRUE(choose.is_complete());
}

}  // namespace
}  // namespace gms::model
