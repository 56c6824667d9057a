#include "checker/vectors/call_args.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "ir/interp/interpreter.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

using Args = std::vector<Datum>;

/// Calls that pin pages of files, in a state where files 1 and 2 are there.
class CallArguments : public ::testing::Test {
 protected:
  CallArguments()
      : module(ir::testing::atomic(ir::testing::kPages)),
        pools(module),
        known{decltype(KnownArgs::all)(module.actions.size()),
              decltype(KnownArgs::moves)(module.actions.size())},
        args(pools, known),
        in(module),
        state(in.fresh()) {
    for (ir::ActionId a = 0; a < module.actions.size(); ++a)
      if (module.actions[a].name == "pin") pin = a;
    for (unsigned made = 0; made < 2; ++made)
      state.create(0);
  }

  static Args pages(std::uint64_t file, std::uint64_t from, std::uint64_t to) {
    return {Datum::known(file), Datum::known(from), Datum::known(to)};
  }

  ir::Module module;
  ArgPools pools;
  KnownArgs known;
  CallArgs args;
  ir::interp::Interpreter in;
  ir::interp::State state;
  ir::ActionId pin = ir::kNoId;
};

std::size_t changed_in(const Args& a, const Args& b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    count += a[i] == b[i] ? 0 : 1;
  return count;
}

TEST_F(CallArguments, NearOnesDifferInOneArgument) {
  const Args given = pages(1, 2, 3);
  bool other_file = false;
  std::size_t visited = 0;
  EXPECT_TRUE(args.near(state, pin, given, [&](const Args& near) {
    EXPECT_EQ(changed_in(near, given), 1U);
    other_file = other_file || near[0].bits == 2;
    ++visited;
    return true;
  }));
  EXPECT_TRUE(other_file);
  EXPECT_GT(visited, 3U);
}

TEST_F(CallArguments, AVisitorStopsThem) {
  std::size_t visited = 0;
  EXPECT_FALSE(args.near(state, pin, pages(1, 2, 3), [&](const Args&) { return ++visited < 2; }));
  EXPECT_EQ(visited, 2U);
}

TEST_F(CallArguments, KnownOnesHaveObjectsThatAreThereAndPlaces) {
  known.all[pin] = {pages(9, 2, 3)};  // a file that is not there any more
  const std::vector<std::uint64_t> places{7};
  std::vector<Args> all;
  EXPECT_TRUE(args.all(state, pin, places, [&](const Args& one) {
    all.push_back(one);
    return true;
  }));
  const auto has = [&](const Args& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  EXPECT_TRUE(has(pages(2, 2, 3)));
  EXPECT_TRUE(has(pages(1, 2, 3)));
  EXPECT_TRUE(has(pages(2, 7, 3)));
  EXPECT_TRUE(has(pages(2, 2, 7)));
  EXPECT_FALSE(has(pages(9, 2, 3)));
  EXPECT_FALSE(has(pages(2, 7, 7)));  // one thing after the other
}

TEST_F(CallArguments, NothingIsDrawnWhereNothingIsKnown) {
  std::mt19937_64 random(1);
  EXPECT_FALSE(args.draw(state, pin, true, random).has_value());
  known.moves[pin] = {pages(9, 2, 3)};
  for (unsigned n = 0; n < 50; ++n) {
    const auto drawn = args.draw(state, pin, true, random);
    ASSERT_TRUE(drawn.has_value());
    EXPECT_TRUE(state.is_live(0, (*drawn)[0].bits));
  }
}

TEST_F(CallArguments, PlacesAreWhereStatesDifferAndBeside) {
  ir::StateId cached = ir::kNoId;
  for (ir::StateId f = 0; f < module.states.size(); ++f)
    if (module.states[f].name == "cached") cached = f;
  ir::interp::State other = state;
  EXPECT_TRUE(places_that_differ(state, other).empty());
  ir::interp::HandleKey key;
  key.handles[0] = 1;
  other.set(cached, key, 5, 6, Datum::known(1));
  std::vector<std::uint64_t> places = places_that_differ(state, other);
  std::sort(places.begin(), places.end());
  for (const std::uint64_t place : {4, 5, 6, 7})
    EXPECT_TRUE(std::binary_search(places.begin(), places.end(), place)) << place;
}

}  // namespace
}  // namespace gms::check
