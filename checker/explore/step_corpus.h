// Calls in states that runs from the fresh system reach, kept to be made again: what a changed spec
// does in them shows soon whether a change is noticed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/conform/datum.h"
#include "checker/conform/valuation.h"
#include "ir/interp/interpreter.h"
#include "ir/ir.h"

namespace gms::check {

struct CorpusOptions {
  std::uint64_t seed = 1;
  std::uint64_t calls = 250'000;   // of the search that fills it
  std::size_t per_action = 2'500;  // steps that are kept
};

/// What the corpus says about a changed spec.
struct CorpusAnswer {
  /// A property that the original has and the changed one violates in one of the steps.
  std::optional<std::uint32_t> property;
  ir::ActionId action = ir::kNoId;
  bool differs = false;  // some step ends otherwise, whether or not a caller can see it
};

/// Once it is made it may be asked by several threads.
class StepCorpus {
 public:
  /// `original` in the atomic reading; it must outlive this.
  StepCorpus(const ir::Module& original, const CorpusOptions& options);

  std::size_t size() const;

  /// `changed` has the ids of the original and differs from it in these actions only.
  CorpusAnswer ask(const ir::Module& changed, const std::vector<ir::ActionId>& actions) const;

 private:
  struct Step {
    std::uint32_t valuation = 0;  // index into valuations_
    ir::interp::State before;
    std::vector<Datum> args;
  };

  bool violates(ir::interp::Interpreter& in, std::uint32_t property, ir::ActionId action,
                const Step& step, const std::vector<ir::interp::Outcome>& outcomes) const;
  void drop_false_properties();

  const ir::Module& m_;
  ir::interp::Shape shape_;
  std::vector<Valuation> valuations_;
  std::vector<std::vector<Step>> steps_;                // by action
  std::vector<std::vector<std::uint32_t>> properties_;  // by action: what its steps may violate
  std::vector<std::vector<std::vector<ir::interp::Outcome>>> outcomes_;  // by action and step
};

}  // namespace gms::check
