// From the text of an explorer to a program that can be run: compiled once for each text, library,
// compiler and set of flags.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/diagnostic.h"
#include "flow/explore.h"

namespace gms::flow {

struct BuiltExplorer {
  std::string program;  // its path
  bool cached = false;
  double seconds = 0;  // of the compiler
};

/// $XDG_CACHE_HOME/gmemspec/explore, ~/.cache/gmemspec/explore, or a folder for temporary files.
std::string explore_cache();

/// Nothing after a reported error.
std::optional<BuiltExplorer> build_explorer(const std::string& spec, const std::string& text,
                                            std::span<const RuntimeFile> runtime,
                                            const std::string& compiler, bool optimize,
                                            base::DiagSink& sink);

}  // namespace gms::flow
