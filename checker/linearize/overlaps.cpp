#include "checker/linearize/overlaps.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace gms::check::linearize {

Overlaps::Overlaps(std::span<const WindowEvent> window)
    : window_(window), by_end_(window.size()), before_(window.size()), reach_(window.size()) {
  std::iota(by_end_.begin(), by_end_.end(), 0U);
  std::stable_sort(by_end_.begin(), by_end_.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (window[a].end != window[b].end) return window[a].end < window[b].end;
    return window[a].event->line < window[b].event->line;
  });
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> open;  // by thread
  std::uint64_t reach = 0;
  for (std::uint32_t i = 0; i < window.size(); ++i) {
    reach = reach_[i] = std::max(reach, window[i].end);
    std::vector<std::uint32_t>& earlier = open[window[i].event->tid];
    std::erase_if(earlier, [&](std::uint32_t one) { return window[one].end < window[i].begin; });
    // A thread whose calls truly overlap is none: then nothing is known of their order.
    for (const std::uint32_t one : earlier) {
      if (window[one].returned <= window[i].begin) before_[i].push_back(one);
    }
    earlier.push_back(i);
  }
}

std::vector<std::uint32_t> Overlaps::of(std::uint32_t event) const {
  std::vector<std::uint32_t> result;
  const WindowEvent& one = window_[event];
  for (std::uint32_t i = event; i-- > 0 && reach_[i] >= one.begin;) {
    if (window_[i].end >= one.begin) result.push_back(i);
  }
  std::reverse(result.begin(), result.end());
  for (std::uint32_t i = event + 1; i < window_.size() && window_[i].begin <= one.end; ++i)
    result.push_back(i);
  return result;
}

}  // namespace gms::check::linearize
