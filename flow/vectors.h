// `gmemspec vectors`: short call sequences with the results that a spec prescribes, as traces.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/exit_status.h"
#include "base/source.h"

namespace gms::flow {

struct VectorsOptions {
  std::string spec = "inplace_v7";  // name of a shipped spec, or a file
  std::vector<std::string> params;  // "name=value"; others get each value in turn
  std::vector<std::string> quirks;
  std::vector<std::string> criteria;  // names of check::Criterion; empty: all
  std::string folder;                 // where to; made if it is missing. Empty: nothing is written
  std::uint64_t seed = 1;
  std::uint64_t calls = 1'500'000;  // of the search
  bool proofs = true;               // ask the solver for what no sequence shows
};

/// What of one criterion is shown.
struct CriterionCount {
  std::string criterion;
  std::size_t shown = 0, impossible = 0, not_found = 0;
};
struct VectorSummary {
  std::string name, file;
  std::vector<std::string> calls;  // as strace would print them
  std::vector<std::string> shows;
};
struct VectorsReport {
  std::string spec, bound;
  std::uint64_t seed = 1;
  std::vector<CriterionCount> criteria;
  std::vector<VectorSummary> vectors;
  std::vector<std::string> impossible;  // proved
  std::vector<std::string> not_found;
  /// Unknown if something is neither shown nor proved to be impossible. Of pairs and premises no
  /// proof is asked, and those of mutations give up soon: that some are not found says nothing.
  base::ExitStatus status() const;
};

/// Nothing after a reported error. Writes NAME.jsonl for each vector.
std::optional<VectorsReport> make_vectors(const VectorsOptions& options, base::SourceSet& sources,
                                          base::DiagSink& sink);

/// `details`: also what each vector shows.
std::string render_text(const VectorsReport& report, bool details);
std::string render_json(const VectorsReport& report);

}  // namespace gms::flow
