// Judging by compiled models: which events they may take, and how states go to the interpreter and
// back for the others. A verdict is theirs only where it is the one that the interpreter would
// give: the event is explained in exactly one way for every candidate, in states that are exact.
#include <algorithm>

#include "checker/conform/hand_over.h"
#include "checker/conform/judge.h"

namespace gms::check {
namespace {

// Carrying a state over costs as much as many events. A stretch that was shorter than this did not
// pay; then the interpreter goes on for longer and longer, up to the second number.
constexpr std::uint64_t kShortStretch = 64;
constexpr std::uint64_t kLongestPause = 4096;

}  // namespace

void Judge::add_coverage(const model::Model& model) {
  const std::span<const std::uint64_t> counts = model.coverage();
  for (std::size_t i = 0; i < counts.size(); ++i)
    result_.coverage[i] += counts[i];
}

/// Adds the first names that the models have met to those of the trace, which stay in its order.
void Judge::take_names(std::size_t count) {
  const model::NameTable& theirs = candidates_.front().model->names();
  for (; names_taken_ < count; ++names_taken_)
    names_.intern(theirs.text(static_cast<model::NameTable::Id>(names_taken_)));
}

void Judge::flush_open() {
  for (Candidate& candidate : candidates_) {
    if (stopped_) {
      candidate.model->take_back();
    } else {
      candidate.model->commit();
    }
  }
  ++(stopped_ ? result_.not_judged : result_.judged);
}

/// False if the states are such that only the interpreter can go on.
bool Judge::enter_models() {
  if (pause_ != 0) {
    --pause_;
    return false;
  }
  const auto single = [](const Candidate& candidate) { return candidate.worlds.size() == 1; };
  if (!std::all_of(candidates_.begin(), candidates_.end(), single)) return false;
  for (Candidate& candidate : candidates_) {
    candidate.model = options_.models(candidate.valuations.front());
    if (to_compiled(candidate.worlds.front(), table_.module(), names_, runner_, *candidate.model))
      continue;
    for (Candidate& one : candidates_)
      one.model.reset();
    pause_ = next_pause_ = std::clamp(next_pause_ * 2, std::uint64_t{1}, kLongestPause);
    return false;
  }
  for (Candidate& candidate : candidates_)
    candidate.worlds.clear();
  by_models_ = true;
  names_taken_ = 0;
  return true;
}

void Judge::leave_models() {
  for (Candidate& candidate : candidates_) {
    add_coverage(*candidate.model);
    candidate.worlds.push_back(
        to_interpreter(*candidate.model, table_.module(), *candidate.engine, names_, runner_));
    candidate.model.reset();
  }
  by_models_ = false;
  const bool paid = stretch_ >= std::min(kShortStretch, options_.longest_stretch);
  next_pause_ = paid ? 0 : std::clamp(next_pause_ * 2, std::uint64_t{1}, kLongestPause);
  pause_ = next_pause_;
  stretch_ = 0;
}

/// Whether valuations that were alike so far differ for this event.
bool Judge::may_split(std::size_t event) {
  if (cannot_split_[event]) return false;
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    if (reads_[event][i] && !touched_[i]) return true;
  }
  cannot_split_[event] = true;
  return false;
}

bool Judge::feed_fast(const Record& record) {
  if (!options_.models || stopped_ || options_.overlaps) return false;
  const EventPlan* plan = table_.find(record.op);
  if (plan == nullptr || plan->event->ignored) return false;
  const auto event = static_cast<std::size_t>(plan - table_.events().data());
  const ClockSlots& clock = table_.clock();
  const auto number = [&](FieldIndex slot) {
    return slot == kNoField ? std::nullopt : record[slot].as_u64();
  };
  const std::optional<std::uint64_t> seq = number(clock.seq);
  const std::optional<std::uint64_t> begin = number(clock.begin);
  const bool in_order = !seq || !last_seq_ || *seq == *last_seq_ + 1;
  const std::uint64_t tid = number(clock.tid).value_or(0);
  const bool overlaps = meets_pending(begin, tid);
  if (in_order && !overlaps) flush();
  if (!in_order || overlaps || stopped_ || may_split(event) ||
      stretch_ == options_.longest_stretch) {
    if (by_models_) take_names(candidates_.front().model->names().size());
    return false;
  }
  if (!by_models_ && !enter_models()) return false;
  // Those of an event that is left to the interpreter are for the decoder to add.
  const std::size_t names = candidates_.front().model->names().size();
  const model::EventInput input{record.slots, record.presence, !record.unknown.empty()};
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    model::Model& model = *candidates_[i].model;
    const bool explained =
        model.try_event(static_cast<std::uint32_t>(event), input) == model::Verdict::kConforms;
    if (explained && model.is_exact()) continue;
    // One that does not conform has taken itself back.
    for (std::size_t k = 0; k < i + (explained ? 1 : 0); ++k)
      candidates_[k].model->take_back();
    take_names(names);
    return false;
  }
  ++result_.read;
  ++stretch_;
  if (seq) last_seq_ = seq;
  pending_kind_ = Pending::kOpen;
  pending_line_ = record.line;
  pending_tid_ = tid;
  pending_end_ = number(clock.end);
  return true;
}

}  // namespace gms::check
