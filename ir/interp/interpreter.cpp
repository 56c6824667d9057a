#include "ir/interp/interpreter.h"

#include <algorithm>

#include "ir/type.h"

namespace gms::ir::interp {

Interpreter::Interpreter(const Module& atomic_module)
    : Interpreter(atomic_module, default_valuation(atomic_module)) {}

Interpreter::Interpreter(const Module& atomic_module, const Valuation& valuation)
    : program_(std::make_unique<Program>(atomic_module, valuation)), executor_(*program_) {}

std::vector<Outcome> Interpreter::outcomes(const State& state, ActionId action,
                                           std::span<const Value> args, const RunOptions& options) {
  std::vector<Outcome> all;
  executor_.outcomes(state, action, args, options, [&](Outcome&& outcome) {
    all.push_back(std::move(outcome));
    return true;
  });
  return all;
}

Value Interpreter::run(ExprId expr, std::size_t frame, std::span<const Value> locals) {
  Evaluator& e = executor_.evaluator();
  e.reset();
  e.push_frame(frame);
  for (std::size_t i = 0; i < locals.size() && i < frame; ++i) {
    e.local(static_cast<VarId>(i)) = locals[i];
  }
  e.steps = kMaxSteps;
  e.out_of_steps = e.saw_unknown = e.keep_origins = false;
  const Value v = e.eval(expr);
  return e.out_of_steps ? Value::unknown() : v;
}

Value Interpreter::eval(const State& state, ExprId expr, std::span<const Value> locals) {
  executor_.evaluator().set_states(&state);
  return run(expr, locals.size(), locals);
}

Value Interpreter::eval(const State& before, const State& after, ExprId expr,
                        std::span<const Value> locals) {
  executor_.evaluator().set_states(&before, &after);
  return run(expr, locals.size(), locals);
}

Value Interpreter::eval(const State& before, const Outcome& outcome, ExprId expr,
                        std::span<const Value> locals) {
  const Ending ending{outcome.clause, outcome.result};
  executor_.evaluator().set_states(&before, &outcome.next, &ending);
  return run(expr, locals.size(), locals);
}

Value Interpreter::holds(PropertyId id, const State& state) {
  const Property& property = module().properties[id];
  executor_.evaluator().set_states(&state);
  return run(property.expr, property.locals.size(), {});
}

Value Interpreter::holds(PropertyId id, const State& before, const Outcome& outcome) {
  const Property& property = module().properties[id];
  const Ending ending{outcome.clause, outcome.result};
  executor_.evaluator().set_states(&before, &outcome.next, &ending);
  const bool with_locals = property.actions.size() == 1;
  return run(property.expr, property.locals.size(),
             with_locals ? std::span<const Value>(outcome.locals) : std::span<const Value>());
}

std::optional<PropertyId> Interpreter::first_violated_invariant(const State& state) {
  const std::vector<Property>& all = module().properties;
  for (PropertyId id = 0; id < all.size(); ++id) {
    if (all[id].is_invariant() && holds(id, state).is_false()) return id;
  }
  return std::nullopt;
}

std::string state_text(const Module& module, const State& state) {
  std::string out;
  for (DomainId d = 0; d < module.domains.size(); ++d) {
    for (std::uint32_t handle : state.live(d)) {
      out += value_text(module, handle_type(d), handle) + " is live\n";
    }
  }
  for (StateId id = 0; id < module.states.size(); ++id) {
    const ir::State& declared = module.states[id];
    const StateShape& shape = state.shape().states[id];
    state.for_each_run(id, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last,
                               const Value& value) {
      out += declared.name;
      std::string keys;
      for (std::size_t i = 0; i < declared.keys.size(); ++i) {
        if (!keys.empty()) keys += ", ";
        if (i < shape.domains.size()) {
          keys += value_text(module, declared.keys[i], key.handles[i]);
          continue;
        }
        const StateShape::FlatKey& flat = shape.flat[i - shape.domains.size()];
        const auto part = [&](std::uint64_t position) {
          return value_text(module, declared.keys[i], position >> flat.shift & mask_of(flat.width));
        };
        keys += part(from);
        if (part(from) != part(last)) keys += ".." + part(last);
      }
      if (!keys.empty()) out += "[" + keys + "]";
      out += " = ";
      if (value.is_unknown()) {
        out += "?";
      } else if (value.tag == Tag::kNone) {
        out += "none";
      } else {
        out += value_text(module, declared.type, value.bits);
      }
      out += '\n';
    });
  }
  return out;
}

}  // namespace gms::ir::interp
