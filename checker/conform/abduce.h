// What could have happened unseen: one or two actions before a call that make its observed outcome
// an allowed one. They explain nothing for free: each is printed, and a trace that needs one does
// not conform.
#pragma once

#include <chrono>
#include <vector>

#include "checker/conform/judge.h"

namespace gms::check {

struct UnseenAction {
  ir::ActionId action = ir::kNoId;
  std::vector<Datum> args;
};

/// A chain that explains the call, in order.
struct Abduction {
  std::vector<UnseenAction> actions;
  bool hidden = true;  // all of them are declared `hidden`; else a line is missing
};

/// Tries actions that write something which the failing action reads: hidden ones up to two deep,
/// then one that a trace should show. Arguments come from the call's handles, numbers and
/// observations. At most `limit` answers, the shortest and hidden ones first.
std::vector<Abduction> abduce(const EventTable& table, const Finding& finding, std::size_t limit,
                              std::chrono::milliseconds budget);

}  // namespace gms::check
