#include "checker/conform/shrink.h"

#include <algorithm>

namespace gms::check {
namespace {

using Clock = std::chrono::steady_clock;

bool same_observation(const Mismatch& a, const Mismatch& b) {
  if (a.call != b.call || a.observed.size() != b.observed.size()) return false;
  for (std::size_t i = 0; i < a.observed.size(); ++i) {
    if (a.observed[i].output != b.observed[i].output ||
        !(a.observed[i].value == b.observed[i].value))
      return false;
  }
  return true;
}

/// The same ways to end are allowed, whatever their values.
bool same_allowed(const Mismatch& a, const Mismatch& b) {
  return std::equal(a.allowed.begin(), a.allowed.end(), b.allowed.begin(), b.allowed.end(),
                    [](const Allowed& x, const Allowed& y) { return x.clause == y.clause; });
}

class Shrinker {
 public:
  Shrinker(const EventTable& table, const NameTable& names, const EngineFactory& factory,
           const Finding& finding, std::vector<Decoded> events, Clock::time_point deadline)
      : table_(table),
        names_(names),
        finding_(finding),
        engine_(factory(table.module(), finding.valuation)),
        events_(std::move(events)),
        deadline_(deadline) {}

  Shrunk run() {
    // Halves first, then ever smaller pieces: an event that matters is tested about log n times.
    std::size_t piece = (events_.size() + 1) / 2;
    while (piece >= 1 && events_.size() > 1) {
      bool dropped = false;
      // From the back: the events near the failure are the ones that matter, and those before them
      // go in large pieces.
      for (std::size_t end = events_.size() - 1; end > 0;) {
        const std::size_t begin = end > piece ? end - piece : 0;
        if (Clock::now() > deadline_) return {std::move(events_), false};
        if (still_fails_without(begin, end)) {
          events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(begin),
                        events_.begin() + static_cast<std::ptrdiff_t>(end));
          dropped = true;
        }
        end = begin;
      }
      if (piece == 1 && !dropped) break;
      piece = std::max<std::size_t>(1, piece / 2);
    }
    return {std::move(events_), true};
  }

 private:
  bool still_fails_without(std::size_t begin, std::size_t end) {
    EventRunner runner(table_, names_);
    std::vector<World> worlds;
    worlds.push_back({engine_->fresh(), {}, true});
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (i >= begin && i < end) continue;
      const EventResult result = runner.run(*engine_, events_[i], worlds);
      runner.introduce(events_[i]);
      if (result.problem) return false;
      if (!result.mismatch) continue;
      return i + 1 == events_.size() && same_observation(*result.mismatch, finding_.mismatch) &&
             same_allowed(*result.mismatch, finding_.mismatch);
    }
    return false;
  }

  const EventTable& table_;
  const NameTable& names_;
  const Finding& finding_;
  std::shared_ptr<const Engine> engine_;
  std::vector<Decoded> events_;
  Clock::time_point deadline_;
};

}  // namespace

Shrunk shrink(const EventTable& table, const NameTable& names, const EngineFactory& factory,
              const Finding& finding, std::vector<Decoded> events,
              std::chrono::milliseconds budget) {
  if (events.empty()) return {};
  return Shrinker(table, names, factory, finding, std::move(events), Clock::now() + budget).run();
}

}  // namespace gms::check
