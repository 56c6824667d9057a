// How else a call may end, as notes in vectors say it.
#pragma once

#include <vector>

#include "runner/executor.h"

namespace gms::runner {

/// How else the call after this line may end: for each way the results that are not those of the
/// call's own line, null for what is not there then. A note holds them as texts
/// ("ret=-1 errno=ENOMEM"); other lines hold none.
std::vector<Line> other_ways(const Line& note);

}  // namespace gms::runner
