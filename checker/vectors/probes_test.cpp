#include "checker/vectors/probes.h"

#include <gtest/gtest.h>

#include "ir/interp/interpreter.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"
#include "ir/verify.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

ir::Module lock() {
  return ir::testing::atomic(ir::testing::kLock);
}

TEST(Probes, MakeAWellFormedModule) {
  base::DiagSink sink;
  EXPECT_TRUE(ir::verify(with_probes(lock()).module, sink));
}

TEST(Probes, KeepWhatActionsDo) {
  const ir::Module original = lock();
  const Probed probed = with_probes(original);
  ASSERT_FALSE(probed.probes.empty());
  std::vector<bool> passed_over(probed.module.clauses.size());
  for (const Probe& probe : probed.probes)
    passed_over[probe.clause] = true;
  interp::RunOptions options;
  options.passed_over = &passed_over;
  interp::Interpreter a(original), b(probed.module);
  for (ir::ActionId action = 0; action < original.actions.size(); ++action) {
    std::vector<interp::Value> args;
    for (const ir::VarId param : original.actions[action].params)
      args.push_back(original.actions[action].locals[param].type.optional
                         ? interp::Value::none()
                         : interp::Value::known(0));
    const auto before = a.outcomes(a.fresh(), action, args);
    const auto after = b.outcomes(b.fresh(), action, args, options);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].clause, after[i].clause);
      EXPECT_EQ(before[i].next, after[i].next.with_shape(before[i].next.shape()));
    }
  }
}

/// An action f(a, b) that fails if `cond`, which speaks of two numbers and a bool.
ir::Module with_guard(const std::string& cond) {
  return ir::testing::atomic(
      "(module t) (enum Errno (ok 0) (EINVAL 22))\n"
      "(clause bad action f EINVAL) (clause ok action f ok)\n"
      "(action f (locals (a u8) (b u8) (c bool)) (params a b c)\n"
      "  (body (exit bad (if " +
      cond + "))) (end ok))\n");
}

/// The probes that fire, as "true 1", "boundary -1", in their order.
std::vector<std::string> fired(const ir::Module& module, std::uint64_t a, std::uint64_t b, bool c) {
  const Probed probed = with_probes(module);
  interp::Interpreter in(probed.module);
  std::vector<std::string> all;
  for (const interp::Outcome& outcome :
       in.outcomes(in.fresh(), 0,
                   std::vector{interp::Value::known(a), interp::Value::known(b),
                               interp::Value::boolean(c)})) {
    if (!probed.is_probe(outcome.clause)) continue;
    const Probe& probe = probed.probes[outcome.clause - probed.first_probe];
    all.push_back((probe.kind == ProbeKind::kDecides ? "decides " : "boundary ") +
                  std::to_string(probe.value));
  }
  return all;
}

TEST(Probes, AConditionThatIsOverruledDecidesNothing) {
  const ir::Module module = with_guard("(and (lt a b) c)");
  using Fired = std::vector<std::string>;
  // a < b, and c: both decide.
  EXPECT_EQ(fired(module, 1, 2, true), (Fired{"decides 1", "boundary -1", "decides 1"}));
  // c alone is in the way.
  EXPECT_EQ(fired(module, 1, 2, false), (Fired{"decides 0"}));
  // a < b alone is, at its boundary.
  EXPECT_EQ(fired(module, 2, 2, true), (Fired{"decides 0", "boundary 0"}));
  EXPECT_EQ(fired(module, 3, 2, true), (Fired{"decides 0", "boundary 1"}));
  EXPECT_EQ(fired(module, 9, 2, true), (Fired{"decides 0"}));
  // With both false neither decides.
  EXPECT_EQ(fired(module, 2, 2, false), Fired{});
}

}  // namespace
}  // namespace gms::check
