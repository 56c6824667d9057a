#include "checker/vectors/step_book.h"

#include <gtest/gtest.h>

#include "ir/interp/interpreter.h"
#include "ir/test_atomic.h"
#include "ir/test_modules.h"

namespace gms::check {
namespace {

class Book : public ::testing::Test {
 protected:
  Book() : module(ir::testing::atomic(ir::testing::kLock)), in(module), book(module, 1) {}

  /// The call with this number as its argument.
  void note(std::uint64_t number, bool novel, const Valuation& valuation = {}) {
    const ir::interp::State before = in.fresh();
    const std::vector<Datum> args{Datum::known(number)};
    book.note({valuation, before, 0, args, novel, false, [&] {
                 check::Run run;
                 run.valuation = valuation;
                 return run;
               }});
  }

  std::size_t count_below(std::uint64_t number) const {
    std::size_t count = 0;
    for (const KnownStep& step : book.of(0))
      count += step.args[0].bits < number ? 1 : 0;
    return count;
  }

  ir::Module module;
  ir::interp::Interpreter in;
  StepBook book;
};

TEST_F(Book, KeepsWhatEndsInNewWaysBesideOthers) {
  constexpr std::uint64_t kMany = 10'000, kNovel = 100;
  for (std::uint64_t n = 0; n < kMany; ++n)
    note(kNovel + n, false);
  for (std::uint64_t n = 0; n < kNovel; ++n)
    note(n, true);
  EXPECT_EQ(count_below(kNovel), kNovel);
  const std::size_t others = book.of(0).size() - kNovel;
  EXPECT_GT(others, 0U);
  EXPECT_LT(others, kMany / 10);
}

TEST_F(Book, TheSampleIsNotOfTheFirstOnes) {
  constexpr std::uint64_t kMany = 10'000;
  for (std::uint64_t n = 0; n < kMany; ++n)
    note(n, false);
  const std::size_t early = count_below(kMany / 2);
  EXPECT_GT(early, 0U);
  EXPECT_LT(early, book.of(0).size());
}

TEST_F(Book, EachValuationHasItsOwnRoom) {
  for (std::uint64_t n = 0; n < 1000; ++n)
    note(n, false, {0});
  const std::size_t of_one = book.of(0).size();
  for (std::uint64_t n = 0; n < 1000; ++n)
    note(n, false, {1});
  EXPECT_EQ(book.of(0).size(), 2 * of_one);
}

TEST_F(Book, AStateThatMayBeAnotherIsNotKept) {
  ir::interp::State before = in.fresh();
  before.set_inexact();
  const Valuation valuation;
  const std::vector<Datum> args{Datum::known(1)};
  book.note({valuation, before, 0, args, true, false, [] { return check::Run{}; }});
  EXPECT_TRUE(book.of(0).empty());
}

}  // namespace
}  // namespace gms::check
