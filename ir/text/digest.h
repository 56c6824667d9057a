// A number for what a module says, to tell whether two of them are the same spec.
#pragma once

#include <cstdint>

#include "ir/ir.h"

namespace gms::ir {

/// Of everything that is printed (ir/text/print.h) but the places in files: two modules of one
/// digest have the same declarations with the same ids.
std::uint64_t digest(const Module& module);

}  // namespace gms::ir
