#include "checker/conform/interp_engine.h"

#include <map>

#include "ir/interp/interpreter.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class InterpState : public EngineState {
 public:
  explicit InterpState(interp::State the_state) : state(std::move(the_state)) {}
  interp::State state;
};

const interp::State& of(const EngineState& state) {
  return static_cast<const InterpState&>(state).state;
}

class InterpEngine : public Engine {
 public:
  InterpEngine(const ir::Module& module, const Valuation& valuation)
      : interpreter_(module, valuation) {}

  StatePtr fresh() const override { return std::make_unique<InterpState>(interpreter_.fresh()); }
  StatePtr clone(const EngineState& state) const override {
    return std::make_unique<InterpState>(of(state));
  }
  bool equal(const EngineState& a, const EngineState& b) const override { return of(a) == of(b); }
  std::uint64_t hash(const EngineState& state) const override { return of(state).hash(); }
  bool exact(const EngineState& state) const override { return of(state).exact(); }
  bool live(const EngineState& state, ir::DomainId domain, std::uint32_t handle) const override {
    return of(state).is_live(domain, handle);
  }
  std::vector<std::uint32_t> handles(const EngineState& state, ir::DomainId domain) const override {
    const std::span<const std::uint32_t> all = of(state).live(domain);
    return {all.begin(), all.end()};
  }
  Datum eval(const EngineState& state, ir::ExprId expr,
             std::span<const Datum> locals) const override {
    return interpreter_.eval(of(state), expr, locals);
  }

  bool outcomes(const EngineState& state, ir::ActionId action, std::span<const Datum> args,
                const std::vector<Seen>* seen, const Visitor& visit) const override {
    interp::RunOptions options;
    options.racing = racing_;
    options.first_handle = first_handle_;
    if (seen != nullptr) {
      observed_.result.reset();
      observed_.outputs.assign(interpreter_.module().actions[action].outputs.size(), Datum{});
      for (const Seen& one : *seen) {
        if (one.output != ir::kNoId) {
          observed_.outputs[one.output] = one.value;
        } else if (one.value.is_known()) {
          observed_.result = one.value.bits;
        }
      }
      options.observed = &observed_;
    }
    const auto completeness =
        interpreter_.outcomes(of(state), action, args, options, [&](interp::Outcome&& outcome) {
          return visit({outcome.clause, outcome.result, std::move(outcome.outputs),
                        std::make_unique<InterpState>(std::move(outcome.next))});
        });
    return completeness != interp::Completeness::kCut;
  }

  void set_racing(const std::vector<RacingCall>* racing) const override { racing_ = racing; }
  void record(interp::Footprint* footprint) const override { interpreter_.record(footprint); }
  void number_from(std::optional<std::uint32_t> first) const override { first_handle_ = first; }

 private:
  mutable const std::vector<RacingCall>* racing_ = nullptr;
  mutable std::optional<std::uint32_t> first_handle_;
  mutable interp::Interpreter interpreter_;
  mutable interp::Observed observed_;
};

}  // namespace

const interp::State& interpreter_state(const EngineState& state) {
  return of(state);
}

StatePtr make_interpreter_state(interp::State state) {
  return std::make_unique<InterpState>(std::move(state));
}

EngineFactory interpreter_engines() {
  using Cache = std::map<Valuation, std::shared_ptr<const Engine>>;
  return [cache = std::make_shared<Cache>()](const ir::Module& module, const Valuation& valuation) {
    std::shared_ptr<const Engine>& engine = (*cache)[valuation];
    if (engine == nullptr) engine = std::make_shared<InterpEngine>(module, valuation);
    return engine;
  };
}

}  // namespace gms::check
