// The solver's formulas against the interpreter. GMS_SEED and GMS_CASES choose another run.
#include "checker/prove/differential_run.h"

#include <gtest/gtest.h>

#include <iostream>

#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

void compare(std::string_view text, std::size_t cases, std::size_t walk) {
  base::DiagSink sink;
  const auto module = ir::parse(text, base::kNoFile, sink);
  ASSERT_TRUE(module.has_value());
  const ir::Module m = ir::to_atomic(*module);
  const std::uint64_t seed = seed_from_environment(1);
  const DifferentialRun run =
      run_differential(m, seed, cases_from_environment(cases), walk, 0);
  std::cout << m.name << ": seed " << seed << ", " << run.compared << " calls compared, "
            << run.undecided << " undecided, " << run.skipped << " skipped, " << run.outcomes
            << " outcomes, " << run.queries << " queries, " << run.clauses_met() << " of "
            << m.clauses.size() << " clauses\n";
  for (const std::string& d : run.disagreements)
    ADD_FAILURE() << d;
  for (const std::string& r : run.reasons)
    std::cout << "undecided: " << r << '\n';
  EXPECT_GT(run.compared, cases / 2);
  EXPECT_LE(run.undecided * 10, run.compared);
}

TEST(Differential, Lock) { compare(ir::testing::kLock, 1500, 30); }
TEST(Differential, Pages) { compare(ir::testing::kPages, 1000, 25); }

}  // namespace
}  // namespace gms::check
