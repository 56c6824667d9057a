// Edits of an action's or procedure's body by labels. For gen/inherit only.
#pragma once

#include "base/diagnostic.h"
#include "gen/ast/ast.h"

namespace gms::gen {

// `owner` is the action's name, for messages. A label is the one before a statement or the name of
// a step, at any depth. False when something was wrong, which has been reported; other edits have
// been done.
bool apply_edits(const ast::EditDecl& edits, const ast::Name& owner, ast::Block& body,
                 base::DiagSink& sink);

}  // namespace gms::gen
