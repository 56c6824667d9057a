// From a composed syntax tree (no include, edit, drop: gen/inherit has applied them) to the IR.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "gen/ast/ast.h"
#include "ir/ir.h"

namespace gms::gen {

/// Resolves names, checks types, folds constants and lowers everything. All mistakes of the spec
/// are reported in one run; a module comes out only if there were none. Then lint adds its
/// warnings. Module::files is left to the caller, who knows the files.
std::optional<ir::Module> elaborate(const ast::File& file, base::DiagSink& sink);

}  // namespace gms::gen
