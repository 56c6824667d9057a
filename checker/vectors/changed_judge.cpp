#include "checker/vectors/changed_judge.h"

#include <algorithm>

#include "checker/conform/interp_engine.h"
#include "checker/conform/trace_run.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

namespace interp = ir::interp;

namespace {

std::string line_text(const nlohmann::ordered_json& line) {
  return line.is_null() ? "" : line.dump() + '\n';
}

}  // namespace

std::string lines_text(const TestVector& vector) {
  std::string text;
  for (const VectorLine& line : vector.lines)
    text += line_text(line.event);
  return text;
}

ChangedJudge::ChangedJudge(const ir::Module& original, const ir::Module& changed,
                           const std::vector<std::string>& not_given)
    : original_(original),
      changed_(changed),
      events_(EventTable::make(changed)),
      original_events_(EventTable::make(original)),
      engines_(interpreter_engines()),
      original_engines_(interpreter_engines()),
      writer_(changed, not_given) {}

bool ChangedJudge::rejects(const Events& events, const EngineFactory& engines,
                           const Valuation& valuation, const std::string& lines) {
  const auto* table = std::get_if<EventTable>(&events);
  if (table == nullptr) return false;
  TraceInput input{"vector"};
  input.bytes = lines;
  NameTable names;
  const TraceRun run = judge_trace(input, *table, names, engines, {{valuation}, 1, true});
  return !run.readable() || run.judged.violations != 0;
}

bool ChangedJudge::notices(const TestVector& vector, const std::string& lines) const {
  return rejects(events_, engines_, vector.valuation, lines);
}

bool ChangedJudge::notices(const TestVector& vector, const std::string& lines, const Run& calls) {
  if (notices(vector, lines)) return true;
  if (calls.calls.size() != vector.lines.size()) return false;
  interp::Interpreter in(changed_, vector.valuation);
  interp::State state = in.fresh();
  ObjectNames names;
  std::string so_far;
  for (std::size_t i = 0; i < vector.lines.size(); ++i) {
    const VectorLine& line = vector.lines[i];
    std::vector<WrittenEvent> ways =
        writer_.write(in, state, names, calls.calls[i].action, calls.calls[i].args);
    for (const WrittenEvent& way : ways) {
      const bool allowed =
          way.line == line.event ||
          std::find(line.allowed.begin(), line.allowed.end(), way.line) != line.allowed.end();
      if (!allowed && !way.free &&
          rejects(original_events_, original_engines_, vector.valuation,
                  so_far + line_text(way.line)))
        return true;
    }
    const auto taken = std::find_if(
        ways.begin(), ways.end(), [&](const WrittenEvent& way) { return way.line == line.event; });
    if (taken == ways.end()) return false;
    state = std::move(taken->next);
    names = std::move(taken->names);
    so_far += line_text(line.event);
  }
  return false;
}

}  // namespace gms::check
