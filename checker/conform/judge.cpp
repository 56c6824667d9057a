#include "checker/conform/judge.h"

#include <algorithm>
#include <utility>

#include "checker/conform/messages.h"

namespace gms::check {
namespace {

std::size_t score(const Mismatch& mismatch) {
  if (mismatch.allowed.empty()) return 0;
  const Allowed& nearest = mismatch.allowed[mismatch.nearest];
  const auto same = std::count(nearest.agrees.begin(), nearest.agrees.end(), true);
  return 1 + static_cast<std::size_t>(same) + (nearest.result_agrees ? 1000 : 0);
}

}  // namespace

Judge::Judge(const EventTable& table, NameTable& names, EngineFactory factory, JudgeOptions options)
    : table_(table),
      names_(names),
      factory_(std::move(factory)),
      options_(std::move(options)),
      reads_(parameters_read(table)),
      touched_(table.module().params.size()),
      runner_(table, names, &result_.coverage),
      cannot_split_(table.events().size(), options_.valuations.size() == 1) {
  result_.tried = options_.valuations;
  result_.coverage.resize(table.module().clauses.size());
  result_.raced.resize(table.module().clauses.size());
  for (const EventPlan& plan : table.events()) {
    const auto is_one_of = [&](const std::vector<std::string>& ops) {
      return std::find(ops.begin(), ops.end(), plan.event->op) != ops.end();
    };
    access_.push_back(is_one_of(options_.stores)  ? Access::kStore
                      : is_one_of(options_.loads) ? Access::kLoad
                                                  : Access::kOther);
  }
  if (options_.overlaps) runner_.keep_worlds(kMaxWorldsOfWindows);
  Candidate first = make_candidate(options_.valuations);
  first.worlds.push_back({first.engine->fresh(), {}, true});
  candidates_.push_back(std::move(first));
}

Judge::~Judge() = default;

Judge::Candidate Judge::make_candidate(std::vector<Valuation> valuations) const {
  Candidate result;
  result.engine = factory_(table_.module(), valuations.front());
  result.valuations = std::move(valuations);
  return result;
}

/// Before an event that reads parameters which no earlier one has read: valuations that differ in
/// them must be followed apart.
void Judge::split(const Decoded& event) {
  const std::vector<bool>& reads =
      reads_[static_cast<std::size_t>(event.plan - table_.events().data())];
  std::vector<std::size_t> fresh;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (!reads[i] || touched_[i]) continue;
    touched_[i] = true;
    fresh.push_back(i);
  }
  if (fresh.empty()) return;
  std::vector<Candidate> result;
  for (Candidate& candidate : candidates_) {
    std::vector<std::vector<std::uint64_t>> keys;
    std::vector<std::vector<Valuation>> groups;
    for (Valuation& valuation : candidate.valuations) {
      std::vector<std::uint64_t> key;
      for (const std::size_t i : fresh)
        key.push_back(valuation[i]);
      const auto found = std::find(keys.begin(), keys.end(), key);
      if (found == keys.end()) {
        keys.push_back(std::move(key));
        groups.push_back({std::move(valuation)});
      } else {
        groups[static_cast<std::size_t>(found - keys.begin())].push_back(std::move(valuation));
      }
    }
    // The first group keeps the states, the others get copies.
    for (std::size_t g = groups.size(); g-- > 0;) {
      Candidate part =
          g == 0 ? Candidate{{}, candidate.engine, {}, nullptr} : make_candidate(groups[g]);
      part.valuations = std::move(groups[g]);
      for (World& world : candidate.worlds) {
        if (g == 0) {
          part.worlds.push_back(std::move(world));
        } else {
          part.worlds.push_back(copy_of(*candidate.engine, world));
        }
      }
      result.push_back(std::move(part));
    }
  }
  // In the order of the options, so that the preferred valuation stays first.
  const auto rank = [&](const Candidate& candidate) {
    const auto& all = options_.valuations;
    return std::find(all.begin(), all.end(), candidate.valuations.front()) - all.begin();
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
  candidates_ = std::move(result);
}

void Judge::refuse(base::Diagnostic problem, const Decoded& event) {
  if (!result_.problem) {
    result_.problem = std::move(problem);
    result_.problem_event = event;
  }
  stopped_ = true;
}

void Judge::stop() {
  flush();
  stopped_ = true;
}

void Judge::judge(const Decoded& event) {
  split(event);
  std::vector<EventResult> results;
  bool explained = false;
  for (Candidate& candidate : candidates_) {
    results.push_back(runner_.run(*candidate.engine, event, candidate.worlds));
    if (results.back().problem) {
      ++result_.not_judged;
      return refuse(std::move(*results.back().problem), event);
    }
    if (!results.back().undecided.empty()) {
      ++result_.not_judged;
      result_.undecided = Undecided{event.line, event.event().op, results.back().undecided};
      stopped_ = true;
      return;
    }
    explained = explained || results.back().conforms();
  }
  runner_.introduce(event);
  ++result_.judged;
  if (options_.list_events) list(event, explained, results);
  if (!explained) {
    // The nearest of the last ones standing; the first of equals.
    std::size_t best = 0;
    for (std::size_t i = 1; i < results.size(); ++i) {
      if (score(*results[i].mismatch) > score(*results[best].mismatch)) best = i;
    }
    if (result_.violations++ == 0) {
      for (const Candidate& candidate : candidates_)
        result_.survivors.insert(result_.survivors.end(), candidate.valuations.begin(),
                                 candidate.valuations.end());
    }
    Candidate chosen = std::move(candidates_[best]);
    if (result_.findings.size() < options_.max_findings) {
      result_.findings.push_back({event, std::move(*results[best].mismatch),
                                  chosen.valuations.front(), chosen.engine,
                                  chosen.worlds.front().exact});
    }
    candidates_.clear();
    candidates_.push_back(std::move(chosen));
    if (options_.first_only) stopped_ = true;
    return;
  }
  if (candidates_.size() == 1) return;
  std::vector<Candidate> left;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (results[i].conforms()) {
      left.push_back(std::move(candidates_[i]));
    } else {
      result_.ruled_out.push_back(
          {std::move(candidates_[i].valuations), event.line, event.event().op});
    }
  }
  candidates_ = std::move(left);
}

void Judge::list(const Decoded& event, bool explained, const std::vector<EventResult>& results) {
  JudgedEvent one{event.line, event.event().op, explained, {}};
  for (const EventResult& result : results) {
    if (!result.conforms()) continue;
    for (const ir::ClauseId clause : result.clauses) {
      if (std::find(one.clauses.begin(), one.clauses.end(), clause) == one.clauses.end())
        one.clauses.push_back(clause);
    }
  }
  result_.events.push_back(std::move(one));
}

void Judge::flush() {
  flush_windows(true);
  switch (std::exchange(pending_kind_, Pending::kNone)) {
    case Pending::kNone: break;
    case Pending::kOpen: flush_open(); break;
    case Pending::kDecoded:
      if (stopped_) {
        ++result_.not_judged;
        break;
      }
      if (by_models_) leave_models();
      judge(pending_);
      break;
  }
}

/// Whether a call overlaps the last one. Intervals are closed; what touches in one thread follows.
bool Judge::meets_pending(std::optional<std::uint64_t> begin, std::uint64_t tid) const {
  if (pending_kind_ == Pending::kNone || !pending_end_ || !begin) return false;
  return *begin < *pending_end_ || (*begin == *pending_end_ && tid != pending_tid_);
}

/// Order and completeness by the trace's own counter, where it has one.
bool Judge::check_clock(const Decoded& event) {
  if (!event.seq) return true;
  if (last_seq_ && *event.seq <= *last_seq_) {
    flush();
    refuse(base::make_diagnostic(diag::out_of_order, find_value(event.text, "seq"), *event.seq,
                                 *last_seq_),
           event);
    return false;
  }
  const std::uint64_t expected = last_seq_ ? *last_seq_ + 1 : 0;
  if (*event.seq > expected && last_seq_)
    result_.gaps.push_back({event.line, *event.seq - expected});
  last_seq_ = event.seq;
  return true;
}

bool Judge::feed(const Decoded& event) {
  ++result_.read;
  const bool ignored = event.event().ignored;
  if (!stopped_ && !check_clock(event)) {
    ++(ignored ? result_.non_events : result_.not_judged);
    return false;
  }
  if (ignored) {
    ++result_.non_events;
    return !stopped_;
  }
  if (options_.overlaps) return feed_window(event);
  if (!stopped_ && meets_pending(event.begin, event.tid)) {
    result_.overlap = Overlap{event.line, pending_line_, false};
    stopped_ = true;
  }
  flush();
  if (stopped_) {
    ++result_.not_judged;
    return false;
  }
  pending_ = event;
  pending_kind_ = Pending::kDecoded;
  pending_line_ = event.line;
  pending_tid_ = event.tid;
  pending_end_ = event.end;
  return true;
}

JudgeResult Judge::finish() {
  flush();
  if (result_.violations == 0) {
    for (const Candidate& candidate : candidates_)
      result_.survivors.insert(result_.survivors.end(), candidate.valuations.begin(),
                               candidate.valuations.end());
  }
  for (const Candidate& candidate : candidates_) {
    if (candidate.model != nullptr) add_coverage(*candidate.model);
    for (const World& world : candidate.worlds)
      result_.exact = result_.exact && world.exact;
  }
  // Reports about a finding may meet any name; they find them in the order of the trace.
  if (by_models_ && !result_.findings.empty())
    take_names(candidates_.front().model->names().size());
  return std::move(result_);
}

}  // namespace gms::check
