#include "checker/vectors/observe.h"

#include <optional>
#include <tuple>

#include "checker/conform/interp_engine.h"
#include "checker/vectors/pairs.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

namespace interp = ir::interp;

/// Passes everything on to the interpreter and looks at what comes back.
class Observation::Watcher final : public Engine {
 public:
  Watcher(Observation& owner, std::shared_ptr<const Engine> engine, const ir::Module& module,
          const Valuation& valuation)
      : in(module, valuation),
        probed(owner.probed_.module, valuation),
        owner_(owner),
        engine_(std::move(engine)) {}

  /// Another trace begins.
  StatePtr fresh() const override {
    last.reset();
    return engine_->fresh();
  }
  StatePtr clone(const EngineState& state) const override { return engine_->clone(state); }
  bool equal(const EngineState& a, const EngineState& b) const override {
    return engine_->equal(a, b);
  }
  bool exact(const EngineState& state) const override { return engine_->exact(state); }
  bool live(const EngineState& state, ir::DomainId domain, std::uint32_t handle) const override {
    return engine_->live(state, domain, handle);
  }
  std::vector<std::uint32_t> handles(const EngineState& state, ir::DomainId domain) const override {
    return engine_->handles(state, domain);
  }
  Datum eval(const EngineState& state, ir::ExprId expr,
             std::span<const Datum> locals) const override {
    return engine_->eval(state, expr, locals);
  }
  bool outcomes(const EngineState& state, ir::ActionId action, std::span<const Datum> args,
                const std::vector<Seen>* seen, const Visitor& visit) const override {
    std::vector<ir::ClauseId> clauses;
    const bool all = engine_->outcomes(state, action, args, seen, [&](Outcome&& outcome) {
      clauses.push_back(outcome.clause);
      return visit(std::move(outcome));
    });
    if (seen != nullptr && !clauses.empty())
      owner_.note(interpreter_state(state), action, args, *this, clauses);
    return all;
  }

  struct Step {
    interp::State before;
    ir::ActionId action = ir::kNoId;
  };

  mutable interp::Interpreter in, probed;
  mutable std::optional<Step> last;  // the call before, for pairs

 private:
  Observation& owner_;
  std::shared_ptr<const Engine> engine_;
};

Observation::Observation(const ir::Module& module)
    : m_(module),
      probed_(with_probes(module)),
      requirements_(check::requirements(
          module, probed_, {}, {},
          {Criterion::kClause, Criterion::kCondition, Criterion::kBoundary, Criterion::kPair})),
      counts_(requirements_.size()),
      calls_(module.actions.size()),
      index_(requirements_),
      passed_over_(probed_.module.clauses.size()) {}

EngineFactory Observation::engines() {
  using Cache = std::map<Valuation, std::shared_ptr<const Engine>>;
  return [this, make = interpreter_engines(), cache = std::make_shared<Cache>()](
             const ir::Module& module, const Valuation& valuation) {
    std::shared_ptr<const Engine>& engine = (*cache)[valuation];
    if (engine == nullptr)
      engine = std::make_shared<Watcher>(*this, make(module, valuation), module, valuation);
    return engine;
  };
}

void Observation::note(const interp::State& before, ir::ActionId action,
                       std::span<const Datum> args, const Watcher& watcher,
                       const std::vector<ir::ClauseId>& clauses) {
  ++calls_[action];
  for (const ir::ClauseId clause : clauses)
    if (const std::uint32_t* const at = index_.of_clause(clause)) ++counts_[*at];
  const interp::State probed_state = before.with_shape(watcher.probed.fresh().shape());
  interp::RunOptions options;
  options.passed_over = &passed_over_;
  for (const interp::Outcome& outcome :
       watcher.probed.outcomes(probed_state, action, args, options)) {
    if (!probed_.is_probe(outcome.clause)) continue;
    passed_over_[outcome.clause] = true;
    ++counts_[*index_.of_clause(outcome.clause)];
  }
  if (watcher.last) {
    const interp::State now = before.with_shape(watcher.in.fresh().shape());
    const interp::State then = watcher.last->before.with_shape(now.shape());
    const auto is_open = [&](ir::StateId f) {
      const std::uint32_t* const pair = index_.of_pair(watcher.last->action, f, action);
      return pair != nullptr && counts_[*pair] == 0;
    };
    bool any = false;  // what has changed is not asked for nothing
    for (ir::StateId f = 0; f < m_.states.size() && !any; ++f)
      any = is_open(f);
    if (any) {
      for (const ir::StateId f : changed_functions(then, now))
        if (is_open(f) && depends_on_step(watcher.in, then, now, f, action, args))
          ++counts_[*index_.of_pair(watcher.last->action, f, action)];
    }
  }
  watcher.last = Watcher::Step{before, action};
}

}  // namespace gms::check
