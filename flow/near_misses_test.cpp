// Specs that are wrong in one place: the property that the place is there for is refuted by a short
// run. And what the shipped specs expect to be refuted is.
#include <gtest/gtest.h>

#include <filesystem>

#include "checker/explore/evidence.h"
#include "flow/spec_store.h"

namespace gms::flow {
namespace {

class Loaded {
 public:
  /// A shipped spec, or a near miss.
  explicit Loaded(const std::string& name) {
    std::string path = "spec/" + name + ".gms";
    if (!std::filesystem::exists(path)) path = "checker/tests/near_misses/" + name + ".gms";
    spec_ = store_.load(path);
    // Warnings are fine: what is wrong is wrong on purpose.
    if (!sink_.has_errors()) return;
    for (const base::Diagnostic& one : sink_.sorted())
      ADD_FAILURE() << one.message();
  }
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;

  const ir::Module& module() const { return spec_->module; }
  bool ok() const { return spec_ != nullptr; }
  check::Goal violated(const std::string& property) const {
    for (std::uint32_t p = 0; p < module().properties.size(); ++p)
      if (module().properties[p].name == property) return {check::GoalKind::kViolation, p};
    ADD_FAILURE() << property;
    return {};
  }

 private:
  base::SourceSet sources_;
  base::DiagSink sink_;
  SpecStore store_{sources_, sink_};
  const LoadedSpec* spec_ = nullptr;
};

struct NearMiss {
  const char* spec;
  const char* property;
};
class NearMisses : public ::testing::TestWithParam<NearMiss> {};

TEST_P(NearMisses, RefutedByAShortRun) {
  const Loaded loaded(GetParam().spec);
  ASSERT_TRUE(loaded.ok());
  const check::Goal goal = loaded.violated(GetParam().property);
  EXPECT_TRUE(loaded.module().properties[goal.id].expect_refuted);
  check::ExploreOptions options;
  options.seconds = 60;
  options.max_calls = 2'000'000;
  check::Refutation found;
  // How short the first run is depends on the search's luck.
  for (options.seed = 1; options.seed <= 3 && !(found.run && found.run->calls.size() <= 6);
       ++options.seed)
    found = check::refute(loaded.module(), goal.id, nullptr, nullptr, options);
  ASSERT_TRUE(found.run) << found.text;
  EXPECT_TRUE(check::replays(loaded.module(), *found.run, goal));
  EXPECT_LE(found.run->calls.size(), 6U) << found.text;
  RecordProperty("run", found.text);
}

INSTANTIATE_TEST_SUITE_P(
    All, NearMisses,
    ::testing::Values(NearMiss{"host_fault_ignores_attribute", "no_host_private"},
                      NearMiss{"no_busy_scan", "pin_safe"},
                      NearMiss{"no_busy_scan", "held_is_shared"},
                      NearMiss{"no_host_zap", "retry_succeeds"},
                      NearMiss{"no_host_zap", "no_spurious"}, NearMiss{"inplace_v7", "quiet_guest"},
                      NearMiss{"inplace_v7", "quiet_refusal"},
                      NearMiss{"linux_6_18", "binding_inside"}),
    [](const auto& one) { return std::string(one.param.spec) + "_" + one.param.property; });

TEST(ExploreShipped, ReachesNearlyEveryClause) {
  const Loaded loaded("inplace_v7");
  ASSERT_TRUE(loaded.ok());
  const ir::Module& m = loaded.module();
  std::vector<check::Goal> goals;
  check::ExploreOptions options = check::beside_proofs(m, goals);
  options.valuations = check::valuations_in_scope(m, {});
  const check::ExploreReport report = check::explore(m, goals, options);
  std::size_t found = 0;
  for (const check::Reached& reached : report.goals) {
    // Claims that hold are looked at on the way.
    if (&reached - report.goals.data() >= static_cast<std::ptrdiff_t>(options.needed)) {
      EXPECT_FALSE(reached.run) << check::goal_text(m, reached.goal);
      continue;
    }
    if (!reached.run) {
      std::printf("%s: %s\n", check::goal_text(m, reached.goal).c_str(),
                  check::bound_text(report.bound).c_str());
      continue;
    }
    ++found;
    EXPECT_TRUE(check::replays(m, *reached.run, reached.goal))
        << check::goal_text(m, reached.goal) << '\n'
        << check::run_text(m, *reached.run);
  }
  std::printf("%zu of %zu reached in %.1f s, seed %llu\n", found, options.needed,
              report.bound.seconds, static_cast<unsigned long long>(report.bound.seed));
  EXPECT_GE(found * 100, options.needed * 95);
}

}  // namespace
}  // namespace gms::flow
