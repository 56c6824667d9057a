#include "ir/interp/state.h"

#include <algorithm>
#include <atomic>
#include <unordered_map>

namespace gms::ir::interp {
namespace {

// The only owner may write in place. Another thread may have dropped its copy just now; the fence
// orders what it read before what we write.
template <class T>
T& own(std::shared_ptr<T>& pointer) {
  if (pointer == nullptr) {
    pointer = std::make_shared<T>();
  } else if (pointer.use_count() > 1) {
    pointer = std::make_shared<T>(*pointer);
  } else {
    std::atomic_thread_fence(std::memory_order_acquire);
  }
  return *pointer;
}

/// Both are written, and hold no unknown values.
template <class Table>
bool are_known(const Table* a, const Table* b) {
  return a != nullptr && b != nullptr && !a->has_unknown && !b->has_unknown;
}

}  // namespace

Shape::Shape(const Module& module) : domains(module.domains.size()) {
  for (const ir::State& declared : module.states) {
    StateShape shape;
    unsigned bits = 0;
    for (const Type& key : declared.keys) {
      if (key.kind == TypeKind::kHandle) {
        shape.domains.push_back(key.decl);
      } else {
        bits += key.width;
      }
    }
    for (const Type& key : declared.keys) {
      if (key.kind == TypeKind::kHandle) continue;
      bits -= key.width;
      shape.flat.push_back({static_cast<std::uint8_t>(bits), key.width});
    }
    shape.has_runs = !shape.flat.empty();
    shape.initial = declared.initial_none ? Value::none() : Value::known(declared.initial);
    states.push_back(std::move(shape));
  }
}

State::State(const Shape& shape)
    : shape_(&shape), tables_(shape.states.size()), domains_(shape.domains) {}

std::span<const std::uint32_t> State::live(DomainId domain) const {
  if (domains_[domain] == nullptr) return {};
  return domains_[domain]->live;
}

bool State::is_live(DomainId domain, std::uint64_t handle) const {
  const std::span<const std::uint32_t> all = live(domain);
  return std::binary_search(all.begin(), all.end(), handle);
}

std::uint32_t State::create(DomainId domain) {
  Domain& d = own(domains_[domain]);
  d.live.push_back(d.next);
  return d.next++;
}

std::uint32_t State::create_as(DomainId domain, std::uint32_t handle) {
  Domain& d = own(domains_[domain]);
  d.live.insert(std::lower_bound(d.live.begin(), d.live.end(), handle), handle);
  d.next = std::max(d.next, handle + 1);
  return handle;
}

std::uint32_t State::next_handle(DomainId domain) const {
  return domains_[domain] == nullptr ? 1 : domains_[domain]->next;
}

void State::restore_handles(DomainId domain, std::vector<std::uint32_t> live, std::uint32_t next) {
  Domain& d = own(domains_[domain]);
  d.live = std::move(live);
  d.next = next;
}

void State::destroy(DomainId domain, std::uint64_t handle) {
  if (!is_live(domain, handle)) return;
  const auto number = static_cast<std::uint32_t>(handle);
  std::vector<std::uint32_t>& all = own(domains_[domain]).live;
  all.erase(std::lower_bound(all.begin(), all.end(), number));
  for (StateId id = 0; id < tables_.size(); ++id) {
    if (tables_[id] == nullptr) continue;
    const std::vector<DomainId>& keys = shape_->states[id].domains;
    const auto concerned = [&](const Row& row) {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] == domain && row.key.handles[i] == number) return true;
      }
      return false;
    };
    if (std::find(keys.begin(), keys.end(), domain) == keys.end()) continue;
    const std::vector<Row>& rows = tables_[id]->rows;
    if (std::none_of(rows.begin(), rows.end(), concerned)) continue;
    std::erase_if(tables_.own(id).rows, concerned);
  }
}

State::Table& State::Tables::own(std::size_t at) {
  return interp::own(interp::own(groups_[at / kOfGroup])[at % kOfGroup]);
}

void State::Tables::set(std::size_t at, std::shared_ptr<Table> table) {
  std::shared_ptr<Group>& group = groups_[at / kOfGroup];
  if (group == nullptr && table == nullptr) return;
  interp::own(group)[at % kOfGroup] = std::move(table);
}

const State::Row* State::find(StateId state, const HandleKey& key) const {
  const Table* table = tables_[state];
  if (table == nullptr) return nullptr;
  const auto at = std::lower_bound(table->rows.begin(), table->rows.end(), key,
                                   [](const Row& row, const HandleKey& k) { return row.key < k; });
  return at != table->rows.end() && at->key == key ? &*at : nullptr;
}

const Runs* State::runs(StateId state, const HandleKey& key) const {
  const Row* row = find(state, key);
  return row == nullptr ? nullptr : row->runs.get();
}

Value State::get(StateId state, const HandleKey& key, std::uint64_t position) const {
  const Row* row = find(state, key);
  if (row == nullptr) return shape_->states[state].initial;
  return row->runs == nullptr ? row->value : row->runs->get(position);
}

Value State::read(StateId state, std::span<const std::uint64_t> keys) const {
  const StateShape& shape = shape_->states[state];
  HandleKey key;
  std::uint64_t position = 0;
  std::size_t i = 0;
  for (; i < shape.domains.size(); ++i)
    key.handles[i] = static_cast<std::uint32_t>(keys[i]);
  for (const StateShape::FlatKey& flat : shape.flat)
    position |= keys[i++] << flat.shift;
  return get(state, key, position);
}

void State::set(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last,
                Value value) {
  value.affine = value.scale = 0;
  if (value.is_known()) value.symbol = 0;
  const StateShape& shape = shape_->states[state];
  // Writing what is there already would only cost a copy.
  const Row* found = find(state, key);
  if (found == nullptr) {
    if (value == shape.initial) return;
  } else if (shape.has_runs) {
    bool same = true;
    walk_runs(*found->runs, from, last, [&](std::uint64_t, std::uint64_t, const Value& here) {
      same = here == value;
      return same;
    });
    if (same) return;
  } else if (found->value == value) {
    return;
  }
  Table& table = tables_.own(state);
  if (value.is_unknown()) table.has_unknown = true;
  auto at = std::lower_bound(table.rows.begin(), table.rows.end(), key,
                             [](const Row& row, const HandleKey& k) { return row.key < k; });
  if (at == table.rows.end() || !(at->key == key)) {
    at = table.rows.insert(at, Row{key, shape.initial, nullptr});
    if (shape.has_runs) at->runs = std::make_shared<Runs>(shape.initial);
  }
  if (shape.has_runs) {
    if (at->runs.use_count() > 1) at->runs = std::make_shared<Runs>(*at->runs);
    std::atomic_thread_fence(std::memory_order_acquire);
    at->runs->set_through(from, last, value);
  } else {
    at->value = value;
  }
}

void State::note_copied(std::uint32_t symbol) {
  const auto at = std::lower_bound(copied_.begin(), copied_.end(), symbol);
  if (at == copied_.end() || *at != symbol) copied_.insert(at, symbol);
}

bool State::is_copied(std::uint32_t symbol) const {
  return std::binary_search(copied_.begin(), copied_.end(), symbol);
}

void State::substitute(std::uint32_t symbol, Value value) {
  struct Place {
    StateId state;
    HandleKey key;
    std::uint64_t from, last;
  };
  std::vector<Place> places;
  for (StateId id = 0; id < tables_.size(); ++id) {
    if (tables_[id] == nullptr || !tables_[id]->has_unknown) continue;
    for_each_run(
        id, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Value& cell) {
          if (cell.is_unknown() && cell.symbol == symbol && !cell.each) {
            places.push_back({id, key, from, last});
          }
        });
  }
  for (const Place& p : places)
    set(p.state, p.key, p.from, p.last, value);
  const auto at = std::lower_bound(copied_.begin(), copied_.end(), symbol);
  if (at != copied_.end() && *at == symbol) copied_.erase(at);
}

bool State::is_initial(const Row& row, const StateShape& shape) {
  if (row.runs == nullptr) return row.value == shape.initial;
  return row.runs->run_count() == 1 && row.runs->get(0) == shape.initial;
}

/// Symbols of two states that stand for the same unknown value.
class State::SymbolPairs {
 public:
  bool match(const Value& a, const Value& b) {
    if (a.tag != b.tag || a.bits != b.bits || a.each != b.each) return false;
    if (a.symbol == b.symbol && a.symbol == 0) return true;
    return pair(to_b_, a.symbol, b.symbol) && pair(to_a_, b.symbol, a.symbol);
  }

 private:
  static bool pair(std::unordered_map<std::uint32_t, std::uint32_t>& map, std::uint32_t from,
                   std::uint32_t to) {
    return map.emplace(from, to).first->second == to;
  }
  std::unordered_map<std::uint32_t, std::uint32_t> to_b_, to_a_;
};

/// Of tables that hold no unknown values. Rows that are all initial may be there or not.
bool State::same_values(const Table& a, const Table& b, const StateShape& shape) {
  const auto skip = [&](const Table& table, std::size_t& at) {
    while (at < table.rows.size() && is_initial(table.rows[at], shape))
      ++at;
    return at < table.rows.size();
  };
  for (std::size_t i = 0, k = 0;; ++i, ++k) {
    const bool left = skip(a, i), right = skip(b, k);
    if (!left || !right) return left == right;
    const Row &x = a.rows[i], &y = b.rows[k];
    if (!(x.key == y.key)) return false;
    if (x.runs == nullptr ? !(x.value == y.value) : x.runs != y.runs && !(*x.runs == *y.runs))
      return false;
  }
}

/// Runs of unknown values may be cut differently, by symbols that were renamed.
bool State::same_runs(StateId state, const State& other, SymbolPairs& symbols) const {
  struct Run {
    HandleKey key;
    std::uint64_t from, last;
    Value value;
  };
  std::vector<Run> runs;
  for_each_run(
      state, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Value& value) {
        runs.push_back({key, from, last, value});
      });
  std::size_t next = 0;
  bool equal = true;
  other.for_each_run(
      state, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Value& value) {
        if (!equal || next == runs.size()) {
          equal = false;
          return;
        }
        const Run& run = runs[next++];
        equal = run.key == key && run.from == from && run.last == last &&
                symbols.match(run.value, value);
      });
  return equal && next == runs.size();
}

bool State::same_in(const State& other, const std::vector<bool>* counts) const {
  if (exact_ != other.exact_) return false;
  for (DomainId d = 0; d < domains_.size(); ++d) {
    if (domains_[d] == other.domains_[d]) continue;
    const auto left = live(d), right = other.live(d);
    if (!std::equal(left.begin(), left.end(), right.begin(), right.end())) return false;
  }
  SymbolPairs symbols;
  for (StateId id = 0; id < tables_.size(); ++id) {
    if (counts != nullptr && !(*counts)[id]) continue;
    const Table *left = tables_[id], *right = other.tables_[id];
    if (left == right && (left == nullptr || !left->has_unknown)) continue;
    const bool same = are_known(left, right) ? same_values(*left, *right, shape_->states[id])
                                             : same_runs(id, other, symbols);
    if (!same) return false;
  }
  return true;
}

bool State::same_values_of(StateId state, const State& other) const {
  const Table *left = tables_[state], *right = other.tables_[state];
  if (left == right) return true;
  if (are_known(left, right)) return same_values(*left, *right, shape_->states[state]);
  // What is unknown may stand elsewhere, too.
  State taken = *this;
  taken.take(state, other);
  return taken == *this;
}

std::uint64_t State::hash() const {
  model::Hasher hasher;
  hasher.add(exact_);
  for (DomainId d = 0; d < domains_.size(); ++d) {
    for (std::uint32_t handle : live(d))
      hasher.add(handle);
    hasher.add(d);
  }
  for (StateId id = 0; id < tables_.size(); ++id) {
    if (tables_[id] == nullptr) continue;
    const StateShape& shape = shape_->states[id];
    for (const Row& row : tables_[id]->rows) {
      if (is_initial(row, shape)) continue;
      hasher.add(id).add(row.runs != nullptr ? row.runs->hash(shape.initial) : row.value.hash());
      for (std::uint32_t handle : row.key.handles)
        hasher.add(handle);
    }
  }
  return hasher.finish();
}

}  // namespace gms::ir::interp
