// Cells alone, and a small state of nested ones that is changed at random, copied and rolled back.
#include "model/runtime/cells.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model/runtime/range_map.h"

namespace gms::model {
namespace {

struct Process;
struct Mapping;

TEST(Global, SetsAndRollsBack) {
  Global<int> x(4);
  Journal journal;
  x.set(5, &journal);
  x.set(5, &journal);
  EXPECT_EQ(x.get(), 5);
  EXPECT_NE(x, Global<int>(4));
  journal.rollback();
  EXPECT_EQ(x, Global<int>(4));
}

TEST(PerHandle, AbsentCellsReadAsInitialAndAreEqualToWrittenOnes) {
  PerHandle<int> a(7), b(7);
  const HandleId far{100'000, 1};
  EXPECT_EQ(a[far], 7);
  b.set(far, 7);
  b.set({0, 1}, 1);
  b.set({0, 1}, 7);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.hash(), b.hash());
  b.set(far, 8);
  EXPECT_NE(a, b);
  EXPECT_NE(b, a);
  EXPECT_NE(a.hash(), b.hash());
  std::vector<std::pair<std::uint32_t, int>> written;
  b.for_each_written([&](std::uint32_t slot, int value) { written.emplace_back(slot, value); });
  EXPECT_EQ(written, (std::vector<std::pair<std::uint32_t, int>>{{100'000, 8}}));
  EXPECT_NE(PerHandle<int>(1), PerHandle<int>(2));
}

TEST(PerHandle, CellsStayWhereTheyAre) {
  PerHandle<RangeMap<bool>> map;
  RangeMap<bool>* first = &map.at({0, 1});
  for (std::uint32_t slot = 0; slot < 1000; ++slot)
    map.at({slot, 1});
  EXPECT_EQ(first, &map.at({0, 1}));
}

TEST(ByKey, SortedSmallMap) {
  ByKey<std::uint8_t> map(9);
  EXPECT_EQ(map[5], 9);
  map.set(5, 1);
  map.set(3, 2);
  map.set(~std::uint64_t{0}, 3);
  EXPECT_EQ(map[5], 1);
  EXPECT_EQ(map[4], 9);
  EXPECT_EQ(map[~std::uint64_t{0}], 3);
  std::vector<std::uint64_t> keys;
  map.for_each_written([&](std::uint64_t key, std::uint8_t) { keys.push_back(key); });
  EXPECT_EQ(keys, (std::vector<std::uint64_t>{3, 5, ~std::uint64_t{0}}));
  ByKey<std::uint8_t> copy = map;
  EXPECT_EQ(copy, map);
  copy.set(5, 9);
  EXPECT_NE(copy, map);
  EXPECT_NE(map, copy);
  EXPECT_NE(copy.hash(), map.hash());
  Journal journal;
  map.set(5, 9, &journal);
  map.set(6, 4, &journal);
  EXPECT_NE(copy, map);
  journal.rollback();
  map.set(5, 9);
  EXPECT_EQ(copy, map);
  EXPECT_EQ(copy.hash(), map.hash());
}

TEST(ByKey, SignedAndEnumKeys) {
  ByKey<int, std::int32_t> map;
  map.set(-1, 1);
  map.set(1, 2);
  EXPECT_EQ(map[-1], 1);
  enum class Cpu : std::uint8_t { kA, kB };
  ByKey<int, Cpu> cpus(3);
  cpus.set(Cpu::kB, 4);
  EXPECT_EQ(cpus[Cpu::kA], 3);
  EXPECT_EQ(cpus[Cpu::kB], 4);
}

TEST(Cells, NestedContainersWork) {
  PerHandle<ByKey<RangeMap<std::uint8_t>>> map;
  Journal journal;
  const HandleId id{2, 1};
  map.at(id).at(77).set_range(3, 9, 1, &journal);
  EXPECT_EQ(map[id][77][5], 1);
  EXPECT_EQ(map[id][76][5], 0);
  map.recycle(id, &journal);
  EXPECT_EQ(map[id][77][5], 0);
  journal.rollback();
  EXPECT_EQ(map, (PerHandle<ByKey<RangeMap<std::uint8_t>>>()));
}

/// The shape of a generated model's state.
struct State {
  HandleTable<Process> processes;
  HandleTable<Mapping> mappings;
  Global<std::uint32_t> clock;
  PerHandle<Handle<Process>> owner;
  PerHandle<RangeMap<std::uint8_t>> contents;
  PerHandle<PerHandle<RangeMap<bool>>> mapped;
  PerHandle<ByKey<std::uint16_t>> counters;

  void destroy(Handle<Mapping> id, Journal* journal) {
    owner.recycle(id, journal);
    contents.recycle(id, journal);
    for (const auto process : processes)
      mapped.at(process).recycle(id, journal);
    mappings.destroy(id, journal);
  }
  void destroy(Handle<Process> id, Journal* journal) {
    mapped.recycle(id, journal);
    counters.recycle(id, journal);
    processes.destroy(id, journal);
  }

  std::uint64_t hash() const {
    return Hasher()
        .add(processes)
        .add(mappings)
        .add(clock)
        .add(owner)
        .add(contents)
        .add(mapped)
        .add(counters)
        .finish();
  }
  friend bool operator==(const State&, const State&) = default;
};

class RandomSteps {
 public:
  explicit RandomSteps(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t n) { return random_() % n; }

  void step(State& state, Journal* journal) {
    const auto mapping = pick(state.mappings);
    const auto process = pick(state.processes);
    const std::uint64_t lo = below(200), hi = lo + below(30);
    switch (below(12)) {
      case 0: state.processes.create(journal); break;
      case 1:
      case 2: {
        const auto id = state.mappings.create(journal);
        state.owner.set(id, process, journal);
        break;
      }
      case 3:
        if (!mapping.is_none()) state.destroy(mapping, journal);
        break;
      case 4:
        if (!process.is_none() && below(3) == 0) state.destroy(process, journal);
        break;
      case 5: state.clock.set(static_cast<std::uint32_t>(below(5)), journal); break;
      case 6:
        if (!process.is_none()) {
          state.counters.at(process).set(below(6), static_cast<std::uint16_t>(below(3)), journal);
        }
        break;
      case 7:
      case 8:
        if (!mapping.is_none()) {
          state.contents.at(mapping).set_range(lo, hi, static_cast<std::uint8_t>(below(4)),
                                               journal);
        }
        break;
      default:
        if (!mapping.is_none() && !process.is_none()) {
          state.mapped.at(process).at(mapping).set_range(lo, hi, below(2) == 0, journal);
        }
        break;
    }
  }

 private:
  template <class D>
  Handle<D> pick(const HandleTable<D>& table) {
    if (table.empty()) return {};
    auto at = table.begin();
    for (std::uint64_t skip = below(table.size()); skip > 0; --skip)
      ++at;
    return *at;
  }

  std::mt19937_64 random_;
};

TEST(Cells, AStateRollsBackThroughNestedAttempts) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomSteps steps(seed);
  State state;
  Journal journal;
  for (int round = 0; round < 300; ++round) {
    const State before = state;
    {
      const Attempt outer(journal);
      for (int i = 0; i < 20; ++i)
        steps.step(state, &journal);
      const State middle = state;
      {
        const Attempt inner(journal);
        for (int i = 0; i < 40; ++i)
          steps.step(state, &journal);
      }
      ASSERT_EQ(state, middle) << "round " << round;
      ASSERT_EQ(state.hash(), middle.hash());
      for (int i = 0; i < 20; ++i)
        steps.step(state, &journal);
    }
    ASSERT_EQ(state, before) << "round " << round;
    ASSERT_EQ(state.hash(), before.hash());
    for (int i = 0; i < 5; ++i)
      steps.step(state, nullptr);
    if (round % 3 == 0) {  // a step that is kept
      for (int i = 0; i < 5; ++i)
        steps.step(state, &journal);
      journal.clear();
    }
  }
}

TEST(Cells, WithAndWithoutAJournalAreTheSame) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomSteps a(seed), b(seed);
    State plain, journaled;
    Journal journal;
    for (int i = 0; i < 500; ++i) {
      a.step(plain, nullptr);
      b.step(journaled, &journal);
    }
    ASSERT_EQ(plain, journaled) << "seed " << seed;
    ASSERT_EQ(plain.hash(), journaled.hash()) << "seed " << seed;
    journal.rollback();
    ASSERT_EQ(journaled, State());
    ASSERT_EQ(journaled.hash(), State().hash());
  }
}

TEST(Cells, ARecycledSlotShowsNothingOfItsFormerOwner) {
  State state;
  const auto process = state.processes.create();
  const auto first = state.mappings.create();
  state.mapped.at(process).at(first).set_range(0, 10, true);
  state.contents.at(first).set(3, 3);
  state.destroy(first, nullptr);
  const auto second = state.mappings.create();
  ASSERT_EQ(second.slot, first.slot);
  EXPECT_FALSE(state.mapped[process][second][5]);
  EXPECT_EQ(state.contents[second], RangeMap<std::uint8_t>());
  EXPECT_TRUE(state.owner[second].is_none());
}

}  // namespace
}  // namespace gms::model
