#include "flow/render_explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/fingerprint.h"
#include "checker/interleave/lanes.h"
#include "ir/text/print.h"
#include "ir/type.h"

namespace gms::flow {
namespace {

using base::Tone;
using Verdict = ExploreVerdict;

const char* name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds: return "holds";
    case Verdict::kRefuted: return "refuted";
    case Verdict::kReached: return "reached";
    case Verdict::kNotReached: return "not reached";
    case Verdict::kOpen: return "unknown";
    case Verdict::kUndetermined: return "unknown";
    case Verdict::kUnchecked: return "not checked";
  }
  return "";
}

const char* kind(const Explored& e, const ExploredProperty& p) {
  if (p.property == ir::kNoId) return "deadlock";
  switch (e.module->properties[p.property].kind) {
    case ir::PropertyKind::kInvariant: return "invariant";
    case ir::PropertyKind::kLemma: return "lemma";
    case ir::PropertyKind::kTwoState: return "property";
    case ir::PropertyKind::kLaw: return "law";
    case ir::PropertyKind::kCover: return "cover";
  }
  return "";
}

std::string title(const Explored& e, const ExploredProperty& p) {
  return p.property == ir::kNoId ? "none" : e.module->properties[p.property].name;
}

bool expected(const Explored& e, const ExploredProperty& p) {
  return p.property != ir::kNoId && e.module->properties[p.property].expect_refuted;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : ", ") + word;
  return out;
}

/// The domains and sorts that matter to what was explored, with their bounds.
std::vector<std::string> bounds_of(const Explored& e) {
  const ir::Module& m = *e.module;
  std::vector<std::string> out;
  for (ir::DomainId d = 0; d < m.domains.size(); ++d) {
    std::string text = fmt::format("{} {}", m.domains[d].name, e.bounds.handles[d]);
    if (e.bounds.at_start[d] != 0)
      text += e.bounds.at_start[d] == e.bounds.handles[d]
                  ? " from the start"
                  : fmt::format(" ({} from the start)", e.bounds.at_start[d]);
    out.push_back(text);
  }
  for (ir::IndexSortId s = 0; s < m.index_sorts.size(); ++s)
    out.push_back(fmt::format("{} {}", m.index_sorts[s].name, e.bounds.sorts[s]));
  for (ir::StateId s = 0; s < m.states.size(); ++s)
    if (e.bounds.largest[s])
      out.push_back(fmt::format("{} <= {}", m.states[s].name, *e.bounds.largest[s]));
  return out;
}

/// "p 0..2": the values that were tried of each argument that is no object.
std::vector<std::string> arguments_of(const Explored& e, ir::ActionId a) {
  const ir::Module& m = *e.module;
  const ir::Action& action = m.actions[a];
  std::vector<std::string> out;
  for (std::size_t i = 0; i < action.params.size(); ++i) {
    const ir::Local& param = action.locals[action.params[i]];
    if (param.type.kind == ir::TypeKind::kHandle) continue;
    std::string list;
    for (const auto& v : e.bounds.values[a][i])
      list += (list.empty() ? "" : ",") +
              (v ? ir::value_text(m, ir::value_of(param.type), *v) : std::string("none"));
    out.push_back(param.name + ' ' + list);
  }
  return out;
}

/// Calls given up, by what they ran into.
std::vector<std::string> cuts_of(const Explored& e) {
  std::vector<std::string> out;
  for (std::size_t r = 0; r < e.found.cut_by.size(); ++r) {
    if (e.found.cut_by[r] == 0) continue;
    out.push_back(fmt::format("{} ({} {})", e.reasons.at(r), e.found.cut_by[r],
                              e.found.cut_by[r] == 1 ? "call" : "calls"));
  }
  return out;
}

std::vector<std::string> left_out_of(const Explored& e) {
  std::vector<std::string> out;
  for (ir::StateId s = 0; s < e.module->states.size(); ++s)
    if (!e.layout.fields[s].kept) out.push_back(e.module->states[s].name);
  return out;
}

std::string scope_text(const Explored& e) {
  const std::string bounds = joined(bounds_of(e));
  std::string out = "with " + bounds + (bounds.empty() ? "" : " and ") + "the arguments listed";
  out += e.found.cuts == 0 ? "; no call ran into a bound"
                           : fmt::format("; {} calls ran into a bound", e.found.cuts);
  const auto left_out = left_out_of(e);
  if (!left_out.empty()) out += "; left out: " + joined(left_out);
  return out;
}

std::string summary(const Explored& e) {
  std::size_t good = 0, checked = 0, refuted = 0, unknown = 0, unchecked = 0;
  for (const ExploredProperty& p : e.properties) {
    if (p.verdict == Verdict::kUnchecked) {
      ++unchecked;
      continue;
    }
    ++checked;
    if (p.verdict == Verdict::kRefuted && !expected(e, p)) ++refuted;
    if (p.verdict == Verdict::kOpen || p.verdict == Verdict::kUndetermined) ++unknown;
    if (p.verdict == Verdict::kHolds || p.verdict == Verdict::kReached ||
        p.verdict == Verdict::kNotReached || (p.verdict == Verdict::kRefuted && expected(e, p)))
      ++good;
  }
  std::string text;
  const bool complete = e.found.ending == check::ExhaustEnding::kComplete;
  const std::string states = complete ? fmt::format("all {} states", e.found.states)
                                      : fmt::format("the {} states visited", e.found.states);
  if (!e.disagreement().empty())
    text = "INTERNAL ERROR: the program and the interpreter disagree";
  else if (refuted != 0)
    text = fmt::format("{} of {} properties refuted", refuted, checked);
  else if (e.found.ending == check::ExhaustEnding::kMemory)
    text = fmt::format("unknown: the memory was full after {} states, at depth {}", e.found.states,
                       e.found.depth);
  else if (unknown != 0)
    text = fmt::format("unknown: {} of {} properties", unknown, checked);
  else if (checked == 0)
    text = fmt::format("no property was checked on {}", states);
  else
    text = fmt::format("{} of {} properties as expected on {}", good, checked, states);
  if (unchecked != 0) text += fmt::format("; {} not checked", unchecked);
  return text + ", " + scope_text(e);
}

std::string calls_of(const Explored& e, const check::Run& run) {
  return e.stepwise ? check::lanes_text(*e.stepwise, run) : check::run_text(*e.module, run);
}

std::string run_of(const Explored& e, const ExploredProperty& p, base::Style style) {
  const bool cover = p.verdict == Verdict::kReached;
  std::string out =
      style.paint(Tone::kStrong, (p.property == ir::kNoId ? "deadlock" : title(e, p)) + ":");
  out += cover ? " reached" : expected(e, p) ? " refuted, as expected:" : " refuted:";
  out += '\n';
  if (expected(e, p)) out += "  " + e.module->properties[p.property].reason + '\n';
  const std::size_t calls = p.run->run.calls.size();
  if (calls == 0) {
    out += "  in the first state\n";
  } else {
    const std::string unit = e.stepwise ? "step" : "call";
    out += fmt::format("  a run of {} {}{}, none is shorter", calls, unit, calls == 1 ? "" : "s");
    if (p.property == ir::kNoId)
      out += e.stepwise ? "; after it no call that is under way can go on"
                        : "; after it no call changes anything";
    else if (!p.run->at.empty())
      out += "; at " + p.run->at;
    out += ":\n";
  }
  const std::string text = calls_of(e, p.run->run);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += "    " + text.substr(at, end - at) + '\n';
    at = end + 1;
  }
  if (!p.run->difference.empty())
    out +=
        "  INTERNAL ERROR: the program and the interpreter disagree: " + p.run->difference + '\n';
  return out;
}

}  // namespace

std::string render_text(const Explored& e, base::Style style, bool times, bool details) {
  const ir::Module& m = *e.module;
  std::string out =
      m.name +
      (e.stepwise
           ? ": every state of a bounded system, in which calls overlap, step by step\n"
           : ": every state of a bounded system, in which calls are made one after another\n");
  const std::string params = check::valuation_text(m, e.valuation);
  if (!params.empty()) out += "  with       " + params + '\n';
  const auto bounds = bounds_of(e);
  if (!bounds.empty()) out += "  bounds     " + joined(bounds) + '\n';
  std::size_t called = 0;
  bool head = true;
  for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
    if (!e.bounds.actions[a]) continue;
    ++called;
    const auto arguments = arguments_of(e, a);
    if (arguments.empty()) continue;
    out += fmt::format("  {:<10} {}: {}\n", head ? "arguments" : "", m.actions[a].name,
                       joined(arguments));
    head = false;
  }
  if (called != m.actions.size()) {
    std::vector<std::string> names;
    for (ir::ActionId a = 0; a < m.actions.size(); ++a)
      if (e.bounds.actions[a]) names.push_back(m.actions[a].name);
    out += "  calls      " + joined(names) + '\n';
  }
  const auto left_out = left_out_of(e);
  if (!left_out.empty()) out += "  left out   " + joined(left_out) + ": never decide anything\n";
  for (const std::string& cut : cuts_of(e))
    out += "  cut        " + cut + '\n';
  out += fmt::format("  found      {} states, {} transitions ({} change nothing), depth {}{}\n",
                     e.found.states, e.found.transitions, e.found.loops, e.found.depth,
                     e.layout.bits == 0 ? "" : fmt::format(", {} bits a state", e.layout.bits));
  if (times) {
    out += fmt::format(
        "  took       {:.2f} s ({:.2f} s of CPU: {:.2f} M states/s), {:.1f} bytes a state; {}\n",
        e.found.seconds, e.found.cpu_seconds,
        static_cast<double>(e.found.states) / std::max(e.found.cpu_seconds, 1e-6) * 1e-6,
        static_cast<double>(e.found.bytes) / static_cast<double>(e.found.states),
        e.cached ? "compiled before" : fmt::format("compiled in {:.1f} s", e.compile_seconds));
  }
  out += '\n';
  std::size_t names = 28;
  for (const ExploredProperty& p : e.properties)
    names = std::max(names, title(e, p).size());
  for (const ExploredProperty& p : e.properties) {
    const bool bad = p.verdict == Verdict::kRefuted && !expected(e, p);
    const bool open = p.verdict == Verdict::kOpen || p.verdict == Verdict::kUndetermined;
    const Tone tone = bad ? Tone::kError : open ? Tone::kWarning : Tone::kGood;
    std::string line = fmt::format("  {:<9} {:<{}} ", kind(e, p), title(e, p), names);
    line += style.paint(tone, fmt::format("{}", name(p.verdict)));
    if (p.verdict == Verdict::kRefuted && expected(e, p)) line += ", as expected";
    if (p.verdict == Verdict::kHolds && expected(e, p))
      line += ", though it is expected to be refuted";
    if (p.verdict == Verdict::kOpen) line += fmt::format(": true up to depth {}", e.found.depth);
    if (p.verdict == Verdict::kUndetermined) line += ": a bound kept it from being evaluated";
    if (p.verdict == Verdict::kUnchecked) line += ": " + p.why;
    out += line + '\n';
  }
  for (const ExploredProperty& p : e.properties) {
    if (!p.run || (p.verdict == Verdict::kReached && !details && p.run->difference.empty()))
      continue;
    out += '\n' + run_of(e, p, style);
  }
  std::vector<std::string> never;
  if (e.found.ending == check::ExhaustEnding::kComplete) {
    for (ir::ClauseId c = 0; c < m.clauses.size(); ++c) {
      const ir::Clause& clause = m.clauses[c];
      if (e.found.fired[c] || clause.action == ir::kNoId || !e.bounds.actions[clause.action])
        continue;
      never.push_back(m.actions[clause.action].name + '.' + clause.label);
    }
  }
  if (details && !never.empty()) out += "\nnever taken: " + joined(never) + '\n';
  return out + '\n' + summary(e) + '\n';
}

std::string render_json(const Explored& e, bool times) {
  using Json = nlohmann::ordered_json;
  const ir::Module& m = *e.module;
  Json j;
  j["spec"] = m.name;
  j["digest"] = base::hex(base::fingerprint(ir::print(m, {.spans = false})));
  j["parameters"] = check::valuation_text(m, e.valuation, true);
  Json bounds = Json::object();
  for (ir::DomainId d = 0; d < m.domains.size(); ++d)
    bounds[m.domains[d].name] = e.bounds.handles[d];
  for (ir::IndexSortId s = 0; s < m.index_sorts.size(); ++s)
    bounds[m.index_sorts[s].name] = e.bounds.sorts[s];
  for (ir::StateId s = 0; s < m.states.size(); ++s)
    if (e.bounds.largest[s]) bounds[m.states[s].name] = *e.bounds.largest[s];
  j["bounds"] = bounds;
  Json start = Json::object();
  for (ir::DomainId d = 0; d < m.domains.size(); ++d)
    if (e.bounds.at_start[d] != 0) start[m.domains[d].name] = e.bounds.at_start[d];
  j["start"] = start;
  Json calls = Json::object();
  for (ir::ActionId a = 0; a < m.actions.size(); ++a)
    if (e.bounds.actions[a]) calls[m.actions[a].name] = arguments_of(e, a);
  j["calls"] = calls;
  j["left_out"] = left_out_of(e);
  j["cut"] = cuts_of(e);
  j["symmetry"] = e.bounds.symmetry;
  j["complete"] = e.found.ending == check::ExhaustEnding::kComplete;
  j["states"] = e.found.states;
  j["transitions"] = e.found.transitions;
  j["loops"] = e.found.loops;
  j["depth"] = e.found.depth;
  j["bits"] = e.layout.bits;
  if (times) {
    j["seconds"] = e.found.seconds;
    j["cpu_seconds"] = e.found.cpu_seconds;
    j["compile_seconds"] = e.compile_seconds;
    j["compiled_before"] = e.cached;
    j["bytes"] = e.found.bytes;
  }
  Json list = Json::array();
  for (const ExploredProperty& p : e.properties) {
    Json one;
    one["kind"] = kind(e, p);
    one["name"] = title(e, p);
    one["verdict"] = name(p.verdict);
    one["expected"] = expected(e, p) ? "refuted" : "holds";
    if (!p.why.empty()) one["why"] = p.why;
    if (p.run) {
      one["calls"] = p.run->run.calls.size();
      one["at"] = p.run->at;
      one["run"] = calls_of(e, p.run->run);
      if (!p.run->difference.empty()) one["disagreement"] = p.run->difference;
    }
    list.push_back(std::move(one));
  }
  j["properties"] = list;
  j["verdict"] = summary(e);
  j["exit_status"] = static_cast<int>(e.status());
  return j.dump(2) + '\n';
}

}  // namespace gms::flow
