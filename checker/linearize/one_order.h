// A first look at a trace of calls that overlap: one order of all of them, found with compiled
// models in one reading of the trace. One is enough to conform, and calls that meet at the same
// pages are few in most traces; where none is found the frontier decides.
#pragma once

#include "checker/conform/trace_run.h"

namespace gms::check::linearize {

/// See WindowJudge::find_one_order. Memory does not grow with the trace.
bool find_one_order(const TraceInput& input, const EventTable& table, const JudgeOptions& options,
                    TraceRun& run);

}  // namespace gms::check::linearize
