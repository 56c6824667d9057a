// Test vectors: short sequences of calls from a fresh process that together show what the criteria
// ask for, each with the results that the spec prescribes.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "checker/conform/valuation.h"
#include "checker/explore/explore.h"
#include "checker/vectors/probes.h"
#include "checker/vectors/requirements.h"
#include "ir/ir.h"

namespace gms::check {

struct VectorLine {
  /// With the results of one way in which it may end. Null: the next line stands for this call,
  /// too.
  nlohmann::ordered_json event;
  /// The results of all ways; empty if there is one only.
  std::vector<nlohmann::ordered_json> allowed;
  std::vector<ir::ClauseId> clauses;
  bool free = false;  // shows a value that the environment chose
};

struct TestVector {
  std::string name;
  Valuation valuation;  // by ParamId
  std::vector<VectorLine> lines;
  std::vector<std::uint32_t> shows;  // indices into VectorSet::requirements
};

enum class Shown : std::uint8_t {
  kYes,
  /// Proved: no state that satisfies the invariants, no call that an event can be. Of a change:
  /// nobody can notice it.
  kImpossible,
  kNotFound,  // unknown
};

struct VectorSet {
  Probed probed;
  std::vector<ir::Mutation> mutations;
  std::vector<Requirement> requirements;
  std::vector<Shown> shown;  // by requirement
  std::vector<TestVector> vectors;
  ExploreBound bound;
};

struct VectorOptions {
  std::uint64_t seed = 1;
  std::uint64_t max_calls = 1'500'000;  // of the search
  std::vector<Criterion> criteria{Criterion::kClause, Criterion::kCondition, Criterion::kBoundary,
                                  Criterion::kPair,   Criterion::kPremise,   Criterion::kMutation};
  std::vector<Valuation> valuations;  // not empty
  /// Of each part of the search for what notices one change.
  std::uint64_t calls_for_mutation() const { return max_calls / 15; }
  bool proofs = true;  // ask the solver for what no run shows
  /// Fields of events that no caller can set: vectors leave them at their defaults.
  std::vector<std::string> not_given;
  unsigned jobs = 0;                                      // threads; 0: one for each processor
  std::function<void(const std::string& what)> progress;  // by one thread at a time
};

/// `module` is the atomic reading, with events.
VectorSet make_vectors(const ir::Module& module, const VectorOptions& options);

}  // namespace gms::check
