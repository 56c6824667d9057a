// Which events of a window overlap, which must follow which, and what a call may say of those that
// overlap it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/conform/window.h"

namespace gms::check::linearize {

class Overlaps {
 public:
  /// `window` is sorted by begin and must outlive this.
  explicit Overlaps(std::span<const WindowEvent> window);

  /// By their ends; of equal ones that of the earlier line first.
  const std::vector<std::uint32_t>& by_end() const { return by_end_; }
  /// Events of the same thread that come first although their intervals meet this one's: one that
  /// ended where this one begins, stores that may still wait in the thread's buffer.
  const std::vector<std::uint32_t>& before(std::uint32_t event) const { return before_[event]; }
  /// Those whose intervals meet that of the event, without itself.
  std::vector<std::uint32_t> of(std::uint32_t event) const;

 private:
  std::span<const WindowEvent> window_;
  std::vector<std::uint32_t> by_end_;
  std::vector<std::vector<std::uint32_t>> before_;
  std::vector<std::uint64_t> reach_;  // the latest end of the events up to this one
};

}  // namespace gms::check::linearize
