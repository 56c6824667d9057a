// The compiled models against the reference interpreter on random calls. A failure prints the seed;
// GMS_TEST_SEED repeats it.
#include "checker/differential/twin.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <numeric>

#include "base/file_system.h"
#include "checker/explore/evidence.h"
#include "ir/atomic.h"
#include "ir/taint.h"
#include "ir/text/parse.h"
#include "model/generated/inplace_v7/model.h"
#include "model/generated/linux_6_18/model.h"
#include "model/generated/linux_7_1/model.h"
#include "model/generated/pages/model.h"
#include "model/generated/rwlock/model.h"

namespace gms::check {
namespace {

using MakeModel = std::function<std::unique_ptr<model::Model>(std::span<const std::uint64_t>)>;

std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("GMS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

/// The module that the model of this name was generated from.
ir::Module read(const std::string& name) {
  const base::ReadResult file = base::read_file("model/generated/" + name + '/' + name + ".gir");
  EXPECT_TRUE(file.text.has_value()) << file.error;
  base::DiagSink sink;
  std::optional<ir::Module> module = ir::parse(file.text.value_or(""), base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  if (!module) return {};
  ir::Module atomic = ir::to_atomic(*module);
  ir::mark_observe_only(atomic);
  return atomic;
}

/// Several walks of random calls, each from the fresh state with other parameters.
void compare(const ir::Module& module, const MakeModel& make, int walks, int steps) {
  const std::uint64_t seed = seed_of_this_run();
  SCOPED_TRACE("GMS_TEST_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> coverage(module.clauses.size());
  std::uint64_t calls = 0, outcomes = 0;
  for (int walk = 0; walk < walks; ++walk) {
    std::vector<std::uint64_t> valuation;
    for (const ir::Param& param : module.params) {
      const bool is_bool = param.type.kind == ir::TypeKind::kBool;
      valuation.push_back(is_bool                ? random() % 2
                          : param.values.empty() ? param.default_value
                                                 : param.values[random() % param.values.size()]);
    }
    Twin twin(module, make(valuation), valuation, random());
    twin.start_from(coverage);
    for (int i = 0; i < steps && twin.live_handles() < 60; ++i) {
      const std::string difference = twin.step();
      ASSERT_EQ(difference, "") << "walk " << walk << ", step " << i;
    }
    calls += twin.calls();
    outcomes += twin.outcomes();
    coverage = twin.coverage();
  }
  std::string never;
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    if (coverage[i] == 0) never += ' ' + module.clauses[i].label;
  }
  std::printf("%llu calls, %llu outcomes; clauses not met:%s\n",
              static_cast<unsigned long long>(calls), static_cast<unsigned long long>(outcomes),
              never.empty() ? " none" : never.c_str());
}

TEST(Twin, Rwlock) {
  compare(read("rwlock"), model::rwlock::make_model, 40, 200);
}

TEST(Twin, Pages) {
  compare(read("pages"), model::pages::make_model, 40, 150);
}

TEST(Twin, InplaceV7) {
  compare(read("inplace_v7"), model::inplace_v7::make_model, 60, 300);
}

TEST(Twin, Linux71) {
  compare(read("linux_7_1"), model::linux_7_1::make_model, 20, 300);
}

TEST(Twin, Linux618) {
  compare(read("linux_6_18"), model::linux_6_18::make_model, 20, 300);
}

/// Runs that a search found by the interpreter, made again by the compiled model.
void follow_runs(const std::string& name, const MakeModel& make, std::uint64_t calls) {
  const ir::Module module = read(name);
  std::vector<Goal> goals;
  ExploreOptions options = beside_proofs(module, goals);
  options.max_calls = calls;
  options.valuations = valuations_in_scope(module, {});
  const ExploreReport found = explore(module, goals, options);
  std::size_t runs = 0;
  for (const Reached& reached : found.goals) {
    if (!reached.run) continue;
    ++runs;
    Twin twin(module, make(reached.run->valuation), reached.run->valuation, runs);
    for (const std::vector<RunCall>* part : {&reached.run->calls, &reached.run->left})
      for (const RunCall& call : *part) {
        const std::string difference =
            twin.follow(call.action, call.args, call.clause, call.choice);
        ASSERT_EQ(difference, "") << goal_text(module, reached.goal) << '\n'
                                  << run_text(module, *reached.run);
      }
  }
  std::printf("%zu runs\n", runs);
  EXPECT_GT(runs * 2, options.needed);
}

TEST(FoundRuns, ReplayOnTheModelOfTheLock) {
  follow_runs("rwlock", model::rwlock::make_model, 100'000);
}
TEST(FoundRuns, ReplayOnTheModelOfPages) {
  follow_runs("pages", model::pages::make_model, 100'000);
}
TEST(FoundRuns, ReplayOnTheModelOfInplaceV7) {
  follow_runs("inplace_v7", model::inplace_v7::make_model, 400'000);
}

}  // namespace
}  // namespace gms::check
