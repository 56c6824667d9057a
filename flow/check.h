// `gmemspec check`: judges traces by a spec.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/conform/judge.h"
#include "checker/linearize/linearizer.h"
#include "checker/report/check_report.h"

namespace gms::flow {

/// What decides whether an action allows what was seen.
enum class CheckEngine {
  kCompiled,  // the compiled model of the spec if there is one, the interpreter for the rest
  kInterpreter,
  kZ3,
};
struct CheckEngineName {
  std::string_view name;
  CheckEngine engine;
};
/// By the names that the option --engine takes.
inline constexpr CheckEngineName kCheckEngines[] = {
    {"compiled", CheckEngine::kCompiled},
    {"interpreter", CheckEngine::kInterpreter},
    {"z3", CheckEngine::kZ3},
};

struct CheckOptions {
  std::vector<std::string> traces;  // files, "-", or folders, of which every trace is taken
  std::string spec;  // name of a shipped spec or a file; empty: what the trace or its folder says
  std::vector<std::string> params;  // "name=value"
  std::vector<std::string> quirks;
  std::string engine = "compiled";  // one of kCheckEngines
  std::size_t max_findings = 20;    // of one trace
  bool coverage = false;
  bool events = false;                // list each event with the clauses that explain it
  check::LinearizeOptions linearize;  // of calls that overlap
  std::string memory;   // sc, or tso: a store may become visible late; empty: what the trace says
  bool explain = true;  // look for what would explain a violation
  /// Not of the command: engines that see every call, instead of those that `engine` says.
  std::function<check::EngineFactory(const ir::Module&)> watch = {};
};

/// Nothing stops at the first bad trace. What cannot be read is in the sink, with its place in the
/// set; wrong options give a report without traces.
check::CheckReport check_traces(const CheckOptions& options, base::SourceSet& sources,
                                base::DiagSink& sink);

/// The same for traces at hand, whatever options.traces holds.
check::CheckReport check_inputs(const CheckOptions& options,
                                const std::vector<check::TraceInput>& inputs,
                                base::SourceSet& sources, base::DiagSink& sink);

}  // namespace gms::flow
