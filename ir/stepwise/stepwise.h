// The stepwise reading of a module, as a module that has only the atomic one: each call in flight
// is a handle of the domain Call, where it stands and what it remembers are state functions of that
// handle, and each step is an action of its own. So whatever runs, explores or proves an atomic
// module does the same for any number of calls at once.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "ir/ir.h"
#include "ir/stepwise/waits.h"

namespace gms::ir {

struct Stepwise {
  Module module;

  /// What an action of `module` is.
  struct Origin {
    ActionId action = kNoId;  // of the original module
    bool whole = true;        // a call from begin to end: the action has no steps
    VarId call = kNoId;       // of a step: the call at hand, which the first one creates
  };
  std::vector<Origin> origins;  // by ActionId of `module`

  /// Properties of `module` from this one on were written by nobody: what may hold at each place of
  /// each action, found in its text. Candidates for an inductive invariant; those that are refuted
  /// say nothing about the spec.
  std::uint32_t first_candidate = 0;

  /// By property and by action of `module`: the place that the candidate is about, or that the step
  /// leaves; numbered from 1 through all actions. 0: none, or all.
  std::vector<std::uint32_t> place_of_property, place_of_action;
  /// By action of `module`: the places at which the step may leave its call.
  std::vector<std::set<std::uint32_t>> places_after;

  Waits waits;  // whether calls can wait for each other for good

  std::vector<std::string> problems;  // actions whose steps have no meaning; nothing else is set
};

/// `module` is well-formed (ir/verify.h), and so is the result.
/// - An action without steps, locks, loops, retries and `self` stays one step. The others are cut
/// before each step, each acquired lock and each other statement that
///   touches what other calls can see. What is released, and what concerns the call alone, happens
///   with the step before it.
/// - The domain Call is added if it is missing. Lock l is the functions l.writer and l.reader; a
/// call
///   that cannot have it waits. One that is acquired within a step is had for that step only.
/// - Exits `when raced` are gone: what they allow has to follow from the steps of others.
/// - Invariants and lemmas stay (but for those that calls which run alone are expected to refute),
/// as do properties and covers that speak of calls; the others, laws
///   and events are about calls that run alone. A property on an action that has steps is one for
///   each step, named property.place.
Stepwise to_stepwise(const Module& module);

/// The same, verified. Nothing after its problems were reported.
std::optional<Stepwise> checked_stepwise(const Module& module, base::DiagSink& sink);

}  // namespace gms::ir
