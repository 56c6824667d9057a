#include "flow/render_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "checker/report/render_check.h"

namespace gms::flow {
namespace {

using base::printable;
using base::Tone;
using Json = nlohmann::ordered_json;

Tone tone_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::kPass: return Tone::kGood;
    case RunVerdict::kFail: return Tone::kError;
    case RunVerdict::kSkip:
    case RunVerdict::kDiffers:
    case RunVerdict::kUnknown:
    case RunVerdict::kHung:
    case RunVerdict::kDied:
    case RunVerdict::kBroken: return Tone::kWarning;
  }
  return Tone::kWarning;
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string vector_line(const VectorReport& one, base::Style style) {
  std::string text =
      printable(one.file) + ": " + style.paint(tone_of(one.verdict), verdict_name(one.verdict));
  if (one.times > 1 && one.times_so == one.times) text += fmt::format(" {} times", one.times);
  if (one.times_so != one.times) text += fmt::format(" {} of {} times", one.times_so, one.times);
  if (one.line != 0) text += fmt::format(" at line {}", one.line);
  if (!one.reason.empty()) text += ": " + printable(one.reason);
  if (one.calls != 0) text += ", " + counted(one.calls, "call");
  if (one.passed_over != 0) text += fmt::format(", {} of them not judged", one.passed_over);
  return text + '\n';
}

std::string host_line(const RunReport& report) {
  std::string text = "kernel " + printable(report.host->kernel);
  if (!report.spec.empty()) text += ", judged by " + printable(report.spec);
  if (!report.params.empty())
    text += printable(fmt::format(" with {}", fmt::join(report.params, ", ")));
  text += '\n';
  const bool passed_over =
      std::any_of(report.vectors.begin(), report.vectors.end(),
                  [](const VectorReport& one) { return one.passed_over != 0; });
  if (!passed_over) return text;
  if (report.host->traits.guest_uses_userspace_addr)
    text +=
        "guest accesses go through userspace_addr on this host, past guest_memfd: they are made, "
        "and judged as accesses of the host at most\n";
  if (report.host->traits.frames_hidden)
    text += "page frames are not shown to this user: what pagemap reports is not judged\n";
  return text;
}

Json to_json(const VectorReport& one) {
  Json result{{"file", one.file},
              {"vector", one.name},
              {"verdict", verdict_name(one.verdict)},
              {"line", one.line == 0 ? Json(nullptr) : Json(one.line)},
              {"reason", one.reason},
              {"times", one.times},
              {"times_so", one.times_so},
              {"calls", one.calls},
              {"not_judged", one.passed_over},
              {"trace", one.trace.empty() ? Json(nullptr) : Json(one.trace)},
              {"check", nullptr}};
  if (one.report)
    result["check"] =
        Json::parse(check::render_json(check::CheckReport{{*one.report}, {}}))["traces"][0];
  return result;
}

std::string overlap_line(const RunReport& report) {
  std::size_t calls = 0;
  for (const VectorReport& one : report.vectors)
    calls += one.calls;
  const check::WindowCounts counts = report.overlapped();
  if (calls == 0) return {};
  if (counts.events == 0)
    return "no two calls of different threads overlapped: nothing was tested beside each other\n";
  return fmt::format("calls that overlapped: {} of {}, in {} of at most {}\n", counts.events, calls,
                     counted(counts.windows, "window"), counts.longest);
}

}  // namespace

std::string render_text(const RunReport& report, base::Style style) {
  std::string text;
  if (report.host && report.host->usable()) text += host_line(report);
  for (const VectorReport& one : report.vectors) {
    if (one.report && one.verdict == RunVerdict::kFail)
      text += check::render_text(check::CheckReport{{*one.report}, {}}, style);
    text += vector_line(one, style);
  }
  if (report.vectors.empty()) return text;
  text += counted(report.vectors.size(), "vector") + ':';
  std::string separator = " ";
  for (int i = 0; i < kRunVerdicts; ++i) {
    const auto verdict = static_cast<RunVerdict>(i);
    if (report.count(verdict) == 0) continue;
    text += fmt::format("{}{} {}", separator, report.count(verdict), verdict_name(verdict));
    separator = ", ";
  }
  return text + '\n' + (report.has_races() ? overlap_line(report) : "");
}

std::string render_json(const RunReport& report) {
  Json result{{"schema", "gmemspec/run/1"},
              {"exit_status", static_cast<int>(report.status())},
              {"kernel", nullptr},
              {"spec", report.spec},
              {"params", report.params}};
  if (report.host && report.host->usable()) {
    result["kernel"] = report.host->kernel;
    result["guest_uses_userspace_addr"] = report.host->traits.guest_uses_userspace_addr;
    result["frames_hidden"] = report.host->traits.frames_hidden;
  }
  if (report.has_races()) {
    const check::WindowCounts counts = report.overlapped();
    result["overlapped"] = {
        {"calls", counts.events}, {"windows", counts.windows}, {"longest_window", counts.longest}};
  }
  result["vectors"] = Json::array();
  for (const VectorReport& one : report.vectors)
    result["vectors"].push_back(to_json(one));
  result["counts"] = Json::object();
  for (int i = 0; i < kRunVerdicts; ++i) {
    const auto verdict = static_cast<RunVerdict>(i);
    result["counts"][std::string(verdict_name(verdict))] = report.count(verdict);
  }
  return result.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::flow
