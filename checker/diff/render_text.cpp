// Text to be quoted in a mail: ASCII, at most 72 columns, a call never broken.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "checker/diff/report.h"

namespace gms::diff {
namespace {

constexpr std::size_t kWidth = 72, kMaxCalls = 8;

/// One line of it; what does not fit is left out, and that is said.
std::string line(const std::string& text) {
  std::string ascii;
  for (const char c : base::printable(text))
    ascii += static_cast<unsigned char>(c) < 128 ? c : '?';
  if (ascii.size() > kWidth) ascii = ascii.substr(0, kWidth - 3) + "...";
  return ascii + '\n';
}

/// Words in lines; `first` stands before the first line.
std::string filled(const std::string& first, const std::string& text) {
  std::string out, now = first;
  const std::string indent(first.size(), ' ');
  bool empty = true;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!empty && now.size() + 1 + word.size() > kWidth) {
      out += line(now);
      now = indent;
      empty = true;
    }
    if (!empty) now += ' ';
    now += word;
    empty = false;
    at = end + 1;
  }
  return out + line(now);
}

std::string joined(const std::vector<std::string>& words, const char* between = ", ") {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : between) + word;
  return out;
}

std::string labels(const std::vector<ClauseText>& clauses) {
  std::vector<std::string> names;
  for (const ClauseText& c : clauses)
    if (std::find(names.begin(), names.end(), c.label) == names.end()) names.push_back(c.label);
  return names.empty() ? "-" : joined(names);
}

/// A call that is too long loses arguments, the last ones first.
std::string call_line(std::string text, std::size_t room) {
  if (text.size() <= room) return text;
  while (text.size() + 5 > room) {
    const std::size_t comma = text.rfind(", ");
    if (comma == std::string::npos) return text;
    text.resize(comma);
  }
  return text + ", ..)";
}

std::string witness(const FindingText& f) {
  std::string out;
  const std::size_t skipped = f.calls.size() > kMaxCalls ? f.calls.size() - kMaxCalls : 0;
  if (skipped > 0) out += line(fmt::format("     ({} calls before)", skipped));
  for (std::size_t i = skipped; i < f.calls.size(); ++i) {
    const CallText& c = f.calls[i];
    const bool last = i + 1 == f.calls.size();
    const std::string after = last              ? ""
                              : c.is_cause      ? "  <- leaves a difference"
                              : c.ended.empty() ? ""
                                                : " = " + c.ended;
    out += line("     " + call_line(c.call, kWidth - 5 - after.size()) + after);
    if (!last) continue;
    for (const bool is_old : {true, false}) {
      const auto& ends = is_old ? c.old_ends : c.new_ends;
      const char* side = is_old ? "old" : "new";
      if (ends.empty()) out += line(fmt::format("       {}: has no outcome", side));
      for (std::size_t e = 0; e < ends.size() && e < 4; ++e)
        out +=
            line(fmt::format("       {} {}", e == 0 ? std::string(side) + ":" : "  or", ends[e]));
      if (ends.size() > 4) out += line(fmt::format("         or {} more", ends.size() - 4));
    }
  }
  return out;
}

std::string finding(std::size_t n, const FindingText& f, const Rendering& how) {
  std::string head = fmt::format("{:2}. {}: {}", n, f.level, f.rule);
  if (!f.waived.empty()) head += " (waived)";
  const std::string mark = '[' + f.fingerprint + ']';
  if (head.size() + mark.size() + 1 < kWidth)
    head += std::string(kWidth - head.size() - mark.size(), ' ') + mark;
  std::string out = line(head);
  std::string sentence = f.sentence;
  if (!f.detail.empty()) sentence += ": " + f.detail;
  out += filled("    ", sentence + '.');
  out += witness(f);
  for (const std::string& one : f.run)
    out += line("     " + call_line(one, kWidth - 5));
  std::vector<std::string> functions;
  for (const auto* side : {&f.old_clauses, &f.new_clauses})
    for (const ClauseText& c : *side)
      if (!c.function.empty() &&
          std::find(functions.begin(), functions.end(), c.function) == functions.end())
        functions.push_back(c.function);
  if (!f.old_clauses.empty() || !f.new_clauses.empty())
    out += filled("    ",
                  fmt::format("clauses: {} -> {}", labels(f.old_clauses), labels(f.new_clauses)));
  if (functions.size() > 3) functions.resize(3);
  if (!functions.empty()) out += filled("    ", "kernel: " + joined(functions));
  if (f.kind != "declaration")
    out += filled("    ", fmt::format("breaks: {}; {}", f.who, f.direction));
  if (!f.waived.empty()) out += filled("    ", "waived: " + f.waived);
  if (how.details)
    for (const bool is_old : {true, false})
      for (const ClauseText& c : is_old ? f.old_clauses : f.new_clauses)
        out += line(
            fmt::format("    {} {} [{}] {}", is_old ? "old" : "new", c.label, c.evidence, c.place));
  return out + '\n';
}

std::string footer(const DiffText& d, const Rendering& how) {
  std::string out = "--\n";
  std::map<std::string, std::vector<std::string>> by_verdict;
  std::size_t steps = 0;
  for (const DiffText::Action& a : d.actions) {
    by_verdict[a.verdict].push_back(a.name);
    steps += a.same_steps;
  }
  const auto count = [&](const char* verdict) { return by_verdict[verdict].size(); };
  out += filled(
      "calls:   ",
      fmt::format("{} in both; {} the same text, {} proved equivalent, {} differ, {} unknown",
                  d.actions.size(), count("the same text"), count("proved equivalent"),
                  count("differs"), count("unknown")));
  for (const DiffText::Action& a : d.actions)
    if (a.verdict == "unknown")
      out += filled("         ", fmt::format("unknown {}: {}", a.name, a.reason));
  if (how.details)
    for (const DiffText::Action& a : d.actions)
      out += line(
          fmt::format("         {}: {}{}", a.name, a.verdict, a.same_steps ? "" : "; other steps"));
  if (!d.not_compared.empty())
    out += filled("         ", "not compared: " + joined(d.not_compared));
  std::vector<std::string> params;
  for (const auto& [name, value] : d.params)
    params.push_back(name + '=' + value);
  out += filled(
      "scope:   ",
      "calls that run alone, from the fresh system, files of any size, any number of objects" +
          (params.empty() ? "" : "; " + joined(params)));
  if (steps < d.actions.size())
    out += filled(
        "         ",
        fmt::format("overlapping calls: the steps or locks of {} of the calls are others; {}",
                    d.actions.size() - steps,
                    d.steps == 0 ? "nothing is known of that"
                                 : fmt::format("of what that means only invariants were "
                                               "looked at, in {} steps of calls that "
                                               "overlap",
                                               d.steps)));
  out += filled("without: ",
                "what the specs do not model (spec/README.md); what follows a call that ends "
                "differently, or one "
                "that only one version has");
  if (!d.apart.empty())
    out += filled("hidden:  ", "may differ after calls that end alike: " + joined(d.apart));
  if (d.calls > 0)
    out += filled(
        "looked:  ",
        fmt::format(
            "{} calls, {} states, {} calls deep; shown are the shortest runs found, each made "
            "again on both",
            d.calls, d.states, d.depth));
  for (const SideHeading* side : {&d.old, &d.now})
    out += line(fmt::format("{}     {} {}{}", side == &d.old ? "old: " : "new: ", side->name,
                            side->hash, side->revision.empty() ? "" : " at " + side->revision));
  if (how.times)
    out += line(fmt::format("took:     {:.1f} s searching, {:.1f} s proving", d.look_seconds,
                            d.prove_seconds));
  if (!d.command.empty()) out += line("made by:  " + d.command);
  return out;
}

std::string properties(const DiffText& d) {
  std::string out;
  for (const PropertyText& p : d.properties) {
    if (p.change == "kept") continue;
    out += filled("    ", fmt::format("{} {}: {} -> {}{}", p.change, p.name, p.old_verdict,
                                      p.new_verdict, p.why.empty() ? "" : "; " + p.why));
    for (const std::string& call : p.run)
      out += line("     " + call_line(call, kWidth - 5));
  }
  const auto kept = std::count_if(d.properties.begin(), d.properties.end(),
                                  [](const PropertyText& p) { return p.change == "kept"; });
  return line(fmt::format("properties ({} kept)", kept)) + out + '\n';
}

}  // namespace

std::string render_text(const DiffText& d, const Rendering& how) {
  std::string out = filled("", fmt::format("{} -> {}: {}", d.old.name, d.now.name, d.sentence));
  out += '\n';
  std::size_t n = 0;
  for (const FindingText& f : d.findings)
    out += finding(++n, f, how);
  if (d.properties_asked) out += properties(d);
  for (const ExpectationText& e : d.expectations)
    out += filled("    ", fmt::format("{}: {}{}", e.met ? "as expected" : "NOT as expected", e.what,
                                      e.why.empty() ? "" : " (" + e.why + ')'));
  if (!d.expectations.empty()) out += '\n';
  return out + footer(d, how);
}

}  // namespace gms::diff
