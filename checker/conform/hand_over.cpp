#include "checker/conform/hand_over.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checker/conform/interp_engine.h"
#include "ir/arith.h"
#include "ir/interp/state.h"
#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// The domains of the keys that are handles.
std::vector<ir::DomainId> handle_keys(const ir::State& state) {
  std::vector<ir::DomainId> result;
  for (const ir::Type& key : state.keys) {
    if (key.kind == ir::TypeKind::kHandle) result.push_back(key.decl);
  }
  return result;
}

/// The interpreter's numbers for a model's handles of one domain.
class Numbers {
 public:
  Numbers(const model::Model& model, ir::DomainId domain) : created_(model.created(domain)) {
    for (const model::LiveHandle& handle : model.live(domain)) {
      live_.push_back(static_cast<std::uint32_t>(handle.serial + 1));
      numbers_.emplace(handle.bits, live_.back());
    }
  }

  const std::vector<std::uint32_t>& live() const { return live_; }
  std::uint32_t next() const { return static_cast<std::uint32_t>(created_ + 1); }

  /// What is not live any more gets any number that is not live either, always the same.
  std::uint32_t of(std::uint64_t bits) {
    if (bits == 0) return 0;
    const auto [at, fresh] = numbers_.emplace(bits, 0);
    if (fresh) {
      while (std::binary_search(live_.begin(), live_.end(), ++last_dead_)) {
      }
      at->second = last_dead_;
    }
    return at->second;
  }

 private:
  std::uint64_t created_;
  std::vector<std::uint32_t> live_;  // ascending
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::uint32_t last_dead_ = 0;
};

/// A model's handles for the interpreter's numbers of one domain.
class Handles {
 public:
  Handles(const interp::State& state, ir::DomainId domain, model::Model& model) {
    for (const std::uint32_t number : state.live(domain))
      handles_.emplace(number, model.put_handle(domain, number - 1));
    model.put_created(domain, state.next_handle(domain) - 1);
  }
  std::uint64_t of(std::uint64_t number) const {
    if (number == 0) return 0;
    const auto found = handles_.find(number);
    // An even generation: one that was never live and will never be.
    return found != handles_.end() ? found->second : std::uint64_t{2} << 32 | number;
  }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> handles_;
};

}  // namespace

World to_interpreter(const model::Model& model, const ir::Module& module, const Engine& engine,
                     NameTable& names, EventRunner& runner) {
  interp::State state = interpreter_state(*engine.fresh());
  std::vector<Numbers> numbers;
  for (ir::DomainId domain = 0; domain < module.domains.size(); ++domain) {
    numbers.emplace_back(model, domain);
    state.restore_handles(domain, numbers.back().live(), numbers.back().next());
  }
  for (ir::StateId id = 0; id < module.states.size(); ++id) {
    const ir::Type& type = module.states[id].type;
    const std::vector<ir::DomainId> domains = handle_keys(module.states[id]);
    const auto value_of = [&](const model::Datum& datum, bool one) {
      if (!datum.known) {
        Datum unknown = Datum::unknown();
        unknown.symbol = state.new_symbol();
        unknown.each = !one;
        return unknown;
      }
      if (datum.none) return Datum::none();
      return Datum::known(type.kind == ir::TypeKind::kHandle
                              ? numbers[type.decl].of(datum.bits)
                              : datum.bits & ir::mask_of(type.width));
    };
    model.each_run(id, [&](std::span<const std::uint64_t> handles, std::uint64_t from,
                           std::uint64_t last, const model::Datum& datum) {
      interp::HandleKey key;
      for (std::size_t i = 0; i < handles.size(); ++i)
        key.handles[i] = numbers[domains[i]].of(handles[i]);
      state.set(id, key, from, last, value_of(datum, from == last));
    });
  }
  World world;
  const model::NameTable& theirs = model.names();
  for (model::NameTable::Id name = 0; name < theirs.size(); ++name) {
    const NameId mine = names.intern(theirs.text(name));
    if (theirs.is_introduced(name)) runner.introduce(mine);
    for (ir::DomainId domain = 0; domain < numbers.size(); ++domain) {
      const model::HandleId handle = theirs.handle(domain, name);
      if (!handle.is_none()) world.names.bind(domain, mine, numbers[domain].of(handle.hash()));
    }
  }
  world.state = make_interpreter_state(std::move(state));
  return world;
}

bool to_compiled(const World& world, const ir::Module& module, const NameTable& names,
                 const EventRunner& runner, model::Model& model) {
  const interp::State& state = interpreter_state(*world.state);
  if (!world.exact || !state.exact()) return false;
  std::vector<Handles> handles;
  for (ir::DomainId domain = 0; domain < module.domains.size(); ++domain)
    handles.emplace_back(state, domain, model);
  std::unordered_set<std::uint32_t> symbols;
  bool good = true;
  for (ir::StateId id = 0; good && id < module.states.size(); ++id) {
    const ir::Type& type = module.states[id].type;
    const std::vector<ir::DomainId> domains = handle_keys(module.states[id]);
    std::vector<std::uint64_t> keys(domains.size());
    state.for_each_run(id, [&](const interp::HandleKey& key, std::uint64_t from, std::uint64_t last,
                               const Datum& value) {
      if (!good) return;
      for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] = handles[domains[i]].of(key.handles[i]);
      model::Datum datum{0, false, true};
      switch (value.tag) {
        case Tag::kUnset:
        case Tag::kUnknownSome: good = false; return;
        case Tag::kNone: datum.none = true; break;
        case Tag::kKnown:
          datum.bits = type.kind == ir::TypeKind::kHandle ? handles[type.decl].of(value.bits)
                       : type.is_signed
                           ? static_cast<std::uint64_t>(ir::sign_extend(value.bits, type.width))
                           : value.bits;
          break;
        case Tag::kUnknown:
          // The model keeps no ties between unknown values: each must be one on its own.
          if (!value.each && (from != last || !symbols.insert(value.symbol).second)) {
            good = false;
            return;
          }
          datum.known = false;
          break;
      }
      good = model.put_run(id, keys, from, last, datum);
    });
  }
  if (!good) return false;
  for (NameId name = 0; name < names.size(); ++name) {
    if (!runner.introduced(name) && world.names.other_domain(name, ir::kNoId) == ir::kNoId)
      continue;
    const model::NameTable::Id theirs = model.names().intern(names.text(name));
    if (runner.introduced(name)) model.names().introduce(theirs);
    for (ir::DomainId domain = 0; domain < handles.size(); ++domain) {
      const std::uint64_t bits = handles[domain].of(world.names.find(domain, name));
      if (bits == 0) continue;
      model.names().bind(domain, theirs,
                         {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)},
                         nullptr);
    }
  }
  return true;
}

}  // namespace gms::check
