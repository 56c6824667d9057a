// Looks for first differences: runs from the fresh system of which all calls but the last end alike
// in both versions. What is found was called on both; what is not found is unknown
// (checker/diff/local.h may prove that it is not there).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "checker/diff/finding.h"
#include "checker/explore/explore.h"

namespace gms::diff {

struct LookOptions {
  std::uint64_t calls = 120'000;  // of each of the two searches: one goes after states of the old
                                  // version, one of the new
  double seconds = 60;            // of CPU, of each: a stop for what `calls` does not bound
  std::uint64_t seed = 1;
};

struct LookReport {
  std::vector<Finding> findings;  // about behaviour, with shrunk witnesses
  std::uint64_t calls = 0, states = 0;
  unsigned depth = 0;
  /// State functions that were different after calls that ended alike.
  std::set<std::string> apart;
};

LookReport look(const Joint& joint, const LookOptions& options);

/// The witness, called again from the fresh system on both sides, still shows the finding: all ends
/// are those listed.
bool replays(const Joint& joint, const Witness& witness);

}  // namespace gms::diff
