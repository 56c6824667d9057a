// Calls that overlap in time are judged together, as a window: from the first instant at which
// something is pending to the next at which nothing is. The judge cuts a trace into windows;
// checker/linearize looks for orders in which their calls can have taken effect.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/conform/event_run.h"

namespace gms::check {

class EventTable;
struct JudgeOptions;
struct TraceInput;
struct TraceRun;

/// One call of an event at the place where it took effect.
struct Placed {
  std::uint32_t event = 0;  // index into the window
  ir::ClauseId clause = ir::kNoId;
};

/// Why a range operation is called torn: each of two parts of the history can be ordered, the whole
/// cannot.
struct Torn {
  std::string one, other;            // the two places, as "page=3"
  std::vector<std::uint32_t> cycle;  // events, each of which has to come before the next
};

/// An event of a window that cannot be placed.
struct Stuck {
  std::uint32_t event = 0;  // index into the window
  Mismatch mismatch;        // what the configurations that remained allowed
  bool exact = true;
  std::vector<Placed> longest;      // an order that explains most of what has returned by then
  std::size_t configurations = 0;   // that remained: an order of some calls, and its state
  std::vector<std::uint32_t> core;  // events that alone fail in the same way, ascending
  std::optional<Torn> torn;
};

struct WindowResult {
  std::optional<base::Diagnostic> problem;  // an event cannot be judged
  std::uint32_t problem_event = 0;
  std::string undecided;  // not empty: why no verdict was reached, for `undecided_event`
  std::uint32_t undecided_event = 0;
  std::vector<Stuck> stuck;   // in the order of their ends; after each the nearest was assumed
  std::vector<Placed> order;  // one that explains the window
  std::size_t peak = 0;       // configurations at a time
  bool conforms() const { return !problem && undecided.empty() && stuck.empty(); }
};

/// What an event is to the order of memory accesses. Other ones are system calls.
enum class Access : std::uint8_t { kOther, kLoad, kStore };

/// An event of a window with its interval, both ends included.
struct WindowEvent {
  const Decoded* event = nullptr;
  std::uint64_t begin = 0, end = 0;
  Access access = Access::kOther;
  std::uint64_t returned = 0;  // before `end` for a store that may become visible later
};

class WindowJudge {
 public:
  virtual ~WindowJudge() = default;
  /// Replaces `worlds` (not empty) by those after the window. `window` is sorted by begin.
  virtual WindowResult run(EventRunner& runner, const Engine& engine,
                           std::span<const WindowEvent> window, std::vector<World>& worlds) = 0;

  /// The trace as a whole: whether some order of its calls can be found with compiled models alone.
  /// `run` is what is known of it up to the first call that overlaps another. If an order is found
  /// the run becomes that of a trace that conforms. False, and the run as it was: nothing is known.
  virtual bool find_one_order(const TraceInput& input, const EventTable& table,
                              const JudgeOptions& options, TraceRun& run) = 0;
};

}  // namespace gms::check
