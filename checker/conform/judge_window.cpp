// Judging events that may overlap. An event may begin a little before one of an earlier line. A
// group of events that overlap is judged once nothing that is still to be read can overlap it
// (horizon.h).
#include <algorithm>
#include <unordered_map>

#include "checker/conform/judge.h"

namespace gms::check {

bool Judge::feed_window(const Decoded& event) {
  if (stopped_) {
    ++result_.not_judged;
    return false;
  }
  if (!options_.store_buffers) return feed_timed(event);
  kept_.push_back(event);
  return true;
}

/// A store stays in its thread's buffer for so many calls at most.
constexpr std::size_t kStoreDelay = 4;

/// Says until when each store may become visible, and judges what was kept.
void Judge::delay_stores() {
  struct Store {
    std::size_t at = 0;     // in kept_
    std::size_t later = 0;  // calls of its thread since
  };
  std::unordered_map<std::uint64_t, std::vector<Store>> waiting;  // by thread
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    const Decoded& event = kept_[i];
    if (!event.begin || !event.end) continue;
    last = std::max(last, *event.end);
    const bool drains = access(event) == Access::kOther;
    std::vector<Store>& stores = waiting[event.tid];
    std::erase_if(stores, [&](Store& store) {
      if (!drains && ++store.later < kStoreDelay) return false;
      kept_[store.at].visible = drains ? event.begin : event.end;
      return true;
    });
    if (access(event) == Access::kStore) stores.push_back({i, 0});
  }
  for (const auto& [thread, stores] : waiting) {
    for (const Store& store : stores)
      kept_[store.at].visible = last;
  }
  std::vector<Decoded> events = std::move(kept_);
  kept_.clear();
  for (const Decoded& event : events) {
    if (stopped_) {
      ++result_.not_judged;
    } else {
      feed_timed(event);
    }
  }
}

bool Judge::feed_timed(const Decoded& event) {
  if (!event.begin || !event.end || *event.end < *event.begin) {
    // Without times the order of the lines is all there is.
    flush_windows(true);
    if (stopped_) {
      ++result_.not_judged;
      return false;
    }
    judge(event);
    return !stopped_;
  }
  if (judged_line_ != 0 && *event.begin <= judged_to_) {
    result_.overlap = Overlap{event.line, judged_line_, true};
    ++result_.not_judged;
    stopped_ = true;
    return false;
  }
  horizon_.note(event.tid, *event.end);
  // Events of one thread that touch follow each other.
  const std::uint64_t begin = *event.begin;
  const std::uint64_t end = std::max(*event.end, event.visible.value_or(0));
  auto first = groups_.end();
  while (first != groups_.begin() && std::prev(first)->end >= begin)
    --first;
  if (first == groups_.end() || first->begin > end) {
    groups_.insert(first, Group{{event}, begin, end});
  } else {
    // A long race is one group with many events: what comes is added to it.
    Group& group = *first;
    auto at = std::next(first);
    for (; at != groups_.end() && at->begin <= end; ++at) {
      group.end = std::max(group.end, at->end);
      std::move(at->events.begin(), at->events.end(), std::back_inserter(group.events));
    }
    group.events.push_back(event);
    group.begin = std::min(group.begin, begin);
    group.end = std::max(group.end, end);
    groups_.erase(std::next(first), at);
  }
  flush_windows(false);
  return !stopped_;
}

void Judge::flush_windows(bool all) {
  if (all && !kept_.empty()) delay_stores();
  while (!groups_.empty() && (all || groups_.front().end < horizon_.begin())) {
    Group group = std::move(groups_.front());
    groups_.pop_front();
    if (stopped_) {
      result_.not_judged += group.events.size();
      continue;
    }
    judged_to_ = group.end;
    judged_line_ = group.events.back().line;
    judge_group(group);
  }
}

void Judge::judge_group(Group& group) {
  std::stable_sort(group.events.begin(), group.events.end(),
                   [](const Decoded& a, const Decoded& b) {
                     return *a.begin != *b.begin ? *a.begin < *b.begin : a.line < b.line;
                   });
  if (group.events.size() == 1) return judge(group.events.front());
  std::vector<WindowEvent> window;
  for (const Decoded& event : group.events) {
    window.push_back({&event, *event.begin, std::max(*event.end, event.visible.value_or(0)),
                      access(event), *event.end});
    split(event);
    runner_.introduce(event);
  }
  ++result_.windows.windows;
  result_.windows.events += window.size();
  result_.windows.longest = std::max<std::uint64_t>(result_.windows.longest, window.size());
  std::vector<WindowResult> results;
  runner_.count_in(nullptr);
  bool explained = false;
  for (Candidate& candidate : candidates_) {
    results.push_back(options_.windows->run(runner_, *candidate.engine, window, candidate.worlds));
    WindowResult& result = results.back();
    result_.windows.peak = std::max<std::uint64_t>(result_.windows.peak, result.peak);
    if (result.problem) {
      result_.not_judged += window.size();
      return refuse(std::move(*result.problem), group.events[result.problem_event]);
    }
    if (!result.undecided.empty()) {
      const Decoded& event = group.events[result.undecided_event];
      result_.not_judged += window.size();
      result_.undecided = Undecided{event.line, event.event().op, std::move(result.undecided)};
      stopped_ = true;
      return;
    }
    explained = explained || result.conforms();
  }
  runner_.count_in(&result_.coverage);
  result_.judged += window.size();
  if (explained) {
    std::vector<Candidate> left;
    bool noted = false;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!results[i].conforms()) {
        const Decoded& event = group.events[results[i].stuck.front().event];
        result_.ruled_out.push_back(
            {std::move(candidates_[i].valuations), event.line, event.event().op});
        continue;
      }
      if (!std::exchange(noted, true)) note_window(group, results[i]);
      left.push_back(std::move(candidates_[i]));
    }
    candidates_ = std::move(left);
    return;
  }
  // The one that came furthest; the first of equals.
  std::size_t best = 0;
  const auto reached = [&](std::size_t i) {
    return *group.events[results[i].stuck.front().event].end;
  };
  for (std::size_t i = 1; i < results.size(); ++i) {
    if (reached(i) > reached(best)) best = i;
  }
  if (result_.violations == 0) {
    for (const Candidate& candidate : candidates_)
      result_.survivors.insert(result_.survivors.end(), candidate.valuations.begin(),
                               candidate.valuations.end());
  }
  note_window(group, results[best]);
  Candidate chosen = std::move(candidates_[best]);
  for (Stuck& stuck : results[best].stuck) {
    ++result_.violations;
    if (result_.findings.size() >= options_.max_findings) continue;
    auto around = std::make_shared<WindowFinding>();
    around->events = group.events;
    Finding finding{group.events[stuck.event],
                    std::move(stuck.mismatch),
                    chosen.valuations.front(),
                    chosen.engine,
                    stuck.exact,
                    {}};
    around->stuck = std::move(stuck);
    finding.window = std::move(around);
    result_.findings.push_back(std::move(finding));
    if (options_.first_only) break;
  }
  candidates_.clear();
  candidates_.push_back(std::move(chosen));
  if (options_.first_only) stopped_ = true;
}

/// Counts and lists what explained the events of a window.
void Judge::note_window(const Group& group, const WindowResult& result) {
  std::vector<JudgedEvent> events;
  for (const Decoded& event : group.events)
    events.push_back({event.line, event.event().op, true, {}});
  for (const Stuck& stuck : result.stuck)
    events[stuck.event].explained = false;
  for (const Placed& placed : result.order) {
    ++result_.coverage[placed.clause];
    if (table_.raced(placed.clause)) ++result_.raced[placed.clause];
    std::vector<ir::ClauseId>& clauses = events[placed.event].clauses;
    if (std::find(clauses.begin(), clauses.end(), placed.clause) == clauses.end())
      clauses.push_back(placed.clause);
  }
  if (!options_.list_events) return;
  std::sort(events.begin(), events.end(),
            [](const JudgedEvent& a, const JudgedEvent& b) { return a.line < b.line; });
  std::move(events.begin(), events.end(), std::back_inserter(result_.events));
}

}  // namespace gms::check
