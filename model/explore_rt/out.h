// Where a generated explorer puts what a call leads to.
#pragma once

#include "model/explore_rt/context.h"
#include "model/explore_rt/table.h"

namespace gms::explore {

/// One call of a run that is written down.
struct Call {
  unsigned action = 0, clause = 0;
  std::vector<Opt> args;
  std::vector<Created> created;
};

template <class State>
class Out {
 public:
  static constexpr std::size_t kPending = 64;
  struct Pending {
    State state;
    u64 hash;
  };

  Context cx;
  Call call;  // the one that is being made, where a run is written down
  u64 transitions = 0, loops = 0, cuts = 0;
  u64 changed_before = 0;           // changing() before what must go on
  std::vector<u64> cut_by;          // by reason
  std::vector<std::uint8_t> fired;  // by clause

  /// The outcome of a call from `before`: leaving by `clause`, with `next`.
  void emit(const State& before, const State& next, unsigned clause) {
    if (cx.recording) [[unlikely]] {
      call.clause = clause;
      call.created = cx.created;
      outcome(*this, next);
      cx.falses.clear();
      return;
    }
    ++transitions;
    fired[clause] = 1;
    if (!cx.falses.empty()) [[unlikely]]
      wrong_call(*this);
    if (next == before) {
      ++loops;
      return;
    }
    Pending& p = pending[count++];
    p.state = next;
    if (canonical != nullptr) canonical(p.state);
    p.hash = hash_of(p.state);
    table->prefetch(p.hash);
    if (count == kPending) [[unlikely]]
      drain(*this);
  }
  /// How often something changed, or was given up: it might have.
  u64 changing() const { return transitions - loops + cuts; }
  /// What comes now from this state are steps of calls that are under way.
  void steps_follow() { changed_before = changing(); }
  /// The call ran into a bound: its outcome is given up.
  void cut() {
    const unsigned reason = cx.take_cut();
    cx.falses.clear();
    if (cx.recording) return;
    ++cuts;
    ++cut_by[reason];
  }

  // ---- Set by the search ----
  Pending pending[kPending];
  std::size_t count = 0;
  Table<State>* table = nullptr;
  void (*canonical)(State&) = nullptr;
  void (*drain)(Out&) = nullptr;
  void (*wrong_call)(Out&) = nullptr;  // a property of calls is false of this one
  void (*outcome)(Out&, const State&) = nullptr;
  void* search = nullptr;
};

}  // namespace gms::explore
