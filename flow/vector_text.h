// A test vector as a trace.
#pragma once

#include <string>
#include <vector>

#include "checker/vectors/generate.h"
#include "ir/ir.h"

namespace gms::flow {

/// What only a fault injector makes happen, so that no vector asks for it: a field of events, and a
/// parameter that stands for it where nobody says.
inline constexpr const char* kFaults[] = {"injected", "assume_faults"};

/// One line for each call. Where the spec's traces may have such lines, a first one that says what
/// the vector is for, and a note in front of a call that may end in other ways, too.
std::string vector_text(const ir::Module& module, const check::TestVector& vector,
                        const std::vector<std::string>& shows);

}  // namespace gms::flow
