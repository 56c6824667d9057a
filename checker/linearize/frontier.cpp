#include "checker/linearize/frontier.h"

#include <fmt/core.h>
#include <algorithm>

namespace gms::check::linearize {

Frontier::Frontier(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
                   const Limits& limits)
    : runner_(runner),
      engine_(engine),
      window_(window),
      limits_(limits),
      overlaps_(window),
      domains_(static_cast<std::uint32_t>(runner.module().domains.size())),
      returned_(window.size()),
      relevant_(window.size()) {
  // A store that waits in its thread's buffer is ordered by more than what it looks at.
  reduces_ =
      limits.reduce && std::none_of(window.begin(), window.end(), [](const WindowEvent& one) {
        return one.access == Access::kStore && one.end != one.returned;
      });
}

bool Frontier::give_up(std::uint32_t event, std::string why) {
  result_.undecided = std::move(why);
  result_.undecided_event = event;
  return false;
}

WindowResult Frontier::run(std::vector<World>& worlds) {
  for (World& world : worlds)
    configurations_.push_back({std::move(world), {}, nullptr, {}, std::nullopt});
  worlds.clear();
  std::uint32_t next = 0;
  for (const std::uint32_t event : overlaps_.by_end()) {
    // Intervals are closed: what begins in the instant in which this one ends overlaps it.
    for (; next < window_.size() && window_[next].begin <= window_[event].end; ++next)
      pending_.push_back(next);
    if (!returns(event)) return std::move(result_);
    if (limits_.first_only && !result_.stuck.empty()) return std::move(result_);
  }
  result_.order = order_of(configurations_.front().steps);
  for (Configuration& one : configurations_)
    worlds.push_back(std::move(one.world));
  return std::move(result_);
}

/// The event has to take effect now, if it has not.
bool Frontier::returns(std::uint32_t event) {
  std::vector<Configuration> left;
  if (!close(event, left)) return false;
  if (configurations_.empty()) stuck(event, left);
  if (!result_.undecided.empty()) return false;
  returned_[event] = true;
  std::erase(pending_, event);
  // What only the event told apart is one now.
  std::vector<Configuration> merged;
  for (Configuration& one : configurations_) {
    std::erase_if(one.begun, [&](const Begun& begun) { return begun.event == event; });
    one.hash.reset();
    add(engine_, domains_, std::move(one), merged);
  }
  configurations_ = std::move(merged);
  result_.peak = std::max(result_.peak, configurations_.size());
  return true;
}

/// Replaces the configurations by those in which the event has taken effect, with no more of the
/// others than came before it. `left`: all that were met on the way.
bool Frontier::close(std::uint32_t event, std::vector<Configuration>& left) {
  choose_relevant(event);
  for (;;) {
    std::vector<Configuration> open, done;
    for (const Configuration& one : configurations_)
      open.push_back(copy_of(engine_, one));
    left.clear();
    const Search end = search(event, std::move(open), done, left);
    if (end == Search::kGivenUp) return false;
    if (end == Search::kMoreMatters) continue;
    configurations_ = std::move(done);
    return true;
  }
}

/// Of other events only relevant ones are tried. kMoreMatters: one of them can disturb an event
/// that was not, and now is.
Frontier::Search Frontier::search(std::uint32_t event, std::vector<Configuration> open,
                                  std::vector<Configuration>& done,
                                  std::vector<Configuration>& left) {
  while (!open.empty()) {
    Configuration one = std::move(open.back());
    open.pop_back();
    if (one.finished(event)) {
      add(engine_, domains_, std::move(one), done);
      continue;
    }
    const bool is_new = std::none_of(left.begin(), left.end(), [&](Configuration& other) {
      return same(engine_, one, other, domains_);
    });
    if (!is_new) continue;
    // The event itself last, so that it is tried first.
    std::vector<std::uint32_t> tried;
    for (const std::uint32_t other : pending_)
      if (other != event && relevant_[other]) tried.push_back(other);
    tried.push_back(event);
    for (const std::uint32_t other : tried) {
      ir::interp::Footprint footprint;
      const std::size_t before = open.size();
      if (reduces_) runner_.record(engine_, &footprint);
      const bool good = step(one, other, open);
      runner_.record(engine_, nullptr);
      if (!good) return Search::kGivenUp;
      if (!reduces_) continue;
      if (disturbs_others(one, footprint)) return Search::kMoreMatters;
      // What does not look at what was changed would do the same now.
      for (std::size_t i = before; i < open.size(); ++i)
        std::erase_if(open[i].looks, [&](const Look& known) {
          return known.event == other || !known.footprint->commutes(footprint);
        });
    }
    left.push_back(std::move(one));
    if (open.size() + left.size() + done.size() > limits_.configurations) {
      give_up(event, fmt::format("more than {} orders of the calls that overlap it are "
                                 "possible (--max-orders)",
                                 limits_.configurations));
      return Search::kGivenUp;
    }
    if (std::chrono::steady_clock::now() > limits_.deadline) {
      give_up(event, fmt::format("the calls that overlap it were not ordered within {} "
                                 "(--order-time)",
                                 limits_.time));
      return Search::kGivenUp;
    }
  }
  return Search::kDone;
}

/// Whether a load may take effect before an earlier store of its thread: if that waits in the store
/// buffer and is to another place. Arguments of one name that are no handles tell places apart.
bool Frontier::passes(std::uint32_t load, std::uint32_t store, const World& world) {
  if (window_[load].access != Access::kLoad || window_[store].access != Access::kStore)
    return false;
  const std::vector<RacingCall> loads = runner_.calls_of(engine_, *window_[load].event, world);
  const std::vector<RacingCall> stores = runner_.calls_of(engine_, *window_[store].event, world);
  if (loads.size() != 1 || stores.size() != 1) return false;
  const ir::Action& a = runner_.module().actions[loads[0].action];
  const ir::Action& b = runner_.module().actions[stores[0].action];
  for (std::size_t i = 0; i < a.params.size(); ++i) {
    const ir::Local& left = a.locals[a.params[i]];
    if (left.type.kind == ir::TypeKind::kHandle) continue;
    for (std::size_t k = 0; k < b.params.size(); ++k) {
      if (b.locals[b.params[k]].name == left.name && !(loads[0].args[i] == stores[0].args[k]))
        return true;
    }
  }
  return false;
}

/// The calls that overlap those of the event, if that matters to it.
std::vector<RacingCall> Frontier::racing(const Configuration& from, std::uint32_t event) {
  std::vector<RacingCall> racing;
  const EventPlan& plan = *window_[event].event->plan;
  if (std::find(plan.raced_by.begin(), plan.raced_by.end(), true) == plan.raced_by.end())
    return racing;
  const EventPlan* const first = runner_.table().events().data();
  for (const std::uint32_t other : overlaps_.of(event)) {
    if (!plan.raced_by[static_cast<std::size_t>(window_[other].event->plan - first)]) continue;
    std::vector<RacingCall> calls = runner_.calls_of(engine_, *window_[other].event, from.world);
    std::move(calls.begin(), calls.end(), std::back_inserter(racing));
  }
  return racing;
}

/// Appends what the configuration becomes by the event's next call.
bool Frontier::step(const Configuration& from, std::uint32_t event,
                    std::vector<Configuration>& next) {
  static const Progress kNotBegun;
  const Progress* progress = from.progress(event);
  if (progress == nullptr) {
    for (const std::uint32_t before : overlaps_.before(event)) {
      if (returned_[before] || from.finished(before)) continue;
      if (!passes(event, before, from.world)) return true;
    }
    progress = &kNotBegun;
  } else if (progress->finished()) {
    return true;
  }
  const std::vector<RacingCall> racing = this->racing(from, event);
  advances_.clear();
  engine_.set_racing(racing.empty() ? nullptr : &racing);
  const bool good =
      runner_.advance(engine_, *window_[event].event, from.world, *progress, advances_);
  engine_.set_racing(nullptr);
  if (!good) {
    if (runner_.result().problem) {
      result_.problem = std::move(runner_.result().problem);
      result_.problem_event = event;
    } else {
      give_up(event, runner_.result().undecided);
    }
    return false;
  }
  // The first outcome last, so that it is tried first.
  for (std::size_t i = advances_.size(); i-- > 0;) {
    Advance& one = advances_[i];
    Configuration to{std::move(one.world), from.begun, from.steps, from.looks, std::nullopt};
    if (one.clause != ir::kNoId)
      to.steps = std::make_shared<Step>(from.steps, Placed{event, one.clause});
    const auto at = std::find_if(to.begun.begin(), to.begun.end(),
                                 [&](const Begun& begun) { return begun.event >= event; });
    if (at != to.begun.end() && at->event == event) {
      at->progress = std::move(one.progress);
    } else {
      to.begun.insert(at, {event, std::move(one.progress)});
    }
    next.push_back(std::move(to));
  }
  return true;
}

namespace {

std::size_t score(const Mismatch& mismatch) {
  if (mismatch.allowed.empty()) return 0;
  const Allowed& nearest = mismatch.allowed[mismatch.nearest];
  const auto same = std::count(nearest.agrees.begin(), nearest.agrees.end(), true);
  return 1 + static_cast<std::size_t>(same) + (nearest.result_agrees ? 1000 : 0);
}

}  // namespace

/// No configuration allows the event: notes what they allowed, and goes on with the nearest.
void Frontier::stuck(std::uint32_t event, const std::vector<Configuration>& left) {
  static const Progress kNotBegun;
  Stuck found;
  found.event = event;
  found.configurations = left.size();
  std::optional<Mismatch> best;
  Advance after;
  std::size_t best_at = 0;
  std::vector<Mismatch> others;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Progress* progress = left[i].progress(event);
    Advance nearest;
    std::optional<Mismatch> one =
        runner_.mismatch(engine_, *window_[event].event, left[i].world,
                         progress == nullptr ? kNotBegun : *progress, nearest);
    if (!one) continue;
    if (!best || score(*one) > score(*best)) {
      if (best) others.push_back(std::move(*best));
      best = std::move(one);
      after = std::move(nearest);
      best_at = i;
    } else {
      others.push_back(std::move(*one));
    }
  }
  if (!best) {
    give_up(event, "no configuration reaches a call of it");
    return;
  }
  for (Mismatch& other : others) {
    if (other.call != best->call || other.observed.size() != best->observed.size()) continue;
    std::move(other.allowed.begin(), other.allowed.end(), std::back_inserter(best->allowed));
  }
  found.mismatch = std::move(*best);
  found.exact = std::all_of(left.begin(), left.end(),
                            [](const Configuration& one) { return one.world.exact; });
  found.longest = order_of(left[best_at].steps);
  result_.stuck.push_back(std::move(found));
  Configuration on = copy_of(engine_, left[best_at]);
  on.world = std::move(after.world);
  std::erase_if(on.begun, [&](const Begun& begun) { return begun.event == event; });
  configurations_.push_back(std::move(on));
}

}  // namespace gms::check::linearize
