#include "runner/sequence.h"

#include <algorithm>
#include <span>
#include <utility>

namespace gms::runner {
namespace {

// The first byte of a message between the two processes.
constexpr char kStarts = '>', kRecorded = '=', kJudged = '~', kIsBroken = '!', kIsLacking = '-',
               kLeftOut = '_';

/// Calls `part` for each call of the first thread and for each race, until it says no.
template <class Part>
void for_each_part(const std::vector<Line>& lines, Part part) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t race = Executor::race_length(std::span(lines).subspan(at));
    const std::size_t length = std::max<std::size_t>(race, 1);
    if (!part(at, length)) return;
    at += length;
  }
}

std::vector<Step> steps_of(Executor& executor, const std::vector<Line>& lines, std::size_t first,
                           std::size_t length) {
  const auto part = std::span(lines).subspan(first, length);
  if (Executor::race_length(part) == 0) return {executor.call(part.front())};
  return executor.race(part);
}

/// "12 text": the index and the text.
std::pair<std::size_t, std::string> numbered(std::string_view text) {
  const std::size_t space = text.find(' ');
  return {std::stoull(std::string(text.substr(0, space))), std::string(text.substr(space + 1))};
}

void perform(const std::vector<Line>& lines, Traits traits, Channel& out) {
  Executor executor(Executor::Mode::kPerform, traits);
  if (const std::string why = executor.open(); !why.empty()) {
    out.send(kIsLacking + ("0 " + why));
    return;
  }
  bool raced = false;  // from then on nothing is known of what calls lead to
  for_each_part(lines, [&](std::size_t first, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i)
      out.send({&kStarts, 1});
    bool good = true;
    for (const Step& step : steps_of(executor, lines, first, length)) {
      if (step.kind == Step::Kind::kRecorded) {
        out.send(kRecorded + step.line.dump());
        if (!step.judged.is_null()) out.send(kJudged + step.judged.dump());
        continue;
      }
      const bool left_out = step.left_out || (raced && step.kind == Step::Kind::kLacking);
      const char what = left_out                           ? kLeftOut
                        : step.kind == Step::Kind::kBroken ? kIsBroken
                                                           : kIsLacking;
      good = good && what == kLeftOut;
      out.send(what + std::to_string(first + step.index) + ' ' + step.message);
    }
    raced = raced || length > 1 || Executor::race_length({&lines[first], 1}) != 0;
    return good;
  });
}

}  // namespace

std::optional<Stop> check_sequence(const std::vector<Line>& lines) {
  Executor executor(Executor::Mode::kCheck);
  std::optional<Stop> lacking;
  std::optional<Stop> broken;
  for_each_part(lines, [&](std::size_t first, std::size_t length) {
    for (const Step& step : steps_of(executor, lines, first, length)) {
      if (step.kind == Step::Kind::kBroken)
        broken = Stop{Stop::Why::kBroken, first + step.index, step.message};
      if (step.kind == Step::Kind::kLacking && !lacking)
        lacking = Stop{Stop::Why::kLacking, first + step.index, step.message};
    }
    return !broken;
  });
  return broken ? broken : lacking;
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
      case kIsLacking: {
        const auto [index, why] = numbered(text);
        const bool broken = message.front() == kIsBroken;
        run.stop = Stop{broken ? Stop::Why::kBroken : Stop::Why::kLacking, index, why};
        break;
      }
      case kLeftOut: {
        const auto [index, why] = numbered(text);
        run.left_out.push_back({Stop::Why::kLacking, index, why});
        break;
      }
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
