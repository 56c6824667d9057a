// Reads the text form that ir/text/print.h writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "ir/ir.h"

namespace gms::ir {

/// Reports every form that cannot be read, at its place in `file`, and returns nothing then. The
/// result refers to existing declarations and locals only; whether it is well-formed otherwise is
/// up to ir/verify.h. The module's own files are numbered from `first_source` on in its places.
std::optional<Module> parse(std::string_view text, base::FileId file, base::DiagSink& sink,
                            std::uint32_t first_source = 0);

}  // namespace gms::ir
