// States up to the names of handles: a hash that is the same for states that differ only in how
// their handles are numbered, and coarser ones by which the search tells what is new in kind.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/interp/state.h"

namespace gms::check {

class Fingerprinter {
 public:
  explicit Fingerprinter(const ir::Module& module);

  /// The same for states that are equal up to renaming; different otherwise but for hashing and for
  /// handles that are told apart only by long chains of references.
  std::uint64_t exact(const ir::interp::State& state);
  /// After exact(): one number for each state function, then one for the live handles of each
  /// domain; equal where nothing changed from one state to the next. Not up to renaming.
  const std::vector<std::uint64_t>& by_function() const { return by_function_; }

  struct Feature {
    std::uint64_t hash = 0;
    std::uint32_t function = ir::kNoId;  // of one run; kNoId: of a handle, or how many there are
    friend auto operator<=>(const Feature&, const Feature&) = default;
  };
  /// What there is in the state, in kind: handles and runs that look different from the others.
  /// Values count roughly, functions that never decide a branch not at all. Ascending.
  std::vector<Feature> features(const ir::interp::State& state);
  /// One number for all of that, as far as these functions say.
  std::uint64_t kind(const ir::interp::State& state, const std::vector<bool>& functions);

 private:
  struct Run {
    ir::StateId state;
    ir::interp::HandleKey key;
    std::uint64_t what;          // position and value, hashed; without the handles
    std::uint32_t handle_value;  // the value is a handle; else 0
  };
  void collect(const ir::interp::State& state, bool coarse, const std::vector<bool>* functions);
  void refine(const ir::interp::State& state, unsigned rounds);
  std::uint64_t color(ir::DomainId domain, std::uint32_t handle) const;
  std::uint64_t run_hash(const Run& run, int without) const;

  const ir::Module& m_;
  std::vector<Run> runs_;
  std::vector<std::vector<std::pair<std::uint32_t, std::uint64_t>>> colors_;  // by domain
  std::vector<std::uint64_t> by_function_, all_;
};

}  // namespace gms::check
