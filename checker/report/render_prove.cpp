#include "checker/report/render_prove.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace gms::check {
namespace {

using base::Style;
using base::Tone;

std::string joined(const std::vector<std::string>& words, const char* between = ", ") {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : between) + word;
  return out;
}

std::string counted(std::size_t n, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string run_of(const RunReport& run) {
  return run.length == 0 ? "the fresh system"
                         : "a run of " + counted(run.length, run.unit, run.unit + 's');
}

/// Text in lines of at most 100 columns, as far as its words allow.
std::string filled(std::size_t indent, const std::string& text) {
  constexpr std::size_t kWidth = 100;
  std::string out, line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (!line.empty() && indent + line.size() + 1 + end - at > kWidth) {
      out += std::string(indent, ' ') + line + '\n';
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line.append(text, at, end - at);
    at = end + 1;
  }
  return out + std::string(indent, ' ') + line + '\n';
}

/// Words broken into lines below each other.
std::string wrapped(const std::string& first, const std::vector<std::string>& words) {
  constexpr std::size_t kWidth = 100;
  std::string out, line = first;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = words[i] + (i + 1 < words.size() ? "," : "");
    if (line.size() + 1 + word.size() > kWidth) {
      out += line + '\n';
      line = std::string(first.size(), ' ');
    }
    line += ' ' + word;
  }
  return out + line + '\n';
}

std::string header(const ProofsReport& report, const Style& style) {
  const ProveHeading& h = report.heading;
  std::string out = fmt::format("{}: {}\n", style.paint(Tone::kStrong, h.spec), h.scope);
  std::vector<std::string> params;
  for (const auto& [name, value] : h.params)
    params.push_back(name + " = " + value);
  if (!params.empty()) out += wrapped("  for", params);
  out += fmt::format("  spec {}, {}\n", h.hash, joined(h.solvers));
  return out +
         "Every proof is about the spec, not about a kernel; `gmemspec check` holds a kernel's "
         "traces against it.\n\n";
}

Tone tone_of(const PropertyReport& p) {
  if (p.as_expected) return Tone::kGood;
  return p.verdict == Verdict::kUnknown ? Tone::kWarning : Tone::kError;
}

/// What stands behind the verdict, in few words.
std::string behind(const PropertyReport& p) {
  if (p.run) return run_of(*p.run);
  if (p.is_cover) return p.verdict == Verdict::kProved ? "some state allows it" : "";
  if (!p.step.empty()) return "a step of induction fails";
  if (p.verdict != Verdict::kProved || p.uses.empty()) return "";
  return "uses " + counted(p.uses.size(), "invariant", "invariants");
}

/// Of the column of names.
std::size_t name_width(const ProofsReport& report) {
  std::size_t width = 28;
  for (const PropertyReport& p : report.properties)
    width = std::max(width, p.name.size());
  return width;
}

std::string property_line(const PropertyReport& p, std::size_t names, const ProveRendering& how) {
  std::string word = p.verdict_word();
  const std::size_t width = word.size();
  word = how.style.paint(tone_of(p), word) + std::string(width < 10 ? 10 - width : 0, ' ');
  std::string out = fmt::format("  {:<9} {:<{}} {} {:<8} {:>7}", p.kind, p.name, names, word,
                                p.as_expected ? "yes" : "NO", p.queries);
  if (how.times) out += fmt::format(" {:>7.2f}", p.seconds);
  const std::string why = behind(p);
  if (!why.empty()) out += "  " + why;
  return out + '\n';
}

/// Long calls are broken between arguments.
std::string broken(const std::string& line) {
  constexpr std::size_t kWidth = 100, kIndent = 4, kMore = 7;
  std::string out(kIndent, ' ');
  std::size_t column = kIndent;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t comma = line.find(", ", at);
    const std::size_t end = comma == std::string::npos ? line.size() : comma + 1;
    const std::size_t blank = at > 0 && line[at] == ' ' ? 1 : 0;
    if (at > 0 && column + end - at > kWidth) {
      out += '\n' + std::string(kIndent + kMore, ' ');
      column = kIndent + kMore;
      at += blank;
    }
    out.append(line, at, end - at);
    column += end - at;
    at = end;
  }
  return out + '\n';
}

std::string indented(const std::vector<std::string>& lines) {
  std::string out;
  const std::size_t shown = lines.size() > kMaxRunLines ? kMaxRunLines - 1 : lines.size();
  for (std::size_t i = 0; i < shown; ++i)
    out += broken(lines[i]);
  if (shown < lines.size())
    out += fmt::format("    and {} more lines; --format json has them\n", lines.size() - shown);
  return out;
}

std::string run_lines(const RunReport& run) {
  std::vector<std::string> lines;
  if (!run.params.empty()) lines.push_back("with " + run.params);
  lines.insert(lines.end(), run.calls.begin(), run.calls.end());
  return indented(lines);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// The reason says no more than the list of what is open.
bool is_said(const PropertyReport& p) {
  const std::string name = p.reason.substr(0, p.reason.find(": ") + 1);
  return std::any_of(p.open.begin(), p.open.end(), [&](const std::string& line) {
    return !name.empty() && line.rfind(name, 0) == 0;
  });
}

/// A property that is not simply proved: what was expected, and the run or step.
std::string section(const PropertyReport& p, const ProveRendering& how) {
  std::string out = '\n' + how.style.paint(tone_of(p), p.name + ": " + p.verdict_word());
  if (!p.expect_refuted)
    out += p.is_cover ? ", but it must be reached" : ", but it must hold";
  else
    out += p.as_expected ? ", as expected:" : ", but it is expected to be refuted:";
  out += '\n';
  if (p.expect_refuted) out += filled(2, base::printable(p.expectation));
  if (!p.reason.empty() && !is_said(p)) out += filled(2, p.reason);
  if (p.is_cover && p.verdict == Verdict::kRefuted)
    out += "  No state that satisfies the invariants allows it.\n";
  if (p.run) {
    std::string title = p.run->length == 0 ? "" : run_of(*p.run);
    if (!title.empty() && !p.run->breach.empty()) title += "; ";
    return out + filled(2, title + p.run->breach + ':') + run_lines(*p.run);
  }
  const std::string sought =
      p.bound.empty() ? "Runs were not looked for." : "A run was " + p.bound + '.';
  if (!p.step.empty()) {
    if (p.is_cover)
      return out + filled(2, sought + " The solver's state (" + p.step + "):") +
             indented(lines_of(p.step_text));
    out += filled(2,
                  "A counterexample to induction, no run: the state satisfies every invariant that "
                  "was used, nobody knows whether it can be reached, and the call breaks the "
                  "property (" +
                      p.step + "). " + sought);
    return out + indented(lines_of(p.step_text));
  }
  constexpr std::size_t kMaxOpen = 4;
  for (std::size_t i = 0; i < p.open.size() && i < kMaxOpen; ++i)
    out += "    " + p.open[i] + '\n';
  if (p.open.size() > kMaxOpen) out += fmt::format("    and {} more\n", p.open.size() - kMaxOpen);
  return p.bound.empty() ? out : out + filled(2, sought);
}

std::string clause_lines(const ProofsReport& report, const ProveRendering& how) {
  if (report.clauses.empty()) return {};
  const auto names = [&](Reachable reachable) {
    std::vector<std::string> out;
    for (const ClauseReport& c : report.clauses)
      if (c.reachable == reachable) out.push_back(c.action + '.' + c.label);
    return out;
  };
  const std::size_t runs = report.clauses_that(Reachable::kRun),
                    some = report.clauses_that(Reachable::kSatisfiable),
                    dead = report.clauses_that(Reachable::kDead),
                    unknown = report.clauses_that(Reachable::kUnknown);
  std::string out = counted(report.clauses.size(), "clause", "clauses") + ": ";
  out += report.searched ? fmt::format("{} reached by a run, {} satisfiable only", runs, some)
                         : fmt::format("{} satisfiable (no run was looked for)", some);
  out += fmt::format(", {} dead", dead);
  if (unknown > 0) out += fmt::format(", {} unknown", unknown);
  out += '\n';
  if (some > 0 && report.searched)
    out += wrapped("  satisfiable only:", names(Reachable::kSatisfiable));
  if (dead > 0) out += how.style.paint(Tone::kError, wrapped("  dead:", names(Reachable::kDead)));
  if (unknown > 0) out += wrapped("  unknown:", names(Reachable::kUnknown));
  return out;
}

std::string cost(const ProofsReport& report, const ProveRendering& how) {
  std::size_t inside = 0;
  const ObligationReport* slowest = nullptr;
  std::vector<double> seconds;
  for (const ObligationReport& o : report.obligations) {
    inside += o.in_fragment;
    seconds.push_back(o.seconds);
    if (slowest == nullptr || o.seconds > slowest->seconds) slowest = &o;
  }
  std::string out = counted(seconds.size(), "query", "queries");
  if (inside < seconds.size())
    out += fmt::format(", {} outside the decidable fragment", seconds.size() - inside);
  if (how.times && slowest != nullptr) {
    std::nth_element(seconds.begin(), seconds.begin() + seconds.size() / 2, seconds.end());
    out += fmt::format("; {:.1f} s in all; median {:.0f} ms, slowest {:.2f} s ({})", report.seconds,
                       1000 * seconds[seconds.size() / 2], slowest->seconds, slowest->name);
  }
  out += '\n';
  if (report.searched && how.times)
    out += fmt::format("search: {} {}s to {} states, {:.1f} s\n", report.searched->calls,
                       report.heading.unit, report.searched->states, report.searched->seconds);
  return out;
}

std::string verbose_lines(const PropertyReport& p) {
  std::string out;
  if (!p.uses.empty()) out += wrapped("            uses", p.uses);
  if (p.untouched > 0)
    out += fmt::format("            {} nothing that it reads\n",
                       counted(p.untouched, "path touches", "paths touch"));
  if (!p.in_fragment) out += "            outside the decidable fragment\n";
  if (p.is_cover && p.run) out += run_lines(*p.run);
  return out;
}

/// What is not atomic among other calls, a line for each pair of actions.
std::string no_order(const ProofsReport& report, const ProveRendering& how) {
  if (report.ends == 0) return {};
  std::string out = fmt::format("\natomicity: of {} of two calls that overlapped",
                                counted(report.ends, "end", "ends"));
  if (report.no_order.empty()) return out + " each is that of some order of the two\n";
  out += ", those of " + counted(report.no_order.size(), "pair", "pairs") +
         " of actions are of no order";
  out += how.verbose ? "\n" : "; -v shows how, and a run of each\n";
  for (const NoOrderReport& odd : report.no_order) {
    std::vector<std::string> what = odd.differs;
    if (odd.results) what.insert(what.begin(), "what they return");
    out += wrapped(fmt::format("  {}, {}:", odd.first, odd.second), what);
    if (how.verbose) out += run_lines(odd.run);
  }
  return out;
}

/// Whether calls can wait for each other for good.
std::string waits_text(const ir::Waits& waits, const ProveRendering& how) {
  if (waits.problems.empty() && waits.order.empty())
    return "\ndeadlock: none, no call waits for what another has\n";
  if (waits.problems.empty())
    return "\ndeadlock: none, who has one of these waits for later ones only\n" +
           wrapped(" ", waits.order);
  std::string out = how.style.paint(Tone::kWarning, "\ndeadlock: unknown") +
                    ", what calls wait for has no order:\n";
  for (const std::string& problem : waits.problems)
    out += "  " + problem + '\n';
  return out;
}

}  // namespace

std::string render_text(const ProofsReport& report, const ProveRendering& how) {
  std::string out = header(report, how.style);
  const std::size_t names = name_width(report);
  if (!report.properties.empty())
    out += how.style.paint(Tone::kFaint, fmt::format("  {:<9} {:<{}} {:<10} {:<8} {:>7}{}", "kind",
                                                     "name", names, "verdict", "expected",
                                                     "queries", how.times ? " seconds" : "")) +
           '\n';
  for (const PropertyReport& p : report.properties) {
    out += property_line(p, names, how);
    if (how.verbose) out += verbose_lines(p);
  }
  for (const PropertyReport& p : report.properties)
    if (!p.as_expected) out += section(p, how);
  for (const PropertyReport& p : report.properties)
    if (p.as_expected && p.verdict != Verdict::kProved) out += section(p, how);
  if (report.stuck)
    out += how.style.paint(Tone::kError, "\ndeadlock: ") +
           "calls wait for each other for good, after " + run_of(*report.stuck) + ":\n" +
           run_lines(*report.stuck);
  if (report.waits && !report.stuck) out += waits_text(*report.waits, how);
  out += no_order(report, how);
  for (const std::string& c : report.contradictions)
    out += how.style.paint(Tone::kError, "\ncontradiction: ") + c + '\n';
  for (const std::string& e : report.errors)
    out += how.style.paint(Tone::kError, "\ncannot be encoded: ") + e + '\n';
  if (how.verbose && !report.broken_guesses.empty()) {
    out +=
        "\nfacts found in the text that do not hold while other calls run, with the step that "
        "breaks them:\n";
    for (const std::string& g : report.broken_guesses)
      out += "  " + g + '\n';
  }
  out += fmt::format("\n{} of {} as expected\n", report.as_expected(),
                     counted(report.properties.size(), "property", "properties"));
  return out + clause_lines(report, how) + cost(report, how);
}

}  // namespace gms::check
