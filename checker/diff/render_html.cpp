// One page that needs nothing else: findings with the calls of both sides next to each other.
#include <fmt/format.h>

#include "checker/diff/report.h"
#include "checker/report/xml.h"

namespace gms::diff {
namespace {

using check::xml_text;

constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}section{margin:1.5rem 0;border-top:1px solid var(--line)}
.break{color:#c22}.risk{color:#a60}.compatible{color:#183}.faint{opacity:.7}.cause td{background:var(--soft)}
.differs td{font-weight:600}dt{font-weight:600}dd{margin:0 0 .4rem 1rem}
@media(prefers-color-scheme:dark){.break{color:#f77}.risk{color:#fb5}.compatible{color:#6d8}}
)";

std::string clauses(const std::vector<ClauseText>& all) {
  std::string out;
  for (const ClauseText& c : all)
    out += fmt::format("<div><code>{}</code> <span class=\"faint\">{} {} [{}]</span></div>",
                       xml_text(c.label), xml_text(c.function), xml_text(c.place),
                       xml_text(c.evidence));
  return out.empty() ? "-" : out;
}

std::string ends(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all)
    out += fmt::format("<div>{}<code>{}</code></div>", out.empty() ? "" : "or ", xml_text(one));
  return out;
}

std::string finding(std::size_t n, const FindingText& f) {
  std::string out = fmt::format(
      "<section id=\"f{0}\"><h2>{0}. <span class=\"{1}\">{1}</span>: {2}</h2><p>{3}.{4}{5} <span "
      "class=\"faint\">Breaks: {6}; "
      "{7}. <code>{8}</code></span></p>\n",
      n, f.level, xml_text(f.rule),
      xml_text(f.sentence + (f.detail.empty() ? "" : ": " + f.detail)),
      f.waived.empty() ? "" : " Waived: ", xml_text(f.waived), xml_text(f.who),
      xml_text(f.direction), f.fingerprint);
  if (!f.calls.empty()) {
    out += "<table><tr><th>call</th><th>old</th><th>new</th></tr>\n";
    for (std::size_t i = 0; i < f.calls.size(); ++i) {
      const CallText& c = f.calls[i];
      out += fmt::format(
          "<tr class=\"{}\"><td><code title=\"{}\">{}</code></td><td>{}</td><td>{}</td></tr>\n",
          i + 1 == f.calls.size() ? "differs"
          : c.is_cause            ? "cause"
                                  : "",
          xml_text(c.full), xml_text(c.call), ends(c.old_ends), ends(c.new_ends));
    }
    out += "</table>\n";
  }
  if (!f.run.empty()) {
    out += "<pre>";
    for (const std::string& one : f.run)
      out += xml_text(one) + '\n';
    out += "</pre>\n";
  }
  if (!f.old_clauses.empty() || !f.new_clauses.empty())
    out += fmt::format(
        "<p>Decided "
        "by</p><table><tr><th>old</th><th>new</th></tr><tr><td>{}</td><td>{}</td></tr></table>\n",
        clauses(f.old_clauses), clauses(f.new_clauses));
  return out + "</section>\n";
}

}  // namespace

std::string render_html(const DiffText& d) {
  const std::string title = xml_text(d.old.name + " → " + d.now.name);
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>{0}</title><style>{1}</style></head><body>\n<h1>{0}</"
      "h1><p><b>{2}</b></p>\n<ol>\n",
      title, kStyle, xml_text(d.sentence));
  std::size_t n = 0;
  for (const FindingText& f : d.findings)
    out += fmt::format("<li><a href=\"#f{}\"><span class=\"{}\">{}</span> {}</a></li>\n", ++n,
                       f.level, f.level, xml_text(f.sentence));
  out += "</ol>\n";
  n = 0;
  for (const FindingText& f : d.findings)
    out += finding(++n, f);
  if (d.properties_asked) {
    out +=
        "<section><h2>Properties</h2><table><tr><th>property</th><th></th><th>old</th><th>new</"
        "th></tr>\n";
    for (const PropertyText& p : d.properties)
      if (p.change != "kept")
        out += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                           xml_text(p.name), p.change, p.old_verdict, p.new_verdict);
    out += "</table></section>\n";
  }
  out += "<section><h2>Calls</h2><table><tr><th>call</th><th>verdict</th><th></th></tr>\n";
  for (const DiffText::Action& a : d.actions)
    out += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
                       xml_text(a.name), a.verdict,
                       xml_text(a.reason + (a.same_steps       ? ""
                                            : a.reason.empty() ? "other steps"
                                                               : "; other steps")));
  out += "</table><dl>\n";
  for (const auto& [name, value] : d.params)
    out += fmt::format("<dt><code>{}</code></dt><dd>{}</dd>\n", xml_text(name), xml_text(value));
  for (const SideHeading* side : {&d.old, &d.now}) {
    out += fmt::format("<dt>{}</dt><dd><code>{} {}</code>", xml_text(side->name), side->hash,
                       side->revision);
    for (const std::string& link : side->links)
      if (link.starts_with("https://") || link.starts_with("http://"))
        out += fmt::format(" <a href=\"{0}\">{0}</a>", xml_text(link));
    out += "</dd>\n";
  }
  return out + "</dl></section></body></html>\n";
}

}  // namespace gms::diff
