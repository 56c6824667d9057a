#include "checker/vectors/call_args.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

constexpr std::size_t kMaxObjects = 3, kMaxValues = 40, kMaxPlaces = 8;

using Key = std::vector<std::pair<bool, std::uint64_t>>;
Key key_of(const std::vector<Datum>& args) {
  Key key;
  for (const Datum& arg : args)
    key.emplace_back(is_none(arg), arg.bits);
  return key;
}

/// The newest ones first.
std::vector<Datum> objects(const interp::State& state, ir::DomainId domain) {
  std::vector<Datum> out;
  const auto live = state.live(domain);
  for (std::size_t i = 0; i < live.size() && i < kMaxObjects; ++i)
    out.push_back(Datum::known(live[live.size() - 1 - i]));
  return out;
}

/// A number one unit further, or less.
void shift(const ParamPool& pool, bool further, Datum& arg) {
  if (!ir::is_number(pool.type) || arg.tag != Tag::kKnown) return;
  const std::uint64_t step = std::max<std::uint64_t>(pool.unit, 1);
  arg.bits = (further ? arg.bits + step : arg.bits - step) & ir::mask_of(pool.type.width);
}

}  // namespace

bool CallArgs::near(const interp::State& state, ir::ActionId action, const std::vector<Datum>& args,
                    const ArgsVisitor& visit) const {
  const std::vector<ParamPool>& pools = pools_.of(action);
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ParamPool& pool = pools[i];
    std::vector<Datum> values;
    if (pool.type.optional) values.push_back(Datum::none());
    if (pool.type.kind == ir::TypeKind::kHandle) {
      for (const Datum& object : objects(state, pool.type.decl))
        values.push_back(object);
      if (pool.may_be_dead) values.push_back(Datum::known(0));
    } else {
      for (std::size_t n = 0; n < pool.values.size() && n < kMaxValues; ++n)
        values.push_back(Datum::known(pool.values[n]));
      if (args[i].tag == Tag::kKnown) {
        const std::uint64_t mask = ir::mask_of(pool.type.width);
        for (const std::uint64_t bits : pool.masks)
          values.push_back(Datum::known(args[i].bits ^ bits));
        if (ir::is_number(pool.type) && pool.unit > 1)
          for (const std::uint64_t other : {args[i].bits + pool.unit, args[i].bits - pool.unit})
            values.push_back(Datum::known(other & mask));
      }
    }
    std::vector<Datum> varied = args;
    for (const Datum& value : values) {
      if (is_none(value) == is_none(args[i]) && value.bits == args[i].bits) continue;
      varied[i] = value;
      if (!visit(varied)) return false;
    }
  }
  return true;
}

std::optional<std::vector<Datum>> CallArgs::draw(const interp::State& state, ir::ActionId action,
                                                 bool moves, std::mt19937_64& random) const {
  const std::vector<std::vector<Datum>>& known = (moves ? known_.moves : known_.all)[action];
  if (known.empty()) return std::nullopt;
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  std::vector<Datum> args = known[random() % known.size()];
  const std::vector<Datum>& others = known[random() % known.size()];
  const std::vector<ParamPool>& pools = pools_.of(action);
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ParamPool& pool = pools[i];
    if (pool.type.kind == ir::TypeKind::kHandle) {
      if (is_none(args[i]) && !chance(20)) continue;
      const std::vector<Datum> there = objects(state, pool.type.decl);
      if (there.empty() && !pool.type.optional) return std::nullopt;
      args[i] = there.empty() ? Datum::none() : there[random() % there.size()];
    } else if (chance(15)) {
      args[i] = others[i];
    } else if (chance(15) && !pool.values.empty()) {
      args[i] = Datum::known(pool.values[random() % std::min(pool.values.size(), kMaxValues)]);
    } else if (chance(20)) {
      shift(pool, chance(60), args[i]);
    }
  }
  return args;
}

std::vector<Datum> CallArgs::beside(ir::ActionId action, std::vector<Datum> args,
                                    std::mt19937_64& random) const {
  const std::vector<ParamPool>& pools = pools_.of(action);
  for (std::size_t i = 0; i < args.size(); ++i)
    if (random() % 2 == 0) shift(pools[i], random() % 4 != 0, args[i]);
  return args;
}

bool CallArgs::with(const std::vector<std::vector<Datum>>& some, const interp::State& state,
                    ir::ActionId action, std::span<const std::uint64_t> places,
                    const ArgsVisitor& visit) const {
  const std::vector<ParamPool>& pools = pools_.of(action);
  std::set<Key> seen;
  const auto once = [&](const std::vector<Datum>& args) {
    return !seen.insert(key_of(args)).second || visit(args);
  };
  for (const std::vector<Datum>& known : some) {
    std::vector<Datum> args = known;
    bool possible = true;
    for (std::size_t i = 0; i < args.size(); ++i) {
      const ir::Type& type = pools[i].type;
      if (type.kind != ir::TypeKind::kHandle || is_none(args[i]) || args[i].bits == 0 ||
          state.is_live(type.decl, args[i].bits))
        continue;
      const std::vector<Datum> there = objects(state, type.decl);
      possible = possible && !there.empty();
      if (possible) args[i] = there.front();
    }
    if (!possible) continue;
    if (!once(args)) return false;
    for (std::size_t i = 0; i < args.size(); ++i) {
      const ir::Type& type = pools[i].type;
      if (is_none(args[i])) continue;
      std::vector<Datum> others;
      if (type.kind == ir::TypeKind::kHandle) {
        others = objects(state, type.decl);
      } else if (ir::is_number(type)) {
        for (const std::uint64_t place : places)
          others.push_back(Datum::known((pools[i].unit > 1 ? place * pools[i].unit : place) &
                                        ir::mask_of(type.width)));
      }
      std::vector<Datum> varied = args;
      for (const Datum& other : others) {
        varied[i] = other;
        if (!once(varied)) return false;
      }
    }
  }
  return true;
}

std::vector<std::uint64_t> places_that_differ(const interp::State& a, const interp::State& b) {
  std::vector<std::uint64_t> places;
  const auto add = [&](std::uint64_t place) {
    if (places.size() < kMaxPlaces &&
        std::find(places.begin(), places.end(), place) == places.end())
      places.push_back(place);
  };
  for (ir::StateId f = 0; f < a.shape().states.size(); ++f) {
    const interp::StateShape& shape = a.shape().states[f];
    if (!shape.has_runs || a.same_values_of(f, b)) continue;
    using One = std::tuple<interp::HandleKey, std::uint64_t, std::uint64_t, std::uint64_t, Tag>;
    std::set<One> only;  // in one of them
    for (const interp::State* state : {&a, &b}) {
      state->for_each_run(f, [&](const interp::HandleKey& key, std::uint64_t from,
                                 std::uint64_t last, const Datum& value) {
        const One one{key, from, last, value.bits, value.tag};
        if (!only.insert(one).second) only.erase(one);
      });
    }
    for (const auto& [key, from, last, bits, tag] : only) {
      for (const interp::StateShape::FlatKey& flat : shape.flat) {
        const std::uint64_t mask = ir::mask_of(flat.width);
        const std::uint64_t first = from >> flat.shift & mask, end = last >> flat.shift & mask;
        add(first);
        if (end != mask) add(end), add(end + 1);
        if (first != 0) add(first - 1);
      }
    }
  }
  return places;
}

}  // namespace gms::check
