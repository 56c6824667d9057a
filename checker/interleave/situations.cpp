#include "checker/interleave/situations.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "checker/explore/fingerprint.h"
#include "checker/explore/search.h"
#include "ir/interp/interpreter.h"
#include "model/runtime/hash.h"

namespace gms::check {
namespace {

using model::hash_mix;

constexpr unsigned kCall = 6;  // one more call against simpler arguments
constexpr std::size_t kOfAKind = 3, kPatterns = 40;

/// How much there is to think about: less for small numbers, absent values and no faults.
unsigned cost(const ir::Module& m, ir::ActionId action, const std::vector<Datum>& args) {
  const ir::Action& declared = m.actions[action];
  unsigned sum = 0;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i].tag != Tag::kKnown || args[i].bits == 0) continue;
    switch (declared.locals[declared.params[i]].type.kind) {
      case ir::TypeKind::kHandle: break;
      case ir::TypeKind::kEnum: sum += 1; break;
      case ir::TypeKind::kBool: sum += 3; break;
      case ir::TypeKind::kInt:
      case ir::TypeKind::kIndex:
        sum += 1 + static_cast<unsigned>(std::bit_width(args[i].bits)) / 14;
        break;
    }
  }
  return sum;
}

}  // namespace

Situations::Situations(const ir::Module& atomic, const SituationOptions& options)
    : m_(atomic), shape_(atomic), options_(options), prints_(atomic), ways_(atomic.actions.size()) {
  ExploreOptions how;
  how.seconds = options_.seconds;
  how.max_calls = options_.max_calls;
  how.valuations = options_.valuations;
  how.max_depth = 7;
  how.shrink = false;
  how.on_call = [this](const ExploreOptions::Made& made) { take(made); };
  // Every clause and every cover leads to a state of another kind, and the properties that hold
  // keep the search going.
  explore(m_, all_goals(m_), how);
  select();
}

const ir::Type& Situations::type_of(ir::ActionId action, std::size_t arg) const {
  return m_.actions[action].locals[m_.actions[action].params[arg]].type;
}

ir::interp::Interpreter& Situations::interpreter(const Valuation& valuation) {
  std::unique_ptr<ir::interp::Interpreter>& in = interpreters_[valuation];
  if (in == nullptr) in = std::make_unique<ir::interp::Interpreter>(m_, valuation);
  return *in;
}

void Situations::take(const ExploreOptions::Made& made) {
  if (!made.before.exact()) return;
  if (made.changes || made.novel) keep_pattern(made);
  if (!made.changes) return;
  Run way = made.way();
  if (way.calls.empty()) keep({0, 0, {way, made.before.with_shape(shape_)}});
  if (way.calls.size() >= options_.max_calls_before) return;
  unsigned sum = kCall + cost(m_, made.action, made.args);
  for (const RunCall& call : way.calls)
    sum += kCall + cost(m_, call.action, call.args);
  ir::interp::Interpreter& in = interpreter(made.valuation);
  std::map<ir::ClauseId, std::uint32_t> choices;
  way.calls.emplace_back();
  for (ir::interp::Outcome& end :
       in.outcomes(made.before, made.action, made.args, call_options())) {
    const std::uint32_t choice = choices[end.clause]++;
    if (!end.next.exact() || end.next == made.before) continue;
    way.calls.back() = {made.action, made.args, end.clause, end.result, end.outputs, choice};
    keep({sum, 0, {way, end.next.with_shape(shape_)}});
  }
}

void Situations::keep_pattern(const ExploreOptions::Made& made) {
  Pattern pattern{cost(m_, made.action, made.args), made.args};
  for (std::size_t i = 0; i < pattern.args.size(); ++i) {
    const ir::Type& type = type_of(made.action, i);
    if (type.kind != ir::TypeKind::kHandle || pattern.args[i].tag != Tag::kKnown) continue;
    const auto live = made.before.live(type.decl);
    const auto at = std::find(live.begin(), live.end(), pattern.args[i].bits);
    if (at == live.end()) return;
    pattern.args[i].bits = static_cast<std::uint64_t>(live.end() - at - 1);
  }
  std::vector<Pattern>& all = ways_[made.action];
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const Pattern& one) { return one.cost > pattern.cost; });
  if (std::find(all.begin(), at, pattern) != at) return;
  all.insert(at, std::move(pattern));
  if (all.size() > kPatterns) all.pop_back();
}

/// How many objects there are, and which values the functions that matter have anywhere: 0, 1 or
/// more of each.
std::uint64_t Situations::kind(const ir::interp::State& state) const {
  std::uint64_t hash = 0;
  for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
    hash = hash_mix(hash, std::min<std::size_t>(state.live(d).size(), 2));
  for (ir::StateId id = 0; id < m_.states.size(); ++id) {
    if (!options_.matters[id]) continue;
    const ir::TypeKind type = m_.states[id].type.kind;
    const bool few = type == ir::TypeKind::kBool || type == ir::TypeKind::kEnum;
    const bool handle = type == ir::TypeKind::kHandle;
    std::map<std::uint64_t, unsigned> values;
    // A file of one page is of another kind than one of more.
    state.for_each_run(
        id, [&](const ir::interp::HandleKey&, std::uint64_t, std::uint64_t, const Datum& value) {
          ++values[few ? value.hash() : handle ? 0 : std::min<std::uint64_t>(value.bits, 2)];
        });
    for (const auto& [value, times] : values)
      hash = hash_mix(hash, hash_mix(hash_mix(id, value), std::min(times, 2u)));
  }
  return hash;
}

/// The cheapest few of each kind of state.
void Situations::keep(Found found) {
  const ir::interp::State& state = found.situation.state;
  std::vector<Found>& same = kinds_[{kind(state), found.situation.way.valuation}];
  if (same.size() == kOfAKind && same.back().cost <= found.cost) return;
  found.print = prints_.exact(state);
  const auto twin = std::find_if(same.begin(), same.end(),
                                 [&](const Found& one) { return one.print == found.print; });
  if (twin != same.end()) {
    if (twin->cost <= found.cost) return;
    same.erase(twin);
  }
  const auto at = std::find_if(same.begin(), same.end(),
                               [&](const Found& one) { return one.cost > found.cost; });
  same.insert(at, std::move(found));
  if (same.size() > kOfAKind) same.pop_back();
}

void Situations::select() {
  std::vector<std::tuple<std::size_t, unsigned, Found*>> order;
  for (auto& [kind, members] : kinds_)
    for (std::size_t rank = 0; rank < members.size(); ++rank)
      order.emplace_back(rank, members[rank].cost, &members[rank]);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(std::get<0>(a), std::get<1>(a)) < std::pair(std::get<0>(b), std::get<1>(b));
  });
  for (const auto& [rank, cost, found] : order)
    if (all_.size() < options_.max_situations) all_.push_back(std::move(found->situation));
  kinds_.clear();
}

const std::vector<Intent>& Situations::calls(std::size_t number, ir::ActionId action) {
  const auto [it, is_new] = calls_.try_emplace({number, action});
  const Situation& where = all_[number];
  if (is_new)
    it->second = calls_in(where.state, interpreter(where.way.valuation), action, options_.idle);
  return it->second;
}

std::vector<Intent> Situations::beside(std::size_t number, const Intent& call,
                                       ir::ActionId action) {
  const std::vector<Intent>& now = calls(number, action);
  const Situation& where = all_[number];
  ir::interp::Interpreter& in = interpreter(where.way.valuation);
  const auto ends = in.outcomes(where.state, call.action, call.args, call_options());
  const auto end = std::find_if(ends.begin(), ends.end(), [&](const ir::interp::Outcome& one) {
    return one.result == 0 && one.next.exact() && !(one.next == where.state);
  });
  std::vector<Intent> result;
  if (end != ends.end()) result = calls_in(end->next, in, action, 0);
  for (const Intent& one : now)
    if (std::find(result.begin(), result.end(), one) == result.end()) result.push_back(one);
  return result;
}

/// Those that change something, then `idle` that succeed and change nothing.
std::vector<Intent> Situations::calls_in(const ir::interp::State& state,
                                         ir::interp::Interpreter& in, ir::ActionId action,
                                         std::size_t idle) const {
  std::vector<Intent> result, others;
  std::set<Effect> effects{{}};
  for (const Pattern& pattern : ways_[action]) {
    Intent intent{action, pattern.args};
    if (result.size() == options_.per_action) break;
    if (!resolve(state, intent)) continue;
    Effect one = effect(state, in, intent);
    const bool changes = one.size() > 1;
    if (!effects.insert(std::move(one)).second) continue;
    (changes ? result : others).push_back(std::move(intent));
  }
  if (others.size() > idle) others.resize(idle);
  result.insert(result.end(), others.begin(), others.end());
  return result;
}

bool Situations::resolve(const ir::interp::State& state, Intent& intent) const {
  for (std::size_t i = 0; i < intent.args.size(); ++i) {
    const ir::Type& type = type_of(intent.action, i);
    if (type.kind != ir::TypeKind::kHandle || intent.args[i].tag != Tag::kKnown) continue;
    const auto live = state.live(type.decl);
    if (intent.args[i].bits >= live.size()) return false;
    intent.args[i].bits = live[live.size() - 1 - intent.args[i].bits];
  }
  return true;
}

/// A call that changes nothing may do so after another one, if it is not refused. Empty for others.
Situations::Effect Situations::effect(const ir::interp::State& state, ir::interp::Interpreter& in,
                                      const Intent& intent) const {
  Effect result;
  for (const ir::interp::Outcome& end :
       in.outcomes(state, intent.action, intent.args, call_options())) {
    if (!end.next.exact()) continue;
    const bool changes = !(end.next == state);
    if (changes || end.result == 0) result.insert(hash_mix(end.clause, changes ? 1 : 2));
    if (!changes) continue;
    for (ir::StateId id = 0; id < m_.states.size(); ++id) {
      const Effect before = points(id, state), after = points(id, end.next);
      std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                    std::inserter(result, result.end()));
    }
  }
  return result;
}

/// Where the function is not initial. Of numbers the value does not count: one is as good as
/// another.
Situations::Effect Situations::points(ir::StateId id, const ir::interp::State& state) const {
  const ir::TypeKind kind = m_.states[id].type.kind;
  const bool few = kind == ir::TypeKind::kBool || kind == ir::TypeKind::kEnum;
  Effect result;
  state.for_each_run(id, [&](const ir::interp::HandleKey& key, std::uint64_t from,
                             std::uint64_t last, const Datum& value) {
    std::uint64_t hash = hash_mix(hash_mix(id, from), last);
    for (const std::uint32_t handle : key.handles)
      hash = hash_mix(hash, handle);
    result.insert(few ? hash_mix(hash, value.hash()) : hash);
  });
  return result;
}

}  // namespace gms::check
