#include "checker/vectors/observable.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "checker/vectors/unnoticeable.h"
#include "checker/vectors/writer.h"
#include "ir/mutate.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

ir::StateId state_of(const ir::Module& m, std::string_view name) {
  for (ir::StateId f = 0; f < m.states.size(); ++f)
    if (m.states[f].name == name) return f;
  return ir::kNoId;
}

/// The lock with one more state function, which gets what `waiting` gets and is never read.
ir::Module lock_with_log() {
  ir::Module m = ir::testing::atomic(ir::testing::kLock);
  const ir::StateId waiting = state_of(m, "waiting");
  m.states.push_back(m.states[waiting]);
  m.states.back().name = "log";
  for (ir::Stmt& stmt : m.stmts) {
    auto* update = std::get_if<ir::Update>(&stmt.node);
    if (update == nullptr) continue;
    const std::vector<ir::Update::One> assigns = update->assigns;
    for (ir::Update::One one : assigns) {
      if (one.state != waiting) continue;
      one.state = static_cast<ir::StateId>(m.states.size() - 1);
      update->assigns.push_back(one);
    }
  }
  return m;
}

TEST(Observable, WhatIsOnlyWrittenIsNot) {
  const ir::Module m = lock_with_log();
  const std::vector<bool> observable = observable_functions(m, m, {});
  EXPECT_TRUE(observable[state_of(m, "mode")]);
  EXPECT_FALSE(observable[state_of(m, "log")]);
}

TEST(Observable, WhatAChangedSpecReadsIs) {
  const ir::Module m = lock_with_log();
  ir::Module changed = m;
  for (ir::Expr& e : changed.exprs)
    if (e.op == ir::Op::kState && e.ref == state_of(m, "waiting")) e.ref = state_of(m, "log");
  EXPECT_TRUE(observable_functions(m, changed, {})[state_of(m, "log")]);
}

TEST(Unnoticeable, IsAChangeOfWhatNobodySees) {
  const ir::Module m = lock_with_log();
  std::size_t hidden = 0, seen = 0;
  NoticeProofs proofs(m, EventWriter(m, {}), {});
  const auto is_unnoticeable = [&](const ir::Mutation& mutation) {
    return proofs.noticeable(mutation, 5000) == Answer::kUnsat;
  };
  for (const ir::Mutation& mutation : ir::mutations(m)) {
    if (mutation.kind != ir::MutationKind::kUpdateDropped) continue;
    // Nobody reads the log, and the events are those of read_lock and spawn alone.
    const bool is_seen = mutation.place == "read_lock.mode";
    EXPECT_EQ(is_unnoticeable(mutation), !is_seen) << mutation.place;
    hidden += mutation.place.ends_with(".log") ? 1 : 0;
    seen += is_seen ? 1 : 0;
  }
  EXPECT_GT(hidden, 0U);
  EXPECT_EQ(seen, 1U);
}

}  // namespace
}  // namespace gms::check
