// One step of inheritance: what a spec's items do to those of its base. For gen/inherit only.
#pragma once

#include "base/diagnostic.h"
#include "gen/ast/ast.h"

namespace gms::gen {

// Makes `heir` flat; `base` is flat already, or null when it extends nothing, and is used up. False
// when something was wrong, which has been reported.
bool merge(ast::File* base, ast::File& heir, base::DiagSink& sink);

}  // namespace gms::gen
