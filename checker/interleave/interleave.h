// Finding short interleavings: calls that overlap, step by step, after calls that ran alone. What
// is found is a run of the stepwise module; what is not found is unknown, with how far one was
// looked for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/ir.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

struct InterleaveOptions {
  std::vector<Valuation> valuations;  // the first one is tried most
  double seconds = 20;                // of CPU
  std::uint64_t max_steps =
      4'000'000;          // makes the result the same each time, if `seconds` do not bind
  std::size_t calls = 3;  // that overlap, at most
  std::function<void(const std::string& what)> progress;
};

/// Two calls that end as they would in no order, one after the other, by the atomic reading and its
/// exits `when raced`.
struct NoOrder {
  std::string first, second;      // actions
  bool results = false;           // no order has these results and outputs
  std::set<std::string> differs;  // else: state functions that no order leaves like that
  Run run;                        // of the stepwise module: one that shows it
};

struct Interleavings {
  ExploreReport found;  // runs of the stepwise module
  /// Ends in a state in which calls wait for each other for good.
  std::optional<Run> stuck;
  /// Of the atomic module: its calls, made step by step without others, do not come to the same.
  /// The two readings differ.
  std::optional<Run> not_lifted;
  std::vector<NoOrder> no_order;
  std::uint64_t ends = 0;  // of two calls, that were held against their orders
};

/// Looks for violations of the properties and for steps and states that satisfy the covers, by
/// their indices in the stepwise module's properties. Only calls that do not commute when they run
/// alone are made to overlap. `atomic` is the atomic reading of the same spec.
Interleavings interleave(const ir::Module& atomic, const ir::Stepwise& stepwise,
                         const std::vector<std::uint32_t>& properties,
                         const InterleaveOptions& options);

}  // namespace gms::check
