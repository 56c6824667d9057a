// A concrete state of a spec: the live handles and the value of every state function at every
// point. Copies share everything until one of them is written.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ir/interp/runs.h"
#include "ir/interp/value.h"
#include "ir/ir.h"

namespace gms::ir::interp {

/// Of indices and scalars together (ir/verify.h).
inline constexpr std::size_t kMaxFlatKeys = 8;

/// The handles among the keys of a point, up to 4; unused places are 0.
struct HandleKey {
  std::array<std::uint32_t, 4> handles{};
  friend auto operator<=>(const HandleKey&, const HandleKey&) = default;
};

/// How the keys of a state function are laid out: handles choose a row; indices and scalars
/// together are one position in it, the first key in the highest bits.
struct StateShape {
  struct FlatKey {
    std::uint8_t shift = 0;
    std::uint8_t width = 0;
  };
  std::vector<DomainId> domains;  // of the handles
  std::vector<FlatKey> flat;
  bool has_runs = false;  // rows are maps over positions instead of single values
  Value initial;
};

/// What every state of one module has in common.
struct Shape {
  explicit Shape(const Module& module);
  std::vector<StateShape> states;
  std::size_t domains = 0;
};

class State {
 public:
  /// No live handles, every point at its initial value. `shape` must outlive the state and its
  /// copies.
  explicit State(const Shape& shape);

  // ---- Handles ----
  /// Ascending.
  std::span<const std::uint32_t> live(DomainId domain) const;
  bool is_live(DomainId domain, std::uint64_t handle) const;
  std::uint32_t create(DomainId domain);
  /// With this number, which no handle of the domain has had.
  std::uint32_t create_as(DomainId domain, std::uint32_t handle);
  /// The handle is no longer live and its points have their initial values again. Does nothing for
  /// a handle that is not live.
  void destroy(DomainId domain, std::uint64_t handle);

  /// The number that the next handle gets.
  std::uint32_t next_handle(DomainId domain) const;
  /// For a fresh state that is filled from outside: the live handles, ascending and below `next`.
  void restore_handles(DomainId domain, std::vector<std::uint32_t> live, std::uint32_t next);

  // ---- Values ----
  /// The row, or null where nothing but initial values was written. For functions with runs.
  const Runs* runs(StateId state, const HandleKey& key) const;
  Value get(StateId state, const HandleKey& key, std::uint64_t position) const;
  /// By the keys in declaration order, as bits.
  Value read(StateId state, std::span<const std::uint64_t> keys) const;
  /// Positions from..last; 0, 0 for functions without runs. All handles of the key must be live.
  void set(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last,
           Value value);
  /// Calls fn(key, from, last, value) for all runs that are not initial.
  template <class Fn>
  void for_each_run(StateId state, Fn&& fn) const;
  /// Calls fn(key, from, last) for the runs that are not initial of the rows with this handle.
  template <class Fn>
  void for_each_run_of(StateId state, DomainId domain, std::uint32_t handle, Fn&& fn) const;

  // ---- Unknown values ----
  std::uint32_t new_symbol() { return next_symbol_++; }
  /// The symbol stands in more than one place.
  void note_copied(std::uint32_t symbol);
  bool is_copied(std::uint32_t symbol) const;
  /// Every cell with this symbol (not `each`) gets the value.
  void substitute(std::uint32_t symbol, Value value);
  /// False once the state allows more than what can have happened: a relation between unknown
  /// values was forgotten.
  bool exact() const { return exact_; }
  void set_inexact() { exact_ = false; }

  /// The function gets the values that it has in the other state, which has the same shape.
  void take(StateId state, const State& from) { tables_.set(state, from.tables_.shared(state)); }

  /// The same for another shape of equal state functions, which it must not outlive.
  State with_shape(const Shape& shape) const {
    State out = *this;
    out.shape_ = &shape;
    return out;
  }

  /// The same live handles and values; symbols are compared up to renaming. The two may have shapes
  /// of equal state functions.
  friend bool operator==(const State& a, const State& b) { return a.same_in(b, nullptr); }
  /// The same, but for the functions that do not count.
  bool same_where(const std::vector<bool>& counts, const State& other) const {
    return same_in(other, &counts);
  }
  /// Whether the function has the same values in both: they would be equal if it were the other's.
  bool same_values_of(StateId state, const State& other) const;
  std::uint64_t hash() const;
  const Shape& shape() const { return *shape_; }

 private:
  struct Row {
    HandleKey key;
    Value value;                 // without runs
    std::shared_ptr<Runs> runs;  // with runs
  };
  struct Table {
    std::vector<Row> rows;     // by key
    bool has_unknown = false;  // may hold unknown values
  };
  struct Domain {
    std::vector<std::uint32_t> live;  // ascending
    std::uint32_t next = 1;
  };
  /// The tables of all state functions. States are copied for each way that a call may end, and few
  /// functions are written there: copies share groups of tables.
  class Tables {
   public:
    explicit Tables(std::size_t count)
        : groups_((count + kOfGroup - 1) / kOfGroup), count_(count) {}
    std::size_t size() const { return count_; }
    /// Null: all initial.
    const Table* operator[](std::size_t at) const {
      const Group* group = groups_[at / kOfGroup].get();
      return group == nullptr ? nullptr : (*group)[at % kOfGroup].get();
    }
    std::shared_ptr<Table> shared(std::size_t at) const {
      const Group* group = groups_[at / kOfGroup].get();
      return group == nullptr ? nullptr : (*group)[at % kOfGroup];
    }
    /// To be written by nobody else.
    Table& own(std::size_t at);
    void set(std::size_t at, std::shared_ptr<Table> table);

   private:
    static constexpr std::size_t kOfGroup = 8;
    using Group = std::array<std::shared_ptr<Table>, kOfGroup>;
    std::vector<std::shared_ptr<Group>> groups_;
    std::size_t count_;
  };

  class SymbolPairs;
  bool same_in(const State& other, const std::vector<bool>* counts) const;
  bool same_runs(StateId state, const State& other, SymbolPairs& symbols) const;
  static bool same_values(const Table& a, const Table& b, const StateShape& shape);
  const Row* find(StateId state, const HandleKey& key) const;
  static bool is_initial(const Row& row, const StateShape& shape);

  const Shape* shape_;
  Tables tables_;
  std::vector<std::shared_ptr<Domain>> domains_;  // null: no handle yet
  std::vector<std::uint32_t> copied_;             // symbols, ascending
  std::uint32_t next_symbol_ = 1;
  bool exact_ = true;
};

/// fn(from, last, value) for the runs of from..last, until it returns false.
template <class Fn>
void walk_runs(const Runs& runs, std::uint64_t from, std::uint64_t last, Fn&& fn) {
  bool go_on = true;
  const std::uint64_t end = last == ~std::uint64_t{0} ? last : last + 1;
  runs.for_each_run(from, end, [&](std::uint64_t lo, std::uint64_t hi, const Value& value) {
    go_on = fn(lo, hi - 1, value);
    return go_on;
  });
  // Half-open ranges do not reach the very last position.
  if (go_on && last == ~std::uint64_t{0}) fn(last, last, runs.get(last));
}

template <class Fn>
void State::for_each_run(StateId state, Fn&& fn) const {
  if (tables_[state] == nullptr) return;
  const StateShape& shape = shape_->states[state];
  for (const Row& row : tables_[state]->rows) {
    if (!shape.has_runs) {
      if (!(row.value == shape.initial)) fn(row.key, std::uint64_t{0}, std::uint64_t{0}, row.value);
      continue;
    }
    walk_runs(*row.runs, 0, ~std::uint64_t{0},
              [&](std::uint64_t from, std::uint64_t last, const Value& value) {
                if (!(value == shape.initial)) fn(row.key, from, last, value);
                return true;
              });
  }
}

template <class Fn>
void State::for_each_run_of(StateId state, DomainId domain, std::uint32_t handle, Fn&& fn) const {
  if (tables_[state] == nullptr) return;
  const StateShape& shape = shape_->states[state];
  const auto has_it = [&](const HandleKey& key) {
    for (std::size_t i = 0; i < shape.domains.size(); ++i) {
      if (shape.domains[i] == domain && key.handles[i] == handle) return true;
    }
    return false;
  };
  for (const Row& row : tables_[state]->rows) {
    if (!has_it(row.key)) continue;
    if (!shape.has_runs) {
      fn(row.key, std::uint64_t{0}, std::uint64_t{0});
      continue;
    }
    walk_runs(*row.runs, 0, ~std::uint64_t{0},
              [&](std::uint64_t from, std::uint64_t last, const Value& value) {
                if (!(value == shape.initial)) fn(row.key, from, last);
                return true;
              });
  }
}

}  // namespace gms::ir::interp
