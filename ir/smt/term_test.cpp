#include "ir/smt/term.h"

#include <gtest/gtest.h>

#include <random>

namespace gms::ir::smt {
namespace {

constexpr Sort kBits8{SortKind::kBitVec, 8, 0};

TEST(Term, EqualTermsAreOne) {
  TermStore t;
  const TermId x = t.fresh("x", kBits8), y = t.fresh("y", kBits8);
  EXPECT_EQ(t.binary(TermOp::kAdd, x, y), t.binary(TermOp::kAdd, y, x));
  EXPECT_NE(t.binary(TermOp::kSub, x, y), t.binary(TermOp::kSub, y, x));
  EXPECT_EQ(t.eq(x, y), t.eq(y, x));
}

TEST(Term, NamesNeverClash) {
  TermStore t;
  const TermId a = t.fresh("x", kBits8), b = t.fresh("x", kBits8);
  EXPECT_NE(a, b);
  EXPECT_NE(t.symbol(t[a].symbol).name, t.symbol(t[b].symbol).name);
}

TEST(Term, ConnectivesSimplify) {
  TermStore t;
  const TermId p = t.fresh("p", {}), q = t.fresh("q", {});
  EXPECT_TRUE(t.is_false(t.conj(p, t.negate(p))));
  EXPECT_TRUE(t.is_true(t.disj({q, p, t.negate(p)})));
  EXPECT_EQ(t.conj(p, t.boolean(true)), p);
  EXPECT_EQ(t.negate(t.negate(p)), p);
  EXPECT_EQ(t.conj(t.conj(p, q), p), t.conj(p, q));
  EXPECT_EQ(t.ite(p, t.boolean(true), t.boolean(false)), p);
}

TEST(Term, ChoosingBetweenConstantsDecidesTheCondition) {
  TermStore t;
  const TermId c = t.fresh("c", {});
  const TermId pick = t.ite(c, t.bits(1, 8), t.bits(2, 8));
  EXPECT_EQ(t.eq(pick, t.bits(1, 8)), c);
  EXPECT_EQ(t.eq(pick, t.bits(2, 8)), t.negate(c));
  EXPECT_TRUE(t.is_false(t.eq(pick, t.bits(3, 8))));
}

TEST(Term, TheLesserOfTwoIsOneTerm) {
  TermStore t;
  const TermId a = t.fresh("a", kBits8), b = t.fresh("b", kBits8);
  for (const auto& [lt, le] :
       {std::pair{TermOp::kUlt, TermOp::kUle}, {TermOp::kSlt, TermOp::kSle}}) {
    const TermId least = t.ite(t.binary(lt, a, b), a, b);
    const TermId greatest = t.ite(t.binary(lt, a, b), b, a);
    EXPECT_NE(least, greatest);
    for (const TermOp op : {lt, le}) {
      EXPECT_EQ(t.ite(t.binary(op, a, b), a, b), least);
      EXPECT_EQ(t.ite(t.binary(op, b, a), b, a), least);
      EXPECT_EQ(t.ite(t.binary(op, a, b), b, a), greatest);
      EXPECT_EQ(t.ite(t.binary(op, b, a), a, b), greatest);
    }
  }
  EXPECT_NE(t.ite(t.binary(TermOp::kUlt, a, b), a, b), t.ite(t.binary(TermOp::kSlt, a, b), a, b));
  const TermId zero = t.bits(0, 8);
  EXPECT_EQ(t.ite(t.binary(TermOp::kUle, a, zero), zero, a), a);
  EXPECT_EQ(t.ite(t.binary(TermOp::kUlt, a, zero), a, zero), zero);
}

TEST(Term, ConstantsFoldAsTheLogicSays) {
  TermStore t;
  EXPECT_EQ(t[t.binary(TermOp::kUdiv, t.bits(7, 8), t.bits(0, 8))].bits, 0xffU);
  EXPECT_EQ(t[t.binary(TermOp::kUrem, t.bits(7, 8), t.bits(0, 8))].bits, 7U);
  EXPECT_EQ(t[t.binary(TermOp::kSdiv, t.bits(0x80, 8), t.bits(0xff, 8))].bits, 0x80U);
  EXPECT_EQ(t[t.binary(TermOp::kSdiv, t.bits(0xf9, 8), t.bits(2, 8))].bits, 0xfdU);
  EXPECT_EQ(t[t.binary(TermOp::kShl, t.bits(1, 8), t.bits(8, 8))].bits, 0U);
  EXPECT_EQ(t[t.binary(TermOp::kAshr, t.bits(0x80, 8), t.bits(200, 8))].bits, 0xffU);
  EXPECT_EQ(t[t.resize(t.bits(0x80, 8), 16, true)].bits, 0xff80U);
  EXPECT_EQ(t[t.resize(t.bits(0x80, 8), 16, false)].bits, 0x80U);
  EXPECT_TRUE(t.is_true(t.binary(TermOp::kSlt, t.bits(0x80, 8), t.bits(0, 8))));
  EXPECT_TRUE(t.is_false(t.binary(TermOp::kUlt, t.bits(0x80, 8), t.bits(0, 8))));
}

}  // namespace
}  // namespace gms::ir::smt
