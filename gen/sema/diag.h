// The messages of elaboration and lint as typed constants; the texts are in catalog.def.
#pragma once

#include "base/catalog.h"
#include "base/diagnostic.h"

namespace gms::gen::sema::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "gen/sema/catalog.def"
#undef GMS_DIAG

}  // namespace gms::gen::sema::diag

namespace gms::gen::sema {

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr base::DiagInfo kCatalog[] = {
#include "gen/sema/catalog.def"
};
#undef GMS_DIAG

}  // namespace gms::gen::sema
