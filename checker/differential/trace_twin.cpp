#include "checker/differential/trace_twin.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <random>
#include <vector>

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

/// Lines that differ from good ones in one field.
class Alterations {
 public:
  Alterations(std::uint64_t seed, std::size_t fields) : random_(seed), words_(fields) {}

  /// Whether to alter this line. Collects the strings that its fields hold.
  bool wanted(const Record& record) {
    for (const FieldIndex field : record.order) {
      const std::optional<std::string_view> text = record[field].as_string();
      if (!text || words_[field].size() > 20) continue;
      if (std::find(words_[field].begin(), words_[field].end(), *text) == words_[field].end())
        words_[field].emplace_back(*text);
    }
    return random_() % 4 == 0;
  }
  /// False if the field that was picked has nothing else to hold.
  bool alter(const Record& record, FieldIndex op, Record& out) {
    const FieldIndex field = record.order[random_() % record.order.size()];
    slots_.assign(record.slots.begin(), record.slots.end());
    Value& value = slots_[field];
    switch (value.kind()) {
      case ValueKind::kUnsigned: {
        const std::uint64_t numbers[] = {value.bits() + 1,    value.bits() - 1, 0, 1, 4096,
                                         value.bits() + 4096, ~std::uint64_t{0}};
        value = Value::of_unsigned(numbers[random_() % std::size(numbers)]);
        break;
      }
      case ValueKind::kBool: value = Value::boolean(value.bits() == 0); break;
      case ValueKind::kNull:
      case ValueKind::kString: {
        const std::vector<std::string>& words = words_[field];
        if (field == op) return false;
        if (value.kind() == ValueKind::kString && random_() % 4 == 0) {
          value = Value::null();
        } else if (!words.empty()) {
          value = Value::string(words[random_() % words.size()]);
        }
        break;
      }
      default: return false;
    }
    out = record;
    out.slots = slots_;
    return true;
  }

 private:
  std::mt19937_64 random_;
  std::vector<std::vector<std::string>> words_;  // by field
  std::vector<Value> slots_;
};

}  // namespace

TraceTwin compare_on_trace(const TraceInput& input, const EventTable& table,
                           const Valuation& valuation, model::Model& model, std::uint64_t seed) {
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
  Alterations alterations(seed, table.fields().size());
  const auto altered_line = [&](const Record& line, std::uint32_t number) -> std::string {
    Record record;
    if (!alterations.alter(line, table.fields().op(), record)) return "";
    const std::unique_ptr<model::Model> other = model.clone();
    const model::Verdict fast =
        other->event(number, {record.slots, record.presence, !record.unknown.empty()});
    ++result.altered;
    Decoded altered;
    if (decoder.decode(record, altered))
      return fast == model::Verdict::kUndecided ? "" : "judges a line that cannot be decoded";
    std::vector<World> copies;
    for (const World& world : worlds)
      copies.push_back(copy_of(*engine, world));
    const EventResult slow = runner.run(*engine, altered, copies);
    if (fast == model::Verdict::kUndecided) return "";
    if (slow.problem) return "judges what the interpreter cannot judge";
    if (fast == model::Verdict::kConforms) ++result.altered_conform;
    if ((fast == model::Verdict::kConforms) == slow.conforms() || !other->is_exact()) return "";
    return slow.conforms() ? "refuses what the interpreter accepts"
                           : "accepts what the interpreter refuses";
  };
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
    if (seed != 0 && decoded && alterations.wanted(record)) {
      if (const std::string what = altered_line(record, number); !what.empty()) {
        result.difference = where + ", altered: the model " + what;
        return result;
      }
    }
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
