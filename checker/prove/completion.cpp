#include "checker/prove/completion.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ir/type.h"

namespace gms::check {

using ir::DomainId;
using ir::StateId;
using ir::TypeKind;
using ir::interp::HandleKey;
using ir::interp::State;
using ir::interp::Value;

Completion::Completion(const ir::Module& module, const Candidate& candidate)
    : m_(module), c_(candidate), interpreter_(module, valuation_of(module, candidate)) {}

ir::interp::Valuation valuation_of(const ir::Module& module, const Candidate& candidate) {
  ir::interp::Valuation values = ir::interp::default_valuation(module);
  for (const auto& [param, value] : candidate.params)
    values[param] = value;
  return values;
}

State Completion::state(Fill fill) {
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
      std::uint64_t from = it->first, last = it->first;
      if (fill == Fill::kNearest && shape.flat.size() == 1) {
        if (it == points.begin()) from = 0;
        last = next == points.end() ? end : next->first - 1;
      } else if (fill == Fill::kNext && shape.flat.size() == 1) {
        from = it == points.begin() ? 0 : std::prev(it)->first + 1;
        if (next == points.end()) last = end;
      }
      s.set(f, key, from, last, it->second);
    }
  }
  return s;
}

std::vector<Value> Completion::args(const std::vector<ir::Local>& locals,
                                    const std::vector<ir::VarId>& vars) const {
  std::vector<Value> out;
  for (std::size_t i = 0; i < vars.size() && i < c_.args.size(); ++i) {
    const ir::Type& type = locals[vars[i]].type;
    if (!c_.args[i].present)
      out.push_back(Value::none());
    else if (type.kind == TypeKind::kHandle)
      out.push_back(Value::known(number(type.decl, c_.args[i].value)));
    else
      out.push_back(Value::known(c_.args[i].value));
  }
  return out;
}

std::uint32_t Completion::number(DomainId d, std::uint64_t in_model) const {
  const auto it = numbers_[d].find(in_model);
  return it == numbers_[d].end() ? 0 : it->second;
}

void Completion::make_handles(State& s) {
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

}  // namespace gms::check
