// The messages of this layer as constants, and as a table.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::diff::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "checker/diff/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr auto kDiffCatalog = std::to_array<base::DiagInfo>({
#include "checker/diff/catalog.def"
});
#undef GMS_DIAG

}  // namespace gms::diff::diag
