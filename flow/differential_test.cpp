// The solver's formulas of the shipped specs against the interpreter. GMS_SEED and GMS_CASES choose
// another run.
#include <gtest/gtest.h>

#include <iostream>

#include "checker/prove/differential_run.h"
#include "flow/spec_store.h"

namespace gms::flow {
namespace {

void compare(const std::string& name, std::size_t cases) {
  base::SourceSet sources;
  base::DiagSink sink;
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load(name);
  ASSERT_NE(spec, nullptr);
  const ir::Module& m = spec->module;
  const std::uint64_t seed = check::seed_from_environment(1);
  const check::DifferentialRun run =
      check::run_differential(m, seed, check::cases_from_environment(cases), 60, 0);
  std::cout << m.name << ": seed " << seed << ", " << run.compared << " calls compared, "
            << run.undecided << " undecided, " << run.skipped << " skipped, " << run.outcomes
            << " outcomes, " << run.queries << " queries, " << run.clauses_met() << " of "
            << m.clauses.size() << " clauses\n";
  for (const std::string& d : run.disagreements)
    ADD_FAILURE() << d;
  for (const std::string& r : run.reasons)
    std::cout << "undecided: " << r << '\n';
  EXPECT_GT(run.compared, cases / 4);
}

TEST(Differential, InplaceV7) {
  compare("inplace_v7", 500);
}

}  // namespace
}  // namespace gms::flow
