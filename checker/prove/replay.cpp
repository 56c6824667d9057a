#include "checker/prove/replay.h"

#include <algorithm>
#include <map>

#include "ir/type.h"

namespace gms::check {
namespace {

using ir::DomainId;
using ir::StateId;
using ir::TypeKind;
using ir::interp::HandleKey;
using ir::interp::State;
using ir::interp::Value;

/// What a state function is where the solver did not look.
enum class Fill { kInitial, kNearest };

class Replayer {
 public:
  Replayer(const ir::Module& module, const Candidate& candidate)
      : m_(module), c_(candidate), interpreter_(module, valuation(module, candidate)) {}

  ir::interp::Interpreter& interpreter() { return interpreter_; }

  State state(Fill fill) {
    State s = interpreter_.fresh();
    make_handles(s);
    // By function and handles: the facts by position.
    std::map<std::pair<StateId, HandleKey>, std::map<std::uint64_t, Value>> facts;
    for (const Candidate::Fact& fact : c_.facts) {
      const ir::interp::StateShape& shape = s.shape().states[fact.state];
      HandleKey key;
      std::uint64_t position = 0;
      bool alive = true;
      for (std::size_t i = 0; i < shape.domains.size(); ++i) {
        key.handles[i] = number(shape.domains[i], fact.keys[i]);
        alive = alive && s.is_live(shape.domains[i], key.handles[i]);
      }
      for (std::size_t i = 0; i < shape.flat.size(); ++i)
        position |= fact.keys[shape.domains.size() + i] << shape.flat[i].shift;
      if (!alive) continue;
      const ir::Type& type = m_.states[fact.state].type;
      Value v = Value::known(fact.value);
      if (!fact.present)
        v = Value::none();
      else if (type.kind == TypeKind::kHandle)
        v = Value::known(number(type.decl, fact.value));
      facts[{fact.state, key}][position] = v;
    }
    for (const auto& [where, points] : facts) {
      const auto& [f, key] = where;
      const ir::interp::StateShape& shape = s.shape().states[f];
      if (shape.flat.empty()) {
        s.set(f, key, 0, 0, points.begin()->second);
        continue;
      }
      const std::uint64_t end = ir::mask_of(shape.flat.front().shift + shape.flat.front().width);
      for (auto it = points.begin(); it != points.end(); ++it) {
        const auto next = std::next(it);
        const bool nearest = fill == Fill::kNearest && shape.flat.size() == 1;
        const std::uint64_t from = nearest && it == points.begin() ? 0 : it->first;
        const std::uint64_t last = !nearest               ? it->first
                                   : next == points.end() ? end
                                                          : next->first - 1;
        s.set(f, key, from, last, it->second);
      }
    }
    return s;
  }

  std::vector<Value> args(ir::ActionId action) const {
    std::vector<Value> out;
    const ir::Action& a = m_.actions[action];
    for (std::size_t i = 0; i < a.params.size(); ++i) {
      const ir::Type& type = a.locals[a.params[i]].type;
      if (!c_.args[i].present)
        out.push_back(Value::none());
      else if (type.kind == TypeKind::kHandle)
        out.push_back(Value::known(number(type.decl, c_.args[i].value)));
      else
        out.push_back(Value::known(c_.args[i].value));
    }
    return out;
  }

 private:
  static ir::interp::Valuation valuation(const ir::Module& m, const Candidate& c) {
    ir::interp::Valuation out = ir::interp::default_valuation(m);
    for (const auto& [p, v] : c.params)
      out[p] = v;
    return out;
  }

  std::uint32_t number(DomainId d, std::uint64_t in_model) const {
    const auto it = numbers_[d].find(in_model);
    return it == numbers_[d].end() ? 0 : it->second;
  }

  void make_handles(State& s) {
    std::vector<std::set<std::uint64_t>> all(m_.domains.size());
    for (DomainId d = 0; d < m_.domains.size(); ++d)
      all[d].insert(c_.live[d].begin(), c_.live[d].end());
    for (const Candidate::Fact& fact : c_.facts) {
      const ir::State& f = m_.states[fact.state];
      for (std::size_t i = 0; i < f.keys.size(); ++i)
        if (f.keys[i].kind == TypeKind::kHandle) all[f.keys[i].decl].insert(fact.keys[i]);
      if (f.type.kind == TypeKind::kHandle && fact.present) all[f.type.decl].insert(fact.value);
    }
    numbers_.assign(m_.domains.size(), {});
    for (DomainId d = 0; d < m_.domains.size(); ++d) {
      for (const std::uint64_t n : all[d])
        numbers_[d][n] = s.create(d);
      for (const auto& [n, handle] : numbers_[d])
        if (std::find(c_.live[d].begin(), c_.live[d].end(), n) == c_.live[d].end())
          s.destroy(d, handle);
    }
  }

  const ir::Module& m_;
  const Candidate& c_;
  ir::interp::Interpreter interpreter_;
  std::vector<std::map<std::uint64_t, std::uint32_t>> numbers_;
};

}  // namespace

ReplayResult replay(const ir::Module& module, const Obligation& o,
                    const std::set<std::uint32_t>& hypotheses, std::string* state_text) {
  Replayer replayer(module, *o.candidate);
  ir::interp::Interpreter& interpreter = replayer.interpreter();
  ReplayResult best = ReplayResult::kNotAState;
  if (o.kind == ObligationKind::kInitial)
    return interpreter.holds(o.property, interpreter.fresh()).is_false() ? ReplayResult::kViolated
                                                                         : ReplayResult::kHolds;
  for (const Fill fill : {Fill::kNearest, Fill::kInitial}) {
    const State state = replayer.state(fill);
    if (state_text != nullptr) *state_text = ir::interp::state_text(module, state);
    const bool valid = std::all_of(hypotheses.begin(), hypotheses.end(), [&](std::uint32_t p) {
      return !interpreter.holds(p, state).is_false();
    });
    if (!valid) continue;
    if (o.kind == ObligationKind::kPreserved && interpreter.holds(o.property, state).is_false())
      continue;
    best = ReplayResult::kHolds;
    ir::interp::RunOptions options;
    options.keep_locals = true;
    for (const auto& outcome :
         interpreter.outcomes(state, o.action, replayer.args(o.action), options)) {
      const bool bad = o.kind == ObligationKind::kTwoState
                           ? interpreter.holds(o.property, state, outcome).is_false()
                           : interpreter.holds(o.property, outcome.next).is_false();
      if (bad) return ReplayResult::kViolated;
    }
  }
  return best;
}

}  // namespace gms::check
