// Judges a trace by a compiled model and by the interpreter, event by event, and compares.
#pragma once

#include <cstdint>
#include <string>

#include "checker/conform/event_table.h"
#include "checker/conform/trace_run.h"
#include "checker/conform/valuation.h"
#include "model/runtime/engine.h"

namespace gms::check {

struct TraceTwin {
  std::uint64_t conform = 0;   // events that both accept
  std::uint64_t refused = 0;   // that both refuse: 0 or 1, the comparison ends there
  std::uint64_t not_fast = 0;  // that the compiled model left undecided; it ends there as well
  std::uint64_t altered = 0;   // lines with another value in one field, judged by both on the side
  std::uint64_t altered_conform = 0;  // of these, what both accept
  bool exact = true;                  // no unknown value was shown without being learnt
  std::string end;                    // where and why it ended before the last line
  std::string difference;  // what the two say that cannot both be right; empty if nothing
};

/// `model` is fresh and made for the valuation. With a seed some lines are judged with a field
/// altered as well, from the same state.
TraceTwin compare_on_trace(const TraceInput& input, const EventTable& table,
                           const Valuation& valuation, model::Model& model, std::uint64_t seed = 0);

}  // namespace gms::check
