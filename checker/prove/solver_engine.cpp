#include "checker/prove/solver_engine.h"

#include <algorithm>
#include <map>
#include <set>

#include "checker/conform/interp_engine.h"
#include "checker/conform/reach.h"
#include "checker/prove/known_state.h"
#include "ir/smt/paths.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

using ir::ActionId;
using ir::ClauseId;
using ir::DomainId;
using ir::VarId;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermStore;

/// What is the same for all calls of an action.
struct ActionFacts {
  std::vector<bool> reads;  // by StateId: what decides a path, or is copied by one
  // By output: statements that assign it. One that a path does not pass leaves the output unset.
  std::vector<std::set<ir::StmtId>> assigns;
  std::vector<std::set<ClauseId>> assigned_by_exit;

  ActionFacts(const ir::Module& m, ActionId id) {
    const ir::Action& action = m.actions[id];
    Reach reach(m);
    reach.add_action(id);
    reads = reach.reads();
    assigns.resize(action.outputs.size());
    assigned_by_exit.resize(action.outputs.size());
    ir::for_each_stmt(m, action.body, [&](ir::StmtId s, const ir::Stmt& stmt) {
      for (std::size_t i = 0; i < action.outputs.size(); ++i) {
        if (assigns_var(stmt, action.outputs[i])) assigns[i].insert(s);
        if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) note_exit(*guard, action, i);
      }
    });
    // The exits of a procedure leave the action, and assign its outputs.
    for (const ir::Callable& proc : m.procs)
      ir::for_each_stmt(m, proc.body, [&](ir::StmtId, const ir::Stmt& stmt) {
        for (std::size_t i = 0; i < action.outputs.size(); ++i)
          if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) note_exit(*guard, action, i);
      });
  }

  bool assigned(const ir::Action& action, std::size_t output, const Path& path) const {
    const auto& params = action.params;
    if (std::find(params.begin(), params.end(), action.outputs[output]) != params.end())
      return true;
    if (assigned_by_exit[output].count(path.clause) > 0) return true;
    return std::any_of(assigns[output].begin(), assigns[output].end(),
                       [&](ir::StmtId s) { return path.passed.count(s) > 0; });
  }

 private:
  void note_exit(const ir::Guard& guard, const ir::Action& action, std::size_t output) {
    for (const ir::Assign& a : guard.with)
      if (a.var == action.outputs[output]) assigned_by_exit[output].insert(guard.clause);
  }

  static bool assigns_var(const ir::Stmt& stmt, VarId var) {
    if (const auto* let = std::get_if<ir::Let>(&stmt.node)) return let->var == var;
    if (const auto* assign = std::get_if<ir::Assign>(&stmt.node)) return assign->var == var;
    if (const auto* choose = std::get_if<ir::Choose>(&stmt.node)) return choose->var == var;
    if (const auto* create = std::get_if<ir::Create>(&stmt.node)) return create->var == var;
    if (const auto* call = std::get_if<ir::Call>(&stmt.node))
      return std::find(call->results.begin(), call->results.end(), var) != call->results.end();
    return false;
  }
};

struct Permitted {
  std::set<ClauseId> clauses;  // some path to it agrees with what was seen
  std::string undecided;
};

/// One call in one state.
class CallQuery {
 public:
  CallQuery(const ir::Module& module, const std::map<ir::ParamId, std::uint64_t>& params,
            const ir::interp::State& before, ActionId action, const ActionFacts& facts)
      : m_(module),
        before_(before),
        action_(module.actions[action]),
        facts_(facts),
        enc_(module, terms_, params),
        known_(enc_, before) {
    enc_.define_when_used();
  }

  Permitted run(std::span<const Datum> args, const std::vector<Seen>* seen,
                const SolverLimits& limits, const std::shared_ptr<SolverContext>& context) {
    const auto pre = enc_.known_state(known_);
    std::vector<SymValue> values;
    for (std::size_t i = 0; i < action_.params.size(); ++i)
      values.push_back(argument(action_.locals[action_.params[i]], args[i], *pre));
    std::vector<Path> paths;
    if (!ir::smt::enumerate_paths(enc_, action_, values, pre, paths))
      return {{}, "the action has too many paths for the solver"};
    std::vector<TermId> any;
    for (const Path& path : paths) {
      const TermId here = agrees(path, seen);
      if (terms_.is_false(here)) continue;
      // A name of its own for each way: one that is done is no longer asked for, but may hold
      // beside others, where the environment chooses.
      const TermId taken = terms_.fresh("taken", {});
      enc_.add(terms_.implies(taken, here));
      ways_.push_back({path.clause, here, taken});
      any.push_back(taken);
    }
    if (any.empty()) return {};
    enc_.add(terms_.disj(std::move(any)));
    known_.close(enc_, kIndices, &facts_.reads);
    return solve(limits, context);
  }

 private:
  static constexpr std::uint64_t kIndices = 2;
  static constexpr std::size_t kMaxRounds = 400;

  SymValue argument(const ir::Local& param, const Datum& arg, const ir::smt::SymState& pre) {
    if (arg.is_known()) return known_.value(param.type, arg);
    return enc_.fresh_value(param.name, param.type, &pre);
  }

  /// The path is taken, and ends as was seen.
  TermId agrees(const Path& path, const std::vector<Seen>* seen) {
    std::vector<TermId> all = path.conditions;
    if (seen != nullptr) {
      for (const Seen& one : *seen) {
        if (one.output != ir::kNoId)
          all.push_back(shows(path, one.output, one.value));
        else if (one.value.is_known() && one.value.bits != path.result)
          return terms_.boolean(false);
      }
    }
    name_created(path, all);
    return terms_.conj(std::move(all));
  }

  TermId shows(const Path& path, std::uint32_t output, const Datum& value) {
    if (!value.is_known()) return terms_.boolean(true);
    const bool none = value.tag == ir::interp::Tag::kNone;
    if (!facts_.assigned(action_, output, path)) return terms_.boolean(none);
    const SymValue& mine = (*path.env)[action_.outputs[output]];
    if (none) return terms_.negate(mine.present);
    const ir::Type& type = action_.locals[action_.outputs[output]].type;
    return terms_.conj(mine.present, terms_.eq(mine.value, known_.value(type, value).value));
  }

  /// A new handle is any that is not live; which one is a matter of names.
  void name_created(const Path& path, std::vector<TermId>& taken) {
    if (path.created_or_destroyed.empty()) return;
    ir::interp::State probe = before_;
    for (DomainId d = 0; d < m_.domains.size(); ++d) {
      std::vector<TermId> made;
      for (auto c = path.post->live[d]; c != nullptr; c = c->below)
        if (c->live) made.push_back(c->handle);
      for (auto it = made.rbegin(); it != made.rend(); ++it)
        taken.push_back(terms_.eq(*it, known_.handle(d, probe.create(d))));
    }
  }

  /// Asks for one way after the other, until there is none to a clause that is not known yet.
  Permitted solve(const SolverLimits& limits, const std::shared_ptr<SolverContext>& context) {
    Permitted out;
    const std::unique_ptr<Session> session = start_z3(terms_, limits, context);
    std::size_t added = 0;
    for (std::size_t round = 0;; ++round) {
      if (!enc_.unsupported().empty()) return {{}, enc_.unsupported()};
      if (round == kMaxRounds) return {{}, "the solver's instances do not come to an end"};
      for (; added < enc_.axioms().size(); ++added)
        session->add(enc_.axioms()[added]);
      const Answer answer = session->check();
      if (answer == Answer::kUnsat) return out;
      if (answer == Answer::kUnknown) return {{}, "the solver does not know: " + session->reason()};
      SolverModel& model = session->model();
      if (enc_.refine([&](TermId t) { return model.value(t) != 0; }) > 0) continue;
      bool found = false;
      for (const Way& way : ways_) {
        if (model.value(way.formula) == 0) continue;
        found = out.clauses.insert(way.clause).second || found;
      }
      if (!found) return {{}, "the solver's model takes no path"};
      for (const Way& way : ways_)
        if (out.clauses.count(way.clause) > 0) enc_.add(terms_.negate(way.taken));
    }
  }

  const ir::Module& m_;
  const ir::interp::State& before_;
  const ir::Action& action_;
  const ActionFacts& facts_;
  TermStore terms_;
  Encoder enc_;
  KnownState known_;
  struct Way {
    ClauseId clause = ir::kNoId;
    TermId formula = 0;
    TermId taken = 0;
  };
  std::vector<Way> ways_;
};

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
    Permitted permitted = CallQuery(m_, params_, interpreter_state(state), action, *facts)
                              .run(args, seen, limits_, context_);
    undecided_ = std::move(permitted.undecided);
    if (!undecided_.empty()) return false;
    std::set<ClauseId> open = permitted.clauses;
    bool stopped = false;
    const bool all = interpreter_->outcomes(state, action, args, seen, [&](Outcome&& outcome) {
      if (permitted.clauses.count(outcome.clause) == 0) return true;
      open.erase(outcome.clause);
      stopped = !visit(std::move(outcome));
      return !stopped;
    });
    if (!stopped && !open.empty()) {
      undecided_ = "the solver allows '" + m_.clauses[*open.begin()].label + "' of " +
                   m_.actions[action].name + ", the interpreter does not";
      return false;
    }
    return all;
  }

 private:
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
