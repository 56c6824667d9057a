#include <fmt/format.h>

#include "checker/diff/report.h"
#include "checker/report/xml.h"

namespace gms::diff {
namespace {

/// Text in a table's cell.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : base::printable(text))
    out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string labels(const std::vector<ClauseText>& all) {
  std::string out;
  for (const ClauseText& c : all)
    out += (out.empty() ? "`" : ", `") + c.label + '`';
  return out.empty() ? "-" : out;
}

}  // namespace

std::string render_markdown(const DiffText& d, const Rendering&) {
  std::string out = fmt::format("# {} → {}\n\n**{}**\n", d.old.name, d.now.name, d.sentence);
  if (!d.findings.empty())
    out += "\n| # | level | rule | what | clauses | fingerprint |\n|---|---|---|---|---|---|\n";
  std::size_t n = 0;
  for (const FindingText& f : d.findings)
    out += fmt::format("| {} | {}{} | {} | {} | {} → {} | `{}` |\n", ++n, f.level,
                       f.waived.empty() ? "" : " (waived)", f.rule,
                       cell(f.sentence + (f.detail.empty() ? "" : ": " + f.detail)),
                       labels(f.old_clauses), labels(f.new_clauses), f.fingerprint);
  n = 0;
  for (const FindingText& f : d.findings) {
    ++n;
    if (f.calls.empty() && f.run.empty()) continue;
    out += fmt::format("\n## {}. {} of {}\n\n", n, f.rule, cell(f.subject));
    if (!f.calls.empty())
      out += fmt::format("| call | {} | {} |\n|---|---|---|\n", cell(d.old.name), cell(d.now.name));
    for (const CallText& c : f.calls) {
      const auto ends = [&](const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& one : all)
          text += (text.empty() ? "" : "<br>or ") + cell(one);
        return text;
      };
      out += fmt::format("| `{}` | {} | {} |\n", cell(c.call), ends(c.old_ends), ends(c.new_ends));
    }
    if (!f.run.empty()) out += "```\n";
    for (const std::string& one : f.run)
      out += one + '\n';
    if (!f.run.empty()) out += "```\n";
  }
  if (d.properties_asked) {
    out += "\n## Properties\n\n| property | change | old | new |\n|---|---|---|---|\n";
    for (const PropertyText& p : d.properties)
      if (p.change != "kept")
        out +=
            fmt::format("| {} | {} | {} | {} |\n", p.name, p.change, p.old_verdict, p.new_verdict);
  }
  out += "\n";
  for (const DiffText::Action& a : d.actions)
    if (a.verdict == "unknown") out += fmt::format("- unknown: `{}`, {}\n", a.name, cell(a.reason));
  for (const ExpectationText& e : d.expectations)
    out += fmt::format("- {}: {}\n", e.met ? "as expected" : "**not as expected**", cell(e.what));
  return out;
}

std::string render_junit(const DiffText& d) {
  std::string cases;
  std::size_t failures = 0, total = 0;
  for (const FindingText& f : d.findings) {
    ++total;
    const bool fails = f.level != "compatible" && f.waived.empty();
    failures += fails;
    const std::string name = check::xml_text(f.rule + ' ' + f.subject +
                                             (f.class_name.empty() ? "" : " " + f.class_name));
    cases += fmt::format("    <testcase classname=\"finding\" name=\"{}\"", name);
    cases += fails
                 ? fmt::format(">\n      <failure type=\"{}\" message=\"{}\"/>\n    </testcase>\n",
                               f.level, check::xml_text(f.sentence))
                 : "/>\n";
  }
  for (const DiffText::Action& a : d.actions) {
    ++total;
    cases += fmt::format("    <testcase classname=\"call\" name=\"{}\"", check::xml_text(a.name));
    cases += a.verdict == "unknown"
                 ? fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                               check::xml_text(a.reason))
                 : "/>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"{}\" "
      "tests=\"{}\" "
      "failures=\"{}\">\n{}  </testsuite>\n</testsuites>\n",
      check::xml_text(d.old.name + " to " + d.now.name), total, failures, cases);
}

}  // namespace gms::diff
