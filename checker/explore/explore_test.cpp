#include "checker/explore/explore.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "checker/explore/arg_pool.h"
#include "checker/explore/fingerprint.h"
#include "ir/atomic.h"
#include "ir/interp/interpreter.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

ir::Module module_of(std::string text) {
  base::DiagSink sink;
  auto module = ir::parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return ir::to_atomic(*module);
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  const std::size_t at = result.find(from);
  EXPECT_NE(at, std::string::npos);
  return result.replace(at, from.size(), to);
}

/// A reader does not look whether somebody waits or writes.
std::string careless_lock() {
  return replaced(ir::testing::kLock,
                  "(exit wait (if (exists ((o)) (or (eq [mode o] writing:Mode) [waiting o]))))",
                  "(exit wait (if false))");
}

std::uint32_t property(const ir::Module& m, std::string_view name) {
  for (std::uint32_t p = 0; p < m.properties.size(); ++p)
    if (m.properties[p].name == name) return p;
  ADD_FAILURE() << name;
  return 0;
}

ExploreOptions quick(std::uint64_t calls = 20000) {
  ExploreOptions options;
  options.seconds = 20;
  options.max_calls = calls;
  return options;
}

/// Every state that at most `depth` calls lead to, with at most two threads, without any
/// cleverness.
struct BruteForce {
  std::vector<interp::State> states;
  std::map<ir::ClauseId, unsigned> clauses;    // the length of a shortest run to each
  std::map<std::uint32_t, unsigned> violated;  // invariants
  BruteForce(const ir::Module& m, unsigned depth) {
    interp::Interpreter in(m);
    states.push_back(in.fresh());
    std::size_t from = 0;
    for (unsigned d = 1; d <= depth; ++d) {
      const std::size_t to = states.size();
      for (; from < to; ++from) {
        for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
          std::vector<std::vector<Datum>> tuples{{}};
          if (!m.actions[a].params.empty()) {
            tuples.clear();
            for (const std::uint32_t t : states[from].live(0))
              tuples.push_back({Datum::known(t)});
            if (m.actions[a].locals[0].type.optional) tuples.push_back({Datum::none()});
          }
          for (const std::vector<Datum>& args : tuples) {
            for (interp::Outcome& outcome : in.outcomes(states[from], a, args)) {
              clauses.emplace(outcome.clause, d);
              if (outcome.next.live(0).size() > 2) continue;
              for (std::uint32_t p = 0; p < m.properties.size(); ++p)
                if (m.properties[p].kind == ir::PropertyKind::kInvariant &&
                    in.holds(p, outcome.next).is_false())
                  violated.emplace(p, d);
              if (std::find(states.begin(), states.end(), outcome.next) == states.end())
                states.push_back(std::move(outcome.next));
            }
          }
        }
      }
    }
  }
};

TEST(Explore, ReachesEveryClauseOfTheLockByAShortestRun) {
  const ir::Module m = module_of(std::string(ir::testing::kLock));
  const BruteForce truth(m, 5);
  const ExploreReport report = explore(m, all_goals(m), quick());
  for (ir::ClauseId c = 0; c < m.clauses.size(); ++c) {
    const Reached* reached = report.find({GoalKind::kClause, c});
    ASSERT_NE(reached, nullptr);
    ASSERT_TRUE(reached->run) << goal_text(m, reached->goal);
    EXPECT_TRUE(replays(m, *reached->run, reached->goal));
    EXPECT_EQ(reached->run->calls.size(), truth.clauses.at(c)) << run_text(m, *reached->run);
  }
  EXPECT_TRUE(report.find({GoalKind::kCover, property(m, "can_wait")})->run);
}

TEST(Explore, FindsNoViolationOfWhatIsTrue) {
  const ir::Module m = module_of(std::string(ir::testing::kLock));
  EXPECT_TRUE(BruteForce(m, 6).violated.empty());
  const ExploreReport report = explore(m, all_goals(m), quick());
  for (const Reached& reached : report.goals) {
    if (reached.goal.kind == GoalKind::kViolation) {
      EXPECT_FALSE(reached.run) << run_text(m, *reached.run);
    }
  }
  EXPECT_THAT(bound_text(report.bound), HasSubstr("not found in "));
}

TEST(Explore, FindsAShortestViolation) {
  const ir::Module m = module_of(careless_lock());
  const std::uint32_t exclusive = property(m, "exclusive");
  const unsigned shortest = BruteForce(m, 5).violated.at(exclusive);
  const ExploreReport report = explore(m, {{GoalKind::kViolation, exclusive}}, quick());
  ASSERT_TRUE(report.goals[0].run);
  EXPECT_EQ(report.goals[0].run->calls.size(), shortest) << run_text(m, *report.goals[0].run);
  EXPECT_TRUE(replays(m, *report.goals[0].run, report.goals[0].goal));
}

TEST(Explore, FindsViolationsOfStepsAndLaws) {
  std::string text =
      replaced(ir::testing::kLock, "(update (put [mode t] idle:Mode)))\n  (end ok))\n(action spawn",
               "(update (put [mode t] reading:Mode)))\n  (end ok))\n(action spawn");
  const ir::Module m = module_of(text);
  const ExploreReport report = explore(m, all_goals(m), quick());
  const Reached* step = report.find({GoalKind::kViolation, property(m, "unlock_frees")});
  ASSERT_TRUE(step->run);
  EXPECT_EQ(run_text(m, *step->run),
            "1. spawn() = ok, t=thread1\n"
            "2. read_lock(t=thread1) = ok\n"
            "3. unlock(t=thread1) = ok\n");

  // A law that a waiter breaks: writing does not end where reading does.
  const ir::Module law = module_of(
      replaced(ir::testing::kLock, "(right (do read_lock ok (args (some t))) (do unlock (args t)))",
               "(right (do read_lock ok (args (some t))))"));
  const Goal goal{GoalKind::kViolation, property(law, "lock_unlock")};
  const ExploreReport laws = explore(law, {goal}, quick());
  ASSERT_TRUE(laws.goals[0].run);
  EXPECT_TRUE(replays(law, *laws.goals[0].run, goal));
  EXPECT_EQ(laws.goals[0].run->calls.size(), 1U);
  EXPECT_THAT(run_text(law, *laws.goals[0].run), HasSubstr("instead of 2. on:"));
}

TEST(Explore, TheEnvironmentMayChooseWhatViolates) {
  const ir::Module m = module_of(R"gir(
(module chance)
(enum Errno (ok 0))
(state byte () u8 0)
(clause ok action fill ok)
(action fill (locals) (body (update (put [byte] any))) (end ok))
(property zero invariant (that (eq [byte] 0:u8)))
(property small invariant (that (le [byte] 255:u8)))
)gir");
  const ExploreReport report = explore(m, all_goals(m), quick(500));
  const Reached* zero = report.find({GoalKind::kViolation, property(m, "zero")});
  ASSERT_TRUE(zero->run);
  EXPECT_TRUE(replays(m, *zero->run, zero->goal));
  EXPECT_FALSE(report.find({GoalKind::kViolation, property(m, "small")})->run);
}

TEST(Explore, TheSameSeedFindsTheSame) {
  const ir::Module m = module_of(std::string(ir::testing::kPages));
  const auto text = [&](std::uint64_t seed) {
    ExploreOptions options = quick(4000);
    options.seconds = 1000;
    options.seed = seed;
    std::string all;
    const ExploreReport report = explore(m, all_goals(m), options);
    for (const Reached& reached : report.goals)
      all += goal_text(m, reached.goal) + '\n' + (reached.run ? run_text(m, *reached.run) : "");
    return all + bound_text(report.bound);
  };
  EXPECT_EQ(text(7), text(7));
}

TEST(Explore, ReachesThePages) {
  const ir::Module m = module_of(std::string(ir::testing::kPages));
  const ExploreReport report = explore(m, all_goals(m), quick(60000));
  for (const Reached& reached : report.goals) {
    const std::string name = goal_text(m, reached.goal);
    if (reached.run) {
      EXPECT_TRUE(replays(m, *reached.run, reached.goal)) << name;
    }
    // Only a call that overlaps in time leaves by it; fill fails with the quirk alone.
    if (reached.goal.kind == GoalKind::kClause && name != "clause/convert.raced") {
      EXPECT_TRUE(reached.run) << name;
    }
  }
  EXPECT_TRUE(report.find({GoalKind::kViolation, property(m, "all_or_nothing")})->run ==
              std::nullopt);
}

TEST(Fingerprint, DoesNotSeeTheNumbersOfHandles) {
  const ir::Module m = module_of(std::string(ir::testing::kLock));
  interp::Interpreter in(m);
  Fingerprinter prints(m);
  const auto state = [&](unsigned threads, unsigned writer, bool gap) {
    interp::State s = in.fresh();
    if (gap) s.destroy(0, s.create(0));
    std::vector<std::uint32_t> all;
    for (unsigned i = 0; i < threads; ++i)
      all.push_back(s.create(0));
    s.set(0, {{all[writer]}}, 0, 0, Datum::known(2));
    return s;
  };
  EXPECT_EQ(prints.exact(state(2, 0, false)), prints.exact(state(2, 1, false)));
  EXPECT_EQ(prints.exact(state(2, 0, false)), prints.exact(state(2, 1, true)));
  EXPECT_NE(prints.exact(state(2, 0, false)), prints.exact(state(3, 0, false)));
  EXPECT_NE(prints.exact(state(2, 0, false)), prints.exact(in.fresh()));
}

TEST(ArgPool, HasWhatConditionsCompareWith) {
  const ir::Module m = module_of(R"gir(
(module small)
(enum Errno (ok 0) (EINVAL 22))
(clause past action f EINVAL)
(clause odd action f EINVAL)
(clause ok action f ok)
(action f
  (locals (size u64) (n u64))
  (params size)
  (body
    (exit odd (if (not (eq (bitand size 4095:u64) 0:u64))))
    (let n (shr size 12:u64))
    (exit past (if (lt 70:u64 n))))
  (end ok))
)gir");
  const ArgPools pools(m);
  const ParamPool& pool = pools.of(0)[0];
  EXPECT_EQ(pool.unit, 4096U);
  EXPECT_THAT(pool.values, IsSupersetOf({0U, 1U, 4096U, 70U << 12, 71U << 12}));
}

// ---- Replay ----

const Obligation* refuted(const ir::Module& m, const ProveReport& report, std::uint32_t property) {
  for (const Obligation& o : report.obligations)
    if (o.property == property && o.verdict == Verdict::kRefuted && o.candidate) return &o;
  ADD_FAILURE() << m.properties[property].name << " is not refuted";
  return nullptr;
}

TEST(Refute, ACandidateReplaysAndBecomesARun) {
  const ir::Module m = module_of(careless_lock());
  const std::uint32_t exclusive = property(m, "exclusive");
  const ProveReport proofs = prove(m, {});
  const Obligation* o = refuted(m, proofs, exclusive);
  ASSERT_NE(o, nullptr);
  const Replay replay = replay_candidate(m, *o);
  EXPECT_EQ(replay.verdict, ReplayVerdict::kReplayed) << replay.difference;
  EXPECT_TRUE(replay.call);
  EXPECT_THAT(candidate_text(m, *o), HasSubstr("violates exclusive"));
  const Refutation refutation = refute(m, exclusive, o, nullptr, quick());
  ASSERT_TRUE(refutation.run);
  EXPECT_THAT(refutation.text, HasSubstr("a run of 4 calls from the fresh system:\n1. spawn()"));
}

TEST(Refute, WithoutARunItIsACounterexampleToInduction) {
  // True of every state that can be reached, but not kept by a step: nobody writes while one waits.
  const ir::Module m = module_of(replaced(ir::testing::kLock, "(property unlock_frees",
                                          "(property few invariant (locals (a Thread) (b Thread))\n"
                                          "  (that (forall ((a) (b)) (not (and (eq [mode a] "
                                          "reading:Mode) (eq [mode b] writing:Mode))))))\n"
                                          "(property unlock_frees"));
  const std::uint32_t few = property(m, "few");
  Obligation o;
  o.kind = ObligationKind::kPreserved;
  o.property = few;
  Candidate c;
  c.live = {{3}};
  c.action = o.action = 1;  // write_lock
  c.args = {{true, 3}};
  c.facts = {{0, {3}, true, 0}, {1, {3}, true, 1}};
  o.clause = c.clause = 6;  // its success
  o.candidate = c;
  const Refutation refutation = refute(m, few, &o, nullptr, quick(3000));
  EXPECT_FALSE(refutation.run);
  ASSERT_TRUE(refutation.step);
  EXPECT_EQ(refutation.step->verdict, ReplayVerdict::kDiffers);
  EXPECT_EQ(refutation.step->difference,
            "the call leaves by 'ok', and the property holds after it");
  EXPECT_THAT(refutation.text, HasSubstr("a counterexample to induction"));
  EXPECT_THAT(refutation.text, HasSubstr("  waiting[thread1] = true\nwrite_lock(t=thread1)\n"));
  // Another clause than the solver said.
  o.clause = 4;
  EXPECT_EQ(replay_candidate(m, o).difference,
            "the solver's call leaves by 'again', the interpreter's by 'ok'");
}

}  // namespace
}  // namespace gms::check
