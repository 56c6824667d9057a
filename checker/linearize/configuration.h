// A configuration of the frontier, and how it was reached.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "checker/conform/window.h"

namespace gms::check::linearize {

/// The calls that took effect, latest first; configurations share what they have in common.
struct Step {
  Step(std::shared_ptr<Step> the_before, Placed the_placed)
      : before(std::move(the_before)), placed(the_placed) {}
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  ~Step();  // a list may be long
  std::shared_ptr<Step> before;
  Placed placed;
};
using Steps = std::shared_ptr<Step>;

/// How far a pending event has come.
struct Begun {
  std::uint32_t event = 0;
  Progress progress;
};

/// What a pending event would look at and change if it came next.
struct Look {
  std::uint32_t event = 0;
  std::shared_ptr<const ir::interp::Footprint> footprint;
};

struct Configuration {
  World world;
  std::vector<Begun> begun;  // of pending events, by event; the others have not begun
  Steps steps;
  std::vector<Look> looks;            // those that are known
  std::optional<std::uint64_t> hash;  // of the state and of how far the pending events have come

  const Progress* progress(std::uint32_t event) const;
  bool finished(std::uint32_t event) const;
};

Configuration copy_of(const Engine& engine, const Configuration& from);

/// Nothing that comes later can tell the two apart. What a name stands for does not matter where it
/// is dead. Computes hashes that are missing: that costs time in proportion to the state.
bool same(const Engine& engine, Configuration& a, Configuration& b, std::size_t domains);

/// Adds the configuration unless there is one that is the same. False: there is.
bool add(const Engine& engine, std::size_t domains, Configuration&& one,
         std::vector<Configuration>& all);

/// Oldest first.
std::vector<Placed> order_of(const Steps& steps);

}  // namespace gms::check::linearize
