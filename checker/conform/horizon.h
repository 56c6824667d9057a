// From when on calls that are still to be read begin.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace gms::check {

/// Lines come in the order in which calls were started, which a thread notes after its last call
/// has ended and before it reads the clock: what is still to be read begins after all that had
/// ended when the last line's call was started.
class Horizon {
 public:
  /// The next line's call.
  void note(std::uint64_t thread, std::uint64_t end) {
    const auto [last, is_new] = ends_.try_emplace(thread, end);
    if (!is_new) begin_ = std::max(begin_, std::exchange(last->second, end));
  }
  /// What is still to be read begins at this instant or later.
  std::uint64_t begin() const { return begin_; }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> ends_;  // by thread: of its last call
  std::uint64_t begin_ = 0;
};

}  // namespace gms::check
