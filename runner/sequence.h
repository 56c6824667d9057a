// Performs a whole vector in a process of its own.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runner/executor.h"
#include "runner/isolate.h"

namespace gms::runner {

/// Why a sequence did not come to its end.
struct Stop {
  enum class Why {
    kBroken,   // the line is no call
    kLacking,  // the host cannot make the call
    kHung,
    kDied,
  };
  Why why = Why::kBroken;
  std::size_t index = 0;  // of the line
  std::string message;
};

/// What came of one line.
struct Performed {
  Line line;    // as recorded
  Line judged;  // for a checker, if that is another one; else null
};

struct SequenceRun {
  /// As far as it came. In step with the lines but for calls of several threads at the same time,
  /// which stand in the order in which they began.
  std::vector<Performed> performed;
  /// Calls that could not be made beside others or after that, as an earlier one had failed.
  std::vector<Stop> left_out;
  std::optional<Stop> stop;
};

/// What is wrong with the lines, or else what no host is asked to do, without calling anything.
/// Later calls rest on earlier ones, so only the first is found.
std::optional<Stop> check_sequence(const std::vector<Line>& lines);

/// `patience`: for one call. `before_each` is called before each line.
SequenceRun run_sequence(const std::vector<Line>& lines, Traits traits,
                         std::chrono::milliseconds patience,
                         const std::function<void()>& before_each = {});

}  // namespace gms::runner
