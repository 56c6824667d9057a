// What the checker needs of an executable reading of a spec: the reference interpreter implements it
// (checker/conform/interp_engine.h), a compiled model may.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "checker/conform/datum.h"
#include "ir/ir.h"

namespace gms::check {

/// One way that a call may end.
struct Outcome {
  ir::ClauseId clause = ir::kNoId;
  std::uint64_t result = 0;           // an Errno
  std::span<const Datum> outputs;     // in the order of the action's outputs
  bool exact = true;  // false: an unknown value decided a branch or a correlation was lost on the way
  bool last = true;   // no other outcome follows
};

enum class Visit {
  kNext,  // undo the outcome, go on to the next
  kKeep,  // leave the state as this outcome made it, and stop
  kStop,  // undo and stop
};
using Visitor = std::function<Visit(const Outcome&)>;

/// A state of one engine. Use it only with that engine or another of the same module.
class EngineState {
 public:
  virtual ~EngineState() = default;
};
using StatePtr = std::unique_ptr<EngineState>;

/// A module with values for its parameters.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual StatePtr fresh() const = 0;
  virtual StatePtr clone(const EngineState& state) const = 0;
  virtual bool equal(const EngineState& a, const EngineState& b) const = 0;
  virtual bool live(const EngineState& state, ir::DomainId domain, std::uint32_t handle) const = 0;
  /// The live handles of a domain in ascending order.
  virtual std::vector<std::uint32_t> handles(const EngineState& state, ir::DomainId domain) const = 0;
  /// An expression over event locals.
  virtual Datum eval(const EngineState& state, ir::ExprId expr, std::span<const Datum> locals) const = 0;
  /// The value of a state function at a point; the keys in declaration order.
  virtual Datum read(const EngineState& state, ir::StateId function, std::span<const Datum> keys) const = 0;
  /// Visits the outcomes of a call. While the visitor runs, `state` is the state after the outcome. After
  /// the last kNext it is as before.
  virtual void outcomes(EngineState& state, ir::ActionId action, std::span<const Datum> args,
                        const Visitor& visit) const = 0;
};

}  // namespace gms::check
