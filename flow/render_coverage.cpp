// The report of `gmemspec coverage` as text, JSON and a page.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "flow/coverage.h"

namespace gms::flow {
namespace {

using Json = nlohmann::ordered_json;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// What is to be shown on one line of the spec.
struct LineCoverage {
  std::size_t all = 0, shown = 0;
  std::uint64_t count = 0;  // how often its clauses were left by
  std::vector<std::string> open;
};

constexpr std::string_view kStyle =
    "body{font:14px/1.4 system-ui,sans-serif;margin:2em;max-width:120em}"
    "pre{margin:0}table.spec{border-collapse:collapse;font:12px/1.5 monospace}"
    "table.spec td{padding:0 .6em;white-space:pre-wrap;vertical-align:top}"
    "td.n{text-align:right;color:#888;user-select:none}"
    "tr.all td.t{background:#dff3df}tr.some td.t{background:#fbf3cf}tr.none "
    "td.t{background:#f8dcdc}"
    "table.sum td,table.sum th{padding:.1em 1em .1em 0;text-align:right}"
    "@media (prefers-color-scheme:dark){body{background:#161616;color:#ddd}"
    "tr.all td.t{background:#173817}tr.some td.t{background:#3c3512}tr.none "
    "td.t{background:#451d1d}}";

}  // namespace

std::string render_text(const CoverageReport& report, bool details) {
  std::string out = fmt::format("{}: {} of {} traces conform and count\n", report.spec,
                                report.conforming, report.traces);
  out +=
      fmt::format("  {:<10} {:>6} {:>6} {:>5}{}\n", "criterion", "shown", "of", "%",
                  report.vectors != 0 ? fmt::format("  the {} vectors add", report.vectors) : "");
  for (const CoverageCount& one : report.counts) {
    out += fmt::format("  {:<10} {:>6} {:>6} {:>5.1f}", one.criterion, one.shown, one.all,
                       one.all == 0
                           ? 100.0
                           : 100.0 * static_cast<double>(one.shown) / static_cast<double>(one.all));
    out += report.vectors != 0 ? fmt::format("  {}\n", one.added) : "\n";
  }
  const auto list = [&](std::string_view title, const std::vector<std::string>& names) {
    if (names.empty()) return;
    out += fmt::format("{} ({}):", title, names.size());
    std::size_t width = 80;
    for (const std::string& name : names) {
      width += name.size() + 1;
      if (width > 78) out += "\n ", width = name.size() + 2;
      out += ' ' + name;
    }
    out += '\n';
  };
  list("never called", report.uncalled);
  list("claims about them, which these traces could not test", report.untested);
  if (!details) return out;
  out += "\nnot shown:\n";
  for (const CoverageItem& item : report.items)
    if (item.count == 0)
      out += fmt::format("  {:<10} {}{}\n", item.criterion, item.text,
                         item.added ? "  [a vector shows it]" : "");
  return out;
}

std::string render_json(const CoverageReport& report, const base::SourceSet& sources) {
  Json out{{"spec", report.spec},
           {"traces", report.traces},
           {"conforming", report.conforming},
           {"vectors", report.vectors}};
  out["criteria"] = Json::array();
  for (const CoverageCount& one : report.counts)
    out["criteria"].push_back({{"criterion", one.criterion},
                               {"requirements", one.all},
                               {"shown", one.shown},
                               {"added_by_vectors", one.added}});
  out["never_called"] = report.uncalled;
  out["untested_claims"] = report.untested;
  out["requirements"] = Json::array();
  for (const CoverageItem& item : report.items) {
    Json one{{"criterion", item.criterion}, {"what", item.text}, {"count", item.count}};
    if (item.added) one["added_by_vectors"] = true;
    if (item.place.has_place()) {
      const base::SourceFile& file = sources.file(item.place.file);
      one["file"] = std::filesystem::path(file.name()).filename().string();
      one["line"] = file.position(item.place.begin).line;
    }
    out["requirements"].push_back(std::move(one));
  }
  return out.dump(2) + '\n';
}

std::string render_html(const CoverageReport& report, const base::SourceSet& sources) {
  std::map<base::FileId, std::map<std::uint64_t, LineCoverage>> lines;
  for (const CoverageItem& item : report.items) {
    if (!item.place.has_place()) continue;
    LineCoverage& line =
        lines[item.place.file][sources.file(item.place.file).position(item.place.begin).line];
    ++line.all;
    line.shown += item.count != 0;
    if (item.criterion == "clause") line.count += item.count;
    if (item.count == 0) line.open.push_back(item.text);
  }
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>{0}: "
      "coverage</title>\n"
      "<style>{1}</style></head><body>\n<h1>{0}</h1>\n<p>{2} of {3} traces conform and count.</p>\n"
      "<table class=\"sum\"><tr><th>criterion</th><th>shown</th><th>of</th></tr>\n",
      escaped(report.spec), kStyle, report.conforming, report.traces);
  for (const CoverageCount& one : report.counts)
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", one.criterion, one.shown,
                       one.all);
  out +=
      "</table>\n<p>Green: all that stands on the line is shown. Yellow: some. Red: nothing. The "
      "number is how often a call left there. What is open shows when the pointer rests on a "
      "line.</p>\n";
  for (const auto& [id, covered] : lines) {
    const base::SourceFile& file = sources.file(id);
    out += fmt::format("<h2>{}</h2>\n<table class=\"spec\">\n",
                       escaped(std::filesystem::path(file.name()).filename().string()));
    std::uint64_t number = 0;
    std::string_view rest = file.text();
    while (!rest.empty()) {
      const std::size_t feed = rest.find('\n');
      const std::string_view text = rest.substr(0, feed);
      rest = feed == std::string_view::npos ? std::string_view() : rest.substr(feed + 1);
      const auto at = covered.find(++number);
      if (at == covered.end()) {
        out += fmt::format("<tr><td class=\"n\">{}</td><td></td><td class=\"t\">{}</td></tr>\n",
                           number, escaped(text));
        continue;
      }
      const LineCoverage& line = at->second;
      std::string open;
      for (const std::string& one : line.open)
        open += (open.empty() ? "" : "&#10;") + escaped(one);
      out += fmt::format(
          "<tr class=\"{}\" title=\"{}\"><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"t\">{}</td></tr>\n",
          line.shown == line.all ? "all"
          : line.shown == 0      ? "none"
                                 : "some",
          open, number, line.count == 0 ? "" : std::to_string(line.count), escaped(text));
    }
    out += "</table>\n";
  }
  return out + "</body></html>\n";
}

}  // namespace gms::flow
