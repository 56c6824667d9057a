// The messages of base/catalog.def as constants.
#pragma once

#include <array>

#include "base/catalog.h"

namespace gms::base::diag {

#define GMS_DIAG GMS_DIAG_CONSTANT
#include "base/catalog.def"
#undef GMS_DIAG

#define GMS_DIAG GMS_DIAG_ROW
inline constexpr std::array kCatalog{
#include "base/catalog.def"
};
#undef GMS_DIAG

}  // namespace gms::base::diag
