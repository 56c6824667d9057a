// One line on a terminal that says how far a long task is. Silent when the output is no terminal
// and for tasks that take less than two seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gms::base {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  // What the outside looks like; tests pass their own.
  struct Terminal {
    bool present = false;
    std::function<Clock::time_point()> now;
    std::function<void(std::string_view)> write;
  };
  // The standard error output.
  static Terminal standard_error();

  // `total` is 0 when it is not known.
  explicit Progress(std::string task, std::uint64_t total = 0,
                    Terminal terminal = standard_error());
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  // erases the line

  // Cheap enough for every item: the clock is read once in 64 calls unless `detail` is given.
  void advance(std::uint64_t items = 1) {
    done_ += items;
    if (terminal_.present && (++calls_ & 63U) == 0) refresh();
  }
  // For slow items: says what is being worked on.
  void advance(std::uint64_t items, std::string_view detail);

 private:
  void refresh();

  std::string task_;
  std::uint64_t total_;
  Terminal terminal_;
  std::uint64_t done_ = 0;
  std::uint64_t calls_ = 0;
  std::string detail_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace gms::base
