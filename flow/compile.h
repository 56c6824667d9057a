// Compiles a spec to what a back end writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "gen/backend/cpp/emit.h"

namespace gms::flow {

/// The files of the compiled model of a spec, and its module as NAME.gir: a .gms or .gir file, or
/// the name of a shipped spec. Nothing after a reported error.
std::optional<std::vector<gen::cpp::EmittedFile>> emit_cpp(const std::string& spec,
                                                           base::SourceSet& sources,
                                                           base::DiagSink& sink);

/// Writes them into a folder, which is made if it does not exist. False after a reported error.
bool write_files(const std::vector<gen::cpp::EmittedFile>& files, const std::string& folder,
                 base::DiagSink& sink);

}  // namespace gms::flow
