// The messages of the back ends as constants, and as a table.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::gen::backend::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "gen/backend/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr auto kCatalog = std::to_array<base::DiagInfo>({
#include "gen/backend/catalog.def"
});
#undef GMS_DIAG

}  // namespace gms::gen::backend::diag
