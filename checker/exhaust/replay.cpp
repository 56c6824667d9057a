#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checker/exhaust/found.h"
#include "checker/explore/text.h"
#include "checker/explore/witness.h"
#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Replayer {
 public:
  Replayer(const ir::Module& module, const Valuation& valuation, const PackedShape& shape,
           const std::vector<std::uint32_t>& at_start)
      : m_(module),
        in_(module, valuation),
        shape_(shape),
        state_(first_state(in_, at_start)),
        numbers_(module.domains.size()) {
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      for (std::uint32_t h = 1; h <= at_start[d]; ++h)
        numbers_[d][h] = h;
  }

  Replayed run(std::uint32_t property, const Valuation& valuation,
               const std::vector<PackedCall>& calls) {
    Replayed out;
    out.run.valuation = valuation;
    interp::RunOptions options;
    options.keep_locals = true;
    interp::State before = state_;
    std::optional<interp::Outcome> last;
    for (const PackedCall& call : calls) {
      before = state_;
      std::vector<Datum> args;
      for (std::size_t i = 0; i < call.args.size(); ++i) {
        const ir::Action& action = m_.actions[call.action];
        args.push_back(datum(action.locals[action.params[i]].type, call.args[i]));
      }
      last.reset();
      std::uint32_t choice = 0;
      std::string ways;
      for (interp::Outcome& outcome : in_.outcomes(state_, call.action, args, options)) {
        if (ways.find(m_.clauses[outcome.clause].label) == std::string::npos)
          ways += (ways.empty() ? "" : ", ") + m_.clauses[outcome.clause].label;
        if (outcome.clause != call.clause) continue;
        const std::uint32_t here = choice++;
        if (!leads_to(outcome.next, call)) continue;
        out.run.calls.push_back(
            {call.action, args, outcome.clause, outcome.result, outcome.outputs, here});
        last = std::move(outcome);
        break;
      }
      if (!last) {
        out.difference = fmt::format(
            "call {} of {}: no outcome of the interpreter is the one that was found ({}); it has "
            "{}",
            out.run.calls.size() + 1, m_.actions[call.action].name, m_.clauses[call.clause].label,
            ways.empty() ? "none" : ways);
        return out;
      }
      name_created(call);
      state_ = last->next;
    }
    if (property == ir::kNoId) return out;
    const ir::Property& p = m_.properties[property];
    const bool of_calls = p.kind == ir::PropertyKind::kTwoState ||
                          (p.kind == ir::PropertyKind::kCover && !p.actions.empty());
    const bool wanted = p.kind == ir::PropertyKind::kCover;
    const interp::Value holds = !of_calls ? in_.holds(property, state_)
                                : last    ? in_.holds(property, before, *last)
                                          : interp::Value::unknown();
    if (!holds.is_known() || holds.is_true() != wanted) {
      out.difference =
          fmt::format("the interpreter says that {} is {} at the end of the run", p.name,
                      holds.is_known() ? (wanted ? "false" : "true") : "unknown");
      return out;
    }
    if (!wanted) {
      Objects objects(m_);
      out.at = witness_text(m_, objects, property,
                            of_calls ? find_witness(in_, property, before, *last)
                                     : find_witness(in_, property, state_));
    }
    return out;
  }

 private:
  Datum datum(const ir::Type& type, const std::optional<std::uint64_t>& value) {
    if (!value) return Datum::none();
    if (type.kind == ir::TypeKind::kHandle) return Datum::known(number(type.decl, *value));
    if (type.kind == ir::TypeKind::kEnum) {
      const auto& members = m_.enums[type.decl].members;
      return Datum::known(*value < members.size() ? members[*value].value : *value);
    }
    return Datum::known(*value);
  }

  /// The interpreter's number of the object in a slot; 0 stays what is never live. A slot behind
  /// the last stands for an object that is gone and that nothing refers to.
  std::uint64_t number(ir::DomainId d, std::uint64_t slot) {
    if (slot == 0) return 0;
    const auto found = numbers_[d].find(slot);
    if (found != numbers_[d].end()) return found->second;
    std::set<std::uint64_t> named;
    for (const auto& [s, n] : numbers_[d])
      if (state_.is_live(d, n) || referenced_.count({d, s}) != 0) named.insert(n);
    for (std::uint64_t n = 1; n < state_.next_handle(d); ++n)
      if (named.count(n) == 0 && !state_.is_live(d, n)) return n;
    return 0xffffffff;
  }

  void name_created(const PackedCall& call) {
    std::map<ir::DomainId, std::uint64_t> first;
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      first[d] = state_.next_handle(d);
    for (const auto& [d, slot] : call.created)
      numbers_[d][slot] = first[d]++;
    referenced_.clear();
    for (const PackedState::Point& p : call.after.points) {
      const ir::Type& type = m_.states[p.function].type;
      if (type.kind == ir::TypeKind::kHandle && p.value) referenced_.insert({type.decl, *p.value});
    }
  }

  /// Whether the interpreter's state is the one that the program had after the call.
  bool leads_to(const interp::State& next, const PackedCall& call) {
    const auto saved = numbers_;
    std::map<ir::DomainId, std::uint64_t> first;
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      first[d] = state_.next_handle(d);
    for (const auto& [d, slot] : call.created)
      numbers_[d][slot] = first[d]++;
    const bool same = equal(next, call.after);
    numbers_ = saved;
    return same;
  }

  /// The same live objects, and the same values at all points within the bounds of functions that
  /// the program has.
  bool equal(const interp::State& next, const PackedState& packed) {
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
      std::set<std::uint64_t> live;
      for (const std::uint64_t slot : packed.live[d])
        live.insert(number(d, slot));
      const auto there = next.live(d);
      if (!std::equal(live.begin(), live.end(), there.begin(), there.end())) return false;
    }
    std::vector<std::map<std::vector<std::uint64_t>, Datum>> values(m_.states.size());
    for (const PackedState::Point& p : packed.points) {
      const ir::State& declared = m_.states[p.function];
      std::vector<std::uint64_t> keys;
      for (std::size_t i = 0; i < p.keys.size(); ++i)
        keys.push_back(datum(declared.keys[i], p.keys[i]).bits);
      values[p.function][keys] = datum(declared.type, p.value);
    }
    for (ir::StateId s = 0; s < m_.states.size(); ++s) {
      if (shape_.sizes[s].size() != m_.states[s].keys.size()) continue;  // left out
      std::vector<std::uint64_t> keys;
      if (!equal(next, s, keys, values[s])) return false;
    }
    return true;
  }

  bool equal(const interp::State& next, ir::StateId s, std::vector<std::uint64_t>& keys,
             const std::map<std::vector<std::uint64_t>, Datum>& values) {
    const ir::State& declared = m_.states[s];
    if (keys.size() == declared.keys.size()) {
      const auto found = values.find(keys);
      const Datum want = found != values.end()   ? found->second
                         : declared.initial_none ? Datum::none()
                                                 : Datum::known(declared.initial);
      const Datum have = next.read(s, keys);
      return have.tag == want.tag && (have.tag == Tag::kNone || have.bits == want.bits);
    }
    const ir::Type& type = declared.keys[keys.size()];
    std::vector<std::uint64_t> all;
    if (type.kind == ir::TypeKind::kHandle) {
      for (const std::uint32_t h : next.live(type.decl))
        all.push_back(h);
    } else {
      for (std::uint64_t i = 0; i < shape_.sizes[s][keys.size()]; ++i)
        all.push_back(datum(type, i).bits);
    }
    for (const std::uint64_t key : all) {
      keys.push_back(key);
      if (!equal(next, s, keys, values)) return false;
      keys.pop_back();
    }
    return true;
  }

  const ir::Module& m_;
  interp::Interpreter in_;
  const PackedShape& shape_;
  interp::State state_;
  std::vector<std::map<std::uint64_t, std::uint64_t>> numbers_;  // by domain: of a slot
  std::set<std::pair<ir::DomainId, std::uint64_t>> referenced_;  // slots that some function holds
};

std::string slot_text(const ir::Module& m, const ir::Type& type,
                      const std::optional<std::uint64_t>& value) {
  if (!value) return "none";
  if (type.kind == ir::TypeKind::kHandle) {
    std::string name = m.domains[type.decl].name;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
    });
    return name + std::to_string(*value);
  }
  if (type.kind == ir::TypeKind::kEnum) {
    const auto& members = m.enums[type.decl].members;
    return *value < members.size() ? members[*value].name : std::to_string(*value);
  }
  return ir::value_text(m, ir::value_of(type), *value);
}

}  // namespace

interp::State first_state(const interp::Interpreter& interpreter,
                          const std::vector<std::uint32_t>& at_start) {
  interp::State state = interpreter.fresh();
  for (ir::DomainId d = 0; d < at_start.size(); ++d)
    for (std::uint32_t h = 0; h < at_start[d]; ++h)
      state.create(d);
  return state;
}

Replayed replay_packed(const ir::Module& module, const Valuation& valuation,
                       const PackedShape& shape, const std::vector<std::uint32_t>& at_start,
                       std::uint32_t property, const std::vector<PackedCall>& calls) {
  return Replayer(module, valuation, shape, at_start).run(property, valuation, calls);
}

std::string packed_text(const ir::Module& m, const PackedState& state) {
  std::string out;
  for (const PackedState::Point& p : state.points) {
    const ir::State& declared = m.states[p.function];
    std::string keys;
    for (std::size_t i = 0; i < p.keys.size(); ++i)
      keys += (keys.empty() ? "" : ", ") + slot_text(m, declared.keys[i], p.keys[i]);
    out += declared.name + (keys.empty() ? "" : '[' + keys + ']') + " = " +
           slot_text(m, declared.type, p.value) + '\n';
  }
  return out;
}

std::string packed_call_text(const ir::Module& m, ir::ActionId id, ir::ClauseId clause,
                             const std::vector<std::optional<std::uint64_t>>& args) {
  const ir::Action& action = m.actions[id];
  std::string text;
  for (std::size_t i = 0; i < args.size(); ++i)
    text +=
        (text.empty() ? "" : ", ") + slot_text(m, action.locals[action.params[i]].type, args[i]);
  const std::string& label = m.clauses[clause].label;
  return action.name + '(' + text + ')' + (label == "ok" ? "" : " " + label);
}

}  // namespace gms::check
