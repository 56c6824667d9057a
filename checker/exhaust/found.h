// What an exhaustive exploration by a generated program (model/explore_rt) found: its JSON as data,
// and its runs made again by the reference interpreter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// A state as the program has it: handles are slots 1 .. n, members of enums are places.
struct PackedState {
  std::vector<std::vector<std::uint64_t>> live;  // by DomainId
  struct Point {
    ir::StateId function = ir::kNoId;
    std::vector<std::uint64_t> keys;
    std::optional<std::uint64_t> value;
  };
  std::vector<Point> points;  // what is not as at first
};

struct PackedCall {
  ir::ActionId action = ir::kNoId;
  ir::ClauseId clause = ir::kNoId;
  std::vector<std::optional<std::uint64_t>> args;
  std::vector<std::pair<ir::DomainId, std::uint64_t>> created;  // slots, in order
  PackedState after;
};

enum class ExhaustEnding : std::uint8_t {
  kComplete,   // all states within the bounds were visited
  kViolation,  // ended where a property is false, behind its level
  kMemory,     // the memory did not suffice
};

struct Exhausted {
  ExhaustEnding ending = ExhaustEnding::kComplete;
  std::uint64_t states = 0, transitions = 0, loops = 0, cuts = 0, depth = 0, bytes = 0, words = 0;
  double seconds = 0, cpu_seconds = 0;
  std::vector<std::uint64_t> cut_by;  // by reason
  std::vector<bool> fired;            // by ClauseId
  std::vector<std::uint64_t> levels;  // where each begins, then the end
  std::vector<bool> undetermined;     // by number of the property
  /// Of properties that are false, and covers that are reached, by their number; the one behind the
  /// last is a deadlock.
  std::vector<std::pair<std::uint32_t, std::vector<PackedCall>>> found;
  // For a picture, where one was asked for and the states are few.
  std::vector<PackedState> seen;
  struct Edge {
    std::uint32_t from = 0, to = 0;
    ir::ActionId action = ir::kNoId;
    ir::ClauseId clause = ir::kNoId;
    std::vector<std::optional<std::uint64_t>> args;
  };
  std::vector<Edge> edges;
};

/// Nothing: the text is not what such a program prints.
std::optional<Exhausted> read_exhausted(std::string_view json);

/// A run made again.
struct Replayed {
  Run run;
  std::string at;          // for which values the property is false
  std::string difference;  // not empty: the program and the interpreter disagree, and on what
};

/// What the program has of a state.
struct PackedShape {
  /// By StateId and key: how many values the key has. Of a function that is left out: one more than
  /// it has keys.
  std::vector<std::vector<std::uint64_t>> sizes;
};

/// `at_start`: by DomainId, how many objects
/// there are at first. `property` is kNoId for a deadlock.
Replayed replay_packed(const ir::Module& module, const Valuation& valuation,
                       const PackedShape& shape, const std::vector<std::uint32_t>& at_start,
                       std::uint32_t property, const std::vector<PackedCall>& calls);

/// The first state of the interpreter, with so many objects.
ir::interp::State first_state(const ir::interp::Interpreter& interpreter,
                              const std::vector<std::uint32_t>& at_start);

/// "sharing[inode1, 0] = private", a line for each point; for pictures.
std::string packed_text(const ir::Module& module, const PackedState& state);
std::string packed_call_text(const ir::Module& module, ir::ActionId action, ir::ClauseId clause,
                             const std::vector<std::optional<std::uint64_t>>& args);

}  // namespace gms::check
