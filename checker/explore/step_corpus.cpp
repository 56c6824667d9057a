#include "checker/explore/step_corpus.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>

#include "checker/explore/explore.h"
#include "checker/explore/goal_book.h"
#include "checker/explore/search.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

bool alike(const interp::Outcome& a, const interp::Outcome& b) {
  const auto same = [](const Datum& x, const Datum& y) {
    return x == y || (x.is_unknown() && y.is_unknown());
  };
  return a.result == b.result &&
         std::equal(a.outputs.begin(), a.outputs.end(), b.outputs.begin(), b.outputs.end(), same) &&
         a.next == b.next;
}
/// Every outcome of one is an outcome of the other.
bool within(const std::vector<interp::Outcome>& some, const std::vector<interp::Outcome>& all) {
  return std::all_of(some.begin(), some.end(), [&](const interp::Outcome& one) {
    return std::any_of(all.begin(), all.end(),
                       [&](const interp::Outcome& other) { return alike(one, other); });
  });
}

/// A defect may break what holds without it.
bool has_quirk(const ir::Module& m, const Valuation& valuation) {
  for (ir::ParamId p = 0; p < m.params.size(); ++p)
    if (m.params[p].is_quirk && valuation[p] != m.params[p].default_value) return true;
  return false;
}

/// Interpreters of one module, made when they are needed.
class Interpreters {
 public:
  Interpreters(const ir::Module& module, const std::vector<Valuation>& valuations)
      : m_(module), valuations_(valuations), made_(valuations.size()) {}
  interp::Interpreter& of(std::uint32_t valuation) {
    auto& one = made_[valuation];
    if (one == nullptr) one = std::make_unique<interp::Interpreter>(m_, valuations_[valuation]);
    return *one;
  }

 private:
  const ir::Module& m_;
  const std::vector<Valuation>& valuations_;
  std::vector<std::unique_ptr<interp::Interpreter>> made_;
};

}  // namespace

StepCorpus::StepCorpus(const ir::Module& original, const CorpusOptions& options)
    : m_(original),
      shape_(original),
      steps_(original.actions.size()),
      properties_(original.actions.size()),
      outcomes_(original.actions.size()) {
  std::map<Valuation, std::uint32_t> numbers;
  std::mt19937_64 random(options.seed);
  std::vector<std::uint64_t> met(m_.actions.size());
  ExploreOptions how;
  how.seed = options.seed;
  how.seconds = 1e9;
  how.max_calls = options.calls;
  how.shrink = false;
  how.on_call = [&](const ExploreOptions::Made& made) {
    if (!made.before.exact() || has_quirk(m_, made.valuation)) return;
    std::vector<Step>& kept = steps_[made.action];
    // New ways of ending while there is room, then a fair sample of everything.
    std::size_t at = kept.size();
    ++met[made.action];
    if (kept.size() >= options.per_action) {
      at = made.novel ? random() % kept.size() : random() % met[made.action];
      if (at >= kept.size()) return;
    } else if (!made.novel && random() % 8 != 0) {
      return;
    }
    const auto [it, is_new] = numbers.try_emplace(made.valuation, valuations_.size());
    if (is_new) valuations_.push_back(made.valuation);
    Step step{it->second, made.before.with_shape(shape_), made.args};
    if (at == kept.size())
      kept.push_back(std::move(step));
    else
      kept[at] = std::move(step);
  };
  explore(m_, all_goals(m_), how);

  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
      const ir::Property& property = m_.properties[p];
      if (property.expect_refuted) continue;
      const bool on_it =
          property.kind == ir::PropertyKind::kTwoState &&
          (property.actions.empty() || std::find(property.actions.begin(), property.actions.end(),
                                                 a) != property.actions.end());
      if (on_it || property.is_invariant()) properties_[a].push_back(p);
    }
  }
  drop_false_properties();
}

std::size_t StepCorpus::size() const {
  std::size_t out = 0;
  for (const std::vector<Step>& steps : steps_)
    out += steps.size();
  return out;
}

bool StepCorpus::violates(interp::Interpreter& in, std::uint32_t property, ir::ActionId action,
                          const Step& step, const std::vector<interp::Outcome>& outcomes) const {
  const Goal goal = goal_of(m_, property);
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const interp::Outcome& outcome) {
    return outcome.next.exact() && step_reaches(in, goal, step.before, action, outcome);
  });
}

/// A property that the original violates tells nothing about a change of it.
void StepCorpus::drop_false_properties() {
  Interpreters original(m_, valuations_);
  for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
    for (const Step& step : steps_[a]) {
      interp::Interpreter& in = original.of(step.valuation);
      outcomes_[a].push_back(in.outcomes(step.before, a, step.args, call_options()));
      for (interp::Outcome& outcome : outcomes_[a].back()) {
        std::erase_if(properties_[a], [&](std::uint32_t p) {
          return m_.properties[p].kind == ir::PropertyKind::kTwoState && outcome.next.exact() &&
                 step_reaches(in, goal_of(m_, p), step.before, a, outcome);
        });
        outcome.locals.clear();
        outcome.next = outcome.next.with_shape(shape_);
      }
    }
  }
}

CorpusAnswer StepCorpus::ask(const ir::Module& changed,
                             const std::vector<ir::ActionId>& actions) const {
  CorpusAnswer out;
  Interpreters interpreters(changed, valuations_);
  for (const ir::ActionId a : actions) {
    out.action = a;
    for (std::size_t i = 0; i < steps_[a].size(); ++i) {
      const Step& step = steps_[a][i];
      interp::Interpreter& in = interpreters.of(step.valuation);
      const std::vector<interp::Outcome> now =
          in.outcomes(step.before, a, step.args, call_options());
      // What ends as before cannot violate what held before.
      if (within(now, outcomes_[a][i]) && within(outcomes_[a][i], now)) continue;
      out.differs = true;
      for (const std::uint32_t p : properties_[a]) {
        if (!violates(in, p, a, step, now)) continue;
        out.property = p;
        return out;
      }
    }
  }
  out.action = ir::kNoId;
  return out;
}

}  // namespace gms::check
