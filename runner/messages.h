// The messages of this layer as constants, and as a table.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::runner::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "runner/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr auto kCatalog = std::to_array<base::DiagInfo>({
#include "runner/catalog.def"
});
#undef GMS_DIAG

}  // namespace gms::runner::diag
