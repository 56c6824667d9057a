#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/utf8.h"
#include "checker/report/render_check.h"

namespace gms::check {
namespace {

using base::printable;
using base::Style;
using base::Tone;

// Of the 25 lines of a finding.
constexpr std::size_t kMaxAllowed = 6, kMaxHistory = 9, kMaxShortest = 12, kMaxExplained = 4,
                      kMaxRuledOut = 8, kMaxSurvivors = 8, kMaxWindow = 12, kMaxOrder = 8;

std::string cite_text(const AllowedReport& allowed) {
  std::string text = "[" + std::string(evidence_name(allowed.cite.evidence));
  if (!allowed.cite.function.empty()) text += ", " + allowed.cite.function;
  return text + ']';
}

class Writer {
 public:
  explicit Writer(Style style) : style_(style) {}

  void trace(const TraceReport& trace) {
    for (const EventReport& one : trace.events)
      line(fmt::format("{}:{}: {} {}", printable(trace.file), one.line, printable(one.op),
                       one.explained
                           ? "by " + printable(fmt::format("{}", fmt::join(one.clauses, ", ")))
                           : "has no explanation"));
    for (const FindingReport& finding : trace.findings) {
      // Of later findings only a line: they depend on how one goes on from the first.
      if (finding.after_first) {
        later(trace, finding);
      } else {
        first(trace, finding);
      }
    }
    if (trace.violations > trace.findings.size())
      line(fmt::format("  and {} more after the first divergence",
                       trace.violations - trace.findings.size()));
    summary(trace);
  }

  void coverage(const SpecCoverage& spec) {
    const auto reached = std::count_if(spec.clauses.begin(), spec.clauses.end(),
                                       [](const ClauseCoverage& one) { return one.count != 0; });
    line(fmt::format("coverage of {}: {} of {} clauses", printable(spec.spec), reached,
                     spec.clauses.size()));
    for (const ClauseCoverage& one : spec.clauses)
      line(fmt::format("  {:>9}  {}.{}", one.count, printable(one.action), printable(one.label)));
  }

  std::string take() { return std::move(out_); }

 private:
  void line(const std::string& text) { out_ += text + '\n'; }
  void item(std::string_view head, const std::string& text) {
    line(fmt::format("  {:<9} {}", head, text));
  }

  std::string place(const TraceReport& trace, const FindingReport& finding) const {
    return style_.paint(Tone::kStrong,
                        printable(trace.file) + ':' + std::to_string(finding.line) + ':');
  }

  void later(const TraceReport& trace, const FindingReport& finding) {
    line(place(trace, finding) + " after first divergence: " + printable(finding.event) +
         "; nearest allowed: " + nearest(finding));
  }

  static std::string nearest(const FindingReport& finding) {
    for (const AllowedReport& one : finding.allowed) {
      if (one.nearest) return printable(one.outcome + " (" + one.action + '.' + one.label + ')');
    }
    return "nothing";
  }

  void first(const TraceReport& trace, const FindingReport& finding) {
    const std::string what = finding.exact ? "violation" : "unexplained";
    line(place(trace, finding) + ' ' + style_.paint(Tone::kError, what + ':') +
         (finding.window ? " no order of the overlapping calls lets " : " no run of ") +
         printable(trace.spec + (trace.kernel.empty() ? "" : " (" + trace.kernel + ')')) +
         (finding.window ? " explain this event" : " explains this event"));
    item("event", printable(finding.event));
    item("call", printable(finding.call));
    item("got", printable(finding.got));
    if (finding.allowed.empty()) item("allowed", "nothing: no outcome exists");
    std::size_t shown = 0;
    for (const AllowedReport& one : finding.allowed) {
      if (shown == kMaxAllowed) {
        item("", fmt::format("and {} more", finding.allowed.size() - shown));
        break;
      }
      item(shown++ == 0 ? "allowed" : "",
           printable(
               fmt::format("{}   {}.{} {}", one.outcome, one.action, one.label, cite_text(one))));
    }
    if (finding.window) window(*finding.window, finding.line);
    history(finding);
    shown = 0;
    for (const ExplainedBy& one : finding.explained_by) {
      if (shown == kMaxExplained) break;
      item(shown++ == 0 ? "explained" : "",
           printable(fmt::format("by {} {} ({})", word(one.kind), one.text, one.scope)));
    }
    if (finding.explained_by.empty() && finding.blame)
      item("explained", "by no parameter, quirk, spec or unseen action that is known here");
    if (finding.blame) item("to blame", blame_text(*finding.blame));
    if (finding.weakest && *finding.weakest != ir::Evidence::kTrace)
      item("evidence",
           "the weakest clause in this verdict is " +
               std::string(*finding.weakest == ir::Evidence::kInferred ? "inferred"
                           : *finding.weakest == ir::Evidence::kPatch  ? "from a posted patch"
                                                                       : "read in source"));
  }

  void window(const WindowReport& window, std::uint64_t event) {
    item("window", fmt::format("of {} calls; {} when it returned", window.events,
                               window.configurations == 1
                                   ? std::string("one order was left")
                                   : fmt::format("{} orders were left", window.configurations)));
    std::size_t shown = 0;
    for (const WindowCallReport& one : window.calls) {
      if (shown++ == kMaxWindow) {
        item("", fmt::format("and {} more", window.calls.size() - kMaxWindow));
        break;
      }
      item("", printable(fmt::format("{} line {} [{}, {}] thread {}: {}",
                                     one.line == event ? '>'
                                     : one.needed      ? '*'
                                                       : ' ',
                                     one.line, one.begin, one.end, one.tid, one.text)));
    }
    std::string order;
    const std::size_t skipped =
        window.order.size() > kMaxOrder ? window.order.size() - kMaxOrder : 0;
    for (std::size_t i = skipped; i < window.order.size(); ++i)
      order += fmt::format("{}{} ({})", order.empty() ? "" : ", ", window.order[i].line,
                           window.order[i].clause);
    if (!order.empty())
      item("order", printable(fmt::format("{}{}, and then not line {}", skipped != 0 ? ".., " : "",
                                          order, event)));
    if (!window.needed.empty())
      item("needed", fmt::format("the lines {} of the window alone fail in the same way",
                                 fmt::join(window.needed, ", ")));
    if (window.torn)
      item("torn", printable(fmt::format(
                       "a range operation: {} alone is explained, {} alone is explained, both are "
                       "not; each comes before the next: lines {}",
                       window.torn->one, window.torn->other, fmt::join(window.torn->cycle, ", "))));
  }

  static std::string word(const std::string& kind) {
    if (kind == "hidden") return "the hidden action";
    if (kind == "unlogged") return "an unlogged";
    if (kind == "memory") return "stores that become visible after their end, --memory";
    return "the " + kind;
  }

  void history(const FindingReport& finding) {
    const std::size_t skipped =
        finding.history.size() > kMaxHistory ? finding.history.size() - kMaxHistory : 0;
    std::size_t shown = 0;
    for (const HistoryLine& one : finding.history) {
      if (shown++ < skipped) continue;
      item(shown == skipped + 1 ? "history" : "",
           printable(fmt::format("line {}: {}", one.line, one.text)));
    }
    if (!finding.shortest_minimal || finding.shortest.size() > kMaxShortest) return;
    item("shortest", finding.shortest.size() == 1
                         ? "the line fails in the same way alone"
                         : fmt::format("the lines {} alone fail in the same way",
                                       fmt::join(finding.shortest, ", ")));
  }

  void summary(const TraceReport& trace) {
    const Tone tone = trace.verdict == Verdict::kConforms    ? Tone::kGood
                      : trace.verdict == Verdict::kViolation ? Tone::kError
                                                             : Tone::kWarning;
    std::string counts = fmt::format("{} judged + {} non-events", trace.judged, trace.non_events);
    if (trace.not_judged != 0) counts += fmt::format(" + {} not judged", trace.not_judged);
    counts += fmt::format(" = {} read", trace.read);
    std::string text =
        printable(trace.file) + ": " + style_.paint(tone, verdict_name(trace.verdict));
    if (trace.verdict == Verdict::kViolation && !trace.findings.empty())
      text += fmt::format(" at line {}", trace.findings.front().line);
    for (std::size_t i = 0; i < trace.reasons.size(); ++i) {
      text += i == 0 ? ": " : "; ";
      if (i == 3 && trace.reasons.size() > 4) {
        text += fmt::format("and {} more", trace.reasons.size() - 3);
        break;
      }
      text += printable(trace.reasons[i]);
    }
    line(text + ", " + counts);
    if (trace.verdict != Verdict::kUnreadable && trace.survivors.empty() &&
        (trace.chosen_by == "trying" || !trace.ruled_out.empty()))
      line("  kernel: " +
           printable(trace.spec + (trace.kernel.empty() ? "" : ", " + trace.kernel)));
    for (const std::string& note : trace.notes)
      line("  " + printable(note));
    overlaps(trace);
    survivors(trace);
  }

  void overlaps(const TraceReport& trace) {
    if (trace.windows.windows == 0) return;
    line(fmt::format("  calls that overlap: {} in {} windows of at most {}", trace.windows.events,
                     trace.windows.windows, trace.windows.longest));
    for (const ClauseCoverage& one : trace.raced)
      line(printable(fmt::format("  only because of an overlap: {}.{}, {} times", one.action,
                                 one.label, one.count)));
  }

  void survivors(const TraceReport& trace) {
    if (trace.survivors.empty() && trace.ruled_out.empty()) return;
    if (!trace.survivors.empty()) {
      line("  consistent with it:");
      list(trace.survivors, kMaxSurvivors);
    }
    if (trace.ruled_out.empty()) return;
    line("  ruled out:");
    std::vector<std::string> lines;
    for (const RuledOutReport& one : trace.ruled_out)
      lines.push_back(fmt::format("{}: by line {} ({})", one.kernel, one.line, one.why));
    list(lines, kMaxRuledOut);
  }

  void list(const std::vector<std::string>& lines, std::size_t limit) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i == limit) {
        line(fmt::format("    and {} more", lines.size() - limit));
        return;
      }
      line("    " + printable(lines[i]));
    }
  }

  Style style_;
  std::string out_;
};

}  // namespace

std::string render_text(const CheckReport& report, Style style) {
  Writer writer(style);
  for (const TraceReport& trace : report.traces)
    writer.trace(trace);
  for (const SpecCoverage& spec : report.coverage)
    writer.coverage(spec);
  return writer.take();
}

}  // namespace gms::check
