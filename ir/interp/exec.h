// Runs one call of an action from one state, once for each way in which the environment can choose.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ir/interp/eval.h"

namespace gms::ir::interp {

/// One way for a call to end.
struct Outcome {
  ClauseId clause = kNoId;
  std::uint64_t result = 0;    // an Errno
  std::vector<Value> outputs;  // kUnset where this path gives none
  std::vector<Value> locals;   // of the action at its end, for properties; kUnset: never assigned
  State next;
};

/// What was seen of a call; its outcomes that differ are left out.
struct Observed {
  std::optional<std::uint64_t> result;
  /// By output; shorter means the rest is not seen. kUnset, kUnknown: not seen. An unset output
  /// equals none.
  std::vector<Value> outputs;
};

/// A call that overlaps the one that runs.
struct RacingCall {
  ActionId action = kNoId;
  std::vector<Value> args;  // in the order of Action::params
};

struct RunOptions {
  /// Leaves out outcomes that differ, and stores what an observation tells of an unknown value.
  const Observed* observed = nullptr;
  /// `raced` exits may be taken: a call on the same object overlaps.
  bool allow_raced = false;
  /// Or only because of one of these; null: none.
  const std::vector<RacingCall>* racing = nullptr;
  bool keep_locals = false;
  /// The first object that the call makes has this number, the next one the next; there must be
  /// none with it yet. Then it does not matter in which order calls make objects.
  std::optional<std::uint32_t> first_handle;
  /// Exits that are passed over as if they were not there, by ClauseId; null: none.
  const std::vector<bool>* passed_over = nullptr;
  /// Steps of loops in all runs together. 10^7 take about a second.
  std::uint64_t max_steps = 10'000'000;
  /// Candidates of one `choose` that are tried.
  std::uint64_t max_candidates = 1 << 16;
};

enum class Completeness : std::uint8_t {
  kAll,      // every outcome was visited
  kStopped,  // the visitor stopped
  kCut,      // a limit was met: there may be more outcomes
};

/// Returns false to stop.
using OutcomeVisitor = std::function<bool(Outcome&&)>;

class Executor {
 public:
  explicit Executor(const Program& program) : p_(program), eval_(program) {}

  /// `args` in the order of Action::params; unknown ones only where the action may be unlogged. The
  /// state must not change during the call.
  Completeness outcomes(const State& from, ActionId action, std::span<const Value> args,
                        const RunOptions& options, const OutcomeVisitor& visit);

  Evaluator& evaluator() { return eval_; }

 private:
  enum class Flow : std::uint8_t { kNext, kReturn, kExit, kDead };

  // ---- Choices: each run follows the script and extends it with zeros ----
  struct Choice {
    std::uint64_t taken = 0;
    std::uint64_t count = 0;
  };
  std::uint64_t choose(std::uint64_t count);
  bool next_script();

  Flow block(const Block& b);
  Flow stmt(StmtId id);
  Flow exit(const Guard& guard);
  std::uint64_t count_racers(const Guard& guard, std::uint64_t wanted);
  Flow call(const Call& call);
  Flow returns(const Return& ret);
  Flow choose_value(StmtId id, const Choose& choose);
  void update(StmtId id);
  void update_points(const UpdatePlan& plan, std::size_t depth);
  void record(const UpdatePlan& plan);
  void apply();

  // One assignment of an update at a box of points.
  struct Write {
    const AssignPlan* plan = nullptr;
    HandleKey key;
    std::array<std::uint64_t, kMaxFlatKeys> from{}, last{};
    Value value;
  };
  void create(const Create& create);
  void destroy(const Destroy& destroy);
  void set(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last,
           Value value);
  void store(const Write& write);
  void store_box(const Write& write, std::size_t flat, std::uint64_t position, Value value);
  Value to_cell(const Write& write);
  static bool is_point(const Write& write, std::size_t keys);

  bool matches(Outcome& outcome) const;
  bool learn(State& state, const Value& unknown, const Value& seen) const;
  bool finish(const Action& action, const OutcomeVisitor& visit);

  const Program& p_;
  Evaluator eval_;
  const RunOptions* options_ = nullptr;
  std::optional<State> state_;
  std::vector<Choice> script_;
  std::size_t position_ = 0;
  std::vector<Write> writes_;
  std::uint32_t made_ = 0;             // objects, in this run
  std::vector<std::uint32_t> stored_;  // symbols of arguments that were stored already
  ClauseId clause_ = kNoId;
  const Callable* callable_ = nullptr;
  bool cut_ = false;
};

}  // namespace gms::ir::interp
