// The yardstick of the trace reader: a program that only splits the same file into lines, parses
// each with simdjson in the ordinary way and visits every field. It keeps nothing, checks nothing
// beyond simdjson, and reports no errors.
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "bench/trace_bench_report.h"

namespace {

namespace ondemand = simdjson::ondemand;

std::uint64_t visit(ondemand::value value) {
  switch (value.type().value()) {
    case ondemand::json_type::object: {
      std::uint64_t sum = 0;
      for (auto field : value.get_object().value()) {
        sum += field.unescaped_key().value().size();
        sum += visit(field.value().value());
      }
      return sum;
    }
    case ondemand::json_type::array: {
      std::uint64_t sum = 0;
      for (auto element : value.get_array().value())
        sum += visit(element.value());
      return sum;
    }
    case ondemand::json_type::string: return value.get_string().value().size();
    case ondemand::json_type::boolean: return value.get_bool().value() ? 1 : 0;
    case ondemand::json_type::null: return value.is_null().value() ? 1 : 0;
    case ondemand::json_type::number: {
      const ondemand::number number = value.get_number().value();
      return number.is_int64() ? static_cast<std::uint64_t>(number.get_int64())
                               : number.get_uint64();
    }
  }
  return 0;
}

struct Totals {
  std::uint64_t lines = 0;
  std::uint64_t sum = 0;
};

// Reads in chunks of the same size as the reader does.
Totals read_file(const char* path, ondemand::parser& parser) {
  constexpr std::size_t kChunk = 256 * 1024;
  Totals totals;
  std::vector<char> buffer(2 * kChunk + simdjson::SIMDJSON_PADDING);
  const int fd = ::open(path, O_RDONLY);
  std::size_t held = 0;
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data() + held, kChunk);
    if (got <= 0) break;
    held += static_cast<std::size_t>(got);
    const char* line = buffer.data();
    const char* const end = buffer.data() + held;
    while (const char* feed = static_cast<const char*>(
               std::memchr(line, '\n', static_cast<std::size_t>(end - line)))) {
      const auto size = static_cast<std::size_t>(feed - line);
      ondemand::document document =
          parser.iterate(line, size, size + simdjson::SIMDJSON_PADDING).value();
      for (auto field : document.get_object().value()) {
        totals.sum += field.unescaped_key().value().size();
        totals.sum += visit(field.value().value());
      }
      ++totals.lines;
      line = feed + 1;
    }
    held = static_cast<std::size_t>(end - line);
    std::memmove(buffer.data(), line, held);
  }
  ::close(fd);
  return totals;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: parse_reference FILE [ROUNDS]\n"), 2;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  ondemand::parser parser;
  std::vector<double> seconds;
  Totals totals;
  for (int round = 0; round < std::max(rounds, 1); ++round) {
    const double start = gms::bench::cpu_seconds();
    totals = read_file(argv[1], parser);
    seconds.push_back(gms::bench::cpu_seconds() - start);
  }
  gms::bench::report("simdjson alone", seconds, totals.lines, totals.sum);
  return 0;
}
