#include "checker/prove/random_walk.h"

#include <algorithm>

#include "ir/type.h"

namespace gms::check {

using ir::Type;
using ir::TypeKind;
using ir::interp::Value;

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

RandomValues::RandomValues(const ir::Module& module) : m_(module) {
  for (const ir::Expr& e : module.exprs) {
    if (e.op != ir::Op::kConst || e.type.kind != TypeKind::kInt) continue;
    std::vector<std::uint64_t>& known = numbers_[e.type.width];
    if (std::find(known.begin(), known.end(), e.value) == known.end()) known.push_back(e.value);
  }
}

std::optional<Value> RandomValues::value(Random& random, const Type& type,
                                         const ir::interp::State& state) const {
  if (type.optional && random.one_in(type.kind == TypeKind::kHandle ? 8 : 2)) return Value::none();
  switch (type.kind) {
    case TypeKind::kBool: return Value::boolean(random.one_in(2));
    case TypeKind::kEnum: {
      // Errors are rare: the first members come more often.
      const auto& members = m_.enums[type.decl].members;
      const std::uint64_t n = members.size();
      const std::uint64_t pick =
          random.one_in(2) ? random.below(std::min<std::uint64_t>(n, 2)) : random.below(n);
      return Value::known(members[pick].value);
    }
    case TypeKind::kHandle: {
      const auto live = state.live(type.decl);
      if (live.empty()) return type.optional ? std::optional(Value::none()) : std::nullopt;
      return Value::known(live[random.below(live.size())]);
    }
    case TypeKind::kIndex:
      if (random.one_in(40)) return Value::known(ir::mask_of(type.width) - random.below(2));
      return Value::known(random.below(6) & ir::mask_of(type.width));
    case TypeKind::kInt: break;
  }
  const auto it = numbers_.find(type.width);
  const std::uint64_t mask = ir::mask_of(type.width);
  switch (random.below(8)) {
    case 0:
    case 1: return Value::known(0);
    case 2:
    case 3: return Value::known((random.below(5) * 4096) & mask);
    case 4: return Value::known(random.below(5) & mask);
    case 5:
      if (random.one_in(8)) return Value::known(random.next() & mask);
      [[fallthrough]];
    default: break;
  }
  if (it == numbers_.end()) return Value::known(random.below(3) & mask);
  std::uint64_t v = it->second[random.below(it->second.size())];
  if (random.one_in(6)) v += random.one_in(2) ? 1 : ~0ULL;
  return Value::known(v & mask);
}

std::optional<std::vector<Value>> RandomValues::arguments(Random& random, ir::ActionId action,
                                                          const ir::interp::State& state) const {
  const ir::Action& a = m_.actions[action];
  std::vector<Value> args;
  for (const ir::VarId p : a.params) {
    const auto v = value(random, a.locals[p].type, state);
    if (!v) return std::nullopt;
    args.push_back(*v);
  }
  return args;
}

ir::interp::Valuation RandomValues::valuation(Random& random) const {
  ir::interp::Valuation out;
  for (const ir::Param& p : m_.params) {
    if (p.type.kind == TypeKind::kBool)
      out.push_back(random.below(2));
    else if (p.type.kind == TypeKind::kEnum)
      out.push_back(
          m_.enums[p.type.decl].members[random.below(m_.enums[p.type.decl].members.size())].value);
    else
      out.push_back(p.values.empty() ? p.default_value : p.values[random.below(p.values.size())]);
  }
  return out;
}

std::optional<RandomCall> random_call(ir::interp::Interpreter& interpreter,
                                      const RandomValues& values, Random& random,
                                      const ir::interp::State& state) {
  const ir::Module& m = interpreter.module();
  RandomCall call;
  call.action = static_cast<ir::ActionId>(random.below(m.actions.size()));
  auto args = values.arguments(random, call.action, state);
  if (!args) return std::nullopt;
  call.args = std::move(*args);
  constexpr std::size_t kMaxOutcomes = 64;
  ir::interp::RunOptions options;
  options.max_steps = 200000;
  options.keep_locals = true;
  const auto completeness =
      interpreter.outcomes(state, call.action, call.args, options, [&](ir::interp::Outcome&& o) {
        call.outcomes.push_back(std::move(o));
        return call.outcomes.size() <= kMaxOutcomes;
      });
  if (completeness != ir::interp::Completeness::kAll) return std::nullopt;
  return call;
}

}  // namespace gms::check
