#include "runner/sequence.h"

namespace gms::runner {
namespace {

// The first byte of a message between the two processes.
constexpr char kStarts = '>', kRecorded = '=', kJudged = '~', kIsBroken = '!', kIsLacking = '-';

void perform(const std::vector<Line>& lines, Traits traits, Channel& out) {
  Executor executor(Executor::Mode::kPerform, traits);
  if (const std::string why = executor.open(); !why.empty()) {
    out.send(kIsLacking + why);
    return;
  }
  for (const Line& line : lines) {
    out.send({&kStarts, 1});
    const Step step = executor.call(line);
    switch (step.kind) {
      case Step::Kind::kRecorded:
        out.send(kRecorded + step.line.dump());
        if (!step.judged.is_null()) out.send(kJudged + step.judged.dump());
        break;
      case Step::Kind::kBroken: out.send(kIsBroken + step.message); return;
      case Step::Kind::kLacking: out.send(kIsLacking + step.message); return;
    }
  }
}

}  // namespace

std::optional<Stop> check_sequence(const std::vector<Line>& lines) {
  Executor executor(Executor::Mode::kCheck);
  std::optional<Stop> lacking;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Step step = executor.call(lines[i]);
    if (step.kind == Step::Kind::kBroken) return Stop{Stop::Why::kBroken, i, step.message};
    if (step.kind == Step::Kind::kLacking && !lacking)
      lacking = Stop{Stop::Why::kLacking, i, step.message};
  }
  return lacking;
}

SequenceRun run_sequence(const std::vector<Line>& lines, Traits traits,
                         std::chrono::milliseconds patience,
                         const std::function<void()>& before_each) {
  SequenceRun run;
  const auto receive = [&](std::string_view message) {
    const std::string_view text = message.substr(1);
    switch (message.front()) {
      case kStarts:
        if (before_each) before_each();
        break;
      case kRecorded: run.performed.push_back({Line::parse(text), nullptr}); break;
      case kJudged: run.performed.back().judged = Line::parse(text); break;
      case kIsBroken:
        run.stop = Stop{Stop::Why::kBroken, run.performed.size(), std::string(text)};
        break;
      case kIsLacking:
        run.stop = Stop{Stop::Why::kLacking, run.performed.size(), std::string(text)};
        break;
      default: break;
    }
  };
  const Isolated isolated =
      isolate([&](Channel& out) { perform(lines, traits, out); }, receive, patience);
  if (isolated.ending == Ending::kDone || run.stop) return run;
  const std::size_t index = run.performed.size();
  const std::string op = index < lines.size() ? lines[index].value("op", "") : "the end";
  run.stop = isolated.ending == Ending::kHung
                 ? Stop{Stop::Why::kHung, index, op + " did not return in time"}
                 : Stop{Stop::Why::kDied, index, op + " was ended by " + isolated.reason};
  return run;
}

}  // namespace gms::runner
