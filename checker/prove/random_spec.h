// Small random specs, for testing the prover: well-formed (ir/verify.h), in the atomic reading, and
// small enough to search.
#pragma once

#include <cstdint>

#include "ir/ir.h"

namespace gms::check {

/// One or two domains, one index sort, two to four state functions, two to four actions; candidates
/// for invariants and two-state properties, most of them false. The same seed gives the same spec.
ir::Module random_spec(std::uint64_t seed);

}  // namespace gms::check
