// Proofs that a small change of a spec (ir/mutate.h) is nothing that a caller can notice.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "checker/prove/solver.h"
#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

class EventWriter;

/// For several threads.
class NoticeProofs {
 public:
  /// Only calls that the events of the writer stand for count. `fixed` are parameters that have one
  /// value.
  NoticeProofs(const ir::Module& module, const EventWriter& writer,
               std::map<ir::ParamId, std::uint64_t> fixed);

  /// kUnsat: proved that every call ends as before, with the same results and outputs, and leaves
  /// the same in all state functions that a call can show (observable.h), from every state that
  /// satisfies the invariants. kSat: it cannot be proved so, which says nothing; kUnknown: it may
  /// be, with more time. `milliseconds` for each question to the solver.
  ///
  /// Why that suffices: the changed spec may be in a state that differs from the original's in the
  /// other functions. What counts of its next call does not depend on these, so the call ends as it
  /// would in the original's state, which satisfies the invariants; there it was compared.
  ///
  /// What an update writes may also count in places only: `prot` says nothing where `vma` is false.
  /// Then each call of the original is compared with the same call of the changed spec from a state
  /// that may be any other in the other places, and must leave the same in those that count.
  Answer noticeable(const ir::Mutation& mutation, unsigned milliseconds);

 private:
  Answer differs_anywhere(const ir::Mutation& mutation, unsigned milliseconds) const;
  Answer differs_where(const ir::Mutation& mutation, ir::StateId function, ir::StateId guard,
                       unsigned milliseconds);
  Answer counts_elsewhere(ir::StateId function, ir::StateId guard, unsigned milliseconds);
  Answer tell_apart(const ir::Module& original, const ir::Module& changed, ir::ActionId action,
                    const std::vector<bool>& observable, unsigned milliseconds,
                    const std::pair<ir::StateId, ir::StateId>* where) const;

  ir::Module module_;  // calls that do not count end at once
  std::map<ir::ParamId, std::uint64_t> fixed_;
  std::vector<bool> errors_alike_;  // by ActionId: who makes the call sees that it failed, not how
  std::mutex mutex_;
  struct Asked {
    std::mutex mutex;
    Answer answer = Answer::kUnknown;
    unsigned milliseconds = 0;  // with so many for each question
  };
  std::map<std::pair<ir::StateId, ir::StateId>, Asked> elsewhere_;  // function, guard
};

/// Whether the change tests each value of a wrapping index for what it tested of the one before:
/// `some p : f[p + 1]`.
bool only_renumbers(const ir::Module& module, const ir::Mutation& mutation);

}  // namespace gms::check
