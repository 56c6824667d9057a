// How fast TraceReader delivers a file: every field listed in the table, every slot looked at.
// Compare with parse_reference on the same file; tools that want one number divide the two medians.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/trace_bench_report.h"
#include "checker/trace/reader.h"

namespace {

using namespace gms::check;

std::uint64_t weigh(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kAbsent: return 0;
    case ValueKind::kNull: return 1;
    case ValueKind::kBool:
    case ValueKind::kUnsigned:
    case ValueKind::kNegative: return value.bits();
    case ValueKind::kString: return value.size();
    case ValueKind::kArray: {
      std::uint64_t sum = 0;
      for (const Value& element : value.elements())
        sum += weigh(element);
      return sum;
    }
    case ValueKind::kObject:
    case ValueKind::kObjectArray: return 0;
  }
  return 0;
}

// A first reading with an empty table tells which fields the file has; containers are tried with
// their members next.
FieldTable table_of(const std::string& path) {
  std::vector<std::string> names;
  for (;;) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    FieldTable table = std::get<FieldTable>(FieldTable::make(views));
    const std::size_t before = names.size();
    TraceReader reader(table, ByteSource::open(path));
    while (reader.next() != ReadStatus::kEnd) {
      for (const UnknownField& field : reader.record().unknown) {
        std::string name(field.name);
        if (field.container != kNoField) name = table.name(field.container) + "." + name;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
    if (names.size() == before) return table;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: reader_bench FILE [ROUNDS]\n"), 2;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const FieldTable table = table_of(argv[1]);
  std::vector<double> seconds;
  std::uint64_t lines = 0;
  std::uint64_t sum = 0;
  for (int round = 0; round < std::max(rounds, 1); ++round) {
    lines = sum = 0;
    const double start = gms::bench::cpu_seconds();
    TraceReader reader(table, ByteSource::open(argv[1]));
    for (;;) {
      const ReadStatus status = reader.next();
      if (status == ReadStatus::kEnd) break;
      if (status == ReadStatus::kError) {
        std::fprintf(stderr, "%s\n", reader.error().to_string(reader.source().name()).c_str());
        continue;
      }
      ++lines;
      for (const FieldIndex field : reader.record().order)
        sum += weigh(reader.record()[field]);
    }
    seconds.push_back(gms::bench::cpu_seconds() - start);
  }
  gms::bench::report("TraceReader", seconds, lines, sum);
  return 0;
}
