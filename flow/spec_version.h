// A spec in both readings, from a shipped name, a file, or a file as a revision of the repository
// has it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "ir/ir.h"

namespace gms::flow {

struct SpecVersion {
  std::string name;      // as it was asked for
  std::string path;      // of the file that was read
  std::string revision;  // the full hash; empty: the file as it is
  ir::Module steps, atomic;
};

/// `name`: "linux_6_18", "proposal.gms", "HEAD~3:spec/inplace_v7.gms". Of a revision all files in
/// the folder of the spec are taken, and what it extends is looked for there first. Nothing after a
/// reported error.
std::optional<SpecVersion> load_version(const std::string& name, base::SourceSet& sources,
                                        base::DiagSink& sink);

}  // namespace gms::flow
