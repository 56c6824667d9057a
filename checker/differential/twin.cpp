#include "checker/differential/twin.h"

#include <algorithm>
#include <set>

#include "ir/type.h"

namespace gms::check {

using ir::TypeKind;
using ir::interp::Tag;
using ir::interp::Value;
using model::Datum;

Twin::Twin(const ir::Module& module, std::unique_ptr<model::Model> compiled,
           const ir::interp::Valuation& valuation, std::uint64_t seed)
    : m_(module),
      interpreter_(module, valuation),
      state_(interpreter_.fresh()),
      compiled_(std::move(compiled)),
      random_(seed),
      handles_(module.domains.size(), std::vector<std::uint64_t>{0}),
      coverage_(module.clauses.size()) {
  std::set<std::uint64_t> numbers{0, 1, 2, 3, 4, 5, 6, 4095, 4096, 8192, 12288, 1u << 20};
  for (const ir::Expr& e : module.exprs) {
    if (e.op != ir::Op::kConst ||
        (e.type.kind != TypeKind::kInt && e.type.kind != TypeKind::kIndex))
      continue;
    numbers.insert(e.value);
    numbers.insert(e.value + 1);
    numbers.insert(e.value - 1);
  }
  interesting_.assign(numbers.begin(), numbers.end());
}

std::size_t Twin::live_handles() const {
  std::size_t count = 0;
  for (ir::DomainId domain = 0; domain < m_.domains.size(); ++domain)
    count += state_.live(domain).size();
  return count;
}

/// Mostly what passes the checks of a call: nothing special set, whole pages near the start.
std::uint64_t Twin::random_number(const ir::Type& type) {
  const std::uint64_t mask = ir::mask_of(type.width);
  switch (random_() % 16) {
    case 0: return random_() & mask;
    case 1:
    case 2: return interesting_[random_() % interesting_.size()] & mask;
    case 3:
    case 4:
    case 5: return random_() % 8 & mask;
    case 6:
    case 7:
    case 8:
    case 9:
    case 10: return type.width > 16 ? random_() % 6 * 4096 & mask : random_() & mask;
    default: return 0;
  }
}

Value Twin::random_value(const ir::Type& type) {
  // An optional word stands for what is usually a handle or nothing.
  if (type.optional && random_() % 8 < (type.kind == TypeKind::kHandle ? 1u : 5u))
    return Value::none();
  switch (type.kind) {
    case TypeKind::kBool: return Value::boolean(random_() % 4 == 0);
    case TypeKind::kInt:
    case TypeKind::kIndex: return Value::known(random_number(type));
    case TypeKind::kEnum: {
      const auto& members = m_.enums[type.decl].members;
      // The first members are the usual ones.
      const std::size_t at = random_() % 3 != 0 ? 0 : random_() % members.size();
      return Value::known(members[at].value);
    }
    case TypeKind::kHandle: {
      const auto live = state_.live(type.decl);
      if (live.empty() || random_() % 16 == 0)
        return Value::known(random_() % handles_[type.decl].size());  // perhaps a dead one
      // The first one leads to the same objects in several arguments.
      return Value::known(live[random_() % 3 == 0 ? 0 : random_() % live.size()]);
    }
  }
  return Value::none();
}

Datum Twin::to_compiled(const ir::Type& type, const Value& value) const {
  if (value.tag == Tag::kNone || value.tag == Tag::kUnset) return {0, true, true};
  if (value.is_unknown()) return {0, false, false};
  if (type.kind == TypeKind::kHandle) return {handles_[type.decl][value.bits], false, true};
  return {value.bits, false, true};
}

bool Twin::same(const ir::Type& type, const Value& value, const Datum& datum) const {
  if (value.is_unknown()) return !datum.known;
  if (!datum.known) return false;
  const Datum expected = to_compiled(type, value);
  return expected == datum;
}

std::string Twin::value_text(const ir::Type& type, const Value& value) const {
  if (value.is_unknown()) return "unknown";
  if (value.tag == Tag::kNone || value.tag == Tag::kUnset) return "none";
  return ir::value_text(m_, ir::value_of(type), value.bits);
}

std::string Twin::pair_handles(const ir::interp::State& state) {
  for (ir::DomainId domain = 0; domain < m_.domains.size(); ++domain) {
    const auto live = state.live(domain);
    const std::vector<Datum> theirs = compiled_->handles(domain);
    if (live.size() != theirs.size()) return "different numbers of live " + m_.domains[domain].name;
    for (std::size_t i = 0; i < live.size(); ++i) {
      std::vector<std::uint64_t>& known = handles_[domain];
      if (live[i] >= known.size()) known.resize(live[i] + 1);
      known[live[i]] = theirs[i].bits;
    }
  }
  return "";
}

std::string Twin::compare_point(const ir::interp::State& state, ir::StateId id,
                                const std::vector<std::uint64_t>& keys) const {
  const ir::State& function = m_.states[id];
  std::vector<Datum> theirs;
  for (std::size_t i = 0; i < keys.size(); ++i)
    theirs.push_back(to_compiled(function.keys[i], Value::known(keys[i])));
  const Value mine = state.read(id, keys);
  const Datum datum = compiled_->read(id, theirs);
  if (same(function.type, mine, datum)) return "";
  std::string text = function.name + '[';
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += (i == 0 ? "" : ", ") + ir::value_text(m_, function.keys[i], keys[i]);
  return text + "]: " + value_text(function.type, mine) + " in the interpreter, " +
         (!datum.known ? std::string("unknown")
          : datum.none ? "none"
                       : std::to_string(datum.bits)) +
         " in the model";
}

std::string Twin::compare_states(const ir::interp::State& state) {
  if (std::string text = pair_handles(state); !text.empty()) return text;
  for (ir::StateId id = 0; id < m_.states.size(); ++id) {
    const ir::State& function = m_.states[id];
    std::string text;
    const auto at = [&](const ir::interp::HandleKey& key, std::uint64_t position) {
      std::vector<std::uint64_t> keys(function.keys.size());
      std::size_t handles = 0;
      for (; handles < keys.size() && function.keys[handles].kind == TypeKind::kHandle; ++handles)
        keys[handles] = key.handles[handles];
      for (std::size_t i = keys.size(); i > handles; --i) {
        const unsigned width = function.keys[i - 1].width;
        keys[i - 1] = position & ir::mask_of(width);
        position = width >= 64 ? 0 : position >> width;
        if (function.keys[i - 1].kind == TypeKind::kEnum &&
            !ir::is_value_of(m_, function.keys[i - 1], keys[i - 1]))
          return;
      }
      if (text.empty()) text = compare_point(state, id, keys);
    };
    // Ends of runs and what lies beside them, then points anywhere.
    state.for_each_run(id, [&](const ir::interp::HandleKey& key, std::uint64_t from,
                               std::uint64_t last, const Value&) {
      for (const std::uint64_t position :
           {from, last, from - 1, last + 1, from + (last - from) / 2})
        at(key, position);
    });
    for (int i = 0; i < 4 && text.empty(); ++i) {
      std::vector<std::uint64_t> keys;
      for (const ir::Type& type : function.keys)
        keys.push_back(random_value(type).bits);
      text = compare_point(state, id, keys);
    }
    if (!text.empty()) return text;
  }
  return "";
}

std::vector<Value> Twin::choose_arguments(ir::ActionId id) {
  const ir::Action& action = m_.actions[id];
  std::vector<Value> best;
  std::uint64_t least = ~std::uint64_t{0};
  ir::interp::RunOptions options;
  options.max_steps = 20'000;
  options.max_candidates = 16;
  for (int tried = 0; tried < 30; ++tried) {
    std::vector<Value> args;
    for (const ir::VarId param : action.params)
      args.push_back(random_value(action.locals[param].type));
    std::uint64_t rarest = ~std::uint64_t{0};
    int left = 16;
    interpreter_.outcomes(state_, id, args, options, [&](ir::interp::Outcome&& outcome) {
      rarest = std::min(rarest, coverage_[outcome.clause]);
      return --left > 0;
    });
    if (tried == 0 || rarest < least) {
      best = std::move(args);
      least = rarest;
    }
    if (action.params.empty() || least == 0) break;
  }
  return best;
}

std::string Twin::step() {
  const auto id = static_cast<ir::ActionId>(random_() % m_.actions.size());
  const auto handles = [&](const ir::interp::State& state) {
    std::size_t count = 0;
    for (ir::DomainId domain = 0; domain < m_.domains.size(); ++domain)
      count += state.live(domain).size();
    return count;
  };
  return compare(id, choose_arguments(id),
                 [&](const Outcomes& mine,
                     const std::vector<std::size_t>& order) -> std::optional<std::size_t> {
                   // Successes more often, or the states stay small.
                   std::size_t chosen = random_() % order.size();
                   for (std::size_t i = 0; i < order.size(); ++i) {
                     if (mine[order[i]].result == 0 && random_() % 2 == 0) chosen = i;
                   }
                   // What ends objects is compared each time and kept now and then, or few would
                   // live long.
                   if (handles(mine[order[chosen]].next) < handles(state_) && random_() % 6 != 0)
                     return std::nullopt;
                   return chosen;
                 });
}

std::string Twin::follow(ir::ActionId action, const std::vector<Value>& args, ir::ClauseId clause,
                         std::uint32_t choice) {
  bool moved = false;
  std::string text = compare(
      action, args,
      [&](const Outcomes& mine,
          const std::vector<std::size_t>& order) -> std::optional<std::size_t> {
        std::size_t wanted = 0;
        for (std::uint32_t left = choice; wanted < mine.size(); ++wanted)
          if (mine[wanted].clause == clause && left-- == 0) break;
        if (wanted == mine.size()) return std::nullopt;
        for (std::size_t i = 0; i < order.size(); ++i) {
          const ir::interp::Outcome& one = mine[order[i]];
          moved = order[i] == wanted || (one.clause == clause && one.next == mine[wanted].next &&
                                         one.outputs == mine[wanted].outputs);
          if (moved) return i;
        }
        return std::nullopt;
      });
  if (text.empty() && !moved)
    text = m_.actions[action].name + ": not all outcomes were compared, or none is as wanted";
  return text;
}

std::string Twin::compare(ir::ActionId id, const std::vector<Value>& args, const Pick& pick) {
  const ir::Action& action = m_.actions[id];
  std::vector<Datum> their_args;
  std::string call = action.name + '(';
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ir::Type& type = action.locals[action.params[i]].type;
    their_args.push_back(to_compiled(type, args[i]));
    call += (i == 0 ? "" : ", ") + value_text(type, args[i]);
  }
  call += ')';
  ++calls_;
  Outcomes mine;
  const auto completeness =
      interpreter_.outcomes(state_, id, args, {}, [&](ir::interp::Outcome&& outcome) {
        mine.push_back(std::move(outcome));
        return mine.size() < 64;
      });
  if (completeness != ir::interp::Completeness::kAll) return "";
  std::vector<bool> met(mine.size());
  std::vector<std::size_t> order;  // which of mine each of theirs is
  std::string problem;
  const bool complete = compiled_->outcomes(id, their_args, [&](const model::Outcome& theirs) {
    std::string why = "the interpreter has no such outcome";
    bool found = false;  // one way may come up more than once on either side
    for (std::size_t i = 0; i < mine.size(); ++i) {
      const ir::interp::Outcome& one = mine[i];
      if (one.clause != theirs.clause || one.result != theirs.result) continue;
      if (std::string text = pair_handles(one.next); !text.empty()) {
        why = text;
        continue;
      }
      bool equal = true;
      for (std::size_t k = 0; k < one.outputs.size(); ++k) {
        const ir::Local& output = action.locals[action.outputs[k]];
        if (same(output.type, one.outputs[k], theirs.outputs[k])) continue;
        why = "output " + output.name + " is " + value_text(output.type, one.outputs[k]) +
              " in the interpreter, " + std::to_string(theirs.outputs[k].bits) + " in the model";
        equal = false;
      }
      if (!equal) continue;
      if (std::string text = compare_states(one.next); !text.empty()) {
        why = text;
        continue;
      }
      met[i] = true;
      if (!found) order.push_back(i);
      found = true;
    }
    if (found) return model::Visit::kNext;
    problem = call + " at " + m_.clauses[theirs.clause].label + ": " + why;
    return model::Visit::kStop;
  });
  if (!problem.empty()) return problem;
  if (!complete) return "";
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (!met[i])
      return call + ": the model lacks an outcome at " + m_.clauses[mine[i].clause].label;
  }
  outcomes_ += order.size();
  for (const std::size_t i : order)
    ++coverage_[mine[i].clause];
  // What was not taken left no trace.
  if (std::string text = compare_states(state_); !text.empty()) return call + ", undone: " + text;
  if (order.empty()) return "";
  const std::optional<std::size_t> chosen = pick(mine, order);
  if (!chosen) return "";
  std::size_t number = 0;
  compiled_->outcomes(id, their_args, [&](const model::Outcome&) {
    return number++ == *chosen ? model::Visit::kKeep : model::Visit::kNext;
  });
  state_ = mine[order[*chosen]].next;
  if (std::string text = compare_states(state_); !text.empty()) return call + ", kept: " + text;
  return "";
}

}  // namespace gms::check
