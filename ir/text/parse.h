// Reads the text form that ir/text/print.h writes.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "ir/ir.h"

namespace gms::ir {

/// Reports every form that cannot be read, at its place in `file`, and returns nothing then. The
/// result refers to existing declarations and locals only; whether it is well-formed otherwise is
/// up to ir/verify.h.
std::optional<Module> parse(std::string_view text, base::FileId file, base::DiagSink& sink);

}  // namespace gms::ir
