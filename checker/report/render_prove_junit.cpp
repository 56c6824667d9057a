#include <fmt/format.h>

#include "checker/report/render_prove.h"
#include "checker/report/xml.h"

namespace gms::check {
namespace {

class Suite {
 public:
  explicit Suite(std::string spec) : spec_(xml_text(spec)) {}

  void pass(const std::string& name) { open(name, "/>\n"); }
  void fail(const std::string& name, const std::string& message, const std::string& text) {
    ++failures_;
    open(name, fmt::format(">\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n",
                           xml_text(message), text));
  }
  void skip(const std::string& name, const std::string& message) {
    ++skipped_;
    open(name, fmt::format(">\n    <skipped message=\"{}\"/>\n  </testcase>\n", xml_text(message)));
  }
  std::string text() const {
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"gmemspec prove\" "
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}</testsuite>\n",
        tests_, failures_, skipped_, cases_);
  }

 private:
  void open(const std::string& name, const std::string& rest) {
    ++tests_;
    cases_ += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", spec_, xml_text(name)) + rest;
  }

  std::string spec_, cases_;
  std::size_t tests_ = 0, failures_ = 0, skipped_ = 0;
};

}  // namespace

std::string render_junit(const ProofsReport& report) {
  Suite suite(report.heading.spec);
  for (const PropertyReport& p : report.properties) {
    if (p.as_expected) {
      suite.pass(p.name);
    } else if (p.verdict == Verdict::kUnknown) {
      suite.skip(p.name, p.reason.empty() ? "unknown" : p.reason);
    } else {
      std::string text;
      if (p.run)
        for (const std::string& call : p.run->calls)
          text += '\n' + xml_text(call);
      if (p.run) text += '\n' + xml_text(p.run->breach);
      suite.fail(
          p.name,
          p.verdict_word() + (p.run            ? ": a run from the fresh system"
                              : p.step.empty() ? ""
                                               : ": a counterexample to induction, " + p.step),
          text);
    }
  }
  for (const ClauseReport& c : report.clauses) {
    const std::string name = "clause " + c.action + '.' + c.label;
    switch (c.reachable) {
      case Reachable::kRun:
      case Reachable::kSatisfiable: suite.pass(name); break;
      case Reachable::kDead: suite.fail(name, "dead: no valid state lets it fire", ""); break;
      case Reachable::kUnknown: suite.skip(name, "unknown"); break;
    }
  }
  for (const std::string& one : report.contradictions)
    suite.fail("contradiction", one, "");
  for (const std::string& one : report.errors)
    suite.skip("not encoded", one);
  return suite.text();
}

}  // namespace gms::check
