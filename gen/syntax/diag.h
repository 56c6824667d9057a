// The messages of gen/syntax, as constants.
#pragma once

#include "base/catalog.h"

namespace gms::gen::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "gen/syntax/catalog.def"
#undef GMS_DIAG

}  // namespace gms::gen::diag
