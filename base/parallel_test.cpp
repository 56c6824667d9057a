#include "base/parallel.h"

#include <gtest/gtest.h>

#include <array>

namespace gms::base {
namespace {

TEST(Parallel, DoesEachPieceOnce) {
  for (const unsigned jobs : {0U, 1U, 3U, 100U}) {
    std::array<std::atomic<int>, 50> done{};
    parallel_for(done.size(), jobs, [&](std::size_t i) { ++done[i]; });
    for (const std::atomic<int>& times : done)
      EXPECT_EQ(times, 1);
  }
}

TEST(Parallel, NothingToDo) {
  parallel_for(0, 2, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace gms::base
