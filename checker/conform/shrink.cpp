#include "checker/conform/shrink.h"

#include <algorithm>
#include <set>

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

/// The same ways to end are allowed, with the same values of what was observed.
bool same_allowed(const Mismatch& a, const Mismatch& b) {
  const auto same = [&](const Allowed& x, const Allowed& y) {
    if (x.clause != y.clause || x.agrees != y.agrees) return false;
    for (const Seen& one : a.observed) {
      if (one.output == ir::kNoId) continue;
      const Datum &v = x.outputs[one.output], &w = y.outputs[one.output];
      if (v.tag != w.tag || (v.tag == Tag::kKnown && v.bits != w.bits)) return false;
    }
    return true;
  };
  return std::equal(a.allowed.begin(), a.allowed.end(), b.allowed.begin(), b.allowed.end(), same);
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
    bool dropped = true;
    while (dropped && in_time()) {
      dropped = drop_pieces();
      dropped = drop_objects() || dropped;
    }
    const bool minimal = in_time();
    return {std::move(events_), minimal};
  }

 private:
  /// Handles have other numbers when less was created: they are compared by name and life.
  bool same_arguments(const Mismatch& other) const {
    const Mismatch& mine = finding_.mismatch;
    const ir::Action& action = table_.module().actions[mine.call->action];
    for (std::size_t i = 0; i < mine.args.size(); ++i) {
      const Datum &a = mine.args[i], &b = other.args[i];
      if (a.tag != b.tag) return false;
      if (a.tag != Tag::kKnown) continue;
      const ir::Type& type = action.locals[action.params[i]].type;
      if (type.kind != ir::TypeKind::kHandle) {
        if (a.bits != b.bits) return false;
        continue;
      }
      const auto x = static_cast<std::uint32_t>(a.bits), y = static_cast<std::uint32_t>(b.bits);
      NameId first = 0, second = 0;
      if (mine.before.names.name_of(type.decl, x, first) !=
              other.before.names.name_of(type.decl, y, second) ||
          first != second)
        return false;
      if (engine_->live(*mine.before.state, type.decl, x) !=
          engine_->live(*other.before.state, type.decl, y))
        return false;
    }
    return true;
  }

  bool in_time() const { return Clock::now() <= deadline_; }

  /// Leaves out the events with a mark if the last one still fails without them.
  bool try_without(const std::vector<bool>& out) {
    if (!in_time() || !still_fails_without(out)) return false;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (out[i]) continue;
      if (kept != i) events_[kept] = std::move(events_[i]);
      ++kept;
    }
    events_.resize(kept);
    return true;
  }

  /// Halves first, then ever smaller pieces: an event that matters is tried about log n times.
  bool drop_pieces() {
    bool any = false;
    for (std::size_t piece = (events_.size() + 1) / 2; piece >= 1 && events_.size() > 1;) {
      bool dropped = false;
      // From the back, so that an index stays what it is when something behind it is gone.
      for (std::size_t end = events_.size() - 1; end > 0;) {
        const std::size_t begin = end > piece ? end - piece : 0;
        std::vector<bool> out(events_.size());
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
                  out.begin() + static_cast<std::ptrdiff_t>(end), true);
        dropped = try_without(out) || dropped;
        end = begin;
      }
      any = any || dropped;
      if (!in_time() || (piece == 1 && !dropped)) return any;
      piece = std::max<std::size_t>(1, piece / 2);
    }
    return any;
  }

  /// An object goes with all that names it: what makes it and what ends it need each other.
  bool drop_objects() {
    std::set<NameId> all;
    for (const Decoded& event : events_) {
      for (const NamedField& named : event.names)
        all.insert(named.name);
    }
    bool any = false;
    for (const NameId name : all) {
      std::vector<bool> out(events_.size());
      std::size_t count = 0;
      for (std::size_t i = 0; i < events_.size(); ++i) {
        const std::vector<NamedField>& names = events_[i].names;
        out[i] = std::any_of(names.begin(), names.end(),
                             [&](const NamedField& one) { return one.name == name; });
        count += out[i] ? 1 : 0;
      }
      if (count != 0 && !out.back()) any = try_without(out) || any;
    }
    return any;
  }

  bool still_fails_without(const std::vector<bool>& out) {
    EventRunner runner(table_, names_);
    std::vector<World> worlds;
    worlds.push_back({engine_->fresh(), {}, true});
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (out[i]) continue;
      const EventResult result = runner.run(*engine_, events_[i], worlds);
      runner.introduce(events_[i]);
      if (result.problem) return false;
      if (!result.mismatch) continue;
      return i + 1 == events_.size() && same_observation(*result.mismatch, finding_.mismatch) &&
             same_allowed(*result.mismatch, finding_.mismatch) && same_arguments(*result.mismatch);
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
