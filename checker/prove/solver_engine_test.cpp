// The solver as an engine against the interpreter as one, on random calls of random specs and of
// the tests' own. GMS_SEED and GMS_CASES choose another run.
#include "checker/prove/solver_engine.h"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "checker/conform/interp_engine.h"
#include "checker/conform/test_lock.h"
#include "checker/prove/call_query.h"
#include "checker/prove/differential_run.h"
#include "checker/prove/random_spec.h"
#include "checker/prove/random_walk.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

using Clauses = std::set<ir::ClauseId>;

struct Counts {
  std::size_t compared = 0, cut = 0, undecided = 0, allowed = 0, refused = 0;
};

/// A walk by the interpreter; each step asks both engines for the outcomes, as they come and for an
/// observation that is right or altered.
class Walk {
 public:
  Walk(const ir::Module& module, std::uint64_t seed, Counts& counts)
      : m_(module), counts_(counts), random_(seed), values_(module) {
    const Valuation valuation = values_.valuation(random_);
    interpreter_ = interpreter_engines()(module, valuation);
    solver_ = solver_engines({400, false})(module, valuation);  // some arithmetic is hard
    state_ = interpreter_->fresh();
  }

  void step() {
    constexpr std::size_t kHandles = 5;
    const auto action = static_cast<ir::ActionId>(random_.below(m_.actions.size()));
    const auto args = values_.arguments(random_, action, interpreter_state(*state_));
    if (!args) return;
    std::vector<Outcome> all;
    const bool complete =
        interpreter_->outcomes(*state_, action, *args, nullptr, [&](Outcome&& outcome) {
          all.push_back(std::move(outcome));
          return all.size() < 40;
        });
    if (!complete || all.size() == 40) {
      ++counts_.cut;
      return;
    }
    compare(action, *args, nullptr);
    if (all.empty()) return;
    Outcome& chosen = all[random_.below(all.size())];
    std::vector<Seen> seen = observation(action, chosen);
    compare(action, *args, &seen);
    alter(action, seen);
    compare(action, *args, &seen);
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
      const std::size_t live = interpreter_->handles(*chosen.next, d).size();
      if (live > kHandles && live > interpreter_->handles(*state_, d).size()) return;
    }
    state_ = std::move(chosen.next);
  }

 private:
  std::vector<Seen> observation(ir::ActionId action, const Outcome& outcome) {
    std::vector<Seen> seen{{ir::kNoId, Datum::known(outcome.result)}};
    for (std::uint32_t i = 0; i < outcome.outputs.size(); ++i) {
      Datum value = outcome.outputs[i];
      if (output_type(m_.actions[action], i).kind == ir::TypeKind::kHandle) continue;
      if (value.tag == Tag::kUnset) value = Datum::none();
      seen.push_back({i, value.is_unknown() ? Datum::known(0) : value});
    }
    return seen;
  }

  void alter(ir::ActionId action, std::vector<Seen>& seen) {
    Seen& one = seen[random_.below(seen.size())];
    if (one.output == ir::kNoId) {
      one.value = Datum::known(m_.clauses[random_.below(m_.clauses.size())].result);
      return;
    }
    const ir::Type& type = output_type(m_.actions[action], one.output);
    const auto other = values_.value(random_, type, interpreter_state(*state_));
    if (other) one.value = *other;
  }

  Clauses clauses(const Engine& engine, ir::ActionId action, const std::vector<Datum>& args,
                  const std::vector<Seen>* seen) {
    Clauses out;
    engine.outcomes(*state_, action, args, seen, [&](Outcome&& outcome) {
      out.insert(outcome.clause);
      return true;
    });
    return out;
  }

  void compare(ir::ActionId action, const std::vector<Datum>& args, const std::vector<Seen>* seen) {
    const Clauses mine = clauses(*interpreter_, action, args, seen);
    const Clauses other = clauses(*solver_, action, args, seen);
    if (solver_->undecided().starts_with("the solver does not know")) {
      ++counts_.undecided;
      return;
    }
    ++counts_.compared;
    ++(mine.empty() ? counts_.refused : counts_.allowed);
    EXPECT_EQ(solver_->undecided(), "") << text(action);
    EXPECT_EQ(mine, other) << text(action);
  }

  std::string text(ir::ActionId action) const {
    return m_.name + ", " + m_.actions[action].name + ", from\n" +
           ir::interp::state_text(m_, interpreter_state(*state_));
  }

  const ir::Module& m_;
  Counts& counts_;
  Random random_;
  RandomValues values_;
  std::shared_ptr<const Engine> interpreter_, solver_;
  StatePtr state_;
};

void report(const std::string& name, std::uint64_t seed, const Counts& counts) {
  std::cout << name << ": seed " << seed << ", " << counts.compared << " questions compared ("
            << counts.allowed << " allowed, " << counts.refused << " refused), " << counts.undecided
            << " undecided, " << counts.cut << " calls with too many outcomes\n";
  EXPECT_GT(counts.allowed, 0U);
  EXPECT_GT(counts.refused, 0U);
  // The formulas lack updates with a binder that is no key, as the pages have them.
  EXPECT_LE(counts.undecided * 5, counts.compared);
}

void compare(const ir::Module& module, std::size_t cases) {
  const std::uint64_t seed = seed_from_environment(1);
  Counts counts;
  for (std::size_t i = 0; i < cases_from_environment(cases); i += 30) {
    Walk walk(module, seed + i, counts);
    for (int step = 0; step < 30; ++step)
      walk.step();
  }
  report(module.name, seed, counts);
}

ir::Module parse(std::string_view text) {
  base::DiagSink sink;
  const auto module = ir::parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return ir::to_atomic(*module);
}

TEST(SolverEngine, Lock) {
  compare(testing::load_gir("checker/tests/lock.gir"), 450);
}
TEST(SolverEngine, Pages) {
  compare(parse(ir::testing::kPages), 450);
}
TEST(SolverEngine, RandomSpecs) {
  const std::uint64_t seed = seed_from_environment(1);
  Counts counts;
  for (std::size_t i = 0; i < cases_from_environment(1200) / 30; ++i) {
    const ir::Module module = random_spec(seed + i);
    Walk walk(module, seed + i, counts);
    for (int step = 0; step < 30; ++step)
      walk.step();
  }
  report("random specs", seed, counts);
}

/// Both ways out may be taken, and neither is known to be left.
constexpr std::string_view kMayEither = R"gir(
(module either)
(enum Errno (ok 0) (EAGAIN 11))
(domain Node)
(index Page 52)
(state held (Node Page) bool false)
(clause first action try EAGAIN)
(clause held action try EAGAIN)
(clause ok action try ok)
(clause ok action make ok)
(action make (locals (n Node)) (outputs n)
  (body (create n) (update (put [held n 3:Page] true))) (end ok))
(action try (locals (p Page) (n Node)) (params n)
  (body
    (may_exit first)
    (may_exit held (if (exists ((p 0:Page 8:Page)) [held n p]))))
  (end ok))
)gir";

TEST(SolverEngine, WaysThatHoldTogetherAreAllFound) {
  const ir::Module m = parse(kMayEither);
  const auto engine = solver_engines()(m, {});
  StatePtr state = engine->fresh();
  const auto call = [&](std::string_view name, const std::vector<Datum>& args) {
    std::vector<std::string> labels;
    for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
      if (m.actions[a].name != name) continue;
      StatePtr next;
      engine->outcomes(*state, a, args, nullptr, [&](Outcome&& outcome) {
        labels.push_back(m.clauses[outcome.clause].label);
        next = std::move(outcome.next);
        return true;
      });
      state = std::move(next);
    }
    return labels;
  };
  EXPECT_EQ(call("make", {}), std::vector<std::string>{"ok"});
  std::vector<std::string> labels = call("try", {Datum::known(1)});
  std::sort(labels.begin(), labels.end());
  EXPECT_EQ(labels, (std::vector<std::string>{"first", "held", "ok"}));
  EXPECT_EQ(engine->undecided(), "");
}

TEST(CallQuery, OnlyTheRightStateIsLeft) {
  const ir::Module m = parse(kMayEither);
  ir::interp::Interpreter interpreter(m);
  const ir::interp::State before = interpreter.fresh();
  ir::ActionId make = 0;
  while (m.actions[make].name != "make")
    ++make;
  const auto outcomes = interpreter.outcomes(before, make, {});
  ASSERT_EQ(outcomes.size(), 1U);
  const ActionFacts facts(m, make);
  CallQuery query(m, {}, before, make, facts);
  const SolverLimits limits;
  const std::vector<Seen> seen{{ir::kNoId, Datum::known(0)}};
  const CallQuery::Permitted permitted = query.permitted({}, &seen, limits, nullptr);
  EXPECT_EQ(permitted.clauses, Clauses{outcomes[0].clause});
  const auto leaves = [&](const ir::interp::State& next) {
    return query.leaves(outcomes[0].clause, next, limits, nullptr);
  };
  EXPECT_EQ(leaves(outcomes[0].next), Answer::kSat);
  EXPECT_EQ(leaves(before), Answer::kUnsat);
  ir::interp::State other = outcomes[0].next;
  other.set(0, {{1}}, 2, 2, Datum::boolean(true));  // beside the page that is written
  EXPECT_EQ(leaves(other), Answer::kUnsat);
  other = outcomes[0].next;
  other.create(0);
  EXPECT_EQ(leaves(other), Answer::kUnsat);
  other = outcomes[0].next;
  other.set(0, {{1}}, 3, 3, Datum::boolean(false));  // the write is missing
  EXPECT_EQ(leaves(other), Answer::kUnsat);
}

/// An engine that gives up: the trace is not judged further, and nobody calls it conforming.
TEST(SolverEngine, WithoutTimeTheVerdictIsNotConforms) {
  testing::Lock lock;
  struct Tired : Engine {
    explicit Tired(std::shared_ptr<const Engine> engine) : inner(std::move(engine)) {}
    StatePtr fresh() const override { return inner->fresh(); }
    StatePtr clone(const EngineState& s) const override { return inner->clone(s); }
    bool equal(const EngineState& a, const EngineState& b) const override {
      return inner->equal(a, b);
    }
    bool exact(const EngineState& s) const override { return inner->exact(s); }
    bool live(const EngineState& s, ir::DomainId d, std::uint32_t h) const override {
      return inner->live(s, d, h);
    }
    std::vector<std::uint32_t> handles(const EngineState& s, ir::DomainId d) const override {
      return inner->handles(s, d);
    }
    Datum eval(const EngineState& s, ir::ExprId e, std::span<const Datum> l) const override {
      return inner->eval(s, e, l);
    }
    bool outcomes(const EngineState& s, ir::ActionId a, std::span<const Datum> args,
                  const std::vector<Seen>* seen, const Visitor& visit) const override {
      return ++calls <= 2 && inner->outcomes(s, a, args, seen, visit);
    }
    std::string undecided() const override { return calls > 2 ? "tired" : ""; }
    std::shared_ptr<const Engine> inner;
    mutable int calls = 0;
  };
  lock.engines = [](const ir::Module& m, const Valuation& v) -> std::shared_ptr<const Engine> {
    return std::make_shared<Tired>(interpreter_engines()(m, v));
  };
  const TraceRun run = lock.judge({testing::spawn("t1"), testing::call("read_lock", "t1"),
                                   testing::call("unlock", "t1"), testing::spawn("t2")});
  EXPECT_EQ(run.judged.judged, 2U);
  EXPECT_EQ(run.judged.not_judged, 2U);
  ASSERT_TRUE(run.judged.undecided);
  EXPECT_EQ(run.judged.undecided->line, 3U);
  EXPECT_EQ(run.judged.undecided->why, "tired");
  EXPECT_FALSE(run.judged.complete());
  EXPECT_EQ(run.judged.violations, 0U);
}

}  // namespace
}  // namespace gms::check
