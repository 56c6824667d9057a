// The comparison of specs is held against an exhaustive one, on random changes of small specs; and
// witnesses are called again.
#include "flow/diff.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "checker/diff/exhaust.h"
#include "checker/diff/random_edit.h"
#include "flow/spec_version.h"
#include "ir/verify.h"

namespace gms::flow {
namespace {

const std::string kFolder = "";  // tests run in the project's root

std::size_t pairs_wanted() {
  const char* text = std::getenv("GMS_DIFF_PAIRS");
  return text == nullptr ? 40 : std::strtoul(text, nullptr, 10);
}

TEST(Diff, ClassesRandomEditsAsAnExhaustiveComparisonDoes) {
  std::map<std::string, int> kinds, verdicts;
  std::mt19937_64 rng(7);
  const std::vector<std::string> specs = {"checker/diff/tests/box.gms", "docs/examples/counter.gms",
                                          "tests/rwlock/rwlock.gms"};
  std::vector<SpecVersion> originals;
  base::SourceSet sources;
  base::DiagSink sink;
  for (const std::string& name : specs) {
    auto version = load_version(kFolder + name, sources, sink);
    ASSERT_TRUE(version) << name;
    originals.push_back(std::move(*version));
  }
  for (std::size_t pairs = 0; pairs < pairs_wanted();) {
    const SpecVersion& original = originals[rng() % originals.size()];
    const auto edit = diff::random_edit(original.atomic, rng);
    base::DiagSink ignored;
    if (!edit || !ir::verify(edit->module, ignored)) continue;
    ++pairs;
    ++kinds[edit->kind];
    const check::Valuation values = check::default_valuation(original.atomic);
    const diff::Version old{&original.atomic, &original.atomic, values};
    const diff::Version now{&edit->module, &edit->module, values};
    diff::DiffOptions options;
    options.look.calls = 6000;
    options.milliseconds = 2000;
    const diff::DiffReport report = diff::diff(old, now, options);
    const diff::Exhausted all = diff::exhaust(report.joint, {});
    const std::string where = original.name + ", " + edit->kind + ", pair " + std::to_string(pairs);
    for (const diff::Finding& f : report.findings) {
      const bool good = !f.witness || diff::replays(report.joint, *f.witness);
      EXPECT_TRUE(good) << where;
    }
    // Never: a proof that there is nothing, where there is something; or less than there is.
    for (const diff::ActionVerdict& a : report.actions)
      EXPECT_FALSE(report.coupled && all.actions.count(a.name) > 0 &&
                   (a.same == diff::Same::kText || a.same == diff::Same::kProved))
          << where << ": " << a.name << " was called equivalent";
    if (report.level() > all.worst) {
      ++verdicts["further than the exhaustive one looks"];
    } else if (report.level() < all.worst) {
      ++verdicts["missed a worse difference"];
      std::printf("%s: %s instead of %s\n", where.c_str(),
                  std::string(diff::level_name(report.level())).c_str(),
                  std::string(diff::level_name(all.worst)).c_str());
    } else if (report.sequential()) {
      ++verdicts[report.level() == diff::Level::kEquivalent ? "proved equivalent"
                                                            : "the same, proved complete"];
    } else {
      ++verdicts["the same, completeness unknown"];
    }
  }
  for (const auto& [what, n] : verdicts)
    std::printf("%4d  %s\n", n, what.c_str());
  std::printf("%zu kinds of edits\n", kinds.size());
  EXPECT_LE(verdicts["missed a worse difference"], static_cast<int>(pairs_wanted() / 20));
  EXPECT_GT(verdicts["proved equivalent"], 0);
  EXPECT_GT(verdicts["the same, proved complete"], 0);
}

TEST(Diff, AWitnessThatShowsSomethingElseDoesNotReplay) {
  base::SourceSet sources;
  base::DiagSink sink;
  DiffOptions options;
  options.old_spec = kFolder + "checker/diff/tests/box.gms";
  options.new_spec = kFolder + "checker/diff/tests/effect.gms";
  options.calls = 5000;
  auto diffed = diff_specs(options, sources, sink);
  ASSERT_TRUE(diffed);
  ASSERT_FALSE(diffed->report.findings.empty());
  diff::Witness witness = *diffed->report.findings.front().witness;
  EXPECT_TRUE(diff::replays(diffed->report.joint, witness));
  witness.calls.back().new_ends = witness.calls.back().old_ends;
  EXPECT_FALSE(diff::replays(diffed->report.joint, witness));
}

}  // namespace
}  // namespace gms::flow
