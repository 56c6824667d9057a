// `gmemspec explore`: every state of a bounded system, visited by a program that is generated from
// the spec, compiled and run.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/exit_status.h"
#include "base/source.h"
#include "checker/exhaust/found.h"
#include "flow/spec_store.h"
#include "gen/backend/explore/emit.h"
#include "ir/stepwise/stepwise.h"

namespace gms::flow {

struct ExploreOptions {
  std::string spec = "inplace_v7";      // name of a shipped spec, or a file
  std::vector<std::string> properties;  // empty: all
  std::vector<std::string> params;      // "name=value"
  std::vector<std::string> quirks;
  std::vector<std::string> bounds;  // "Domain=n", "Sort=n", "function=n"
  std::vector<std::string> start;   // "Domain=n": so many objects are there at first
  std::vector<std::string> values;  // "action.argument=v,v"
  std::vector<std::string> only;    // actions; empty: all
  unsigned jobs = 0;                // 0: one for each processor
  std::uint64_t memory = 2048;      // MiB
  bool symmetry = true;
  bool deadlocks = false;
  bool stepwise = false;  // calls in steps, several at once
  std::string compiler = "g++";
  bool optimize = true;  // tests compile quickly instead
  std::string emit;      // a file for the generated program; empty: none
  std::string graph;     // a .dot or .svg file; empty: none
};

/// A file of the run-time library by its name ("search.h").
struct RuntimeFile {
  std::string_view name;
  std::string_view text;
};

enum class ExploreVerdict : std::uint8_t {
  kHolds,         // in every state within the bounds
  kRefuted,       // with a shortest run
  kReached,       // a cover, with a shortest run
  kNotReached,    // a cover, within the bounds
  kOpen,          // the search ended before everything was visited
  kUndetermined,  // somewhere a bound kept it from being evaluated
  kUnchecked,     // not looked at: `why`
};

struct ExploredProperty {
  std::uint32_t property = ir::kNoId;  // index into Module::properties; kNoId: deadlocks
  ExploreVerdict verdict = ExploreVerdict::kHolds;
  std::string why;
  std::optional<check::Replayed> run;
};

struct Explored {
  std::unique_ptr<SpecStore> store;        // keeps the module alive
  std::unique_ptr<ir::Stepwise> stepwise;  // if asked for: does so then
  const ir::Module* module = nullptr;
  check::Valuation valuation;
  gen::explore::Bounds bounds;
  gen::explore::Layout layout;
  std::vector<std::string> reasons;
  check::Exhausted found;
  std::vector<ExploredProperty> properties;
  bool asked_by_name = false;  // properties were named
  bool cached = false;         // no compiler was needed
  double compile_seconds = 0;

  base::ExitStatus status() const;
  /// Not empty: the program and the interpreter disagree.
  std::string disagreement() const;
};

/// Nothing after a reported error.
std::optional<Explored> explore_spec(const ExploreOptions& options,
                                     std::span<const RuntimeFile> runtime, base::SourceSet& sources,
                                     base::DiagSink& sink);

}  // namespace gms::flow
