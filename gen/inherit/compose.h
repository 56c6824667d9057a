// A spec file and all it is made of -> one flat syntax tree: `include` replaced by what the file
// holds, the `extends` chain merged from the root down, edits, drops and expectations carried out.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/source.h"
#include "gen/ast/ast.h"

namespace gms::gen {

using ReadFile = std::function<base::ReadResult(const std::string& path)>;

// `extends x` is x.gms in the folder of the spec, or else in the folder `shipped`; paths of
// `include` start at the folder of the file that includes. Files are added to `sources` under the
// paths by which they were found, the spec itself first.
//
// Nothing if anything was wrong in any of the files; then all of it has been reported. The tree's
// header is the spec's own (`extends` stays, for the record); inherited items come first, a
// redeclared one stands where the inherited one stood. What is declared twice in one spec is left
// to gen/sema.
std::optional<ast::File> compose(const std::string& path, base::SourceSet& sources,
                                 base::DiagSink& sink, const std::string& shipped = {});
std::optional<ast::File> compose(const std::string& path, base::SourceSet& sources,
                                 base::DiagSink& sink, const ReadFile& read,
                                 const std::string& shipped = {});

}  // namespace gms::gen
