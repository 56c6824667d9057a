// What work costs, whatever else the machine does meanwhile.
#pragma once

#include <time.h>

namespace gms::base {

/// CPU time of this thread since it began, in seconds.
inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace gms::base
