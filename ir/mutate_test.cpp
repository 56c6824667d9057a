#include "ir/mutate.h"

#include <gtest/gtest.h>

#include <set>

#include "ir/interp/interpreter.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::ir {
namespace {

using testing::atomic;

void every_mutant_is_well_formed_and_different(std::string_view text) {
  const Module m = atomic(text);
  const std::string original = print(m);
  std::set<MutationKind> kinds;
  for (const Mutation& mu : mutations(m)) {
    kinds.insert(mu.kind);
    const Module mutant = apply(m, mu);
    base::DiagSink sink;
    EXPECT_TRUE(verify(mutant, sink))
        << mu.place << ": " << mu.what << ": " << sink.sorted().front().message();
    EXPECT_NE(print(mutant), original) << mu.place << ": " << mu.what;
    EXPECT_FALSE(touched_actions(m, mu).empty()) << mu.place;
    const interp::Interpreter interpreter(mutant);  // compiles
  }
  EXPECT_GE(kinds.size(), 4U);
}

TEST(Mutate, Lock) {
  every_mutant_is_well_formed_and_different(testing::kLock);
}
TEST(Mutate, Pages) {
  every_mutant_is_well_formed_and_different(testing::kPages);
}

TEST(Mutate, WhatJudgesKeepsItsMeaning) {
  Module m = atomic(testing::kPages);
  // A property that calls `busy`, whose comparisons are sites.
  const Mutation* site = nullptr;
  const std::vector<Mutation> all = mutations(m);
  for (const Mutation& mu : all)
    if (mu.host == MutationHost::kFunction && mu.kind == MutationKind::kComparisonFlipped)
      site = &mu;
  ASSERT_NE(site, nullptr);
  const Module mutant = apply(m, *site);
  EXPECT_GT(mutant.fns.size(), m.fns.size());
  EXPECT_EQ(mutant.fns.back().name, m.fns[site->host_id].name + "_unchanged");
}

}  // namespace
}  // namespace gms::ir
