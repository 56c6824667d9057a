// The range map against what one would use instead: a std::map of boundaries, and one bit a page.
// A million assignments over 2^28 pages for each shape; the answer is checked to be the same.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <random>
#include <vector>

#include "model/runtime/range_map.h"

namespace {

constexpr std::uint64_t kPages = std::uint64_t{1} << 28;
constexpr std::size_t kOperations = 1'000'000;

struct Operation {
  std::uint64_t lo, hi;
  bool value;
};
enum Shape : int { kShort, kMixed, kAligned };

std::vector<Operation> make_operations(int shape) {
  std::mt19937_64 random(20'240'601u + static_cast<unsigned>(shape));
  std::vector<Operation> result;
  result.reserve(kOperations);
  for (std::size_t i = 0; i < kOperations; ++i) {
    std::uint64_t lo = 0, length = 0;
    switch (shape) {
      case kShort:  // 1..512 pages anywhere
        lo = random() % kPages;
        length = 1 + random() % 512;
        break;
      case kMixed:  // 1..2^20 pages, as many of each magnitude
        lo = random() % kPages;
        length = 1 + random() % (std::uint64_t{1} << random() % 21);
        break;
      default:  // up to 64 aligned blocks of 512 pages
        lo = random() % (kPages / 512) * 512;
        length = (1 + random() % 64) * 512;
        break;
    }
    result.push_back({lo, std::min(kPages, lo + length), (random() & 1) != 0});
  }
  return result;
}

const std::vector<Operation>& operations(int shape) {
  static const std::vector<Operation> all[] = {make_operations(kShort), make_operations(kMixed),
                                               make_operations(kAligned)};
  return all[shape];
}

class Runs {
 public:
  void set_range(std::uint64_t lo, std::uint64_t hi, bool value) { map_.set_range(lo, hi, value); }
  std::uint64_t count() const {
    std::uint64_t pages = 0;
    map_.for_each_run(0, kPages, [&](std::uint64_t lo, std::uint64_t hi, bool value) {
      pages += value ? hi - lo : 0;
    });
    return pages;
  }
  std::size_t runs() const { return map_.run_count(); }
  std::size_t memory() const { return map_.memory(); }

 private:
  gms::model::RangeMap<bool> map_;
};

/// As Runs, with every change recorded and, now and then, the records dropped.
class JournaledRuns {
 public:
  void set_range(std::uint64_t lo, std::uint64_t hi, bool value) {
    map_.set_range(lo, hi, value, &journal_);
    if (journal_.mark() > 4096) journal_.clear();
  }
  std::uint64_t count() const {
    std::uint64_t pages = 0;
    map_.for_each_run(0, kPages, [&](std::uint64_t lo, std::uint64_t hi, bool value) {
      pages += value ? hi - lo : 0;
    });
    return pages;
  }
  std::size_t runs() const { return map_.run_count(); }
  std::size_t memory() const { return map_.memory(); }

 private:
  gms::model::RangeMap<bool> map_;
  gms::model::Journal journal_;
};

class Boundaries {
 public:
  Boundaries() { map_[0] = false; }
  void set_range(std::uint64_t lo, std::uint64_t hi, bool value) {
    auto end = map_.upper_bound(hi);
    const bool after = std::prev(end)->second;
    auto from = map_.lower_bound(lo);
    const bool joined = from != map_.begin() && std::prev(from)->second == value;
    from = map_.erase(from, end);
    if (after != value) from = map_.emplace_hint(from, hi, after);
    if (!joined) map_.emplace_hint(from, lo, value);
  }
  std::uint64_t count() const {
    std::uint64_t pages = 0;
    for (auto at = map_.begin(); at != map_.end(); ++at) {
      const auto next = std::next(at);
      if (at->second) pages += (next == map_.end() ? kPages : next->first) - at->first;
    }
    return pages;
  }
  std::size_t runs() const { return map_.size(); }
  std::size_t memory() const { return map_.size() * 64; }  // a node as glibc allocates it

 private:
  std::map<std::uint64_t, bool> map_;
};

class Bitmap {
 public:
  void set_range(std::uint64_t lo, std::uint64_t hi, bool value) {
    const std::uint64_t first = lo / 64, last = (hi - 1) / 64;
    const std::uint64_t head = ~std::uint64_t{0} << lo % 64;
    const std::uint64_t tail = ~std::uint64_t{0} >> (63 - (hi - 1) % 64);
    if (first == last) return put(first, head & tail, value);
    put(first, head, value);
    std::fill(words_.begin() + static_cast<std::ptrdiff_t>(first) + 1,
              words_.begin() + static_cast<std::ptrdiff_t>(last), value ? ~std::uint64_t{0} : 0);
    put(last, tail, value);
  }
  std::uint64_t count() const {
    std::uint64_t pages = 0;
    for (const std::uint64_t word : words_) {
      pages += static_cast<std::uint64_t>(__builtin_popcountll(word));
    }
    return pages;
  }
  std::size_t runs() const { return 0; }
  std::size_t memory() const { return words_.size() * 8; }

 private:
  void put(std::uint64_t word, std::uint64_t mask, bool value) {
    words_[word] = value ? words_[word] | mask : words_[word] & ~mask;
  }
  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(kPages / 64, 0);
};

template <class Structure>
void assign(benchmark::State& state) {
  const int shape = static_cast<int>(state.range(0));
  const auto& all = operations(shape);
  std::uint64_t pages = 0;
  std::size_t runs = 0, memory = 0;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    {
      Structure structure;
      state.ResumeTiming();
      for (const Operation& op : all)
        structure.set_range(op.lo, op.hi, op.value);
      state.PauseTiming();
      pages = structure.count();
      runs = structure.runs();
      memory = structure.memory();
    }
    state.ResumeTiming();
  }
  static std::uint64_t expected[3] = {};
  if (expected[shape] == 0) expected[shape] = pages;
  if (expected[shape] != pages) state.SkipWithError("a different set of pages");
  state.counters["per_op"] = benchmark::Counter(
      static_cast<double>(kOperations),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["runs"] = static_cast<double>(runs);
  state.counters["MB"] = static_cast<double>(memory) * 1e-6;
}

#define GMS_SHAPES ->ArgName("shape")->Arg(kShort)->Arg(kMixed)->Arg(kAligned)
BENCHMARK(assign<Runs>) GMS_SHAPES->Unit(benchmark::kMillisecond);
BENCHMARK(assign<JournaledRuns>) GMS_SHAPES->Unit(benchmark::kMillisecond);
BENCHMARK(assign<Boundaries>) GMS_SHAPES->Unit(benchmark::kMillisecond);
BENCHMARK(assign<Bitmap>) GMS_SHAPES->Unit(benchmark::kMillisecond);

/// Look-ups in a map of so many runs.
void get(benchmark::State& state) {
  const auto runs = static_cast<std::uint64_t>(state.range(0));
  gms::model::RangeMap<std::uint8_t> map;
  for (std::uint64_t i = 1; i < runs; ++i)
    map.set_range(i * 1000, kPages, i % 2 != 0 ? 1 : 0);
  std::mt19937_64 random(3);
  std::vector<std::uint64_t> at(4096);
  for (auto& index : at)
    index = random() % (runs * 1000);
  std::size_t i = 0;
  unsigned sum = 0;
  for ([[maybe_unused]] auto _ : state)
    sum += map.get(at[i++ % 4096]);
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(get)
    ->ArgName("runs")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->Arg(16)
    ->Arg(100)
    ->Arg(10'000)
    ->Arg(600'000);

/// Assignments to a map that stays inline.
void set_small(benchmark::State& state) {
  gms::model::RangeMap<std::uint8_t> map;
  std::mt19937_64 random(3);
  std::vector<Operation> all(4096);
  for (auto& op : all) {
    op.lo = random() % 8;
    op.hi = op.lo + 1 + random() % 4;
    op.value = (random() & 1) != 0;
  }
  std::size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    const Operation& op = all[i++ % 4096];
    map.set_range(op.lo, std::min<std::uint64_t>(op.hi, 7), op.value ? 1 : 0);
  }
  benchmark::DoNotOptimize(map.run_count());
}
BENCHMARK(set_small);

}  // namespace

BENCHMARK_MAIN();
