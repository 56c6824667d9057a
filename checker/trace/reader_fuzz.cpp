// libFuzzer target: whatever the bytes, the reader neither crashes nor hangs, accounts for every
// line, and its fast parser agrees with the slow checker and with a third JSON parser. Seeds:
// checker/trace/fuzz_corpus.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "checker/trace/line_check.h"
#include "checker/trace/reader.h"

namespace {

using gms::check::ByteSource;
using gms::check::FieldTable;
using gms::check::ReadErrorKind;
using gms::check::ReadStatus;
using gms::check::TraceReader;

constexpr std::size_t kMaxLine = 4096;

const FieldTable& table() {
  static const FieldTable result = [] {
    constexpr std::string_view kNames[] = {
        "seq",  "ret",       "errno",      "offset",      "values",
        "ptes", "ptes.page", "fault.size", "fault.flags", "a_rather_long_name"};
    return std::get<FieldTable>(FieldTable::make(kNames));
  }();
  return result;
}

void require(bool condition, const char* what, std::string_view text) {
  if (condition) return;
  std::cerr << what << ": " << text << '\n';
  std::abort();
}

bool line_was_read(ReadErrorKind kind) {
  return kind == ReadErrorKind::kSyntax || kind == ReadErrorKind::kShape ||
         kind == ReadErrorKind::kTruncated;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Twice, so that lines are also read by shapes that were learnt from the same ones.
  const std::string_view once(reinterpret_cast<const char*>(data), size);
  const std::string bytes = std::string(once) + '\n' + std::string(once);
  TraceReader reader(table(), ByteSource::from_memory(bytes), {.max_line = kMaxLine});
  for (;;) {
    const ReadStatus status = reader.next();
    if (status == ReadStatus::kEnd) break;
    if (status == ReadStatus::kRecord) {
      const std::string_view text = reader.record().text;
      require(!gms::check::check_line(text), "accepted, but the checker refuses", text);
      require(nlohmann::json::accept(text), "accepted, but it is not JSON", text);
    } else if (line_was_read(reader.error().kind)) {
      require(gms::check::check_line(reader.error().text).has_value(),
              "refused, but the checker accepts", reader.error().text);
    }
  }
  require(reader.counts().records + reader.counts().bad_lines == reader.counts().lines,
          "lines lost", bytes);
  return 0;
}
