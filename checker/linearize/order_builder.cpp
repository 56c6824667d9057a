#include "checker/linearize/order_builder.h"

#include <algorithm>

namespace gms::check::linearize {
namespace {

// So many of the last calls are moved about.
constexpr std::size_t kReach = 48;
// So many calls are kept, to go back to one that is to blame.
constexpr std::size_t kKept = 1 << 17;
// How often calls are tried, in all; beyond that the search is given up.
constexpr std::uint64_t kMostTried = 1'000'000, kMostTriedForEach = 100;

}  // namespace

bool OrderBuilder::returns(const Call& call, std::span<const Call> pending) {
  ++returned_;
  if (std::erase(early_, call->line) != 0) return true;
  settle();
  return place(call) || insert(call, nullptr) || postpone(call) || take_first(call, pending) ||
         blame(call) || blame_for_pending(call, pending);
}

/// At the end of the order, if the model explains it there in one way.
bool OrderBuilder::place(const Call& call) {
  ++tried_;
  const model::Model::Mark before = model_->mark();
  const model::Verdict verdict = model_->try_event(call->event, call->lay_out(slots_));
  call->clear(slots_);
  if (verdict != model::Verdict::kConforms) return false;
  if (!model_->is_exact()) {
    model_->take_back();
    return false;
  }
  model_->keep();
  placed_.push_back({call, before});
  return true;
}

/// All of them, or none.
bool OrderBuilder::place_all(std::span<const Call> calls) {
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (place(calls[i])) continue;
    take_back(i);
    return false;
  }
  return true;
}

/// The last ones; in their order.
std::vector<Call> OrderBuilder::take_back(std::size_t count) {
  std::vector<Call> calls;
  const std::size_t left = placed_.size() - count;
  for (std::size_t i = left; i < placed_.size(); ++i)
    calls.push_back(placed_[i].call);
  if (count != 0) model_->take_back_to(placed_[left].before);
  placed_.resize(left);
  return calls;
}

/// Other calls, or the same in another order, instead of those that were taken back. If they cannot
/// be placed everything is as it was.
bool OrderBuilder::try_instead(std::span<const Call> calls, std::span<const Call> former) {
  if (place_all(calls)) return true;
  static_cast<void>(place_all(former));  // they were explained there before
  return false;
}

/// Before one of the last calls; then the other, if any, at the end.
bool OrderBuilder::insert(const Call& call, const Call* then) {
  for (std::size_t count = 1; count <= std::min(kReach, placed_.size()); ++count) {
    if (placed_[placed_.size() - count].call->precedes(*call)) return false;
    const std::vector<Call> former = take_back(count);
    std::vector<Call> calls{call};
    calls.insert(calls.end(), former.begin(), former.end());
    if (then != nullptr) calls.push_back(*then);
    if (try_instead(calls, former)) return true;
  }
  return false;
}

/// At the end, with one of the last calls behind it.
bool OrderBuilder::postpone(const Call& call) {
  for (std::size_t count = 1; count <= std::min(kReach, placed_.size()); ++count) {
    const Call moved = placed_[placed_.size() - count].call;
    if (moved->precedes(*call)) return false;
    const bool must_stay =
        std::any_of(placed_.end() - static_cast<std::ptrdiff_t>(count) + 1, placed_.end(),
                    [&](const Placed& later) { return moved->precedes(*later.call); });
    if (must_stay) continue;
    const std::vector<Call> former = take_back(count);
    std::vector<Call> calls(former.begin() + 1, former.end());
    calls.push_back(call);
    calls.push_back(moved);
    if (try_instead(calls, former)) return true;
  }
  return false;
}

/// Pending calls that may take effect before this one: what must come before them has.
std::vector<Call> OrderBuilder::free_of(const Call& call, std::span<const Call> pending) const {
  const auto done = [&](const Call& one) {
    return std::find(early_.begin(), early_.end(), one->line) != early_.end();
  };
  std::vector<Call> free;
  for (const Call& one : pending) {
    if (done(one) || call->precedes(*one)) continue;
    if (std::none_of(pending.begin(), pending.end(),
                     [&](const Call& other) { return other->precedes(*one) && !done(other); }))
      free.push_back(one);
  }
  return free;
}

/// Behind one or two pending calls, which take effect before they return.
bool OrderBuilder::take_first(const Call& call, std::span<const Call> pending) {
  const std::vector<Call> free = free_of(call, pending);
  for (const Call& first : free) {
    const std::vector<Call> calls{first, call};
    if (!place_all(calls) && !insert(first, &call)) continue;
    early_.push_back(first->line);
    return true;
  }
  for (const Call& first : free) {
    if (!place(first)) continue;
    early_.push_back(first->line);
    for (const Call& second : free_of(call, pending)) {
      const std::vector<Call> calls{second, call};
      if (!place_all(calls)) continue;
      early_.push_back(second->line);
      return true;
    }
    take_back(1);
    early_.pop_back();
  }
  return false;
}

/// Behind a pending call that would not fit before others change places.
bool OrderBuilder::blame_for_pending(const Call& call, std::span<const Call> pending) {
  for (const Call& first : free_of(call, pending)) {
    if (fits(first) || !blame(first)) continue;
    if (place(call)) {
      early_.push_back(first->line);
      return true;
    }
    take_back(1);
  }
  return false;
}

/// At the end, with a call of long ago before others that it overlapped: which of them came first
/// did not matter until now.
bool OrderBuilder::blame(const Call& call) {
  constexpr int kMostBlamed = 3;
  std::vector<Call> undone;  // latest first
  for (int blamed = 0; blamed < kMostBlamed;) {
    if (placed_.empty() || tried_ > kMostTried + kMostTriedForEach * returned_) break;
    undone.push_back(take_back(1).front());
    if (!matters(undone.back(), call)) continue;
    ++blamed;
    std::vector<Call> later(undone.rbegin() + 1, undone.rend());
    later.push_back(call);
    if (move_earlier(undone.back(), later)) return true;
  }
  std::reverse(undone.begin(), undone.end());
  static_cast<void>(place_all(undone));  // they were explained there before
  return false;
}

/// How many of the last calls it may come before.
std::size_t OrderBuilder::overlapped_by(const Call& moved) const {
  std::size_t count = 0;
  while (count < std::min(kReach, placed_.size()) &&
         !placed_[placed_.size() - count - 1].call->precedes(*moved))
    ++count;
  return count;
}

/// Whether the call fits without the one that stood next, or with that before those it overlaps.
bool OrderBuilder::matters(const Call& moved, const Call& call) {
  const std::size_t count = overlapped_by(moved);
  if (count == 0) return false;
  if (fits(call)) return true;
  const std::vector<Call> former = take_back(count);
  bool found = false;
  if (place(moved)) {
    if (place_all(former)) {
      found = fits(call);
      take_back(count);
    }
    take_back(1);
  }
  static_cast<void>(place_all(former));
  return found;
}

/// Before one or more of the calls that it overlaps; then what comes later.
bool OrderBuilder::move_earlier(const Call& moved, std::span<const Call> later) {
  for (std::size_t count = overlapped_by(moved); count > 0; --count) {
    const std::vector<Call> former = take_back(count);
    std::vector<Call> calls{moved};
    calls.insert(calls.end(), former.begin(), former.end());
    calls.insert(calls.end(), later.begin(), later.end());
    if (try_instead(calls, former)) return true;
  }
  return false;
}

/// Whether the call could stand at the end.
bool OrderBuilder::fits(const Call& call) {
  if (!place(call)) return false;
  take_back(1);
  return true;
}

/// Calls that will not be moved any more need not be remembered.
void OrderBuilder::settle() {
  if (placed_.size() < 2 * kKept) return;
  const std::size_t count = placed_.size() - kKept;
  const model::Model::Mark mark = placed_[count].before;
  model_->settle_before(mark);
  placed_.erase(placed_.begin(), placed_.begin() + static_cast<std::ptrdiff_t>(count));
  for (Placed& one : placed_)
    one.before -= mark;
}

}  // namespace gms::check::linearize
