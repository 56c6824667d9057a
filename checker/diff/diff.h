// Compares two specs by what callers can see.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checker/diff/couple.h"
#include "checker/diff/finding.h"
#include "checker/diff/look.h"
#include "checker/diff/overlaps.h"

namespace gms::diff {

/// One side. `steps` is the spec as it was compiled, `atomic` its atomic reading (ir/atomic.h).
struct Version {
  const ir::Module* steps = nullptr;
  const ir::Module* atomic = nullptr;
  check::Valuation values;
};

struct DiffOptions {
  LookOptions look;
  bool look_always = false;  // also where both do the same to the letter
  bool prove = true;
  unsigned milliseconds = 5000;     // for one question to the solver
  std::uint64_t overlap_steps = 0;  // of calls that overlap, where steps or locks differ
  std::function<void(const std::string&)> progress;
};

struct ActionVerdict {
  std::string name;
  Same same = Same::kUnknown;
  std::string reason;       // of kUnknown
  bool same_steps = false;  // steps and locks are the same up to names
};

struct DiffReport {
  Joint joint;
  std::vector<Finding> findings;          // the worst first
  std::vector<ActionVerdict> actions;     // that both versions have
  std::vector<std::string> not_compared;  // actions that one side lacks, or declares otherwise
  std::set<std::string> apart;            // state functions that may differ between coupled states
  bool coupled = true;
  std::uint64_t calls = 0, states = 0;  // of the search; 0: none was needed
  unsigned depth = 0;
  std::size_t queries = 0;
  std::uint64_t steps = 0;  // looked at of calls that overlap, in the new version
  double look_seconds = 0, prove_seconds = 0;  // on the clock

  /// The worst level of what is not waived.
  Level level() const;
  /// No other call than those with findings differs for callers that make one call after the other.
  /// A call that differs may do so in more ways than were found.
  bool sequential() const;
  /// The same for overlapping calls.
  bool concurrent() const;
};

DiffReport diff(const Version& old, const Version& now, const DiffOptions& options);

}  // namespace gms::diff
