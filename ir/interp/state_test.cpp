#include "ir/interp/state.h"

#include <gtest/gtest.h>

#include <string_view>

#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::ir::interp {
namespace {

/// States of the pages: files 1 and 2 are there, nothing is written.
class States : public ::testing::Test {
 protected:
  States() : module(testing::atomic(testing::kPages)), shape(module), fresh(shape) {
    for (unsigned made = 0; made < 2; ++made)
      fresh.create(0);
  }

  StateId function(std::string_view name) const {
    for (StateId f = 0; f < module.states.size(); ++f)
      if (module.states[f].name == name) return f;
    ADD_FAILURE() << name;
    return kNoId;
  }

  static HandleKey file(std::uint32_t number) {
    HandleKey key;
    key.handles[0] = number;
    return key;
  }

  static Value symbol(std::uint32_t number) {
    Value value = Value::unknown();
    value.symbol = number;
    return value;
  }

  Module module;
  Shape shape;
  State fresh;
};

TEST_F(States, WhatIsWrittenInACopyStaysThere) {
  // Of each function in turn, so that neighbours share what copies share.
  for (StateId f = 0; f < module.states.size(); ++f) {
    if (shape.states[f].domains.size() != 1) continue;
    State copy = fresh;
    copy.set(f, file(1), 0, 0, Value::known(1));
    EXPECT_FALSE(copy == fresh) << module.states[f].name;
    for (StateId g = 0; g < module.states.size(); ++g)
      EXPECT_EQ(copy.same_values_of(g, fresh), g != f) << module.states[g].name;
    copy.set(f, file(1), 0, 0, shape.states[f].initial);
    EXPECT_TRUE(copy == fresh) << module.states[f].name;
  }
}

TEST_F(States, OnlyFunctionsThatCountAreCompared) {
  State other = fresh;
  other.set(function("npages"), file(1), 0, 0, Value::known(4));
  std::vector<bool> counts(module.states.size(), true);
  EXPECT_FALSE(fresh.same_where(counts, other));
  counts[function("npages")] = false;
  EXPECT_TRUE(fresh.same_where(counts, other));
  other.create(0);
  EXPECT_FALSE(fresh.same_where(counts, other));
}

TEST_F(States, UnknownValuesAreTheSameUpToTheirNames) {
  const StateId frame = function("frame"), content = function("content");
  State one = fresh, other = fresh;
  one.set(frame, file(1), 0, 0, symbol(1));
  other.set(frame, file(1), 0, 0, symbol(2));
  EXPECT_TRUE(one == other);
  EXPECT_TRUE(one.same_values_of(frame, other));
  // Here it is the value that stands in another place, too, and there it is not.
  one.set(content, file(1), 0, 0, symbol(1));
  other.set(content, file(1), 0, 0, symbol(1));
  EXPECT_FALSE(one == other);
  EXPECT_FALSE(one.same_values_of(frame, other));
  EXPECT_TRUE(one.same_values_of(content, other));
}

TEST_F(States, AFunctionIsTakenFromAnotherState) {
  const StateId npages = function("npages"), cached = function("cached");
  State other = fresh, taken = fresh;
  other.set(npages, file(2), 0, 0, Value::known(3));
  other.set(cached, file(2), 1, 2, Value::known(1));
  taken.take(cached, other);
  EXPECT_EQ(taken.get(cached, file(2), 2), Value::known(1));
  EXPECT_EQ(taken.get(npages, file(2), 0), Value::known(0));
  other.set(cached, file(2), 2, 2, Value::known(0));
  EXPECT_EQ(taken.get(cached, file(2), 2), Value::known(1));
}

}  // namespace
}  // namespace gms::ir::interp
