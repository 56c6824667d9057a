// The judgement of one trace by one spec: keeps, for every kernel (valuation) that is still
// consistent, the set of states it may be in, and finds the first event that none of them explains.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/conform/decode.h"
#include "checker/conform/engine.h"
#include "checker/conform/event_run.h"
#include "checker/conform/valuation.h"

namespace gms::check {

using EngineFactory =
    std::function<std::shared_ptr<const Engine>(const ir::Module&, const Valuation&)>;

struct JudgeOptions {
  std::vector<Valuation>
      valuations;                 // at least one; the first is preferred where one must be chosen
  std::size_t max_findings = 20;  // kept with their details; the rest is counted
  bool first_only = false;        // stop at the first violation
  bool list_events = false;       // fill JudgeResult::events
};

/// An event that no outcome explains under any valuation that was consistent until then.
struct Finding {
  Decoded event;
  Mismatch mismatch;
  Valuation valuation;                   // the one whose allowed outcomes are shown
  std::shared_ptr<const Engine> engine;  // of that valuation
  bool exact = true;
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
  Judge(const EventTable& table, const NameTable& names, EngineFactory factory,
        JudgeOptions options);
  ~Judge();

  /// The next event of the trace. False once nothing more will be judged; go on if the rest is to
  /// be counted.
  bool feed(const Decoded& event);
  /// A line that could not be decoded: what follows it cannot be judged.
  void stop();
  /// After the last event.
  JudgeResult finish();

  bool stopped() const { return stopped_; }

 private:
  struct Candidate {
    std::vector<Valuation> valuations;  // equal in all parameters that an event has read so far
    std::shared_ptr<const Engine> engine;
    std::vector<World> worlds;
  };

  void flush();
  void judge(const Decoded& event);
  void list(const Decoded& event, bool explained, const std::vector<EventResult>& results);
  void split(const Decoded& event);
  bool check_clock(const Decoded& event);
  void refuse(base::Diagnostic problem, const Decoded& event);
  Candidate make_candidate(std::vector<Valuation> valuations) const;

  const EventTable& table_;
  EngineFactory factory_;
  JudgeOptions options_;
  std::vector<std::vector<bool>> reads_;  // by event: parameters
  std::vector<bool> touched_;             // parameters that have been read
  JudgeResult result_;
  EventRunner runner_;
  std::vector<Candidate> candidates_;
  Decoded pending_;  // the last event, until it is known that the next does not overlap it
  bool has_pending_ = false;
  std::optional<std::uint64_t> last_seq_;
  bool stopped_ = false;
};

}  // namespace gms::check
