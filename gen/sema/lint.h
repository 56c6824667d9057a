// Warnings about a spec without errors: names that nothing uses, state that nothing writes or
// reads.
#pragma once

#include "gen/sema/context.h"

namespace gms::gen::sema {

void lint(Context& context);

}  // namespace gms::gen::sema
