// Reads a trace and has it judged by one spec.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/conform/judge.h"
#include "checker/trace/byte_source.h"
#include "checker/trace/reader.h"

namespace gms::check {

/// A trace that can be read more than once.
struct TraceInput {
  std::string name;                       // a path, or how the trace is called in reports
  std::optional<std::string> bytes = {};  // plain or gzip
  std::shared_ptr<std::FILE> spool = {};  // the same in a file without a name
  // Neither: in the file `name`.
  bool has_path() const { return !bytes && spool == nullptr; }
  ByteSource open() const;
};

/// A line that cannot be read or decoded.
struct BadLine {
  std::uint64_t line = 0;       // 0: the trace as a whole
  std::string text;             // of the line, for the excerpt
  base::Diagnostic diagnostic;  // its span holds offsets in `text`
};

struct TraceRun {
  JudgeResult judged;
  ReadCounts lines;
  std::vector<BadLine> bad;  // at most kMaxBadLines, in order
  std::uint64_t bad_total = 0;
  bool readable() const { return bad.empty(); }
};
inline constexpr std::size_t kMaxBadLines = 20;

/// Judges until the first line that cannot be decoded; the lines after it are decoded to find more
/// errors. With options.first_only it returns at the first violation.
TraceRun judge_trace(const TraceInput& input, const EventTable& table, NameTable& names,
                     const EngineFactory& factory, JudgeOptions options);

/// Calls fn with the events of a trace up to and including `last_line`, without declared
/// non-events. False if one of them is bad; it ends there.
bool for_each_event(const TraceInput& input, const EventTable& table, NameTable& names,
                    std::uint64_t last_line, const std::function<void(const Decoded&)>& fn);

/// Puts the line into the set as an excerpt of the trace, and the diagnostic with it into the sink.
void report(const BadLine& bad, const std::string& trace, base::SourceSet& sources,
            base::DiagSink& sink);

/// What the first line of a trace says about its kernel: the fields `spec`, `params` and `quirks`
/// of a line with the op "meta". Nothing if it says nothing or is unreadable.
KernelChoice read_header(const TraceInput& input);

/// The same from the text of a kernel.json; a message if it cannot be used.
std::variant<KernelChoice, std::string> parse_kernel_file(std::string_view text);

}  // namespace gms::check
