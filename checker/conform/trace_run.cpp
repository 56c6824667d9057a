#include "checker/conform/trace_run.h"

#include <array>
#include <nlohmann/json.hpp>

#include "checker/conform/messages.h"

namespace gms::check {
namespace {

using nlohmann::json;

BadLine bad_read(const ReadError& error, const std::string& name) {
  BadLine bad{error.line, std::string(error.text), {}};
  if (error.line == 0) {
    bad.diagnostic = base::make_diagnostic(diag::unreadable_trace, {}, name, error.message);
    return bad;
  }
  const auto at = static_cast<std::uint32_t>(error.column == 0 ? 0 : error.column - 1);
  const auto end = static_cast<std::uint32_t>(error.text.size());
  bad.diagnostic = base::make_diagnostic(
      diag::bad_line, {base::kNoFile, std::min(at, end), std::min(at + 1, end)}, error.message);
  return bad;
}

std::string value_text(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// A message if a member has the wrong shape.
std::optional<std::string> read_choice(const json& object, KernelChoice& choice) {
  if (const auto spec = object.find("spec"); spec != object.end()) {
    if (!spec->is_string()) return "'spec' is no string";
    choice.spec = *spec;
  }
  if (const auto params = object.find("params"); params != object.end()) {
    if (!params->is_object()) return "'params' is no object";
    for (const auto& [name, value] : params->items()) {
      if (value.is_structured() || value.is_null())
        return "the value of the parameter '" + name + "' is no scalar";
      choice.params.emplace_back(name, value_text(value));
    }
  }
  if (const auto quirks = object.find("quirks"); quirks != object.end()) {
    if (!quirks->is_array()) return "'quirks' is no array";
    for (const json& quirk : *quirks) {
      if (!quirk.is_string()) return "'quirks' holds something that is no string";
      choice.quirks.push_back(quirk);
    }
  }
  if (const auto memory = object.find("memory"); memory != object.end()) {
    if (*memory != "sc" && *memory != "tso") return "'memory' is neither 'sc' nor 'tso'";
    choice.memory = *memory;
  }
  for (const auto& [name, list] :
       {std::pair{"stores", &choice.stores}, std::pair{"loads", &choice.loads}}) {
    const auto ops = object.find(name);
    if (ops == object.end()) continue;
    if (!ops->is_array()) return std::string("'") + name + "' is no array";
    for (const json& op : *ops) {
      if (!op.is_string()) return std::string("'") + name + "' holds something that is no string";
      list->push_back(op);
    }
  }
  return std::nullopt;
}

}  // namespace

ByteSource TraceInput::open() const {
  if (bytes) return ByteSource::from_memory(*bytes, name);
  if (spool == nullptr) return ByteSource::open(name);
  return ByteSource::open("/proc/self/fd/" + std::to_string(fileno(spool.get())));
}

namespace {

/// `until_overlap`: ends at the first call that overlaps another.
TraceRun judge_once(const TraceInput& input, const EventTable& table, NameTable& names,
                    const EngineFactory& factory, JudgeOptions options, bool until_overlap) {
  const bool first_only = options.first_only;
  TraceRun run;
  TraceReader reader(table.fields(), input.open());
  Decoder decoder(table, names);
  Judge judge(table, names, factory, std::move(options));
  Decoded event;
  std::uint64_t not_decoded = 0;
  const auto add = [&](BadLine bad) {
    judge.stop();
    ++run.bad_total;
    if (run.bad.size() < kMaxBadLines) run.bad.push_back(std::move(bad));
  };
  for (bool more = true; more;) {
    switch (reader.next()) {
      case ReadStatus::kEnd: more = false; break;
      case ReadStatus::kError: add(bad_read(reader.error(), input.name)); break;
      case ReadStatus::kRecord:
        if (judge.feed_fast(reader.record())) break;
        if (auto problem = decoder.decode(reader.record(), event)) {
          add({reader.record().line, std::string(reader.record().text), std::move(*problem)});
          ++not_decoded;
        } else if (!judge.feed(event) && (first_only || (until_overlap && judge.met_overlap()))) {
          more = false;
        }
        break;
    }
  }
  run.judged = judge.finish();
  run.judged.read += not_decoded;
  run.judged.not_judged += not_decoded;
  run.lines = reader.counts();
  if (run.judged.problem) {
    ++run.bad_total;
    run.bad.insert(run.bad.begin(), {run.judged.problem_event.line, run.judged.problem_event.text,
                                     *run.judged.problem});
  }
  return run;
}

}  // namespace

TraceRun judge_trace(const TraceInput& input, const EventTable& table, NameTable& names,
                     const EngineFactory& factory, JudgeOptions options) {
  if (options.windows == nullptr || options.overlaps)
    return judge_once(input, table, names, factory, std::move(options), false);
  // Most traces are of one call after the other. The others are judged again from their start.
  JudgeOptions first = options;
  first.windows = nullptr;
  TraceRun run = judge_once(input, table, names, factory, std::move(first), true);
  if (!run.judged.overlap) return run;
  if (options.windows->find_one_order(input, table, options, run)) return run;
  options.overlaps = true;
  return judge_once(input, table, names, factory, std::move(options), false);
}

bool for_each_event(const TraceInput& input, const EventTable& table, NameTable& names,
                    std::uint64_t last_line, const std::function<void(const Decoded&)>& fn) {
  TraceReader reader(table.fields(), input.open());
  Decoder decoder(table, names);
  Decoded event;
  for (;;) {
    const ReadStatus status = reader.next();
    if (status == ReadStatus::kEnd) return true;
    if (status == ReadStatus::kError) return false;
    if (reader.record().line > last_line) return true;
    if (decoder.decode(reader.record(), event)) return false;
    if (!event.event().ignored) fn(event);
  }
}

void report(const BadLine& bad, const std::string& trace, base::SourceSet& sources,
            base::DiagSink& sink) {
  base::Diagnostic diagnostic = bad.diagnostic;
  if (bad.line != 0) diagnostic.span.file = sources.add(trace, bad.text, bad.line);
  sink.add(std::move(diagnostic));
}

KernelChoice read_header(const TraceInput& input) {
  // Only "op" is wanted of the table: the line is read again as a whole.
  const std::array<std::string_view, 1> names{"op"};
  auto made = FieldTable::make(names);
  const FieldTable* table = std::get_if<FieldTable>(&made);
  if (table == nullptr) return {};
  TraceReader reader(*table, input.open());
  if (reader.next() != ReadStatus::kRecord || reader.record().op != "meta") return {};
  const json line = json::parse(reader.record().text, nullptr, false);
  KernelChoice choice;
  if (!line.is_object() || read_choice(line, choice)) return {};
  return choice;
}

std::variant<KernelChoice, std::string> parse_kernel_file(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (object.is_discarded()) return "it is not JSON";
  if (!object.is_object()) return "it is no JSON object";
  KernelChoice choice;
  for (const auto& item : object.items()) {
    if (item.key() != "spec" && item.key() != "params" && item.key() != "quirks" &&
        item.key() != "note" && item.key() != "kernel" && item.key() != "memory" &&
        item.key() != "stores" && item.key() != "loads")
      return "unknown member '" + item.key() +
             "'; it may have spec, params, quirks, memory, stores, loads, kernel and note";
  }
  if (auto message = read_choice(object, choice)) return *message;
  return choice;
}

}  // namespace gms::check
