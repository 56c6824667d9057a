// The report of prove: what it makes of verdicts, runs and candidates; and that the JSON is what
// checker/report/schema/prove.schema.json says (with python3-jsonschema; without it that test is
// skipped).
#include "checker/report/prove_report.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "checker/report/render_prove.h"
#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A reader does not look whether somebody waits or writes.
ir::Module careless_lock() {
  std::string text(ir::testing::kLock);
  const std::string look =
      "(exit wait (if (exists ((o)) (or (eq [mode o] writing:Mode) [waiting o]))))";
  const std::size_t at = text.find(look);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, look.size(), "(exit wait (if false))");
  base::DiagSink sink;
  auto module = ir::parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return ir::to_atomic(*module);
}

struct Proofs {
  ir::Module module = careless_lock();
  ProveReport proved;
  ExploreReport found;

  Proofs() {
    proved = prove(module, {});
    std::vector<Goal> goals;
    ExploreOptions options = beside_proofs(module, goals);
    options.min_calls = 2000;
    options.max_calls = 20'000;
    options.valuations = valuations_in_scope(module, {});
    found = explore(module, goals, options);
  }
  ProofsReport report(const ExploreReport* runs, bool search = true) const {
    ProveReport copy = proved;
    EvidenceOptions options;
    options.runs = search;
    options.max_calls = 20'000;
    const Evidence evidence = weigh(module, copy, runs, options);
    return make_report(module, copy, evidence,
                       {module.name, "0123456789abcdef", {{"fair", "every value"}}, "all", {"Z3"}});
  }
  std::size_t verdict_of(std::string_view name) const {
    for (std::size_t i = 0; i < proved.properties.size(); ++i)
      if (module.properties[proved.properties[i].property].name == name) return i;
    ADD_FAILURE() << name;
    return 0;
  }
};

const PropertyReport& property(const ProofsReport& report, std::string_view name) {
  for (const PropertyReport& p : report.properties)
    if (p.name == name) return p;
  ADD_FAILURE() << name;
  return report.properties.front();
}

TEST(ProveReportTest, ARefutationHasARun) {
  const Proofs proofs;
  for (const bool beside : {true, false}) {
    const ProofsReport report = proofs.report(beside ? &proofs.found : nullptr);
    const PropertyReport& p = property(report, "exclusive");
    EXPECT_EQ(p.verdict, Verdict::kRefuted);
    ASSERT_TRUE(p.run);
    EXPECT_EQ(p.run->length, 4U);
    EXPECT_THAT(p.run->breach, HasSubstr("call 4 breaks it, at "));
    EXPECT_EQ(p.step, "");
    EXPECT_EQ(report.status(), base::ExitStatus::kFinding);
  }
}

TEST(ProveReportTest, WithoutARunItIsAStep) {
  const Proofs proofs;
  const ProofsReport report = proofs.report(nullptr, false);
  const PropertyReport& p = property(report, "exclusive");
  EXPECT_EQ(p.verdict, Verdict::kRefuted);
  EXPECT_FALSE(p.run);
  EXPECT_THAT(p.step, HasSubstr("preserved/exclusive/read_lock@"));
  EXPECT_THAT(p.step_text, HasSubstr("violates exclusive at "));
  EXPECT_FALSE(report.searched);
  EXPECT_THAT(render_text(report), HasSubstr("Runs were not looked for"));
}

TEST(ProveReportTest, ACandidateThatDoesNotReplayRefutesNothing) {
  Proofs proofs;
  for (const std::size_t o : proofs.proved.properties[proofs.verdict_of("exclusive")].obligations) {
    Obligation& one = proofs.proved.obligations[o];
    // Nobody holds the lock in the state that the solver is now said to have found.
    if (one.candidate) std::erase_if(one.candidate->facts, [](const auto&) { return true; });
  }
  const ProofsReport report = proofs.report(nullptr, false);
  const PropertyReport& p = property(report, "exclusive");
  EXPECT_EQ(p.verdict, Verdict::kUnknown);
  EXPECT_THAT(p.reason, HasSubstr("our bug"));
  EXPECT_EQ(p.step, "");
}

TEST(ProveReportTest, ARunAgainstAProofIsAContradiction) {
  Proofs proofs;
  PropertyVerdict& v = proofs.proved.properties[proofs.verdict_of("exclusive")];
  v.verdict = Verdict::kProved;
  const ProofsReport report = proofs.report(&proofs.found);
  EXPECT_EQ(property(report, "exclusive").verdict, Verdict::kUnknown);
  ASSERT_EQ(report.contradictions.size(), 1U);
  EXPECT_THAT(report.contradictions[0], HasSubstr("our bug"));
  EXPECT_EQ(report.status(), base::ExitStatus::kFinding);
}

TEST(ProveReportTest, ClausesByWhatReachesThem) {
  const Proofs proofs;
  const ProofsReport with = proofs.report(&proofs.found), without = proofs.report(nullptr, false);
  EXPECT_EQ(with.clauses.size(), proofs.module.clauses.size());
  EXPECT_EQ(with.clauses_that(Reachable::kDead), 1U);  // wait: its condition is now false
  EXPECT_GT(with.clauses_that(Reachable::kRun), 0U);
  EXPECT_EQ(without.clauses_that(Reachable::kRun), 0U);
  EXPECT_EQ(without.clauses_that(Reachable::kSatisfiable), with.clauses.size() - 1);
  EXPECT_THAT(render_text(with), HasSubstr("  dead: read_lock.wait\n"));
}

TEST(ProveReportTest, NothingAskedIsNoSuccess) {
  EXPECT_EQ(ProofsReport{}.status(), base::ExitStatus::kUnknown);
}

TEST(ProveReportTest, NoTimesMeansNoSeconds) {
  const Proofs proofs;
  const ProofsReport report = proofs.report(&proofs.found);
  ProveRendering how;
  EXPECT_THAT(render_text(report, how), HasSubstr(" s in all; median "));
  how.times = false;
  EXPECT_THAT(render_text(report, how), Not(HasSubstr("median")));
  EXPECT_THAT(render_json(report, how), Not(HasSubstr("seconds\"")));
}

TEST(ProveReportTest, TheJsonFitsItsSchema) {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0)
    GTEST_SKIP() << "no python3-jsonschema";
  const Proofs proofs;
  const std::string path = ::testing::TempDir() + "prove_report.json";
  for (const bool beside : {true, false}) {
    std::ofstream(path) << render_json(proofs.report(beside ? &proofs.found : nullptr, beside));
    const std::string command =
        "python3 -c \"import json,jsonschema,sys; "
        "jsonschema.validate(json.load(open(sys.argv[1])), "
        "json.load(open('checker/report/schema/prove.schema.json')))\" " +
        path;
    EXPECT_EQ(std::system(command.c_str()), 0);
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace gms::check
