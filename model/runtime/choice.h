// How an action's text meets the environment's choices: it asks a chooser at each one. Both
// choosers run the action once for each sequence of choices, each time from the same state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/runtime/cursor.h"
#include "model/runtime/errno.h"

namespace gms::model {

/// A sequence of decisions, and the way to the next one.
class Choices {
 public:
  /// So many candidates of one `choose` are tried before giving up.
  static constexpr std::uint64_t kMaxTried = 4096;

  /// Before the first run.
  void start() {
    log_.clear();
    at_ = 0;
    complete_ = true;
  }
  /// After a run: to the next sequence; false if there is none. The state must be as before.
  bool next() {
    while (!log_.empty() && !log_.back().more)
      log_.pop_back();
    at_ = 0;
    if (log_.empty()) return false;
    log_.back().advance = true;
    return true;
  }
  /// Whether another sequence follows the one just run.
  bool has_next() const {
    for (const Decision& decision : log_) {
      if (decision.more) return true;
    }
    return false;
  }
  /// False if some choice had too many candidates to try them all.
  bool is_complete() const { return complete_; }

  /// The sequence just run; `replay` makes it the next one, and the only one.
  std::vector<std::uint64_t> sequence() const {
    std::vector<std::uint64_t> values;
    for (const Decision& decision : log_)
      values.push_back(decision.value);
    return values;
  }
  void replay(const std::vector<std::uint64_t>& values) {
    log_.clear();
    for (const std::uint64_t value : values)
      log_.push_back({value, 0, false, false});
    at_ = 0;
  }

  /// The environment picks one of the range that satisfies the predicate. False: there is none.
  template <class T, class Pred>
  bool pick(Stretch range, T& out, Pred&& pred) {
    const auto search = [&](std::uint64_t from) -> std::optional<std::uint64_t> {
      std::uint64_t tried = 0;
      for (std::uint64_t i = from; i <= range.last; ++i) {
        if (++tried > kMaxTried) {
          complete_ = false;
          return std::nullopt;
        }
        if (pred(static_cast<T>(i))) return i;
        if (i == range.last) break;
      }
      return std::nullopt;
    };
    const bool fresh = at_ == log_.size();
    if (fresh) {
      const auto least = range.empty() ? std::nullopt : search(range.first);
      if (!least) return false;
      log_.push_back({0, *least, true, true});
    }
    Decision& decision = log_[at_++];
    if (decision.advance) {
      decision.value = decision.next;
      decision.advance = decision.more = false;
      if (decision.value != range.last) {
        if (const auto after = search(decision.value + 1)) {
          decision.next = *after;
          decision.more = true;
        }
      }
    }
    out = static_cast<T>(decision.value);
    return true;
  }
  /// The same from a list.
  template <class T, class Range, class Pred>
  bool pick_of(const Range& candidates, T& out, Pred&& pred) {
    std::vector<T> list(candidates.begin(), candidates.end());
    std::size_t at = 0;
    if (!pick(stretch(0, list.size()), at, [&](std::size_t i) { return pred(list[i]); }))
      return false;
    out = list[at];
    return true;
  }

 protected:
  /// True at first, and false in the next sequence.
  bool fork() {
    if (at_ == log_.size()) log_.push_back({1, 0, true, false});
    Decision& decision = log_[at_++];
    if (decision.advance) decision = {0, 0, false, false};
    return decision.value != 0;
  }

 private:
  struct Decision {
    std::uint64_t value;
    std::uint64_t next;
    bool more;
    bool advance;  // to `next`, when it is met
  };
  std::vector<Decision> log_;
  std::size_t at_ = 0;
  bool complete_ = true;
};

/// Takes only ways out that have the observed result.
class Follow : public Choices {
 public:
  /// The result that was observed; nothing if none was.
  void expect(std::optional<Errno> result) { result_ = result; }
  bool may(Errno result) { return (!result_ || *result_ == result) && fork(); }
  bool accepts(Errno result) const { return !result_ || *result_ == result; }

 private:
  std::optional<Errno> result_;
};

/// Takes every way.
class Enumerate : public Choices {
 public:
  bool may(Errno) { return fork(); }
};

}  // namespace gms::model
