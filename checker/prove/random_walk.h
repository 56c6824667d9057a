// Random reachable states and random calls of a spec, by the interpreter. The same seed gives the
// same walk on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ir/interp/interpreter.h"
#include "ir/ir.h"

namespace gms::check {

/// SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// 0 ..< n; n is not 0.
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

/// Draws values of a module's types: small numbers, and those that its text mentions, with their
/// neighbours.
class RandomValues {
 public:
  explicit RandomValues(const ir::Module& module);

  /// Nothing if the type has no value: no handle is live.
  std::optional<ir::interp::Value> value(Random& random, const ir::Type& type,
                                         const ir::interp::State& state) const;
  std::optional<std::vector<ir::interp::Value>> arguments(Random& random, ir::ActionId action,
                                                          const ir::interp::State& state) const;
  ir::interp::Valuation valuation(Random& random) const;

 private:
  const ir::Module& m_;
  std::map<std::uint8_t, std::vector<std::uint64_t>> numbers_;  // by width
};

/// One call at random from a state, with all its outcomes.
struct RandomCall {
  ir::ActionId action = ir::kNoId;
  std::vector<ir::interp::Value> args;
  std::vector<ir::interp::Outcome> outcomes;
};

/// Nothing if the action drawn cannot be called here, or has more outcomes than could be listed.
std::optional<RandomCall> random_call(ir::interp::Interpreter& interpreter,
                                      const RandomValues& values, Random& random,
                                      const ir::interp::State& state);

}  // namespace gms::check
