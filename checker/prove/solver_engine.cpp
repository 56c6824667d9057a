#include "checker/prove/solver_engine.h"

#include <map>

#include "checker/conform/interp_engine.h"
#include "checker/prove/call_query.h"

namespace gms::check {
namespace {

using ir::ActionId;
using ir::ClauseId;
using ir::DomainId;

class SolverEngine : public Engine {
 public:
  SolverEngine(const ir::Module& module, const Valuation& valuation,
               std::shared_ptr<const Engine> interpreter, const SolverLimits& limits)
      : m_(module), interpreter_(std::move(interpreter)), limits_(limits) {
    for (ir::ParamId p = 0; p < valuation.size(); ++p)
      params_.emplace(p, valuation[p]);
    facts_.resize(module.actions.size());
  }

  StatePtr fresh() const override { return interpreter_->fresh(); }
  StatePtr clone(const EngineState& state) const override { return interpreter_->clone(state); }
  bool equal(const EngineState& a, const EngineState& b) const override {
    return interpreter_->equal(a, b);
  }
  bool exact(const EngineState& state) const override { return interpreter_->exact(state); }
  bool live(const EngineState& state, DomainId domain, std::uint32_t handle) const override {
    return interpreter_->live(state, domain, handle);
  }
  std::vector<std::uint32_t> handles(const EngineState& state, DomainId domain) const override {
    return interpreter_->handles(state, domain);
  }
  Datum eval(const EngineState& state, ir::ExprId expr,
             std::span<const Datum> locals) const override {
    return interpreter_->eval(state, expr, locals);
  }
  std::string undecided() const override { return undecided_; }

  bool outcomes(const EngineState& state, ActionId action, std::span<const Datum> args,
                const std::vector<Seen>* seen, const Visitor& visit) const override {
    undecided_.clear();
    std::unique_ptr<ActionFacts>& facts = facts_[action];
    if (facts == nullptr) facts = std::make_unique<ActionFacts>(m_, action);
    if (context_ == nullptr || ++context_used_ == kContextQueries) {
      context_ = make_z3_context();
      context_used_ = 0;
    }
    CallQuery query(m_, params_, interpreter_state(state), action, *facts);
    const CallQuery::Permitted permitted = query.permitted(args, seen, limits_, context_);
    undecided_ = permitted.undecided;
    if (!undecided_.empty()) return false;
    std::map<ClauseId, std::size_t> met;
    bool stopped = false;
    const bool all = interpreter_->outcomes(state, action, args, seen, [&](Outcome&& outcome) {
      if (permitted.clauses.count(outcome.clause) == 0) return true;
      if (++met[outcome.clause] <= kStatesAsked && seen != nullptr &&
          !confirm(query, action, outcome))
        return false;
      stopped = !visit(std::move(outcome));
      return !stopped;
    });
    for (const ClauseId clause : permitted.clauses)
      if (!stopped && undecided_.empty() && met.count(clause) == 0)
        undecided_ = "the solver allows " + text(action, clause) + ", the interpreter does not";
    return all && undecided_.empty();
  }

 private:
  /// The solver says the same of the state that the interpreter leaves.
  bool confirm(CallQuery& query, ActionId action, const Outcome& outcome) const {
    const Answer answer =
        query.leaves(outcome.clause, interpreter_state(*outcome.next), limits_, context_);
    if (answer == Answer::kUnsat)
      undecided_ = "the solver allows " + text(action, outcome.clause) +
                   ", but not the state that the interpreter leaves after it";
    if (answer == Answer::kUnknown)
      undecided_ =
          "the solver does not know which state " + text(action, outcome.clause) + " leaves";
    return undecided_.empty();
  }

  std::string text(ActionId action, ClauseId clause) const {
    return "'" + m_.clauses[clause].label + "' of " + m_.actions[action].name;
  }

  static constexpr std::size_t kStatesAsked = 4;  // of one clause

  const ir::Module& m_;
  std::shared_ptr<const Engine> interpreter_;
  SolverLimits limits_;
  std::map<ir::ParamId, std::uint64_t> params_;
  mutable std::vector<std::unique_ptr<ActionFacts>> facts_;  // by ActionId
  mutable std::string undecided_;
  // Names pile up in a context.
  static constexpr std::size_t kContextQueries = 500;
  mutable std::shared_ptr<SolverContext> context_;
  mutable std::size_t context_used_ = 0;
};

}  // namespace

EngineFactory solver_engines(const SolverLimits& limits) {
  using Cache = std::map<Valuation, std::shared_ptr<const Engine>>;
  return [cache = std::make_shared<Cache>(), interpreters = interpreter_engines(), limits](
             const ir::Module& module, const Valuation& valuation) {
    std::shared_ptr<const Engine>& engine = (*cache)[valuation];
    if (engine == nullptr)
      engine = std::make_shared<SolverEngine>(module, valuation, interpreters(module, valuation),
                                              limits);
    return engine;
  };
}

}  // namespace gms::check
