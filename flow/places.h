// Where something stands in a spec, and its text.
#pragma once

#include <string>

#include "base/source.h"

namespace gms::flow {

/// "host_access.gms:25:16 `npages[inode] <= p`"
std::string place_text(const base::SourceSet& sources, base::Span span);

}  // namespace gms::flow
