// What a call needs beside the state: the choices of the environment, what the bounds cut off, and
// which properties were found false.
#pragma once

#include <vector>

#include "model/explore_rt/field.h"

namespace gms::explore {

/// A value of an argument, or a key, as the report shows it.
struct Created {
  unsigned domain;
  u64 slot;
};

class Context {
 public:
  // ---- Choices: a call is made again until all of them were taken ----
  u64 pick(u64 count) {
    if (count <= 1) return 0;
    if (position_ == script_.size()) script_.push_back({0, count});
    return script_[position_++].taken;
  }
  /// For the next run of the same call; false: all were made.
  bool next_choice() {
    script_.resize(position_);
    position_ = 0;
    while (!script_.empty()) {
      if (++script_.back().taken < script_.back().count) return true;
      script_.pop_back();
    }
    return false;
  }

  // ---- Bounds ----
  /// What runs into a bound is given up and counted by the first one that it met. `reason` indexes
  /// the names that the report prints.
  void cut(unsigned reason) {
    if (cut_ == 0) cut_ = reason + 1;
  }
  bool is_cut() const { return cut_ != 0; }
  /// The reason; there is one.
  unsigned take_cut() {
    const unsigned reason = cut_ - 1;
    cut_ = 0;
    return reason;
  }
  /// The end of a loop over lo ..< hi: no further than just behind the bound `n`.
  u64 limit(u64 lo, u64 hi, u64 n, unsigned reason) {
    const u64 last = (lo > n ? lo : n) + 2;
    if (hi > last) {
      cut(reason);
      return last;
    }
    return hi;
  }

  // ---- Properties and covers ----
  std::vector<std::uint8_t> open;          // by number: still to be looked at
  std::vector<unsigned> falses;            // found since they were last taken
  std::vector<std::uint8_t> undetermined;  // by number: a bound kept it from being looked at
  /// Notes what is false; of a cover, what is true.
  void judge(unsigned property, bool holds, bool is_cover) {
    if (cut_ != 0) [[unlikely]] {
      cut_ = 0;
      undetermined[property] = 1;
    } else if (holds == is_cover) {
      falses.push_back(property);
    }
  }

  // ---- Handles, where a run is written down ----
  bool recording = false;
  std::vector<Created> created;
  /// By domain: slots that this call knows, and that `create` must not take therefore.
  std::vector<u64> used;

 private:
  struct Choice {
    u64 taken, count;
  };
  std::vector<Choice> script_;
  std::size_t position_ = 0;
  unsigned cut_ = 0;
};

}  // namespace gms::explore
