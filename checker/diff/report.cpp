#include "checker/diff/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/explore/text.h"
#include "ir/type.h"

namespace gms::diff {
namespace {

using check::Datum;
using check::Tag;

const char* evidence_name(ir::Evidence evidence) {
  switch (evidence) {
    case ir::Evidence::kTrace: return "trace";
    case ir::Evidence::kSource: return "source";
    case ir::Evidence::kPatch: return "patch";
    case ir::Evidence::kInferred: break;
  }
  return "inferred";
}

class Texts {
 public:
  Texts(const DiffReport& report, const std::function<std::string(base::Span)>& place_of)
      : report_(report), joint_(report.joint), place_of_(place_of) {}

  FindingText finding(const Finding& f) {
    const Rule& r = rule(f.rule);
    FindingText out;
    out.rule = r.name;
    out.level = level_name(f.level);
    out.who = r.who;
    out.direction = r.direction;
    out.kind = r.kind;
    out.subject = f.subject;
    out.class_name = f.class_name;
    out.detail = f.detail;
    out.run = f.run;
    out.fingerprint = f.fingerprint;
    out.waived = f.waived;
    out.seen = f.seen;
    const std::string what = f.class_name.empty() ? f.subject : f.subject + " of " + f.class_name;
    out.sentence = r.what;
    if (const auto at = out.sentence.find("{0}"); at != std::string::npos)
      out.sentence.replace(at, 3, what);
    for (const ir::ClauseId c : f.old_clauses)
      out.old_clauses.push_back(clause(joint_.old, c));
    for (const ir::ClauseId c : f.new_clauses)
      out.new_clauses.push_back(clause(joint_.now, c));
    if (f.witness) calls(f, out);
    return out;
  }

 private:
  ClauseText clause(const ir::Module& m, ir::ClauseId id) const {
    const ir::Clause& c = m.clauses[id];
    return {c.label, c.cite.function, place_of_(c.span), evidence_name(c.cite.evidence)};
  }

  bool is_simplest(const JointLocal& local, const Datum& value) const {
    if (check::is_none(value)) return true;
    if (local.type.kind == ir::TypeKind::kHandle) return value.bits == 0 && local.type.optional;
    return value.tag == Tag::kKnown && !local.type.optional &&
           value.bits == ir::zero_bits(joint_.now, local.type);
  }

  void calls(const Finding& f, FindingText& out) {
    check::Objects objects(joint_.now);
    for (std::size_t i = 0; i < f.witness->calls.size(); ++i) {
      const WitnessCall& one = f.witness->calls[i];
      const JointAction& action = joint_.actions[one.call.action];
      CallText text;
      text.is_cause = f.rule == RuleId::kEffectChanged && i == f.cause;
      std::string some, all;
      for (std::size_t p = 0; p < action.params.size(); ++p) {
        const JointLocal& param = action.params[p];
        const Datum& value = one.call.args[p];
        const std::string shown = value_text(objects, param, value, action.name);
        all += (all.empty() ? "" : ", ") + param.name + '=' + shown;
        if (is_simplest(param, value)) continue;
        const bool handle = param.type.kind == ir::TypeKind::kHandle;
        some += (some.empty() ? "" : ", ") + (handle ? shown : param.name + '=' + shown);
      }
      std::string made;
      if (one.chosen) {
        for (std::size_t o = 0; o < action.outputs.size(); ++o) {
          const JointLocal& output = action.outputs[o];
          if (output.type.kind != ir::TypeKind::kHandle) continue;
          const Datum& value = one.chosen->outputs[o];
          if (check::is_none(value) || value.bits == 0) continue;
          made += (made.empty() ? "" : ", ") + value_text(objects, output, value);
        }
        text.ended = end(objects, action, *one.chosen, false);
        if (text.ended == "ok") text.ended.clear();
      }
      const std::string before = made.empty() ? "" : made + " = ";
      text.call = fmt::format("{}{}({})", before, action.name, some);
      text.full = fmt::format("{}{}({})", before, action.name, all);
      for (const End& e : one.old_ends)
        text.old_ends.push_back(end(objects, action, e, true) + labels(joint_.old, e));
      for (const End& e : one.new_ends)
        text.new_ends.push_back(end(objects, action, e, true) + labels(joint_.now, e));
      out.calls.push_back(std::move(text));
    }
  }

  static std::string value_text(check::Objects& objects, const JointLocal& local,
                                const Datum& value, const std::string& where = "") {
    if (check::is_none(value)) return "none";
    if (local.type.kind == ir::TypeKind::kHandle && value.bits == 0) return "gone";
    objects.meet(local.type, value);
    return objects.printer().value(local.type, value, local.name, where);
  }

  std::string end(check::Objects& objects, const JointAction& action, const End& e, bool handles) {
    std::string text =
        ir::value_text(joint_.now, ir::enum_type(joint_.now, ir::kErrnoEnum), e.result);
    for (std::size_t o = 0; o < action.outputs.size(); ++o) {
      const JointLocal& output = action.outputs[o];
      if (output.old_at < 0 || output.new_at < 0) continue;
      if (!handles && output.type.kind == ir::TypeKind::kHandle) continue;
      if (is_simplest(output, e.outputs[o]) && e.result != 0) continue;
      if (check::is_none(e.outputs[o])) continue;
      if (output.type.kind == ir::TypeKind::kHandle && e.outputs[o].bits == 0) continue;
      text += ", " + output.name + '=' + value_text(objects, output, e.outputs[o]);
    }
    return text;
  }

  static std::string labels(const ir::Module& m, const End& e) {
    std::string text;
    for (const ir::ClauseId c : e.clauses)
      text += (text.empty() ? "  [" : ", ") + m.clauses[c].label;
    return text + ']';
  }

  const DiffReport& report_;
  const Joint& joint_;
  const std::function<std::string(base::Span)>& place_of_;
};

const char* same_text(Same same) {
  switch (same) {
    case Same::kText: return "the same text";
    case Same::kProved: return "proved equivalent";
    case Same::kDiffers: return "differs";
    case Same::kUnknown: break;
  }
  return "unknown";
}

}  // namespace

std::size_t DiffText::count(std::string_view level) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const FindingText& f) { return f.level == level && f.waived.empty(); }));
}

DiffText make_text(const DiffReport& report,
                   const std::function<std::string(base::Span)>& place_of) {
  DiffText out;
  Texts texts(report, place_of);
  for (const Finding& f : report.findings)
    out.findings.push_back(texts.finding(f));
  for (const ActionVerdict& a : report.actions)
    out.actions.push_back({a.name, same_text(a.same), a.reason, a.same_steps});
  out.not_compared = report.not_compared;
  out.apart.assign(report.apart.begin(), report.apart.end());
  out.calls = report.calls;
  out.states = report.states;
  out.depth = report.depth;
  out.steps = report.steps;
  out.queries = report.queries;
  out.look_seconds = report.look_seconds;
  out.prove_seconds = report.prove_seconds;
  out.sequential = report.sequential();
  out.concurrent = report.concurrent();
  const ir::Module& m = report.joint.now;
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const std::uint64_t a = report.joint.old_values[p], b = report.joint.new_values[p];
    const ir::Param& param = m.params[p];
    if (param.is_quirk && a == 0 && b == 0) continue;
    out.params.emplace_back((param.is_quirk ? "quirk " : "") + param.name,
                            ir::value_text(m, param.type, b));
  }
  const Level level = report.level();
  // What is waived is a difference all the same.
  const bool any = !report.findings.empty();
  out.verdict = any && level == Level::kEquivalent ? "compatible"
                : any                              ? std::string(level_name(level))
                : out.sequential                   ? "equivalent"
                                                   : "unknown";
  if (any) {
    out.sentence = fmt::format("{} ({} break, {} risk, {} compatible)", out.verdict,
                               out.count("break"), out.count("risk"), out.count("compatible"));
    const std::size_t waived =
        out.findings.size() - out.count("break") - out.count("risk") - out.count("compatible");
    if (waived > 0) out.sentence += fmt::format(", {} waived", waived);
    out.sentence += out.concurrent   ? "; no other call differs"
                    : out.sequential ? "; no other call differs for sequential callers; "
                                       "concurrent: unknown"
                                     : "; whether other calls differ: unknown";
  } else {
    out.sentence = out.concurrent   ? "equivalent"
                   : out.sequential ? "equivalent for sequential callers; concurrent: unknown"
                                    : "no difference found; equivalence: unknown";
  }
  return out;
}

}  // namespace gms::diff
