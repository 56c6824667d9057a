#include "checker/explore/step_corpus.h"

#include <gtest/gtest.h>

#include "ir/mutate.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

using ir::testing::atomic;

TEST(StepCorpus, TheOriginalDiffersNowhere) {
  for (const auto text : {ir::testing::kLock, ir::testing::kPages}) {
    const ir::Module m = atomic(text);
    const StepCorpus corpus(m, {1, 3000, 100});
    EXPECT_GT(corpus.size(), m.actions.size());
    std::vector<ir::ActionId> all;
    for (ir::ActionId a = 0; a < m.actions.size(); ++a)
      all.push_back(a);
    const CorpusAnswer answer = corpus.ask(m, all);
    EXPECT_FALSE(answer.differs);
    EXPECT_FALSE(answer.property);
  }
}

TEST(StepCorpus, ShowsThatChangesAreNone) {
  const ir::Module m = atomic(ir::testing::kLock);
  const StepCorpus corpus(m, {1, 3000, 100});
  int differ = 0, noticed = 0;
  const std::vector<ir::Mutation> all = ir::mutations(m);
  for (const ir::Mutation& mu : all) {
    const CorpusAnswer answer = corpus.ask(ir::apply(m, mu), ir::touched_actions(m, mu));
    differ += answer.differs ? 1 : 0;
    noticed += answer.property ? 1 : 0;
    if (answer.property) {
      EXPECT_FALSE(m.properties[*answer.property].expect_refuted);
    }
  }
  EXPECT_EQ(static_cast<std::size_t>(differ), all.size());
  EXPECT_GE(noticed, 5);
  EXPECT_LT(noticed, differ);
}

}  // namespace
}  // namespace gms::check
