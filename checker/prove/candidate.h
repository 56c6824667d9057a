// Reads a solver's model back into states and calls.
#pragma once

#include "checker/prove/prove.h"
#include "ir/smt/encode.h"
#include "ir/smt/paths.h"

namespace gms::check {

Candidate read_candidate(ir::smt::Encoder& enc, SolverModel& model, ir::ActionId action,
                         const std::vector<ir::smt::SymValue>* args, const ir::smt::Path* path);

}  // namespace gms::check
