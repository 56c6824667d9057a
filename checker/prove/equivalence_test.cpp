#include "checker/prove/equivalence.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "checker/prove/recheck.h"
#include "ir/interp/interpreter.h"
#include "ir/mutate.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

using ir::testing::atomic;

TEST(Equivalence, AnActionEqualsItself) {
  for (const auto text : {ir::testing::kLock, ir::testing::kPages}) {
    const ir::Module m = atomic(text);
    for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
      const Answer answer = difference(m, m, a, {});
      EXPECT_NE(answer, Answer::kSat) << m.actions[a].name;
      EXPECT_TRUE(answer == Answer::kUnsat || text != ir::testing::kLock) << m.actions[a].name;
    }
  }
}

/// Every mutant of the lock is judged: the equivalent ones are those that a person finds.
TEST(Equivalence, MutantsOfTheLock) {
  const ir::Module m = atomic(ir::testing::kLock);
  std::string equivalent;
  int differ = 0;
  for (const ir::Mutation& mu : ir::mutations(m)) {
    const ir::Module mutant = ir::apply(m, mu);
    bool all = true;
    for (const ir::ActionId a : ir::touched_actions(m, mu)) {
      const Answer answer = difference(m, mutant, a, {});
      EXPECT_NE(answer, Answer::kUnknown) << mu.place << ": " << mu.what;
      all = all && answer == Answer::kUnsat;
    }
    if (all)
      equivalent += mu.place + ": " + mu.what + "\n";
    else
      ++differ;
  }
  EXPECT_EQ(equivalent, "");
  EXPECT_GT(differ, 10);
}

TEST(Equivalence, OfAProcedureWhereverItIsCalled) {
  std::string text(ir::testing::kPages);
  const auto replace = [](std::string in, std::string_view before, std::string_view after) {
    const std::size_t at = in.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    return at == std::string::npos ? in : in.replace(at, before.size(), after);
  };
  // A choice for each index would be one that is made more than once, and `b` is no key of cached.
  text = replace(text, R"((update (for ((q lo hi) (b))) (where (not [cached i q]))
      (put [content i q b] 0:u8) (put [frame i q] any) (put [cached i q] true)))",
                 "(update (for ((q lo hi))) (put [cached i q] true))");
  const ir::Module m = atomic(text);
  const ir::ProcId fill = 0;
  const auto ask = [&](std::string_view before, std::string_view after) {
    return procedure_difference(m, atomic(replace(text, before, after)), fill, {});
  };
  EXPECT_EQ(ask("", ""), Answer::kUnsat);
  EXPECT_EQ(
      ask("(exists ((p lo hi)) [cached i p])", "(not (forall ((p lo hi)) (not [cached i p])))"),
      Answer::kUnsat);
  // What it returns, what it writes, when it fails.
  EXPECT_NE(ask("(return (if was) true)", "(return (if was) false)"), Answer::kUnsat);
  EXPECT_NE(ask("(for ((q lo hi))) (put [cached i q] true)",
                "(for ((q lo hi))) (put [cached i q] false)"),
            Answer::kUnsat);
  EXPECT_NE(ask("(may_exit ENOMEM.1 (if (param lazy)))", ""), Answer::kUnsat);
}

TEST(Recheck, NoticesThatTheLockIsNotExclusive) {
  const ir::Module m = atomic(ir::testing::kLock);
  Recheck recheck(m, {});
  int killed = 0, all = 0;
  for (const ir::Mutation& mu : ir::mutations(m)) {
    ++all;
    for (const ir::ActionId a : ir::touched_actions(m, mu))
      if (const auto kill =
              recheck.kill(ir::apply(m, mu), a, ir::touched_statements(m, mu), ir::kNoId)) {
        ++killed;
        break;
      }
  }
  EXPECT_GE(killed, 5);
  EXPECT_LT(killed, all);
  for (ir::ActionId a = 0; a < m.actions.size(); ++a)
    EXPECT_FALSE(recheck.kill(m, a, {0, 1, 2, 3, 4, 5, 6, 7, 8}, ir::kNoId)) << m.actions[a].name;
}

}  // namespace
}  // namespace gms::check
