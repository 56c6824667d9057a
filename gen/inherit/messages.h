// The messages of this folder as constants, and as a table.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::gen::inherit::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "gen/inherit/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr auto kCatalog = std::to_array<base::DiagInfo>({
#include "gen/inherit/catalog.def"
});
#undef GMS_DIAG

}  // namespace gms::gen::inherit::diag
