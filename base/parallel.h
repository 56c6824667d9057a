// Independent pieces of work on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace gms::base {

/// Calls work(i) for 0 <= i < count, each once, in about this order, and returns when all are done.
/// `jobs` threads, the caller's among them; 0: one for each processor. `work` must not throw.
template <class Work>
void parallel_for(std::size_t count, unsigned jobs, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++)
      work(i);
  };
  const std::size_t wanted = jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < std::min(wanted, count); ++i)
    threads.emplace_back(run);
  run();
}

}  // namespace gms::base
