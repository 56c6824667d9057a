#include "checker/differential/trace_twin.h"

#include "checker/conform/event_run.h"
#include "checker/conform/interp_engine.h"
#include "checker/trace/reader.h"

namespace gms::check {
namespace {

/// Where the model's fields stand in the table.
std::vector<std::uint16_t> slots_in(const FieldTable& fields, const model::Model& model) {
  std::vector<std::uint16_t> result;
  for (const std::string_view name : model.info().slots)
    result.push_back(fields.find(name));
  return result;
}

}  // namespace

TraceTwin compare_on_trace(const TraceInput& input, const EventTable& table,
                           const Valuation& valuation, model::Model& model) {
  TraceTwin result;
  model.use_slots(slots_in(table.fields(), model), table.fields().size());
  const std::shared_ptr<const Engine> engine = interpreter_engines()(table.module(), valuation);
  NameTable names;
  Decoder decoder(table, names);
  EventRunner runner(table, names);
  std::vector<World> worlds;
  worlds.push_back({engine->fresh(), {}, true});
  TraceReader reader(table.fields(), input.open());
  Decoded event;
  while (reader.next() == ReadStatus::kRecord) {
    const Record& record = reader.record();
    const bool decoded = !decoder.decode(record, event);
    if (decoded && event.event().ignored) continue;
    const std::string where = "line " + std::to_string(record.line) + ", " + std::string(record.op);
    const EventPlan* plan = table.find(record.op);
    if (plan == nullptr) {
      result.end = where + ": unknown op";
      return result;
    }
    const auto number = static_cast<std::uint32_t>(plan - table.events().data());
    const model::Verdict fast =
        model.event(number, {record.slots, record.presence, !record.unknown.empty()});
    if (!decoded) {
      if (fast != model::Verdict::kUndecided)
        result.difference = where + ": the model judges a line that cannot be decoded";
      result.end = where + ": cannot be decoded";
      return result;
    }
    const EventResult slow = runner.run(*engine, event, worlds);
    runner.introduce(event);
    switch (fast) {
      case model::Verdict::kUndecided:
        ++result.not_fast;
        result.end = where + ": left to a slower engine";
        return result;
      case model::Verdict::kDoesNotConform:
        if (slow.conforms()) {
          result.difference = where + ": the interpreter accepts it, the model does not";
        } else {
          ++result.refused;
        }
        result.end = where + ": refused";
        return result;
      case model::Verdict::kConforms:
        ++result.conform;
        if (!model.is_exact()) result.exact = false;
        if (!slow.conforms() && result.exact)
          result.difference = where + ": the model accepts it, the interpreter does not";
        if (!slow.conforms()) {
          result.end = where + ": refused by the interpreter";
          return result;
        }
        break;
    }
  }
  return result;
}

}  // namespace gms::check
