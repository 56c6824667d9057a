#include "checker/linearize/core.h"

#include <algorithm>

namespace gms::check::linearize {
namespace {

using Clock = std::chrono::steady_clock;
using Indices = std::vector<std::uint32_t>;  // of a window's events, ascending

constexpr std::size_t kMaxEvents = 400;
constexpr std::size_t kMaxTornCore = 8;
constexpr auto kTime = std::chrono::seconds(3);

class Core {
 public:
  Core(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
       const std::vector<World>& worlds, const Limits& limits, const Stuck& stuck)
      : runner_(runner),
        engine_(engine),
        window_(window),
        worlds_(worlds),
        limits_(limits),
        stuck_(stuck) {
    limits_.first_only = true;
    limits_.deadline = std::min(limits.deadline, Clock::now() + kTime);
  }

  Indices find() {
    Indices kept;
    for (std::uint32_t i = 0; i < window_.size(); ++i) {
      if (window_[i].begin <= window_[stuck_.event].end) kept.push_back(i);
    }
    if (kept.size() > kMaxEvents || !fails(kept)) return {};
    for (std::size_t piece = std::max<std::size_t>(1, kept.size() / 2);;) {
      bool dropped = false;
      for (std::size_t at = 0; at < kept.size() && in_time();) {
        Indices without;
        for (std::size_t i = 0; i < kept.size(); ++i) {
          if (i < at || i >= at + piece || kept[i] == stuck_.event) without.push_back(kept[i]);
        }
        if (without.size() < kept.size() && fails(without)) {
          kept = std::move(without);
          dropped = true;
        } else {
          at += piece;
        }
      }
      if (!in_time()) return {};
      if (piece == 1 && !dropped) return kept;
      piece = std::max<std::size_t>(1, piece / 2);
    }
  }

  std::optional<Torn> torn(const Indices& core) {
    if (core.size() < 3 || core.size() > kMaxTornCore) return std::nullopt;
    for (const std::uint32_t range : core) {
      for (const std::uint32_t seen : core) {
        if (seen == range || !forced(range, seen)) continue;
        for (const std::uint32_t unseen : core) {
          if (unseen == range || unseen == seen || !ends_before(seen, unseen) ||
              !forced(unseen, range))
            continue;
          if (auto places = different_places(seen, unseen))
            return Torn{places->first, places->second, {range, seen, unseen, range}};
        }
      }
    }
    return std::nullopt;
  }

 private:
  bool in_time() const { return Clock::now() < limits_.deadline; }
  bool ends_before(std::uint32_t a, std::uint32_t b) const {
    return window_[a].end < window_[b].begin ||
           (window_[a].event->tid == window_[b].event->tid && window_[a].end <= window_[b].begin);
  }

  WindowResult run(std::span<const WindowEvent> events) {
    std::vector<World> worlds;
    for (const World& world : worlds_)
      worlds.push_back(copy_of(engine_, world));
    return Frontier(runner_, engine_, events, limits_).run(worlds);
  }

  /// The events alone fail at the same one, which could have ended in no other ways than before.
  bool fails(const Indices& events) {
    std::vector<WindowEvent> some;
    std::uint32_t at = 0;
    for (std::uint32_t i = 0; i < events.size(); ++i) {
      some.push_back(window_[events[i]]);
      if (events[i] == stuck_.event) at = i;
    }
    const WindowResult result = run(some);
    if (result.problem || !result.undecided.empty() || result.stuck.empty()) return false;
    const Stuck& found = result.stuck.front();
    if (found.event != at || found.mismatch.call != stuck_.mismatch.call) return false;
    return std::all_of(
        found.mismatch.allowed.begin(), found.mismatch.allowed.end(), [&](const Allowed& one) {
          return std::any_of(stuck_.mismatch.allowed.begin(), stuck_.mismatch.allowed.end(),
                             [&](const Allowed& other) {
                               return one.clause == other.clause && one.agrees == other.agrees;
                             });
        });
  }

  /// Of the two alone, which may be in either order, only this one explains them.
  bool forced(std::uint32_t first, std::uint32_t second) {
    if (ends_before(first, second) || ends_before(second, first)) return false;
    return explained(first, second) && !explained(second, first);
  }
  bool explained(std::uint32_t first, std::uint32_t second) {
    const WindowEvent& a = window_[first];
    const WindowEvent& b = window_[second];
    const std::vector<WindowEvent> two{{a.event, 1, 2, a.access, 2}, {b.event, 3, 4, b.access, 4}};
    const WindowResult result = run(two);
    return !result.problem && result.undecided.empty() && result.stuck.empty();
  }

  /// The number that tells where each event looks, if they look at different places in one way.
  std::optional<std::pair<std::string, std::string>> different_places(std::uint32_t a,
                                                                      std::uint32_t b) {
    const auto one = runner_.calls_of(engine_, *window_[a].event, worlds_.front());
    const auto other = runner_.calls_of(engine_, *window_[b].event, worlds_.front());
    if (one.empty() || other.empty()) return std::nullopt;
    const ir::Action& left = runner_.module().actions[one[0].action];
    const ir::Action& right = runner_.module().actions[other[0].action];
    for (std::size_t i = 0; i < left.params.size(); ++i) {
      const ir::Local& local = left.locals[left.params[i]];
      const bool place = local.type.kind == ir::TypeKind::kIndex ||
                         (local.type.kind == ir::TypeKind::kInt && local.type.width == 64);
      if (!place) continue;
      for (std::size_t k = 0; k < right.params.size(); ++k) {
        const ir::Local& same = right.locals[right.params[k]];
        if (same.name != local.name || !(same.type == local.type)) continue;
        if (one[0].args[i] == other[0].args[k]) continue;
        const auto text = [&](const Datum& value) {
          return local.name + '=' + std::to_string(value.bits);
        };
        return std::pair{text(one[0].args[i]), text(other[0].args[k])};
      }
    }
    return std::nullopt;
  }

  EventRunner& runner_;
  const Engine& engine_;
  std::span<const WindowEvent> window_;
  const std::vector<World>& worlds_;
  Limits limits_;
  const Stuck& stuck_;
};

}  // namespace

void explain_stuck(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
                   const std::vector<World>& worlds, const Limits& limits, Stuck& stuck) {
  Core core(runner, engine, window, worlds, limits, stuck);
  std::vector<std::uint32_t> found = core.find();
  if (found.empty()) return;
  stuck.torn = core.torn(found);
  stuck.core = std::move(found);
}

}  // namespace gms::check::linearize
