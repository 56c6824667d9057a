#include "flow/mutate.h"

#include <gtest/gtest.h>

#include "flow/spec_store.h"
#include "ir/interp/interpreter.h"
#include "ir/verify.h"

namespace gms::flow {
namespace {

/// Passes rely on well-formed modules: the interpreter and the encoder must cope with every mutant.
TEST(Mutate, EveryMutantOfAShippedSpecIsWellFormed) {
  base::SourceSet sources;
  base::DiagSink sink;
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load("inplace_v7");
  ASSERT_NE(spec, nullptr);
  const std::vector<ir::Mutation> all = ir::mutations(spec->module);
  EXPECT_GT(all.size(), 500U);
  for (const ir::Mutation& mu : all) {
    const ir::Module mutant = ir::apply(spec->module, mu);
    base::DiagSink problems;
    EXPECT_TRUE(ir::verify(mutant, problems))
        << mu.place << ": " << mu.what << ": " << problems.sorted().front().message();
    const ir::interp::Interpreter interpreter(mutant);
  }
}

TEST(Mutate, TracesNoticeASampleOfTheShippedSpec) {
  base::SourceSet sources;
  base::DiagSink sink;
  MutateOptions options;
  options.limit = 30;
  options.seed = 3;
  options.proofs = false;
  const auto report = mutate_spec(options, sources, sink);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->mutants.size(), 30U);
  EXPECT_GT(report->traces, 50U);
  EXPECT_EQ(report->traces_unused, 2U);  // of linux-6.18, without any event
  std::size_t killed = 0;
  for (const Mutant& m : report->mutants) {
    killed += m.killed_by_trace() ? 1 : 0;
    EXPECT_TRUE(!m.trace || m.trace->line > 0) << m.mutation.place;
  }
  EXPECT_GT(killed, 9U);
}

TEST(Mutate, ASampleIsTheSameForTheSameSeed) {
  base::SourceSet sources;
  base::DiagSink sink;
  MutateOptions options;
  options.spec = "tests/rwlock/rwlock.gms";
  options.traces = {"tests/rwlock/good.jsonl"};
  options.limit = 5;
  options.seed = 11;
  const auto a = mutate_spec(options, sources, sink);
  options.jobs = 1;
  const auto b = mutate_spec(options, sources, sink);
  ASSERT_TRUE(a && b);
  ASSERT_EQ(a->mutants.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(a->mutants[i].mutation.place, b->mutants[i].mutation.place);
    EXPECT_EQ(a->mutants[i].killed_by_trace(), b->mutants[i].killed_by_trace());
    EXPECT_EQ(a->mutants[i].claim, b->mutants[i].claim);
  }
}

}  // namespace
}  // namespace gms::flow
