// Makes a run that shows a difference short: fewer calls, simpler arguments, the same difference at
// its end.
#pragma once

#include <optional>
#include <vector>

#include "checker/diff/classes.h"
#include "checker/diff/twins.h"
#include "checker/explore/arg_pool.h"

namespace gms::diff {

/// A call and, unless it is the last, how both versions ended it.
struct Step {
  PairCall call;
  End chosen;
};

class Shrinker {
 public:
  explicit Shrinker(const Joint& joint);

  /// Nothing if the run does not show a difference after all.
  std::optional<Witness> shrink(const std::vector<Step>& steps);

 private:
  struct Played {
    std::vector<Step> steps;
    std::string class_name;  // of the last call
    Unlike unlike;
    std::vector<std::vector<std::uint32_t>> made;  // by call and domain: the first handle it made
  };
  /// The run without one call (or all of them), its objects renumbered.
  std::optional<Played> play(const std::vector<Step>& steps, std::size_t without,
                             const Played* original);
  static bool same_difference(const Played& a, const Played& b);
  bool drop_calls(Played& run);
  bool simplify(Played& run);

  const Joint& joint_;
  Twins twins_;
  Classes classes_;
  check::ArgPools old_pools_, new_pools_;
};

}  // namespace gms::diff
