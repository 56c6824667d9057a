// Whether calls that overlapped ended as they would have one after the other: the atomic reading,
// with its exits `when raced`, is to allow all that the steps can do.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "checker/interleave/lift.h"
#include "checker/interleave/situations.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// How a call ended.
struct CallEnd {
  std::uint64_t result = 0;  // an Errno
  std::vector<Datum> outputs;
};

/// From one state, in which no call was under way.
class Orders {
 public:
  /// All must outlive it. `alone` runs the atomic module, `from` is one of its states.
  Orders(ir::interp::Interpreter& alone, const Lifter& lifter, const ir::interp::State& from,
         const std::vector<Intent>& calls)
      : alone_(alone), lifter_(lifter), from_(from), calls_(calls) {}

  /// Some order of the calls has these ends, by their positions: in what the state that it leaves
  /// differs from `after`, for the order that comes nearest (Lifter::differences). Nothing if none
  /// has. A call may leave `when raced` by one of the others.
  std::optional<std::set<ir::StateId>> nearest(const std::vector<CallEnd>& ends,
                                               const ir::interp::State& after) const;

 private:
  using Nearest = std::optional<std::set<ir::StateId>>;
  void follow(const ir::interp::State& state, std::uint32_t done, const std::vector<CallEnd>& ends,
              const ir::interp::State& after, Nearest& best) const;

  ir::interp::Interpreter& alone_;
  const Lifter& lifter_;
  const ir::interp::State& from_;
  const std::vector<Intent>& calls_;
};

}  // namespace gms::check
