#include "model/runtime/cursor.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

#include "model/runtime/function.h"

namespace gms::model {
namespace {

struct ThingTag;
using Thing = Handle<ThingTag>;
using Base = StateBase<ThingTag>;

/// A predicate of an index, once asked with a cursor and once with a number.
using Pred = std::function<bool(Cursor)>;

TEST(Cursor, StretchesNeverHideAChange) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    Base base;
    const Thing thing = base.create<Thing>();
    Function<Base, std::uint8_t, Thing, Bits<8>> a(base, 0);
    Function<Base, std::uint8_t, Thing, Bits<8>, Bits<4>> b(base, 0);
    for (int i = 0; i < 12; ++i) {
      const std::uint64_t at = random() % 256, end = at + random() % (256 - at);
      a.at(thing, Stretch{at, end}) = static_cast<std::uint8_t>(random() % 3);
      b.at(thing, at, Stretch{random() % 16, 15}) = static_cast<std::uint8_t>(random() % 3);
      if (random() % 2 == 0) b.at(thing, Stretch{at, end}, whole(4)) = 1;
    }
    const std::uint64_t c = random() % 256, d = random() % 16, k = random() % 4;
    const std::vector<Pred> preds = {
        [&](Cursor p) { return a(thing, p) == 1; },
        [&](Cursor p) { return a(thing, wrap<8>(p + c)) == 1; },
        [&](Cursor p) { return a(thing, wrap<8>(p - c)) == 1; },
        [&](Cursor p) { return b(thing, p, d) == 1; },
        [&](Cursor p) { return p < c || p == c + 3; },
        [&](Cursor p) { return c <= p && a(thing, p) != 0; },
        [&](Cursor p) { return a(thing, shl(shr(p, k), k)) == 1; },
        [&](Cursor p) { return shr(p, k) == c / 4; },
        [&](Cursor p) { return a(thing, wrap<8>(shl(shr(p + d, k), k) + 2)) == 1; },
        [&](Cursor p) { return shr(shl(p, k), 2) < c && a(thing, wrap<8>(shl(p, k))) == 1; },
        [&](Cursor p) { return shl(shr(p, k), k) == p; },
        [&](Cursor p) { return shr(shr(p, k), 1) <= shr(p, 2); },
        [&](Cursor p) {
          const Cursor start = shl(shr(p, k), k);
          return some(stretch(start, start + (1 << k)),
                      [&](Cursor q) { return a(thing, wrap<8>(q)) == 2; });
        },
        [&](Cursor p) { return p * 3 % 7 == 2; },
        [&](Cursor p) { return some(whole(4), [&](Cursor q) { return b(thing, p, q) == 2; }); },
        [&](Cursor p) {
          return all(stretch(0, 16), [&](Cursor q) { return b(thing, p, q) != 2; });
        },
        [&](Cursor p) {
          return some(whole(4), [&](Cursor q) { return p == q || a(thing, q) == 1; });
        },
        [&](Cursor p) {
          return some(whole(4), [&](Cursor q) { return q < p && b(thing, p, q) == 1; });
        },
        [&](Cursor p) {
          return some(stretch(p, p + 2), [&](Cursor q) { return a(thing, wrap<8>(q)) == 2; });
        },
    };
    for (std::size_t n = 0; n < preds.size(); ++n) {
      std::vector<bool> truth;
      for (std::uint64_t i = 0; i < 256; ++i) {
        Stretch one{i, i};
        truth.push_back(preds[n](Cursor(i, &one)));
      }
      std::uint64_t next = 0;
      for_each_stretch(whole(8), [&](Cursor p) {
        const bool value = preds[n](p);
        const Stretch covered = p.covered();
        EXPECT_EQ(covered.first, next);
        for (std::uint64_t i = covered.first; i <= covered.last; ++i)
          EXPECT_EQ(truth[i], value) << "predicate " << n << " at " << i;
        next = covered.last + 1;
      });
      EXPECT_EQ(next, 256u);
      ASSERT_FALSE(HasFailure()) << "round " << round << ", predicate " << n;
    }
  }
}

TEST(Cursor, ALargeRangeCostsItsRuns) {
  Base base;
  const Thing thing = base.create<Thing>();
  Function<Base, bool, Thing, Bits<52>> f(base, false);
  f.at(thing, Stretch{1000, 1u << 30}) = true;
  int asked = 0;
  const auto found = first(stretch(0, std::uint64_t{1} << 51), [&](Cursor p) {
    ++asked;
    return 2000 <= p && f(thing, p);
  });
  EXPECT_EQ(found, Optional<std::uint64_t>(2000));
  EXPECT_LE(asked, 6);
  // Folios of four pages are looked at as wholes.
  int folios = 0;
  EXPECT_TRUE(all(stretch(std::uint64_t{1} << 31, std::uint64_t{1} << 51), [&](Cursor p) {
    ++folios;
    const Cursor start = wrap<52>(shl(shr(p, 2), 2));
    return all(stretch(start, wrap<52>(start + 4)), [&](Cursor q) { return !f(thing, q); });
  }));
  EXPECT_LE(folios, 3);
  EXPECT_TRUE(all(whole(64), [&](Cursor p) { return p < 5 || !(p == 3); }));
}

TEST(Cursor, EmptyRangesAndTheLastIndex) {
  EXPECT_TRUE(all(stretch(5, 5), [](Cursor) { return false; }));
  EXPECT_FALSE(some(stretch(7, 5), [](Cursor) { return true; }));
  EXPECT_EQ(first(whole(64), [](Cursor p) { return p == ~std::uint64_t{0}; }),
            Optional<std::uint64_t>(~std::uint64_t{0}));
}

}  // namespace
}  // namespace gms::model
