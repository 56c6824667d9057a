#include "ir/smt/expressions.h"

#include <gtest/gtest.h>

#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::ir::smt {
namespace {

// Two properties that share a part, and one that differs from it in a constant.
constexpr std::string_view kShared = R"gir(
(module shared (doc ""))
(enum Errno (ok 0))
(domain Thread)
(state holder () Thread? none)
(state waits (Thread) bool false)
(state turn (Thread) u8 0)
(property first invariant (locals (a Thread) (b Thread))
  (that (forall ((a)) (implies (exists ((b)) (and [waits b] (eq [turn b] 1:u8))) [waits a]))))
(property second invariant (locals (a Thread) (b Thread))
  (that (forall ((a)) (or (exists ((b)) (and [waits b] (eq [turn b] 1:u8))) (eq [turn a] 0:u8)))))
(property third invariant (locals (a Thread) (b Thread))
  (that (forall ((a)) (or (exists ((b)) (and [waits b] (eq [turn b] 2:u8))) (eq [turn a] 0:u8)))))
)gir";

class ExpressionsTest : public ::testing::Test {
 protected:
  ExpressionsTest() {
    base::DiagSink sink;
    auto module = parse(kShared, base::kNoFile, sink);
    EXPECT_TRUE(module.has_value());
    m = std::move(*module);
  }
  /// The part below the outer quantifier and its connective.
  ExprId exists_of(std::size_t property) const {
    const Expr& all = m.exprs[m.properties[property].expr];
    return m.exprs[all.args[0]].args[0];
  }
  Module m;
};

TEST_F(ExpressionsTest, WhatReadsTheSameHasOneRepresentative) {
  Expressions expressions(m);
  ASSERT_EQ(m.exprs[exists_of(0)].op, Op::kExists);
  EXPECT_NE(exists_of(0), exists_of(1));
  EXPECT_EQ(expressions.representative(exists_of(0)), exists_of(0));
  EXPECT_EQ(expressions.representative(exists_of(1)), exists_of(0));
  EXPECT_NE(expressions.representative(exists_of(2)), exists_of(0)) << "another constant";
  EXPECT_NE(expressions.representative(m.properties[0].expr),
            expressions.representative(m.properties[1].expr));
  EXPECT_EQ(expressions.representative(kNoId), kNoId);
}

TEST_F(ExpressionsTest, BoundVariablesAreNotFree) {
  Expressions expressions(m);
  EXPECT_TRUE(expressions.free_variables(m.properties[0].expr).empty());
  const ExprId body = m.exprs[m.properties[0].expr].args[0];
  EXPECT_EQ(expressions.free_variables(body), std::vector<VarId>{0});
  EXPECT_TRUE(expressions.free_variables(exists_of(0)).empty());
}

TEST_F(ExpressionsTest, ReadsTellWhereBindersMayBe) {
  Expressions expressions(m);
  const Expr& exists = m.exprs[exists_of(0)];
  const auto& patterns = expressions.patterns(exists.args[0], m.binder_lists[exists.binders]);
  ASSERT_EQ(patterns.size(), 2U);  // waits and turn, both at the binder
  for (const Expressions::Pattern& p : patterns)
    EXPECT_EQ(p.binder_of_key, std::vector<int>{0});
}

}  // namespace
}  // namespace gms::ir::smt
