// What the checker needs of an executable reading of a spec: the reference interpreter implements
// it (checker/conform/interp_engine.h), a compiled model may.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/conform/datum.h"
#include "ir/interp/exec.h"
#include "ir/ir.h"

namespace gms::check {

/// A state of one engine. Use it only with that engine or another of the same module.
class EngineState {
 public:
  virtual ~EngineState() = default;
};
using StatePtr = std::unique_ptr<EngineState>;

/// One way that a call may end.
struct Outcome {
  ir::ClauseId clause = ir::kNoId;
  std::uint64_t result = 0;    // an Errno
  std::vector<Datum> outputs;  // in the order of the action's outputs
  StatePtr next;               // the state afterwards
};

/// What was seen of a call.
struct Seen {
  std::uint32_t output = ir::kNoId;  // kNoId: the result
  Datum value;
};

using RacingCall = ir::interp::RacingCall;

/// Returns false to stop.
using Visitor = std::function<bool(Outcome&&)>;

/// A module with values for its parameters. For one thread at a time.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual StatePtr fresh() const = 0;
  virtual StatePtr clone(const EngineState& state) const = 0;
  virtual bool equal(const EngineState& a, const EngineState& b) const = 0;
  /// Equal states have the same.
  virtual std::uint64_t hash(const EngineState& state) const {
    static_cast<void>(state);
    return 0;
  }
  /// False once the state allows more than what can have happened.
  virtual bool exact(const EngineState& state) const = 0;
  virtual bool live(const EngineState& state, ir::DomainId domain, std::uint32_t handle) const = 0;
  /// The live handles of a domain in ascending order.
  virtual std::vector<std::uint32_t> handles(const EngineState& state,
                                             ir::DomainId domain) const = 0;
  /// An expression over event locals.
  virtual Datum eval(const EngineState& state, ir::ExprId expr,
                     std::span<const Datum> locals) const = 0;
  /// Visits the outcomes of a call, the same one perhaps several times. With `seen` only those that
  /// agree, and their states know what the observation tells of an unknown value. False if a limit
  /// was met: there may be more.
  virtual bool outcomes(const EngineState& state, ir::ActionId action, std::span<const Datum> args,
                        const std::vector<Seen>* seen, const Visitor& visit) const = 0;
  /// From now on exits `when raced` may be taken because of these calls, which must stay there;
  /// null: none. An engine that knows nothing of them lets none be taken.
  virtual void set_racing(const std::vector<RacingCall>* racing) const {
    static_cast<void>(racing);
  }
  /// From now on what is looked at and changed is added, in every way that is tried; null: nowhere.
  /// An engine that cannot tell calls it opaque.
  virtual void record(ir::interp::Footprint* footprint) const {
    if (footprint != nullptr) footprint->set_opaque();
  }
  /// From now on the objects that a call makes have these numbers, which none has had; null: the
  /// next ones. An engine need not follow that.
  virtual void number_from(std::optional<std::uint32_t> first) const { static_cast<void>(first); }
  /// Why the last call of outcomes() could not tell which ones there are; empty if it could. Then
  /// neither an outcome nor the lack of one shows anything.
  virtual std::string undecided() const { return {}; }
};

}  // namespace gms::check
