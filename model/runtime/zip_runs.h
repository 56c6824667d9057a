// A walk over several range maps at once, by stretches on which all of them are constant: how a
// test or a pointwise update that reads more than one state function of a page costs what the runs
// cost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "model/runtime/range_map.h"

namespace gms::model {

/// Calls fn(lo, hi, values...) for each stretch of lo..hi, half open, ascending, with the maps'
/// values on it. If fn returns a bool, false stops the walk; then the result is false, else true.
///
/// fn may change the maps within the stretch that it was given: what it is given later are still
/// the values from before, so `a[p], b[p] = f(a[p], b[p]), g(a[p], b[p])` is one simultaneous
/// update.
template <class Fn, class... V>
bool for_each_common_run(std::uint64_t lo, std::uint64_t hi, Fn&& fn, const RangeMap<V>&... maps) {
  static_assert(sizeof...(V) > 0);
  if (lo >= hi) return true;
  std::tuple<typename RangeMap<V>::Run...> runs(maps.run_at(lo)...);
  for (;;) {
    const std::uint64_t last = std::apply(
        [&](const auto&... run) {
          return std::min({hi - 1, run.last...});
        },
        runs);
    const auto call = [&](const auto&... run) {
      return fn(lo, last + 1, std::as_const(run.value)...);
    };
    if constexpr (std::is_void_v<decltype(std::apply(call, runs))>) {
      std::apply(call, runs);
    } else {
      if (!std::apply(call, runs)) return false;
    }
    if (last == hi - 1) return true;
    lo = last + 1;
    // A run that goes on keeps its value even if fn has changed its beginning.
    [&]<std::size_t... kIndex>(std::index_sequence<kIndex...>) {
      ((std::get<kIndex>(runs).last < lo ? void(std::get<kIndex>(runs) = maps.run_at(lo)) : void()),
       ...);
    }
    (std::index_sequence_for<V...>());
  }
}

}  // namespace gms::model
