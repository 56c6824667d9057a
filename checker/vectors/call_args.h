// Arguments that are worth trying in a state, made of those that are known to lead somewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "checker/conform/datum.h"
#include "checker/explore/arg_pool.h"
#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::check {

/// Arguments that are worth trying, by action.
struct KnownArgs {
  std::vector<std::vector<std::vector<Datum>>> all;    // that ended in different ways
  std::vector<std::vector<std::vector<Datum>>> moves;  // those of them that changed a state
};
/// Returns false to stop.
using ArgsVisitor = std::function<bool(const std::vector<Datum>& args)>;

class CallArgs {
 public:
  /// Both must outlive it.
  CallArgs(const ArgPools& pools, const KnownArgs& known) : pools_(pools), known_(known) {}

  /// The arguments with one of them replaced, by each value of its pool and each live object.
  bool near(const ir::interp::State& state, ir::ActionId action, const std::vector<Datum>& args,
            const ArgsVisitor& visit) const;

  /// What is known, with the objects that there are in the state, and with numbers that stand for
  /// the `places`. Of one thing after the other only one is replaced.
  bool all(const ir::interp::State& state, ir::ActionId action,
           std::span<const std::uint64_t> places, const ArgsVisitor& visit) const {
    return with(known_.all[action], state, action, places, visit);
  }
  /// The same of those that may change the state.
  bool moves(const ir::interp::State& state, ir::ActionId action, const ArgsVisitor& visit) const {
    return with(known_.moves[action], state, action, {}, visit);
  }

  /// Known ones, of those that may change the state if `moves`, with live objects, and now and then
  /// another number. Nothing if there are none.
  std::optional<std::vector<Datum>> draw(const ir::interp::State& state, ir::ActionId action,
                                         bool moves, std::mt19937_64& random) const;

  /// These, each number as it is or one further or less, at random: for what lies beside.
  std::vector<Datum> beside(ir::ActionId action, std::vector<Datum> args,
                            std::mt19937_64& random) const;

  /// The same of these.
  bool with(const std::vector<std::vector<Datum>>& some, const ir::interp::State& state,
            ir::ActionId action, std::span<const std::uint64_t> places,
            const ArgsVisitor& visit) const;

 private:
  const ArgPools& pools_;
  const KnownArgs& known_;
};

/// Keys that are numbers, of points at which the states differ, with the neighbours of the points.
std::vector<std::uint64_t> places_that_differ(const ir::interp::State& a,
                                              const ir::interp::State& b);

}  // namespace gms::check
