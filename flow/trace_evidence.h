// The traces of a spec's kernels as evidence for its rules: which of them a changed spec does not
// explain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/conform/trace_run.h"
#include "flow/spec_store.h"
#include "ir/ir.h"

namespace gms::flow {

/// The files of bundled traces whose folder's kernel.json names this spec.
std::vector<std::string> bundled_traces(const std::string& spec);
/// The traces among these files and in these folders.
std::vector<std::string> traces_at(const std::vector<std::string>& paths);

/// A trace that is not explained, and its first event that shows it (line 0: none alone does).
struct TraceKill {
  std::string file;
  std::uint64_t line = 0;
  std::string op;
};

/// May be asked by several threads once it is made.
class TraceEvidence {
 public:
  /// Judges the files by the spec; those that do not conform, or in which nothing is judged, are
  /// not used. `spec` must outlive this.
  TraceEvidence(const LoadedSpec& spec, const std::vector<std::string>& files);

  std::size_t used() const { return traces_.size(); }
  std::size_t unused() const { return unused_; }

  /// `changed` has the spec's ids and differs from it in these actions only.
  std::optional<TraceKill> kill(const ir::Module& changed,
                                const std::vector<ir::ActionId>& touched) const;

 private:
  /// A trace with the kernels that it may come from.
  struct Trace {
    std::string file;
    check::TraceInput input;
    std::vector<check::Valuation> valuations;
    std::vector<bool> actions;  // by ActionId: it calls it
    std::uint64_t lines = 0;
  };

  static check::TraceRun judge(const Trace& trace, const check::EventTable& events,
                               const check::EngineFactory& engines);
  void note_actions(const check::TraceRun& run, Trace& trace) const;

  const LoadedSpec& spec_;
  std::vector<Trace> traces_;
  std::size_t unused_ = 0;
};

}  // namespace gms::flow
