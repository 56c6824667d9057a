#include "flow/shrink.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/progress.h"
#include "flow/check.h"
#include "flow/trace_text.h"

namespace gms::flow {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<Json>;

/// Of one line, in a trace that is judged without them.
constexpr const char* kClock[] = {"tid", "t_begin", "t_end"};

bool is_header(const Json& line) {
  return line.is_object() && line.value("op", "") == "meta";
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const Json& line : lines)
    text += line.dump() + '\n';
  return text;
}

class Shrinker {
 public:
  Shrinker(const ShrinkOptions& options, base::SourceSet& sources, base::DiagSink& sink)
      : options_(options),
        sources_(sources),
        sink_(sink),
        progress_("shrinking " + options.trace) {}

  std::optional<ShrinkReport> run() {
    ShrinkReport report;
    report.trace = options_.trace;
    const auto text = read_trace(options_.trace, sink_);
    if (!text) return std::nullopt;
    const check::CheckReport judged = judge(*text, true, sources_, sink_);
    if (judged.traces.empty()) return std::nullopt;
    const check::TraceReport& trace = judged.traces.front();
    report.verdict = trace.verdict;
    if (trace.verdict != check::Verdict::kViolation) {
      report.why = trace.reasons.empty() ? "" : trace.reasons.front();
      return report;
    }
    const check::FindingReport& first = trace.findings.front();
    report.lines_before = first.line;
    reason_ = reason_of(first);
    pick_lines(*text, first);
    if (!fails(lines_)) {  // what was left out matters after all
      lines_ = parse(*text, first.line);
      if (!fails(lines_)) {
        report.why = "its beginning alone does not fail in the same way";
        return report;
      }
    }
    drop_clock();
    do {
      drop_lines();
    } while (shrink_numbers());
    report.text = text_of(lines_);
    for (const Json& line : lines_)
      if (!is_header(line)) report.calls.push_back(call_text(line));
    report.finding = finding_;
    return report;
  }

 private:
  check::CheckReport judge(const std::string& text, bool explain, base::SourceSet& sources,
                           base::DiagSink& sink) const {
    CheckOptions how;
    how.spec = options_.spec;
    how.params = options_.params;
    how.quirks = options_.quirks;
    how.explain = explain;
    return check_inputs(how, {plain_input(options_.trace, text)}, sources, sink);
  }

  /// What has to stay as it is.
  static std::string reason_of(const check::FindingReport& finding) {
    std::set<std::string> allowed;
    for (const check::AllowedReport& one : finding.allowed)
      allowed.insert(one.action + '.' + one.label);
    return fmt::format("{} {}", finding.op, fmt::join(allowed, " "));
  }

  /// The last line fails for the same reason, and no other does.
  bool fails(const Lines& lines) {
    if (tries_ == 0) return false;
    --tries_;
    progress_.advance();
    base::SourceSet sources;
    base::DiagSink sink;
    const check::CheckReport judged = judge(text_of(lines), false, sources, sink);
    if (judged.traces.empty() || judged.traces.front().verdict != check::Verdict::kViolation)
      return false;
    const check::FindingReport& finding = judged.traces.front().findings.front();
    if (finding.line != lines.size() || reason_of(finding) != reason_) return false;
    finding_ = finding;
    return true;
  }

  static Lines parse(const std::string& text, std::uint64_t last) {
    Lines lines;
    std::size_t start = 0;
    for (std::uint64_t number = 1; number <= last && start < text.size(); ++number) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      lines.push_back(Json::parse(text.substr(start, end - start), nullptr, false));
      start = end + 1;
    }
    return lines;
  }

  void pick_lines(const std::string& text, const check::FindingReport& finding) {
    const Lines all = parse(text, finding.line);
    if (finding.shortest.empty()) {
      lines_ = all;
      return;
    }
    if (is_header(all.front())) lines_.push_back(all.front());
    for (const std::uint64_t number : finding.shortest)
      if (number <= all.size() && !(number == 1 && is_header(all.front())))
        lines_.push_back(all[number - 1]);
  }

  bool accept(Lines lines) {
    if (!fails(lines)) return false;
    lines_ = std::move(lines);
    return true;
  }

  void drop_clock() {
    Lines without = lines_;
    for (Json& line : without)
      for (const char* key : kClock)
        if (!is_header(line)) line.erase(key);
    accept(std::move(without));
  }

  void drop_lines() {
    for (std::size_t i = lines_.size() - 1; i-- > 0;) {
      if (is_header(lines_[i])) continue;
      Lines less = lines_;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      accept(std::move(less));
    }
  }

  // ---- Numbers ----

  static void collect(const Json& value, std::set<std::uint64_t>& numbers) {
    if (value.is_number_unsigned()) {
      if (value.get<std::uint64_t>() > 1) numbers.insert(value.get<std::uint64_t>());
    } else if (value.is_structured()) {
      for (const auto& [key, inner] : value.items())
        if (key != "seq") collect(inner, numbers);
    }
  }

  static void replace(Json& value, std::uint64_t from, std::uint64_t to) {
    if (value.is_number_unsigned() && value.get<std::uint64_t>() == from) {
      value = to;
    } else if (value.is_structured()) {
      for (auto& [key, inner] : value.items())
        if (key != "seq") replace(inner, from, to);
    }
  }

  /// Each number at all its places at once, so that what was the same stays the same.
  bool shrink_numbers() {
    constexpr std::uint64_t kPage = 4096;
    std::set<std::uint64_t> numbers;
    for (const Json& line : lines_)
      if (!is_header(line)) collect(line, numbers);
    bool any = false;
    for (auto at = numbers.rbegin(); at != numbers.rend(); ++at) {
      const std::uint64_t number = *at;
      std::vector<std::uint64_t> smaller{0, 1, kPage, 2 * kPage, number / kPage * kPage};
      for (std::uint64_t half = number / 2; half > 2 * kPage; half /= 16)
        smaller.push_back(half / kPage * kPage);
      for (const std::uint64_t to : smaller) {
        if (to >= number) continue;
        Lines changed = lines_;
        for (Json& line : changed)
          if (!is_header(line)) replace(line, number, to);
        if (!accept(std::move(changed))) continue;
        any = true;
        break;
      }
    }
    return any;
  }

  const ShrinkOptions& options_;
  base::SourceSet& sources_;
  base::DiagSink& sink_;
  base::Progress progress_;
  std::string reason_;
  Lines lines_;
  check::FindingReport finding_;
  unsigned tries_ = 600;
};

}  // namespace

std::optional<ShrinkReport> shrink_trace(const ShrinkOptions& options, base::SourceSet& sources,
                                         base::DiagSink& sink) {
  return Shrinker(options, sources, sink).run();
}

std::string render_text(const ShrinkReport& report) {
  if (!report.why.empty() || report.verdict != check::Verdict::kViolation)
    return fmt::format("{}: {}{}{}; nothing is shrunk\n", report.trace,
                       check::verdict_name(report.verdict), report.why.empty() ? "" : ": ",
                       report.why);
  std::string out = fmt::format("{}: {} of {} lines fail in the same way\n", report.trace,
                                report.calls.size(), report.lines_before);
  for (std::size_t i = 0; i < report.calls.size(); ++i)
    out += fmt::format("  {}. {}\n", i + 1, report.calls[i]);
  for (const check::AllowedReport& one : report.finding.allowed)
    out += fmt::format("     allowed: {}   {}.{}{}\n", one.outcome, one.action, one.label,
                       one.cite.function.empty() ? "" : ", " + one.cite.function);
  return out;
}

}  // namespace gms::flow
