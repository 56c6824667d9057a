// What would explain a violation: another kernel (parameters, quirks, another spec), or something
// unseen.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/conform/abduce.h"
#include "checker/conform/shrink.h"
#include "checker/conform/trace_run.h"

namespace gms::check {

/// A spec that is at hand, ready for judging.
struct SpecAtHand {
  const EventTable* table = nullptr;
  EngineFactory factory;
  ModelFactory models = {};  // compiled ones, if there are any and they are wanted
};

/// A kernel under which the event that failed is explained.
struct OtherKernel {
  const ir::Module* module = nullptr;
  Valuation valuation;
  bool same_spec = false;
  bool whole_trace = false;  // all of it; else it fails later:
  std::uint64_t next_violation_line = 0;
};

enum class Blame {
  kKernelDefect,  // a known defect explains it
  kOtherKernel,   // the trace is of another kernel than was assumed
  kThinTrace,     // something that the trace does not show explains it, or lines are missing
  kStoreBuffer,   // stores that become visible late explain it
  kKernelOrSpec,  // nothing known explains it
};

struct Explanation {
  std::vector<OtherKernel> kernels;
  std::vector<Abduction> unseen;
  bool store_buffers = false;            // stores that become visible after their end explain it
  std::uint64_t store_buffers_line = 0;  // the next violation then; 0: none
  Shrunk shortest;
  std::vector<Decoded> history;  // the last events before it that name one of its objects
  Blame blame = Blame::kKernelOrSpec;
};

struct ExplainOptions {
  /// For calls that overlap; null: traces are judged up to the first of them.
  std::function<std::shared_ptr<WindowJudge>()> windows = {};
  bool store_buffers = false;                        // they were allowed already
  std::vector<std::string> stores = {}, loads = {};  // ops, as in JudgeOptions
  std::size_t max_kernels = 4, max_unseen = 2, max_history = 6;
  // Of the trace, that are kept for the shortest prefix; with more there is none.
  std::size_t max_events = 50'000;
  std::chrono::milliseconds budget{3000};
};

/// For the first violation of `run`, which is the judgement of `input` by `judged_by`. `others` are
/// further specs to try.
Explanation explain(const TraceInput& input, const TraceRun& run, const SpecAtHand& judged_by,
                    const std::vector<SpecAtHand>& others, NameTable& names,
                    const ExplainOptions& options);

}  // namespace gms::check
