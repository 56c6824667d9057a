// Linearization by a just-in-time frontier. A configuration is a state together with what has taken
// effect of the calls that are pending. Configurations move on only when a call returns: then each
// has to take effect in it, after as many of the other pending ones as it takes. At the end of a
// window nothing is pending, and the states that are left are all that is kept.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "checker/conform/window.h"

namespace gms::check {

struct LinearizeOptions {
  /// Configurations at a time. Where there are more, the verdict is unknown.
  std::size_t max_configurations = 20'000;
  /// For all windows of a trace together.
  std::chrono::milliseconds time{std::chrono::minutes(10)};
  /// Leave out orders that lead to the same; off: for tests.
  bool reduce = true;
  /// First look for one order with compiled models, if there are any.
  bool guess = true;
};

std::shared_ptr<WindowJudge> make_linearizer(const LinearizeOptions& options);

}  // namespace gms::check
