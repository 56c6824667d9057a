// The solver's formulas against the interpreter. GMS_SEED and GMS_CASES choose another run.
#include "checker/prove/differential_run.h"

#include <gtest/gtest.h>

#include <iostream>

#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

void compare(std::string_view text, std::size_t cases, std::size_t walk) {
  base::DiagSink sink;
  const auto module = ir::parse(text, base::kNoFile, sink);
  ASSERT_TRUE(module.has_value());
  const ir::Module m = ir::to_atomic(*module);
  const std::uint64_t seed = seed_from_environment(1);
  const DifferentialRun run = run_differential(m, seed, cases_from_environment(cases), walk, 0);
  std::cout << m.name << ": seed " << seed << ", " << run.compared << " calls compared, "
            << run.undecided << " undecided, " << run.skipped << " skipped, " << run.outcomes
            << " outcomes, " << run.queries << " queries, " << run.clauses_met() << " of "
            << m.clauses.size() << " clauses\n";
  for (const std::string& d : run.disagreements)
    ADD_FAILURE() << d;
  for (const std::string& r : run.reasons)
    std::cout << "undecided: " << r << '\n';
  EXPECT_GT(run.compared, cases / 2);
}

/// References to handles that are gone, or that never were: what is read there is initial, and
/// writing changes nothing.
constexpr std::string_view kDangling = R"gir(
(module dangling)
(enum Errno (ok 0) (EPERM 1) (EINVAL 22))
(domain Node)
(index Page 52)
(state last () Node? none)
(state next (Node) Node? none)
(state mark (Node Page) u8 7)
(state flag (Node) bool false)
(clause ok action make ok)
(clause ok action link ok)
(clause ok action drop ok)
(clause marked action poke EPERM)
(clause ok action poke ok)
(clause ok action peek ok)
(clause none_live action any_flag EINVAL)
(clause ok action any_flag ok)
(action make (locals (n Node)) (outputs n)
  (body (create n) (update (put [last] (some n)))) (end ok))
(action link (locals (a Node) (b Node?)) (params a b)
  (body (update (put [next a] b))) (end ok))
(action drop (locals (a Node)) (params a) (body (destroy a)) (end ok))
(action poke (locals (a Node?) (lo Page) (hi Page) (p Page)) (params a lo hi)
  (body
    (update (put [flag (unwrap [next (unwrap a)])] true))
    (update (for ((p lo hi))) (put [mark (unwrap [last]) p] (add [mark (unwrap a) p] 1:u8)))
    (exit marked (if (eq [mark (unwrap a) lo] 8:u8))))
  (end ok))
(action peek (locals (a Node?) (p Page) (v u8) (f bool) (n Node?)) (params a p) (outputs v f n)
  (body
    (set v [mark (unwrap [next (unwrap a)]) p])
    (set f [flag (unwrap [last])])
    (set n [next (unwrap [next (unwrap a)])]))
  (end ok))
(action any_flag (locals (n Node) (v bool)) (outputs v)
  (body
    (set v [flag (unwrap [last])])
    (exit none_live (if (not (exists ((n)) [flag n])))))
  (end ok))
)gir";

TEST(Differential, Lock) {
  compare(ir::testing::kLock, 1500, 30);
}
TEST(Differential, Dangling) {
  compare(kDangling, 1500, 30);
}
TEST(Differential, Pages) {
  compare(ir::testing::kPages, 1000, 25);
}

}  // namespace
}  // namespace gms::check
