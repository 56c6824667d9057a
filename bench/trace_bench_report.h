// What the two programs of the reading benchmark print in the same form: the median of the rounds
// of one file.
#pragma once

#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace gms::bench {

/// Time that this process has computed, reading included: other load on the machine disturbs it
/// least.
inline double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// `seconds` has at least one round. `check` is a sum over all values, so that no work can be left
/// out.
inline void report(const char* name, std::vector<double> seconds, std::uint64_t lines,
                   std::uint64_t check) {
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  std::printf("%-18s median %.4f s  best %.4f s  %.3f M lines/s  %llu lines  sum %llu\n", name,
              median, seconds.front(), static_cast<double>(lines) / median / 1e6,
              static_cast<unsigned long long>(lines), static_cast<unsigned long long>(check));
}

}  // namespace gms::bench
