// All messages that the program can print.
#pragma once

#include <vector>

#include "base/catalog.h"

namespace gms::cli {

// Every layer's catalogue, sorted by code.
std::vector<base::DiagInfo> all_messages();

}  // namespace gms::cli
