#include "flow/explore.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "base/file_system.h"
#include "flow/explore_graph.h"
#include "flow/explore_oracle.h"
#include "flow/prove.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
using Verdict = ExploreVerdict;

/// What the program has embedded, from where it stands.
struct Runtime {
  std::vector<std::string> names, texts;
  std::vector<RuntimeFile> files;
  Runtime() {
    for (const auto& entry : fs::directory_iterator("model/explore_rt")) {
      if (entry.path().extension() != ".h") continue;
      names.push_back(entry.path().filename().string());
      texts.push_back(*base::read_file(entry.path().string()).text);
    }
    for (std::size_t i = 0; i < names.size(); ++i)
      files.push_back({names[i], texts[i]});
  }
};

std::optional<Explored> explore(ExploreOptions options) {
  static const Runtime runtime;
  options.optimize = false;
  static base::SourceSet sources;  // outlives what points into it
  base::DiagSink sink;
  auto out = explore_spec(options, runtime.files, sources, sink);
  for (const base::Diagnostic& d : sink.sorted())
    ADD_FAILURE() << d.message();
  if (out) {
    EXPECT_EQ(out->disagreement(), "");
  }
  return out;
}

ExploreOptions of(const std::string& spec, std::vector<std::string> bounds = {}) {
  ExploreOptions options;
  options.spec = spec;
  options.bounds = std::move(bounds);
  return options;
}

std::map<std::string, Verdict> verdicts_of(const Explored& e) {
  std::map<std::string, Verdict> out;
  for (const ExploredProperty& p : e.properties)
    out[p.property == ir::kNoId ? "deadlock" : e.module->properties[p.property].name] = p.verdict;
  return out;
}

// ---- The interpreter is the oracle ----

ExploreOptions in_steps(ExploreOptions options) {
  options.stepwise = options.deadlocks = true;
  return options;
}

struct Oracle : testing::TestWithParam<ExploreOptions> {};

TEST_P(Oracle, TheInterpreterCountsTheSame) {
  const auto explored = explore(GetParam());
  ASSERT_TRUE(explored);
  ASSERT_EQ(explored->found.ending, check::ExhaustEnding::kComplete);
  ExploreOracle oracle(*explored);
  oracle.run();
  EXPECT_EQ(explored->found.states, oracle.states);
  EXPECT_EQ(explored->found.transitions, oracle.transitions);
  EXPECT_GT(oracle.states, 4U);
}

INSTANTIATE_TEST_SUITE_P(
    Explore, Oracle,
    testing::Values(
        of("docs/examples/counter.gms"), of("docs/examples/handles.gms", {"File=2", "Mapping=3"}),
        of("docs/examples/pages.gms", {"Inode=1", "Mapping=2", "Pin=1"}),
        of("docs/examples/properties.gms", {"Door=3"}),
        of("docs/examples/choices.gms", {"Inode=2", "quota=8"}),
        of("docs/examples/events.gms", {"File=2"}), of("docs/examples/steps.gms", {"Inode=1"}),
        of("bench/atomic.gms", {"Page=1"}), of("bench/steps.gms", {"Page=1", "Process=1"}),
        in_steps(of("docs/examples/steps.gms", {"Call=2", "Inode=1", "Mapping=1", "Page=1"}))));

// ---- Numbers that other explorers gave for the same models ----

TEST(Explore, PagesAreIndependentWithoutSymmetry) {
  ExploreOptions options = of("bench/atomic.gms", {"Page=3"});
  options.symmetry = false;
  const auto plain = explore(options);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->found.states, 20U * 20 * 20);
  options.symmetry = true;
  const auto reduced = explore(options);
  ASSERT_TRUE(reduced);
  EXPECT_EQ(reduced->found.states, (20U * 20 * 20 + 12 * 12 * 12) / 2);
  EXPECT_EQ(reduced->status(), base::ExitStatus::kOk);
}

TEST(Explore, ThreadsDoNotChangeWhatIsFound) {
  ExploreOptions options = of("bench/steps.gms", {"Page=2"});
  std::optional<std::uint64_t> states, transitions;
  for (const unsigned jobs : {1U, 2U, 5U}) {
    options.jobs = jobs;
    const auto e = explore(options);
    ASSERT_TRUE(e);
    EXPECT_EQ(e->found.states, states.value_or(e->found.states));
    EXPECT_EQ(e->found.transitions, transitions.value_or(e->found.transitions));
    states = e->found.states;
    transitions = e->found.transitions;
  }
}

/// States of several words stand in the log only; the table grows while threads work.
TEST(Explore, ThreadsDoNotChangeWhatIsFoundInLongStates) {
  ExploreOptions options = of("docs/examples/proposal.gms", {"Pin=1", "Mapping=1"});
  options.values = {"host_write.value=0,1,2"};
  std::vector<std::uint64_t> states;
  for (const unsigned jobs : {1U, 4U}) {
    options.jobs = jobs;
    const auto e = explore(options);
    ASSERT_TRUE(e);
    states.push_back(e->found.states);
  }
  EXPECT_EQ(states[0], states[1]);
}

TEST(Explore, TheMissingLockIsFoundByEightSteps) {
  for (const bool symmetry : {true, false}) {
    ExploreOptions options = of("bench/steps.gms", {"Page=1", "Process=1"});
    options.quirks = {"no_lock"};
    options.symmetry = symmetry;
    options.jobs = 2;
    const auto e = explore(options);
    ASSERT_TRUE(e);
    EXPECT_EQ(e->status(), base::ExitStatus::kFinding);
    EXPECT_EQ(verdicts_of(*e)["no_private_host"], Verdict::kRefuted);
    for (const ExploredProperty& p : e->properties)
      if (p.run) {
        EXPECT_EQ(p.run->run.calls.size(), 8U);
      }
  }
}

// ---- Calls that overlap ----

ExploreOptions mutant(const std::string& name, std::vector<std::string> bounds) {
  return in_steps(of("checker/prove/tests/steps_" + name + ".gms", std::move(bounds)));
}

TEST(Explore, InStepsWhatIsWrongIsFound) {
  for (const char* name : {"lock_released", "no_entries", "read_before_lock", "shared_lock"}) {
    const auto e = explore(mutant(name, {"Call=2", "Inode=1", "Mapping=1", "Page=2"}));
    ASSERT_TRUE(e) << name;
    EXPECT_EQ(e->status(), base::ExitStatus::kFinding) << name;
    EXPECT_EQ(e->disagreement(), "") << name;
  }
}

TEST(Explore, CallsThatWaitForEachOtherAreADeadlock) {
  const auto both = explore(mutant("two_orders", {"Call=2", "Account=1"}));
  ASSERT_TRUE(both);
  EXPECT_EQ(verdicts_of(*both)["deadlock"], Verdict::kRefuted);
  // One call alone gets both locks. That there are no more objects is no deadlock.
  const auto alone = explore(mutant("two_orders", {"Call=1", "Account=1"}));
  ASSERT_TRUE(alone);
  EXPECT_EQ(verdicts_of(*alone)["deadlock"], Verdict::kHolds);
}

// ---- Bounds ----

TEST(Explore, AFullMemoryIsNoVerdict) {
  ExploreOptions options = of("bench/atomic.gms", {"Page=3"});
  options.memory = 1;
  const auto e = explore(options);
  ASSERT_TRUE(e);
  EXPECT_EQ(e->found.ending, check::ExhaustEnding::kMemory);
  EXPECT_EQ(e->status(), base::ExitStatus::kUnknown);
  EXPECT_EQ(verdicts_of(*e)["no_private_host"], Verdict::kOpen);
}

TEST(Explore, WhatRunsIntoABoundIsCounted) {
  ExploreOptions options = of("docs/examples/handles.gms", {"File=1", "Mapping=1"});
  const auto e = explore(options);
  ASSERT_TRUE(e);
  EXPECT_GT(e->found.cuts, 0U);
  std::uint64_t sum = 0;
  for (const std::uint64_t n : e->found.cut_by)
    sum += n;
  EXPECT_EQ(sum, e->found.cuts);
}

// ---- Agreement with the prover ----

class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_((fs::temp_directory_path() / (name + std::to_string(getpid()))).string()) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string take(const std::string& file) const {
    fs::copy_file(file, path_ + '/' + fs::path(file).filename().string(),
                  fs::copy_options::overwrite_existing);
    return path_ + '/' + fs::path(file).filename().string();
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + '/' + name) << text;
    return path_ + '/' + name;
  }

 private:
  std::string path_;
};

/// How many properties both call proved, and both call refuted.
std::pair<int, int> agree(const std::string& spec) {
  const auto e = explore(of(spec));
  base::SourceSet sources;
  base::DiagSink sink;
  ProveOptions prove;
  prove.spec = spec;
  prove.clauses = prove.runs = false;
  const auto proofs = prove_spec(prove, sources, sink);
  if (!e || !proofs) {
    ADD_FAILURE() << spec;
    return {};
  }
  const auto mine = verdicts_of(*e);
  std::pair<int, int> both;
  for (const check::PropertyReport& p : proofs->report.properties) {
    if (p.is_cover || mine.count(p.name) == 0) continue;
    const Verdict verdict = mine.at(p.name);
    if (p.verdict == check::Verdict::kProved) {
      EXPECT_NE(verdict, Verdict::kRefuted) << spec << ' ' << p.name;
      both.first += verdict == Verdict::kHolds ? 1 : 0;
    }
    if (verdict == Verdict::kRefuted) {
      EXPECT_EQ(p.verdict, check::Verdict::kRefuted) << spec << ' ' << p.name;
      ++both.second;
    }
  }
  return both;
}

TEST(Explore, AgreesWithTheProver) {
  EXPECT_GE(agree("docs/examples/counter.gms").first, 2);
  EXPECT_GE(agree("docs/examples/handles.gms").first, 2);
  EXPECT_GE(agree("tests/rwlock/rwlock.gms").first, 2);
  EXPECT_EQ(agree("docs/examples/properties.gms").second, 1);
  EXPECT_GE(agree("tests/rwlock/refuted.gms").second, 1);
}

TEST(Explore, FindsWhatTheProverRefutesInMutants) {
  const Folder folder("gmemspec-explore-mutants");
  folder.take("tests/rwlock/rwlock.gms");
  folder.take("docs/examples/handles.gms");
  folder.take("docs/examples/pages.gms");
  EXPECT_EQ(agree(folder.write("no_wait.gms",
                               "spec no_wait extends rwlock\nin read_lock { drop wait }\n"))
                .second,
            1);
  EXPECT_EQ(
      agree(folder.write("no_busy.gms", "spec no_busy extends handles\nin close { drop busy }\n"))
          .second,
      1);
  EXPECT_GE(
      agree(folder.write("any_page.gms",
                         "spec any_page extends pages\nin host_write { drop private_page }\n"))
          .second,
      1);
}

// ---- What can go wrong ----

TEST(Explore, AProgramThatDiesIsNoVerdict) {
  const Folder folder("gmemspec-explore-dies");
  const std::string compiler = folder.write(
      "compiler",
      "#!/bin/sh\n"
      "while [ $# -gt 0 ]; do\n"
      "  if [ \"$1\" = -o ]; then printf '#!/bin/sh\\nexit 7\\n' >\"$2\"; chmod +x \"$2\"; fi\n"
      "  shift\n"
      "done\n");
  fs::permissions(compiler, fs::perms::owner_all);
  ExploreOptions options = of("docs/examples/counter.gms");
  options.compiler = compiler;
  static const Runtime runtime;
  base::SourceSet sources;
  base::DiagSink sink;
  EXPECT_FALSE(explore_spec(options, runtime.files, sources, sink));
  ASSERT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.sorted().front().info.code, "E1005");
  EXPECT_EQ(sink.sorted().front().message(),
            "the explorer of 'counter' ended without an answer: status 7");
}

/// The second run needs no compiler.
TEST(Explore, AProgramIsCompiledOnce) {
  ASSERT_TRUE(explore(of("docs/examples/counter.gms")));
  const auto again = explore(of("docs/examples/counter.gms"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->cached);
}

// ---- Deadlocks and pictures ----

TEST(Explore, FindsDeadlocks) {
  const Folder folder("gmemspec-explore-deadlock");
  ExploreOptions options = of(folder.write("once.gms",
                                           "spec once\nstate done : u1\n"
                                           "action go() { require done == 0  done = 1 }\n"
                                           "invariant small : done <= 1\n"));
  options.deadlocks = true;
  const auto e = explore(options);
  ASSERT_TRUE(e);
  EXPECT_EQ(e->status(), base::ExitStatus::kFinding);
  EXPECT_EQ(e->properties.back().run->run.calls.size(), 1U);
  options = of("docs/examples/counter.gms");
  options.deadlocks = true;
  const auto live = explore(options);
  ASSERT_TRUE(live);
  EXPECT_EQ(live->status(), base::ExitStatus::kOk);
}

TEST(Explore, DrawsSmallStateSpaces) {
  const Folder folder("gmemspec-explore-graph");
  ExploreOptions options = of("docs/examples/counter.gms");
  options.graph = folder.write("counter.dot", "");
  const auto e = explore(options);
  ASSERT_TRUE(e);
  EXPECT_EQ(e->found.seen.size(), 5U);
  EXPECT_EQ(e->found.edges.size(), 8U);
  const std::string dot = *base::read_file(options.graph).text;
  EXPECT_NE(dot.find("s0 -> s1 [label=\"take()\"]"), std::string::npos) << dot;
}

}  // namespace
}  // namespace gms::flow
