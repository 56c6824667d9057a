// Quantifiers and updates that jump from run to run, against ones that visit every index.
#include <gtest/gtest.h>

#include <random>

#include "ir/build.h"
#include "ir/interp/interpreter.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::ir::interp {
namespace {

constexpr unsigned kWidth = 5;

// Makes random pointwise and less pointwise expressions over indices x, y of 5 bits.
class RandomExprs {
 public:
  explicit RandomExprs(unsigned seed) : random_(seed), m_(new_module("m", {})), b_(m_) {
    m_.index_sorts.push_back({"Page", kWidth, "", {}});
    page_ = index_type(m_, 0);
    add_state("f", {page_}, int_type(8));
    add_state("g", {page_, int_type(2)}, bool_type());
    add_state("h", {page_, page_}, optional_of(page_));
  }

  Module& module() { return m_; }
  std::size_t below(std::size_t n) { return random_() % n; }

  ExprId index(int depth) {
    if (depth == 0 || below(3) == 0) {
      if (!scope_.empty() && below(4) != 0) return b_.var(locals_, scope_[below(scope_.size())]);
      return b_.constant(page_, below(32));
    }
    switch (below(10)) {
      case 0: return b_.arith(Op::kAdd, index(depth - 1), index(depth - 1));
      case 1: return b_.arith(Op::kSub, index(depth - 1), index(depth - 1));
      case 2: return b_.arith(Op::kShr, index(depth - 1), b_.constant(page_, below(6)));
      case 3: return b_.arith(Op::kShl, index(depth - 1), b_.constant(page_, below(3)));
      case 4: return b_.arith(Op::kMul, index(depth - 1), b_.constant(page_, below(5)));
      case 5: return b_.arith(Op::kDiv, index(depth - 1), b_.constant(page_, below(5)));
      case 6: return b_.arith(Op::kRem, index(depth - 1), b_.constant(page_, below(5)));
      case 7: return b_.arith(Op::kBitAnd, index(depth - 1), b_.constant(page_, below(32)));
      case 8: return b_.unwrap(b_.read(2, {index(depth - 1), index(depth - 1)}));
      default: return b_.ite(condition(depth - 1), index(depth - 1), index(depth - 1));
    }
  }

  // Of 8 bits, signed or not: conversions are part of it.
  ExprId number(int depth, bool is_signed) {
    const Type type = int_type(8, is_signed);
    if (depth == 0 || below(3) == 0) return b_.constant(type, below(256));
    if (below(3) == 0)
      return b_.arith(Op::kSub, number(depth - 1, is_signed), number(0, is_signed));
    if (is_signed) {
      return b_.cast(
          type, b_.cast(int_type(4 + static_cast<unsigned>(below(4)), true), index(depth - 1)));
    }
    return below(2) == 0 ? b_.cast(type, index(depth - 1)) : b_.read(0, {index(depth - 1)});
  }

  ExprId condition(int depth) {
    switch (below(depth == 0 ? 5 : 10)) {
      case 0: return b_.eq(b_.read(0, {index(depth)}), b_.constant(int_type(8), below(3)));
      case 1:
        return b_.read(1, {index(depth), b_.cast(int_type(2), b_.cast(int_type(8), index(0)))});
      case 2: return b_.lt(index(depth), index(depth));
      case 3: return b_.eq(b_.read(2, {index(0), index(0)}), b_.some(index(depth)));
      case 4: {
        const bool is_signed = below(2) == 0;
        return b_.le(number(depth, is_signed), number(depth, is_signed));
      }
      case 5: return b_.both(condition(depth - 1), condition(depth - 1));
      case 6: return b_.either(condition(depth - 1), condition(depth - 1));
      case 7: return b_.negate(condition(depth - 1));
      case 8: return quantifier(depth - 1);
      default: return b_.eq(index(depth - 1), index(depth - 1));
    }
  }

  ExprId quantifier(int depth) {
    if (locals_.size() > 6) return condition(0);
    const std::size_t count = 1 + below(2);
    std::vector<Binder> binders;
    for (std::size_t i = 0; i < count; ++i) {
      Binder binder;
      binder.type = page_;
      switch (below(4)) {
        case 0: break;
        case 1: {  // a window, as the pages of a folio
          const std::size_t before = locals_.size();
          binder.lo = index(2);
          if (below(2) == 0) {
            const std::uint64_t order = below(4);
            binder.lo = b_.arith(Op::kShl, b_.arith(Op::kShr, binder.lo, b_.constant(page_, order)),
                                 b_.constant(page_, order));
          }
          // A copy would bind the variables of quantifiers twice.
          binder.hi = locals_.size() == before
                          ? b_.arith(Op::kAdd, b_.copy(binder.lo), b_.constant(page_, below(5)))
                          : index(1);
          break;
        }
        default:
          binder.lo = index(1);
          binder.hi = index(1);
          break;
      }
      binder.var = add_local(locals_, "x" + std::to_string(locals_.size()), page_);
      scope_.push_back(binder.var);
      binders.push_back(binder);
    }
    const ExprId body = condition(depth);
    ExprId result = kNoId;
    if (count == 1 && below(3) == 0) {
      scope_.resize(scope_.size() - count);
      result = b_.eq(b_.first(binders[0], body), b_.some(index(0)));
    } else {
      result = below(2) == 0 ? b_.forall(binders, body) : b_.exists(binders, body);
      scope_.resize(scope_.size() - count);
    }
    return result;
  }

  void add_invariant() {
    locals_.clear();
    scope_.clear();
    Property p;
    p.name = "p" + std::to_string(m_.properties.size());
    p.expr = quantifier(3);
    p.locals = locals_;
    m_.properties.push_back(std::move(p));
  }

  // An action with one update of f and g over a box of points.
  void add_update() {
    locals_.clear();
    scope_.clear();
    Update update;
    for (int i = 0; i < 2; ++i) {
      Binder binder;
      binder.type = i == 0 ? page_ : int_type(2);
      if (i == 0 && below(2) == 0) {
        binder.lo = b_.constant(page_, below(32));
        binder.hi = b_.constant(page_, below(32));
      }
      binder.var = add_local(locals_, i == 0 ? "p" : "b", binder.type);
      update.binders.push_back(binder);
    }
    const ExprId p = b_.var(locals_, 0), q = b_.var(locals_, 0), b = b_.var(locals_, 1);
    scope_ = {0};
    update.where = condition(2);
    const ExprId byte = number(2, false);
    const ExprId flag =
        b_.either(condition(1), b_.eq(b_.var(locals_, 1), b_.constant(int_type(2), below(4))));
    update.assigns.push_back({0, {p}, byte});
    update.assigns.push_back({1, {q, b}, flag});
    Action action;
    action.name = "a" + std::to_string(m_.actions.size());
    action.locals = locals_;
    action.body = {add_stmt(m_, std::move(update))};
    action.ok_clause = add_clause(m_, static_cast<ActionId>(m_.actions.size()), "ok", 0);
    m_.actions.push_back(std::move(action));
  }

  void fill(State& state) {
    for (int i = 0; i < 6; ++i) {
      const std::uint64_t from = below(32), last = from + below(32 - from);
      state.set(0, {}, from, last, Value::known(below(3)));
      const std::uint64_t bit = below(128);
      state.set(1, {}, bit, bit + below(128 - bit), Value::boolean(below(2) == 0));
      const std::uint64_t at = below(1024);
      state.set(2, {}, at, at + below(1024 - at),
                below(3) == 0 ? Value::none() : Value::known(below(32)));
    }
  }

 private:
  void add_state(std::string name, std::vector<Type> keys, Type type) {
    ir::State state;
    state.name = std::move(name);
    state.keys = std::move(keys);
    state.type = type;
    state.initial_none = type.optional;
    m_.states.push_back(std::move(state));
  }

  std::mt19937 random_;
  Module m_;
  ExprBuilder b_;
  Type page_;
  std::vector<Local> locals_;
  std::vector<VarId> scope_;
};

TEST(Loops, jumping_gives_what_visiting_gives) {
  int truths = 0, falsehoods = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    RandomExprs random(seed);
    for (int i = 0; i < 8; ++i)
      random.add_invariant();
    base::DiagSink sink;
    ASSERT_TRUE(verify(random.module(), sink)) << sink.sorted().front().message();
    Interpreter interpreter(random.module());
    for (int round = 0; round < 6; ++round) {
      State state = interpreter.fresh();
      if (round > 0) random.fill(state);
      for (PropertyId id = 0; id < random.module().properties.size(); ++id) {
        interpreter.visit_all(false);
        const Value fast = interpreter.holds(id, state);
        interpreter.visit_all(true);
        const Value slow = interpreter.holds(id, state);
        if (slow.is_unknown()) continue;  // too many steps
        (slow.is_true() ? truths : falsehoods)++;
        const Property& p = random.module().properties[id];
        ASSERT_EQ(fast.bits, slow.bits) << "seed " << seed << " round " << round << "\n"
                                        << print_expr(random.module(), p.locals, p.expr) << "\n"
                                        << state_text(random.module(), state);
      }
    }
  }
  EXPECT_GT(truths, 1000);
  EXPECT_GT(falsehoods, 1000);
}

TEST(Loops, updates_by_runs_are_updates_point_by_point) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    RandomExprs random(seed);
    for (int i = 0; i < 4; ++i)
      random.add_update();
    base::DiagSink sink;
    ASSERT_TRUE(verify(random.module(), sink)) << sink.sorted().front().message();
    Interpreter interpreter(random.module());
    for (int round = 0; round < 4; ++round) {
      State state = interpreter.fresh();
      random.fill(state);
      for (ActionId id = 0; id < random.module().actions.size(); ++id) {
        interpreter.visit_all(false);
        const auto fast = interpreter.outcomes(state, id, {});
        interpreter.visit_all(true);
        const auto slow = interpreter.outcomes(state, id, {});
        ASSERT_EQ(fast.size(), 1U);
        ASSERT_EQ(slow.size(), 1U);
        ASSERT_TRUE(fast[0].next == slow[0].next)
            << "seed " << seed << "\n"
            << print(random.module()) << state_text(random.module(), state) << "fast:\n"
            << state_text(random.module(), fast[0].next) << "slow:\n"
            << state_text(random.module(), slow[0].next);
        EXPECT_EQ(fast[0].next.hash(), slow[0].next.hash());
      }
    }
  }
}

}  // namespace
}  // namespace gms::ir::interp
