// Where a property is false: values of the variables that its outer quantifiers bind.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/explore/text.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// Locals of the property with values, outermost first.
using Witness = std::vector<std::pair<ir::VarId, Datum>>;

/// For a property that is false in the state. Looks where the state changes its value, so it may
/// find values for some of the variables only, or for none.
Witness find_witness(ir::interp::Interpreter& interpreter, std::uint32_t property,
                     const ir::interp::State& state);
/// For a property of a step that is false of it; the outcome has its locals.
Witness find_witness(ir::interp::Interpreter& interpreter, std::uint32_t property,
                     const ir::interp::State& before, const ir::interp::Outcome& outcome);

/// "m = mapping1, p = 2"; empty for no values.
std::string witness_text(const ir::Module& module, Objects& objects, std::uint32_t property,
                         const Witness& witness);

}  // namespace gms::check
