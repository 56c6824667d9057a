// The judgement of one trace by one spec: keeps, for every kernel (valuation) that is still
// consistent, the set of states it may be in, and finds the first event that none of them explains.
//
// Where there is a compiled model, it judges the events as long as it explains each of them in one
// way (judge_fast.cpp). For any other event the interpreter takes the states over, says what there
// is to say, and gives them back.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/conform/compiled_models.h"
#include "checker/conform/decode.h"
#include "checker/conform/engine.h"
#include "checker/conform/event_run.h"
#include "checker/conform/horizon.h"
#include "checker/conform/valuation.h"
#include "checker/conform/window.h"

namespace gms::check {

using EngineFactory =
    std::function<std::shared_ptr<const Engine>(const ir::Module&, const Valuation&)>;

struct JudgeOptions {
  std::vector<Valuation>
      valuations;                 // at least one; the first is preferred where one must be chosen
  std::size_t max_findings = 20;  // kept with their details; the rest is counted
  bool first_only = false;        // stop at the first violation
  bool list_events = false;       // fill JudgeResult::events
  ModelFactory models = {};       // compiled ones, to be faster; the engines are interpreters then
  std::shared_ptr<WindowJudge> windows = {};  // for calls that overlap; null: judging ends there
  /// A store may become visible after its end: as late as the thread's next call that is neither a
  /// load nor a store begins, and within its next few calls. The trace is kept in memory.
  bool store_buffers = false;
  std::vector<std::string> stores = {}, loads = {};  // their ops
  bool overlaps = false;  // calls overlap, so that every event goes through a window
  std::uint64_t longest_stretch = ~std::uint64_t{0};  // for tests: after so many events they pause
};

/// The calls around an event of a window that cannot be placed.
struct WindowFinding {
  std::vector<Decoded> events;  // of the window, by their begins
  Stuck stuck;                  // its mismatch has been moved to the finding
};

/// An event that no outcome explains under any valuation that was consistent until then.
struct Finding {
  Decoded event;
  Mismatch mismatch;
  Valuation valuation;                   // the one whose allowed outcomes are shown
  std::shared_ptr<const Engine> engine;  // of that valuation
  bool exact = true;
  std::shared_ptr<const WindowFinding> window = {};  // null: nothing overlaps the event
};

/// A valuation that some event contradicts while another explains it.
struct RuledOut {
  std::vector<Valuation> valuations;  // that had been indistinguishable until then
  std::uint64_t line = 0;
  std::string op;
};

/// Events that overlap in time: from `line` on nothing is judged.
struct Overlap {
  std::uint64_t line = 0, other_line = 0;
  bool out_of_order = false;  // `line` begins before other_line, which was judged long ago, ended
};

/// What overlapped in a trace.
struct WindowCounts {
  std::uint64_t windows = 0;  // of more than one event
  std::uint64_t events = 0;   // in them
  std::uint64_t longest = 0;  // events of one
  std::uint64_t peak = 0;     // configurations at a time
};

/// An event that the engine could not decide: from `line` on nothing is judged.
struct Undecided {
  std::uint64_t line = 0;
  std::string op, why;
};

/// The verdict on one event.
struct JudgedEvent {
  std::uint64_t line = 0;
  std::string op;
  bool explained = false;
  std::vector<ir::ClauseId> clauses;  // that explain its calls, under any valuation; each once
};

/// Lines that the trace's own counter says are missing before `line`.
struct Gap {
  std::uint64_t line = 0, missing = 0;
};

struct JudgeResult {
  // read = judged + non_events + not_judged
  std::uint64_t read = 0, judged = 0, non_events = 0, not_judged = 0;
  std::vector<Finding>
      findings;  // the first is the violation, the others depend on how one goes on from it
  std::uint64_t violations = 0;  // all, kept or not
  std::vector<Valuation>
      survivors;  // consistent with everything that was judged before the first violation
  std::vector<Valuation> tried;
  std::vector<RuledOut> ruled_out;
  std::vector<JudgedEvent> events;      // if asked for
  std::vector<std::uint64_t> coverage;  // by ClauseId: how often it explained a call
  std::optional<Overlap> overlap;
  WindowCounts windows;
  std::vector<std::uint64_t> raced;  // by ClauseId: how often an exit `when raced` explained a call
  std::optional<Undecided> undecided;
  std::vector<Gap> gaps;
  std::optional<base::Diagnostic> problem;  // why judging stopped; its span is in problem_event
  Decoded problem_event;
  bool exact = true;  // no unknown value has decided anything

  bool complete() const { return not_judged == 0 && !problem && !overlap && !undecided; }
};

class Judge {
 public:
  /// Table and names must outlive the judge.
  Judge(const EventTable& table, NameTable& names, EngineFactory factory, JudgeOptions options);
  ~Judge();

  /// Takes the next line as it was read, if it is an event that compiled models explain. False, and
  /// nothing of it taken, otherwise: decode it and call feed().
  bool feed_fast(const Record& record);
  /// The next event of the trace. False once nothing more will be judged; go on if the rest is to
  /// be counted.
  bool feed(const Decoded& event);
  /// A line that could not be decoded: what follows it cannot be judged.
  void stop();
  /// After the last event.
  JudgeResult finish();

  bool stopped() const { return stopped_; }
  /// Stopped because calls overlap.
  bool met_overlap() const { return result_.overlap.has_value(); }

 private:
  struct Candidate {
    std::vector<Valuation> valuations;  // equal in all parameters that an event has read so far
    std::shared_ptr<const Engine> engine;
    std::vector<World> worlds;
    std::unique_ptr<model::Model> model;  // instead of a world
  };
  /// The last event, until it is known that the next does not overlap it.
  enum class Pending : std::uint8_t {
    kNone,
    kDecoded,  // pending_ is to be judged
    kOpen,     // the models have explained it and can take that back
  };

  void flush();
  void flush_open();
  bool meets_pending(std::optional<std::uint64_t> begin, std::uint64_t tid) const;
  bool enter_models();
  void leave_models();
  bool may_split(std::size_t event);
  void add_coverage(const model::Model& model);
  void take_names(std::size_t count);
  void judge(const Decoded& event);
  void list(const Decoded& event, bool explained, const std::vector<EventResult>& results);
  void split(const Decoded& event);
  bool check_clock(const Decoded& event);
  // Events that overlap (judge_window.cpp).
  bool feed_window(const Decoded& event);
  bool feed_timed(const Decoded& event);
  void delay_stores();
  Access access(const Decoded& event) const {
    return access_[static_cast<std::size_t>(event.plan - table_.events().data())];
  }
  void flush_windows(bool all);
  struct Group;
  void judge_group(Group& group);
  static constexpr std::size_t kMaxWorldsOfWindows = 4096;
  void note_window(const Group& group, const WindowResult& result);
  void refuse(base::Diagnostic problem, const Decoded& event);
  Candidate make_candidate(std::vector<Valuation> valuations) const;

  const EventTable& table_;
  NameTable& names_;
  EngineFactory factory_;
  JudgeOptions options_;
  std::vector<std::vector<bool>> reads_;  // by event: parameters
  std::vector<bool> touched_;             // parameters that have been read
  JudgeResult result_;
  EventRunner runner_;
  std::vector<Candidate> candidates_;
  Pending pending_kind_ = Pending::kNone;
  Decoded pending_;
  std::uint64_t pending_line_ = 0, pending_tid_ = 0;
  std::optional<std::uint64_t> pending_end_;
  std::optional<std::uint64_t> last_seq_;
  bool stopped_ = false;
  // Events that have not been judged because others may still overlap them.
  struct Group {
    std::vector<Decoded> events;
    std::uint64_t begin = 0, end = 0;
  };
  std::deque<Group> groups_;  // in the order of time
  Horizon horizon_;
  std::vector<Decoded> kept_;      // with store buffers: the trace
  std::vector<Access> access_;     // by event
  std::uint64_t judged_to_ = 0;    // the end of the last group that was judged
  std::uint64_t judged_line_ = 0;  // a line of it
  // With compiled models.
  bool by_models_ = false;          // the candidates have models instead of worlds
  std::vector<bool> cannot_split_;  // by event: all parameters that it reads have been read
  std::size_t names_taken_ = 0;     // of the models' names, that are in names_ as well
  std::uint64_t stretch_ = 0;       // events since the models took over
  std::uint64_t pause_ = 0;  // events that the interpreter judges before they take over again
  std::uint64_t next_pause_ = 0;
};

}  // namespace gms::check
