// The messages of this layer as constants, and as a table.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::check::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "checker/prove/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr auto kProveCatalog = std::to_array<base::DiagInfo>({
#include "checker/prove/catalog.def"
});
#undef GMS_DIAG

}  // namespace gms::check::diag
