// One event against one or more states that are being followed: which of them, changed how, explain
// what was observed.
#pragma once

#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "checker/conform/decode.h"
#include "checker/conform/engine.h"

namespace gms::check {

/// A state and what the trace's names mean in it.
struct World {
  StatePtr state;
  Bindings names;
  bool exact = true;  // what it allows can have happened
};
World copy_of(const Engine& engine, const World& world);

/// How an allowed outcome compares with what was observed.
struct Allowed {
  ir::ClauseId clause = ir::kNoId;
  std::uint64_t result = 0;
  std::vector<Datum> outputs;
  std::vector<bool> agrees;  // in step with Mismatch::observed
  bool result_agrees = true;
};

/// A call that no outcome explains.
struct Mismatch {
  const ir::EventCall* call = nullptr;
  std::uint32_t call_number = 0;  // within the event, from 0
  std::vector<Datum> args;
  std::vector<Seen> observed;
  std::vector<Allowed> allowed;
  std::size_t nearest = 0;  // index into `allowed`: what was assumed in order to go on
  World before;             // the state in which the call was made
};

/// How far an event has come whose calls are made one after the other, others perhaps in between.
struct Progress {
  struct Frame {
    const std::vector<ir::EventStmt>* body = nullptr;
    std::size_t at = 0;                            // the next statement
    const ir::EventStmt::ForEach* loop = nullptr;  // whose body it is, if of one
    std::size_t round = 0;
    friend bool operator==(const Frame&, const Frame&) = default;
  };
  bool begun = false;
  std::vector<Datum> locals;
  std::vector<Frame> frames;  // innermost last
  std::uint32_t calls = 0;
  bool finished() const { return begun && frames.empty(); }
  /// Of one event.
  bool same(const Progress& other) const;
};

/// A world after the next call of an event.
struct Advance {
  World world;
  Progress progress;
  ir::ClauseId clause = ir::kNoId;  // kNoId: there was no call left to make
};

struct EventResult {
  std::optional<base::Diagnostic>
      problem;  // the event cannot be judged; spans as of Decoder::decode
  std::optional<Mismatch>
      mismatch;  // the first call that nothing explains; `worlds` are the nearest then
  std::vector<ir::ClauseId> clauses;  // that explained a call, in the order of the calls
  std::string undecided;              // not empty: the engine could not decide a call, and why
  bool conforms() const { return !problem && !mismatch && undecided.empty(); }
};

/// Runs events of one module. Not for concurrent use: it keeps buffers.
class EventRunner {
 public:
  /// All must outlive the runner. `coverage`, if not null, counts how often each clause explained a
  /// call.
  EventRunner(const EventTable& table, const NameTable& names,
              std::vector<std::uint64_t>* coverage = nullptr)
      : table_(table), names_(names), coverage_(coverage) {}

  /// The names that the event should have given to new objects are no slips from now on, even if
  /// its calls failed. Call it once for each event, after all runs of it.
  void introduce(const Decoded& event);
  void introduce(NameId name);
  bool introduced(NameId name) const { return name < introduced_.size() && introduced_[name]; }

  /// Replaces `worlds` (not empty) by those after the event. After a problem, or if it is
  /// undecided, they are unspecified.
  EventResult run(const Engine& engine, const Decoded& event, std::vector<World>& worlds);

  // ---- Call by call (checker/linearize) ----
  /// Appends the worlds after the event's next call. False: it cannot be judged, or is undecided,
  /// as result() says.
  bool advance(const Engine& engine, const Decoded& event, const World& world,
               const Progress& progress, std::vector<Advance>& out);
  /// After advance() gave nothing: what was allowed, and the world after the nearest of it.
  std::optional<Mismatch> mismatch(const Engine& engine, const Decoded& event, const World& world,
                                   const Progress& progress, Advance& nearest);
  /// The calls that the event may make, with their arguments in this world.
  std::vector<RacingCall> calls_of(const Engine& engine, const Decoded& event, const World& world);
  EventResult& result() { return result_; }
  /// From now on what events look at and change is added; null: nowhere.
  void record(const Engine& engine, ir::interp::Footprint* footprint) {
    footprint_ = footprint;
    engine.record(footprint);
  }
  const EventTable& table() const { return table_; }
  const ir::Module& module() const { return table_.module(); }
  /// Where explained calls are counted from now on; null: nowhere.
  void count_in(std::vector<std::uint64_t>* coverage) { coverage_ = coverage; }
  void keep_worlds(std::size_t most) { max_worlds_ = most; }

  /// At most so many states are kept; more are dropped, and the rest is marked inexact.
  static constexpr std::size_t kMaxWorlds = 16;
  /// Of one call.
  static constexpr std::size_t kMaxOutcomes = 256;

 private:
  struct Path {
    World world;
    std::vector<Datum> locals;
    std::uint32_t calls = 0;
  };
  using Paths = std::vector<Path>;

  Datum eval(const Path& path, ir::ExprId expr) const;
  std::uint32_t find_name(const Path& path, ir::DomainId domain, NameId name) const;
  void give_name(Path& path, ir::DomainId domain, NameId name, std::uint32_t handle) const;
  bool is_live(const Path& path, ir::DomainId domain, std::uint32_t handle) const;
  void number_from(std::uint32_t offset) const;
  bool enter(Path& path);
  bool bind_name(const NamedField& named, Path& path);
  std::uint32_t make_missing(const ir::EventField& field, Path& path) const;
  bool run_block(const std::vector<ir::EventStmt>& body, Paths& paths, bool resync);
  bool run_call(const ir::EventCall& call, Paths& paths, bool resync);
  bool run_branch(const ir::EventStmt::Branch& branch, Paths& paths, bool resync);
  bool run_loop(const ir::EventStmt::ForEach& loop, Paths& paths, bool resync);
  void prepare(const ir::EventCall& call, const Path& path);
  /// Appends the successors of `path` that agree with the observation; uses up the path if there
  /// are any.
  bool step(const ir::EventCall& call, Path& path, Paths& out);
  bool settle(const ir::EventCall& call, Outcome& outcome, Path& path);
  bool recover(const ir::EventCall& call, Path path, Paths& out);
  bool fail(base::Diagnostic problem);
  base::Span field_span(std::uint32_t field) const;
  void drop_equal(Paths& paths) const;
  bool to_call(Path& path, Progress& progress, const ir::EventCall*& call);
  void leave_frames(Progress& progress) const;
  bool set_round(const ir::EventStmt::ForEach& loop, std::size_t round,
                 std::vector<Datum>& locals) const;
  void collect_calls(const std::vector<ir::EventStmt>& body, Path& path,
                     std::vector<RacingCall>& out);

  const EventTable& table_;
  const NameTable& names_;
  std::vector<std::uint64_t>* coverage_;
  std::vector<bool> introduced_;  // by NameId
  std::size_t max_worlds_ = kMaxWorlds;
  bool one_call_ = false;    // advance() runs
  bool only_calls_ = false;  // calls_of() runs: names of new objects mean nothing
  ir::interp::Footprint* footprint_ = nullptr;
  // The event at hand.
  const Engine* engine_ = nullptr;
  const Decoded* event_ = nullptr;
  EventResult result_;
  // The call at hand.
  std::vector<Datum> args_;
  std::vector<Seen> observed_;
  std::vector<Outcome> outcomes_;
  Paths paths_, next_;
};

inline const ir::Type& output_type(const ir::Action& action, std::uint32_t output) {
  return action.locals[action.outputs[output]].type;
}

}  // namespace gms::check
