// What judging an event by a compiled model costs beside reading its line: the same traces are read
// alone and read and judged, in one run.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/trace_bench_report.h"
#include "checker/trace/reader.h"
#include "model/generated/inplace_v7/model.h"

namespace {

using namespace gms;
using check::ReadStatus;

struct Round {
  double seconds = 0;
  std::uint64_t events = 0;
  std::uint64_t conform = 0;
};

/// For each parameter of the model its value in a list "name=number,name=number"; 0 if not given.
std::vector<std::uint64_t> parameters(const model::Model& model, const std::string& list) {
  std::vector<std::uint64_t> result;
  for (const std::string_view name : model.info().params) {
    const std::size_t at = (',' + list).find(',' + std::string(name) + '=');
    result.push_back(at == std::string::npos
                         ? 0
                         : std::strtoull(list.c_str() + at + name.size() + 1, nullptr, 10));
  }
  return result;
}

Round run(const std::vector<std::string>& paths, const std::vector<std::uint64_t>& params,
          const check::FieldTable& table, bool judge) {
  Round round;
  for (const std::string& path : paths) {
    const auto model = model::inplace_v7::make_model(params);
    std::unordered_map<std::string_view, std::uint32_t> events;
    for (std::size_t i = 0; i < model->info().events.size(); ++i)
      events.emplace(model->info().events[i], static_cast<std::uint32_t>(i));
    check::TraceReader reader(table, check::ByteSource::open(path));
    const double start = bench::cpu_seconds();
    bool going = judge;
    while (reader.next() == ReadStatus::kRecord) {
      const check::Record& record = reader.record();
      const auto event = events.find(record.op);
      if (event == events.end() || record.op == "meta" || record.op == "note") continue;
      ++round.events;
      if (!going) continue;
      const model::Verdict verdict =
          model->event(event->second, {record.slots, record.presence, !record.unknown.empty()});
      going = verdict == model::Verdict::kConforms;
      if (going) ++round.conform;
    }
    round.seconds += bench::cpu_seconds() - start;
  }
  return round;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: model_bench PARAM=VALUE,.. TRACE...\n"), 2;
  const std::vector<std::string> paths(argv + 2, argv + argc);
  const auto model = model::inplace_v7::make_model();
  const std::vector<std::uint64_t> params = parameters(*model, argv[1]);
  const std::vector<std::string_view> slots(model->info().slots.begin(), model->info().slots.end());
  const auto made = check::FieldTable::make(slots);
  if (!std::holds_alternative<check::FieldTable>(made)) return 1;
  const auto& table = std::get<check::FieldTable>(made);

  constexpr int kRounds = 9;
  std::vector<double> read, judged;
  Round last;
  for (int i = 0; i < kRounds; ++i) {
    read.push_back(run(paths, params, table, false).seconds);
    last = run(paths, params, table, true);
    judged.push_back(last.seconds);
  }
  std::sort(read.begin(), read.end());
  std::sort(judged.begin(), judged.end());
  const double events = static_cast<double>(last.events);
  const double reading = read[kRounds / 2] / events * 1e9;
  const double both = judged[kRounds / 2] / events * 1e9;
  std::printf(
      "%llu events, %llu conform; an event: reading %.0f ns, judging %.0f ns (%.2f times)\n",
      static_cast<unsigned long long>(last.events), static_cast<unsigned long long>(last.conform),
      reading, both - reading, (both - reading) / reading);
  return 0;
}
