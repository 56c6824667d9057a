#include "flow/expectations.h"

#include <algorithm>

#include "base/file_system.h"
#include "checker/diff/messages.h"
#include "gen/syntax/parse.h"

namespace gms::flow {

bool read_expectations(const std::string& path, base::SourceSet& sources, base::DiagSink& sink,
                       std::vector<Expected>& out) {
  if (!path.ends_with(".gms")) return true;
  base::ReadResult read = base::read_file(path);
  if (!read.text) return true;  // reported by who compiled it
  const base::FileId file = sources.add(path, std::move(*read.text));
  const auto tree = gen::parse_spec(file, sources, sink);
  if (!tree) return false;
  bool good = true;
  for (const gen::ast::Item& item : tree->items) {
    const auto* d = std::get_if<gen::ast::DiffExpectDecl>(&item.node);
    if (d == nullptr) continue;
    Expected e{Expected::Kind::kFinding, d->what.value, d->on ? d->on->text : "",
               d->reason ? d->reason->value : "", item.span};
    if (d->kind.text == "finding") {
      if (diff::find_rule(e.what) == nullptr) {
        sink.report(diff::diag::unknown_rule, d->what.span, e.what)
            .with_hint("`gmemspec explain` lists the rules");
        good = false;
      }
    } else if (d->kind.text == "verdict") {
      e.kind = Expected::Kind::kVerdict;
    } else if (d->kind.text == "claim") {
      e.kind = Expected::Kind::kProperty;
    } else {
      sink.report(diff::diag::bad_expectation, d->kind.span,
                  "expected is a `finding`, a `verdict` or a `claim`, not '" + d->kind.text + "'");
      good = false;
    }
    out.push_back(std::move(e));
  }
  return good;
}

bool hold_against(const std::vector<Expected>& expected, const base::SourceSet& sources,
                  diff::DiffText& text) {
  bool all = true;
  const auto note = [&](std::string what, std::string why, base::Span span, bool met) {
    std::string place;
    if (span.has_place()) {
      const base::SourceFile& file = sources.file(span.file);
      place = file.name() + ':' + std::to_string(file.position(span.begin).line);
    }
    text.expectations.push_back({std::move(what), std::move(why), std::move(place), met});
    all = all && met;
  };
  const auto fits = [](const Expected& e, const diff::FindingText& f) {
    return e.kind == Expected::Kind::kFinding && e.what == f.rule &&
           (e.on.empty() || e.on == f.subject);
  };
  bool findings = false;
  for (const Expected& e : expected) {
    switch (e.kind) {
      case Expected::Kind::kFinding:
        findings = true;
        note("finding " + e.what + (e.on.empty() ? "" : " on " + e.on), e.why, e.span,
             std::any_of(text.findings.begin(), text.findings.end(),
                         [&](const diff::FindingText& f) { return fits(e, f); }));
        break;
      case Expected::Kind::kVerdict:
        // The word, or the sentence.
        note("verdict " + e.what, e.why, e.span, e.what == text.verdict || e.what == text.sentence);
        findings = findings || e.what.starts_with("equivalent");
        break;
      case Expected::Kind::kProperty:
        note("claim " + e.what, e.why, e.span,
             std::any_of(
                 text.properties.begin(), text.properties.end(),
                 [&](const diff::PropertyText& p) { return p.change + ' ' + p.name == e.what; }));
        break;
    }
  }
  if (!findings) return all;
  for (const diff::FindingText& f : text.findings)
    if (f.waived.empty() && std::none_of(expected.begin(), expected.end(),
                                         [&](const Expected& e) { return fits(e, f); }))
      note("no finding " + f.rule + " on " + f.subject, "the spec does not expect it", {}, false);
  return all;
}

}  // namespace gms::flow
