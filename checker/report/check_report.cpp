#include "checker/report/check_report.h"

#include <algorithm>
#include <map>

#include "checker/report/print.h"
#include "ir/type.h"

namespace gms::check {
namespace {

constexpr std::size_t kMaxOrder = 20;  // calls of an order that worked
constexpr std::size_t kMaxHistory =
    9;  // events; a longer shortest prefix is listed by its lines only

std::string clause_owner(const ir::Module& module, const ir::Clause& clause) {
  if (clause.action != ir::kNoId) return module.actions[clause.action].name;
  return clause.proc != ir::kNoId ? module.procs[clause.proc].name : "";
}

std::string value_of_observed(const ir::Action& action, const Seen& one, const Printer& printer,
                              const Datum& value) {
  const ir::Local& output = action.locals[action.outputs[one.output]];
  return output.name + '=' + printer.value(output.type, value, output.name, action.name);
}

/// Outputs that are none say nothing in a line that is long already, unless they are what is wrong.
std::string got_text(const ir::Module& module, const Mismatch& mismatch, const Printer& printer) {
  const ir::Action& action = module.actions[mismatch.call->action];
  std::string result, outputs;
  for (std::size_t i = 0; i < mismatch.observed.size(); ++i) {
    const Seen& one = mismatch.observed[i];
    if (one.output == ir::kNoId) {
      result = ", " + printer.errno_name(one.value.bits);
      continue;
    }
    const bool undisputed = std::all_of(mismatch.allowed.begin(), mismatch.allowed.end(),
                                        [&](const Allowed& allowed) { return allowed.agrees[i]; });
    if (is_none(one.value) && undisputed) continue;
    outputs += ", " + value_of_observed(action, one, printer, one.value);
  }
  const std::string text = result + outputs;
  return text.empty() ? "nothing that can be compared" : text.substr(2);
}

AllowedReport allowed_report(const ir::Module& module, const Mismatch& mismatch,
                             const Allowed& allowed, const Printer& printer) {
  const ir::Clause& clause = module.clauses[allowed.clause];
  const ir::Action& action = module.actions[mismatch.call->action];
  AllowedReport report;
  // Outputs that were not observed are left out: they cannot be what is wrong.
  report.outcome = printer.errno_name(allowed.result);
  std::string absent;
  for (std::size_t i = 0; i < mismatch.observed.size(); ++i) {
    const Seen& one = mismatch.observed[i];
    if (one.output == ir::kNoId) {
      if (!allowed.agrees[i]) report.differs.push_back(printer.errno_name(allowed.result));
      continue;
    }
    const Datum& value = allowed.outputs[one.output];
    const std::string text = value_of_observed(action, one, printer, value);
    if (!is_none(value)) report.outcome += ", " + text;
    if (allowed.agrees[i]) continue;
    report.differs.push_back(text);
    if (is_none(value)) absent += ", " + text;
  }
  const bool only_absent =
      std::all_of(report.differs.begin(), report.differs.end(),
                  [](const std::string& text) { return text.ends_with("=none"); });
  if (only_absent) report.outcome += absent;
  report.label = clause.label;
  report.action = clause_owner(module, clause);
  report.cite = clause.cite;
  report.doc = clause.doc;
  return report;
}

WindowReport window_report(const Finding& finding, const ir::Module& module,
                           const NameTable& names) {
  const WindowFinding& window = *finding.window;
  const Stuck& stuck = window.stuck;
  const Printer printer(module, names, finding.mismatch.before.names);
  const Decoded& event = window.events[stuck.event];
  WindowReport report;
  report.events = window.events.size();
  report.configurations = stuck.configurations;
  const auto needed = [&](std::uint32_t i) {
    return std::find(stuck.core.begin(), stuck.core.end(), i) != stuck.core.end();
  };
  const std::uint64_t zero = *window.events.front().begin;
  for (std::uint32_t i = 0; i < window.events.size(); ++i) {
    const Decoded& one = window.events[i];
    if (!needed(i) && (*one.end < *event.begin || *one.begin > *event.end)) continue;
    report.calls.push_back(
        {one.line, one.tid, *one.begin - zero, *one.end - zero, printer.event(one), needed(i)});
  }
  const std::size_t skipped =
      stuck.longest.size() > kMaxOrder ? stuck.longest.size() - kMaxOrder : 0;
  for (std::size_t i = skipped; i < stuck.longest.size(); ++i) {
    const ir::Clause& clause = module.clauses[stuck.longest[i].clause];
    report.order.push_back({window.events[stuck.longest[i].event].line,
                            clause_owner(module, clause) + '.' + clause.label});
  }
  for (const std::uint32_t i : stuck.core)
    report.needed.push_back(window.events[i].line);
  std::sort(report.needed.begin(), report.needed.end());
  if (stuck.torn) {
    report.torn = TornReport{stuck.torn->one, stuck.torn->other, {}};
    for (const std::uint32_t i : stuck.torn->cycle)
      report.torn->cycle.push_back(window.events[i].line);
  }
  return report;
}

FindingReport finding_report(const Finding& finding, const ir::Module& module,
                             const NameTable& names) {
  const Mismatch& mismatch = finding.mismatch;
  const Printer printer(module, names, mismatch.before.names);
  FindingReport report;
  report.line = finding.event.line;
  report.seq = finding.event.seq;
  report.op = finding.event.event().op;
  report.event = printer.event(finding.event);
  report.call = printer.call(mismatch.call->action, mismatch.args);
  report.got = got_text(module, mismatch, printer);
  report.source = finding.event.text;
  report.exact = finding.exact;
  if (finding.window != nullptr) report.window = window_report(finding, module, names);
  for (const Allowed& allowed : mismatch.allowed) {
    AllowedReport one = allowed_report(module, mismatch, allowed, printer);
    one.nearest = &allowed == &mismatch.allowed[mismatch.nearest];
    if (!report.weakest || one.cite.evidence > *report.weakest) report.weakest = one.cite.evidence;
    const auto same =
        std::find_if(report.allowed.begin(), report.allowed.end(), [&](const AllowedReport& other) {
          return other.outcome == one.outcome && other.label == one.label;
        });
    if (same == report.allowed.end()) {
      report.allowed.push_back(std::move(one));
    } else {
      same->nearest = same->nearest || one.nearest;
    }
  }
  return report;
}

void add_explanation(FindingReport& report, const Finding& finding, const Explanation& explanation,
                     const ir::Module& module, const NameTable& names) {
  const Printer printer(module, names, finding.mismatch.before.names);
  for (const OtherKernel& kernel : explanation.kernels) {
    ExplainedBy by;
    if (!kernel.same_spec) {
      by = {"spec", kernel_text(*kernel.module, kernel.valuation), ""};
    } else {
      by.kind = "quirk";
      for (std::size_t i = 0; i < kernel.valuation.size(); ++i) {
        const ir::Param& param = kernel.module->params[i];
        if (kernel.valuation[i] == finding.valuation[i]) continue;
        if (!by.text.empty()) by.text += ", ";
        if (param.is_quirk) {
          by.text += (kernel.valuation[i] != 0 ? "" : "no ") + param.name;
        } else {
          by.kind = "parameter";
          by.text += param.name + '=' + ir::value_text(module, param.type, kernel.valuation[i]);
        }
      }
    }
    by.scope = kernel.whole_trace ? "the whole trace"
                                  : "this event; the next violation is at line " +
                                        std::to_string(kernel.next_violation_line);
    report.explained_by.push_back(std::move(by));
  }
  if (explanation.store_buffers)
    report.explained_by.push_back({"memory", "tso",
                                   explanation.store_buffers_line == 0
                                       ? "the whole trace"
                                       : "this event; the next violation is at line " +
                                             std::to_string(explanation.store_buffers_line)});
  for (const Abduction& abduction : explanation.unseen) {
    const bool numbered = !abduction.hidden && finding.event.seq.has_value();
    ExplainedBy by{abduction.hidden ? "hidden" : "unlogged", "",
                   numbered ? "this event, but seq shows no missing line" : "this event"};
    for (const UnseenAction& action : abduction.actions)
      by.text += (by.text.empty() ? "" : " then ") + printer.call(action.action, action.args);
    report.explained_by.push_back(std::move(by));
  }
  // The events of the shortest failing prefix, then the last ones on the same objects, as many as
  // fit.
  std::map<std::uint64_t, const Decoded*> lines;
  const std::vector<Decoded>& shortest = explanation.shortest.events;
  if (explanation.shortest.minimal && shortest.size() <= kMaxHistory + 1) {
    for (std::size_t i = 0; i + 1 < shortest.size(); ++i)
      lines.emplace(shortest[i].line, &shortest[i]);
  }
  for (std::size_t i = explanation.history.size(); i-- > 0 && lines.size() < kMaxHistory;)
    lines.emplace(explanation.history[i].line, &explanation.history[i]);
  for (const auto& [line, event] : lines)
    report.history.push_back({line, printer.event(*event)});
  for (const Decoded& event : shortest)
    report.shortest.push_back(event.line);
  report.shortest_minimal = explanation.shortest.minimal;
  report.blame = explanation.blame;
}

void judge_verdict(TraceReport& report, const TraceRun& run) {
  const JudgeResult& judged = run.judged;
  if (!judged.findings.empty() && judged.findings.front().exact) {
    report.verdict = Verdict::kViolation;
    return;
  }
  if (!run.bad.empty()) {
    report.verdict = Verdict::kUnreadable;
    const BadLine& first = run.bad.front();
    report.reasons.push_back(first.line == 0
                                 ? first.diagnostic.message()
                                 : "line " + std::to_string(first.line) + " cannot be " +
                                       (judged.problem ? "judged" : "read"));
    return;
  }
  if (!judged.findings.empty())
    report.reasons.push_back(
        "an event has no explanation, but an unknown value has decided something before it");
  if (judged.overlap && judged.overlap->out_of_order) {
    report.reasons.push_back("line " + std::to_string(judged.overlap->line) +
                             " begins before line " + std::to_string(judged.overlap->other_line) +
                             " has ended, and between them stand calls that were started later: "
                             "lines must be in the order in which calls were started");
  } else if (judged.overlap) {
    report.reasons.push_back("overlapping calls are not judged here: line " +
                             std::to_string(judged.overlap->line) + " begins before line " +
                             std::to_string(judged.overlap->other_line) + " has ended");
  }
  if (judged.undecided)
    report.reasons.push_back("line " + std::to_string(judged.undecided->line) + ", " +
                             judged.undecided->op + ": " + judged.undecided->why);
  if (judged.judged == 0 && !judged.overlap && !judged.undecided)
    report.reasons.push_back("no event was judged");
  for (const Gap& gap : judged.gaps) {
    report.reasons.push_back("seq says that " + std::to_string(gap.missing) +
                             (gap.missing == 1 ? " event is" : " events are") +
                             " missing before line " + std::to_string(gap.line));
  }
  if (!judged.exact) report.reasons.push_back("an unknown value has decided something");
  report.verdict = report.reasons.empty() ? Verdict::kConforms : Verdict::kUnknown;
}

/// Which kernel it was, or which ones it may have been.
void describe_kernel(TraceReport& report, const JudgeResult& judged, const ir::Module& module) {
  if (judged.survivors.size() > 1) {
    const std::string text = valuation_set_text(module, judged.tried, judged.survivors);
    report.survivors.push_back(module.name + (text.empty() ? "" : ", " + text));
    std::string open;
    for (std::size_t i = 0; i < module.params.size(); ++i) {
      const bool one =
          std::all_of(judged.survivors.begin(), judged.survivors.end(),
                      [&](const Valuation& v) { return v[i] == judged.survivors.front()[i]; });
      if (!one) open += (open.empty() ? "" : ", ") + module.params[i].name;
    }
    report.survivors.back() += " (not decided: " + open + ')';
  } else if (!judged.survivors.empty()) {
    const Valuation& valuation = judged.survivors.front();
    report.kernel = valuation_text(module, valuation);
    for (std::size_t i = 0; i < module.params.size(); ++i)
      report.params.emplace_back(module.params[i].name,
                                 ir::value_text(module, module.params[i].type, valuation[i]));
  }
  for (const RuledOut& one : judged.ruled_out) {
    report.ruled_out.push_back(
        {module.name + ", " + valuation_set_text(module, judged.tried, one.valuations), one.line,
         "no outcome explains its " + one.op});
  }
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kConforms: return "conforms";
    case Verdict::kViolation: return "violation";
    case Verdict::kUnknown: return "unknown";
    case Verdict::kUnreadable: return "unreadable";
  }
  return "unknown";
}

base::ExitStatus exit_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::kConforms: return base::ExitStatus::kOk;
    case Verdict::kViolation: return base::ExitStatus::kFinding;
    case Verdict::kUnknown: return base::ExitStatus::kUnknown;
    case Verdict::kUnreadable: return base::ExitStatus::kUsage;
  }
  return base::ExitStatus::kUnknown;
}

/// A violation is definite whatever else is wrong; input that cannot be read is worse than no
/// verdict.
base::ExitStatus CheckReport::status() const {
  for (const Verdict verdict : {Verdict::kViolation, Verdict::kUnreadable, Verdict::kUnknown}) {
    for (const TraceReport& one : traces) {
      if (one.verdict == verdict) return exit_status(verdict);
    }
  }
  return traces.empty() ? base::ExitStatus::kUnknown : base::ExitStatus::kOk;
}

std::string kernel_text(const ir::Module& module, const Valuation& valuation) {
  const std::string params = valuation_text(module, valuation, true);
  return params.empty() ? module.name : module.name + ", " + params;
}

std::string blame_text(Blame blame) {
  switch (blame) {
    case Blame::kKernelDefect: return "the kernel: it has a defect that the spec knows";
    case Blame::kOtherKernel: return "the choice of the kernel: the trace fits another one";
    case Blame::kThinTrace:
      return "the trace, if it is incomplete: something it does not show would explain the event";
    case Blame::kStoreBuffer:
      return "nobody: the processor may make a store visible after the instruction has ended";
    case Blame::kKernelOrSpec: return "the kernel or the spec: nothing known explains the event";
  }
  return "";
}

std::string_view evidence_name(ir::Evidence evidence) {
  switch (evidence) {
    case ir::Evidence::kTrace: return "trace";
    case ir::Evidence::kSource: return "source";
    case ir::Evidence::kPatch: return "patch";
    case ir::Evidence::kInferred: return "inferred";
  }
  return "inferred";
}

TraceReport make_report(const TraceInput& input, const TraceRun& run, const EventTable& table,
                        const NameTable& names, const Explanation* explanation) {
  const ir::Module& module = table.module();
  const JudgeResult& judged = run.judged;
  TraceReport report;
  report.file = input.name;
  report.spec = module.name;
  report.lines = run.lines.lines;
  report.bad_lines = run.bad_total;
  report.read = judged.read;
  report.judged = judged.judged;
  report.non_events = judged.non_events;
  report.not_judged = judged.not_judged;
  report.violations = judged.violations;
  for (const Finding& finding : judged.findings) {
    FindingReport one = finding_report(finding, module, names);
    one.after_first = !report.findings.empty();
    if (!one.after_first && explanation != nullptr)
      add_explanation(one, finding, *explanation, module, names);
    report.findings.push_back(std::move(one));
  }
  for (const JudgedEvent& event : judged.events) {
    EventReport one{event.line, event.op, event.explained, {}};
    for (const ir::ClauseId id : event.clauses)
      one.clauses.push_back(clause_owner(module, module.clauses[id]) + '.' +
                            module.clauses[id].label);
    report.events.push_back(std::move(one));
  }
  report.windows = judged.windows;
  for (std::size_t i = 0; i < judged.raced.size(); ++i) {
    if (judged.raced[i] == 0) continue;
    report.raced.push_back(
        {clause_owner(module, module.clauses[i]), module.clauses[i].label, judged.raced[i]});
  }
  judge_verdict(report, run);
  describe_kernel(report, judged, module);
  return report;
}

}  // namespace gms::check
