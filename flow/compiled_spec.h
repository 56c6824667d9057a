// Shipped specs without compiling them: model/generated/NAME holds the module as text and, in
// NAME.from, what it was compiled from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/source.h"
#include "ir/ir.h"

namespace gms::flow {

struct CompiledSpec {
  ir::Module module;
  std::uint64_t digest = 0;  ///< of its atomic reading (ir/text/digest.h)
};

/// The text of NAME.from: the digest, then the fingerprint of the module's text, `gir`, and that of
/// each file in `sources`, which `path` was compiled from. Nothing if some are not in its folder.
std::optional<std::string> origin_of(const std::string& name, std::uint64_t digest,
                                     const std::string& gir, const std::string& path,
                                     const base::SourceSet& sources);

/// What compiling `path` would give, as it was committed. Nothing if that is not certain: the spec
/// is not one of those in model/generated, one of its files or the module's text is not the one
/// that NAME.from names, or that text cannot be read; `sources` is unchanged then. Else it gets the
/// files, as if they had been compiled. Expressions may be numbered otherwise than the compiler
/// does.
std::optional<CompiledSpec> read_compiled(const std::string& path, base::SourceSet& sources);

}  // namespace gms::flow
