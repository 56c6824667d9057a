// What a call looked at and what it changed, point by point, for who asks whether two calls
// commute: if neither changes what the other has looked at or changed, each does in either order
// what it does alone, and the states afterwards are the same.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::ir::interp {

class Footprint {
 public:
  /// Stands for every handle of its domain, also for those that are still to be made.
  static constexpr std::uint32_t kAnyHandle = 0xffffffff;

  /// Positions from..last of a row; more than was really looked at does no harm.
  void read(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last) {
    reads_.push_back({state, key, from, last});
  }
  void write(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last) {
    writes_.push_back({state, key, from, last});
  }
  /// Whether the handle is live; kAnyHandle: which ones are.
  void read_live(DomainId domain, std::uint32_t handle) { read_lives_.push_back({domain, handle}); }
  void write_live(DomainId domain, std::uint32_t handle) {
    write_lives_.push_back({domain, handle});
  }
  /// What a name of the trace stands for.
  void read_name(std::uint32_t name) { read_names_.push_back(name); }
  void write_name(std::uint32_t name) { write_names_.push_back(name); }
  /// Nothing is known of it: it commutes with nothing.
  void set_opaque() { opaque_ = true; }
  bool opaque() const { return opaque_; }

  /// Sorts and joins what is the same; to be called before many questions.
  void finish();
  void add(const Footprint& other);
  bool commutes(const Footprint& other) const;

 private:
  struct Points {
    StateId state = kNoId;
    HandleKey key;
    std::uint64_t from = 0, last = 0;
    friend auto operator<=>(const Points&, const Points&) = default;
  };
  struct Life {
    DomainId domain = kNoId;
    std::uint32_t handle = 0;
    friend auto operator<=>(const Life&, const Life&) = default;
  };
  static bool meet(const std::vector<Points>& a, const std::vector<Points>& b);
  static bool meet(const std::vector<Life>& a, const std::vector<Life>& b);
  static bool meet(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);
  /// Whether this one changes what the other looks at or changes.
  bool disturbs(const Footprint& other) const;

  std::vector<Points> reads_, writes_;
  std::vector<Life> read_lives_, write_lives_;
  std::vector<std::uint32_t> read_names_, write_names_;
  bool opaque_ = false;
};

}  // namespace gms::ir::interp
