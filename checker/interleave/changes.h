// What a step changed, in the words of the spec.
#pragma once

#include <string>
#include <vector>

#include "checker/explore/text.h"
#include "ir/interp/state.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

class Changes {
 public:
  /// Both must outlive it.
  Changes(const ir::Module& stepwise, Objects& objects);

  /// One line for each run of points with a new value, then who holds or gives back a lock. Where a
  /// call stands and what it remembers is left out, as is all that ends with `ended`, a call.
  std::vector<std::string> lines(const ir::interp::State& before, const ir::interp::State& after,
                                 std::uint32_t ended) const;

 private:
  enum class Kind : std::uint8_t { kShared, kOfCall, kWriter, kReader };

  /// `sharing[inode1, 0..7]`; without the first `skip` keys.
  std::string point(ir::StateId id, const ir::interp::HandleKey& key, std::uint64_t from,
                    std::uint64_t last, std::size_t skip) const;
  std::string line(ir::StateId id, const ir::interp::HandleKey& key, std::uint64_t from,
                   std::uint64_t last, const Datum& before, const Datum& after) const;

  const ir::Module& m_;
  Objects& objects_;
  const ir::interp::Shape shape_;
  std::vector<Kind> kinds_;         // by StateId
  std::vector<std::string> names_;  // the same: of the lock
};

}  // namespace gms::check
