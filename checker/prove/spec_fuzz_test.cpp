// The prover against brute force on random specs. GMS_SEED and GMS_SPECS choose another run.
#include "checker/prove/spec_fuzz.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "checker/prove/differential_run.h"

namespace gms::check {
namespace {

TEST(SpecFuzz, NothingThatIsProvedIsViolated) {
  const std::uint64_t seed = seed_from_environment(1);
  const char* specs = std::getenv("GMS_SPECS");
  const FuzzRun run = fuzz_prover(seed, specs == nullptr ? 100 : std::strtoull(specs, nullptr, 0));
  std::cout << "seed " << seed << ": " << run.specs << " specs, " << run.states << " states, "
            << run.calls << " calls; proved " << run.proved << " (not trivially "
            << run.proved_nontrivial << "), refuted " << run.refuted << " (reached "
            << run.refuted_reached << "), unknown " << run.unknown << " (violated "
            << run.violated_unknown << "); candidates replayed " << run.replayed
            << ", from no state " << run.not_a_state << ", without violation " << run.replay_holds
            << '\n';
  for (const std::string& s : run.unsound)
    ADD_FAILURE() << s;
  for (const std::string& s : run.mistakes)
    ADD_FAILURE() << s;
  for (const std::string& s : run.unreal)
    std::cout << s << '\n';
  EXPECT_GT(run.proved_nontrivial, run.specs / 4);
  EXPECT_GT(run.refuted, run.specs / 4);
}

}  // namespace
}  // namespace gms::check
