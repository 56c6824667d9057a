// Which events of a failing trace matter: a shortest prefix in which the same call still fails.
#pragma once

#include <chrono>
#include <vector>

#include "checker/conform/judge.h"

namespace gms::check {

struct Shrunk {
  std::vector<Decoded> events;  // the last is the one that fails
  bool minimal = false;         // no event can be left out; else the time was up
};

/// `events` ends with the failing one. Leaves out events as long as the last one, and only it,
/// still fails with the same call and observation. Stops after `budget`.
Shrunk shrink(const EventTable& table, const NameTable& names, const EngineFactory& factory,
              const Finding& finding, std::vector<Decoded> events,
              std::chrono::milliseconds budget);

}  // namespace gms::check
