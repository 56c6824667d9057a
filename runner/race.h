// Calls of several threads at the same time: lines whose `tid` is above 0, up to the next line of
// thread 0. A thread makes its calls in the order of its lines; all threads begin together, and the
// next line waits for all of them.
//
// What threads have made before they meet again is known to none of the others. Names that all of
// them know are known from before, and a descriptor that one of them closes keeps its number for
// the others: it must not come to mean another file meanwhile, so whoever closes what others know
// keeps all of them from opening anything, and from calls that do not name their descriptor.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runner/call.h"
#include "runner/executor.h"

namespace gms::runner {

/// `lines` are all of threads above 0. The steps that were recorded stand in the order in which
/// their calls began, numbered from `seq` on, which is advanced; behind them those that could not
/// be made. Without `perform` only what is wrong with the lines is found.
std::vector<Step> race(std::span<const Line> lines, Objects& objects, const Traits& traits,
                       bool perform, std::uint64_t& seq);

}  // namespace gms::runner
