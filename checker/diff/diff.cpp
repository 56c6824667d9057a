#include "checker/diff/diff.h"

#include <algorithm>
#include <chrono>

#include "checker/diff/canonical.h"
#include "checker/diff/declarations.h"

namespace gms::diff {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// By name, of the stepwise text.
std::map<std::string, std::string> texts(const Version& v) {
  std::map<std::string, std::string> out;
  Canonical canonical(*v.steps, v.values);
  for (ir::ActionId a = 0; a < v.steps->actions.size(); ++a)
    out[v.steps->actions[a].name] = canonical.action(a);
  return out;
}

}  // namespace

Level DiffReport::level() const {
  Level worst = Level::kEquivalent;
  for (const Finding& f : findings)
    if (f.waived.empty()) worst = std::max(worst, f.level);
  return worst;
}

bool DiffReport::sequential() const {
  return coupled && std::none_of(actions.begin(), actions.end(),
                                 [](const ActionVerdict& a) { return a.same == Same::kUnknown; });
}

bool DiffReport::concurrent() const {
  return sequential() && std::all_of(actions.begin(), actions.end(),
                                     [](const ActionVerdict& a) { return a.same_steps; });
}

DiffReport diff(const Version& old, const Version& now, const DiffOptions& options) {
  DiffReport report;
  report.joint = join(*old.atomic, old.values, *now.atomic, now.values);
  const Joint& joint = report.joint;
  const std::map<std::string, std::string> old_texts = texts(old), new_texts = texts(now);
  bool any_differs = false;
  for (const JointAction& action : joint.actions) {
    if (!action.comparable) {
      report.not_compared.push_back(action.name);
      if (!action.in_old || !action.in_new) continue;
      report.actions.push_back(
          {action.name, Same::kUnknown, "an argument or output has another type", false});
      continue;
    }
    const bool same = old_texts.at(action.name) == new_texts.at(action.name);
    any_differs = any_differs || !same;
    report.actions.push_back({action.name, Same::kUnknown, "nothing was proved", same});
  }

  auto start = std::chrono::steady_clock::now();
  std::set<std::string> different, apart;
  if (any_differs || options.look_always) {
    LookReport found = look(joint, options.look);
    report.calls = found.calls;
    report.states = found.states;
    report.depth = found.depth;
    report.findings = std::move(found.findings);
    apart = std::move(found.apart);
    for (const Finding& f : report.findings)
      if (f.witness) different.insert(joint.actions[f.witness->calls.back().call.action].name);
    for (const Finding& f : report.findings)
      different.insert(f.subject);
  }
  report.look_seconds = seconds_since(start);

  start = std::chrono::steady_clock::now();
  if (options.prove) {
    CoupleOptions couple_options;
    couple_options.milliseconds = options.milliseconds;
    couple_options.different = different;
    couple_options.apart = apart;
    couple_options.progress = options.progress;
    const Coupling coupling =
        couple(*old.atomic, old.values, *now.atomic, now.values, couple_options);
    report.coupled = coupling.holds;
    report.apart = coupling.apart;
    report.queries = coupling.queries;
    for (ActionVerdict& a : report.actions) {
      const auto at = coupling.actions.find(a.name);
      if (at == coupling.actions.end()) continue;
      a.same = at->second;
      const auto reason = coupling.reasons.find(a.name);
      if (reason != coupling.reasons.end()) a.reason = reason->second;
      if (a.same != Same::kUnknown) a.reason.clear();
    }
  } else {
    for (ActionVerdict& a : report.actions)
      if (different.count(a.name) > 0) a.same = Same::kDiffers, a.reason.clear();
  }
  report.prove_seconds = seconds_since(start);

  const bool same_steps = std::all_of(report.actions.begin(), report.actions.end(),
                                      [](const ActionVerdict& a) { return a.same_steps; });
  if (!same_steps && options.overlap_steps > 0) {
    if (options.progress) options.progress("calls that overlap");
    Overlaps overlaps =
        find_overlaps(*old.steps, old.values, *now.steps, now.values, options.overlap_steps);
    report.steps = overlaps.steps;
    for (Finding& f : overlaps.findings) {
      f.fingerprint = fingerprint_of(joint, f);
      report.findings.push_back(std::move(f));
    }
  }

  std::vector<Finding> declared = compare_declarations(*old.steps, *now.steps);
  for (Finding& f : declared)
    f.fingerprint = fingerprint_of(joint, f);
  report.findings.insert(report.findings.end(), std::make_move_iterator(declared.begin()),
                         std::make_move_iterator(declared.end()));
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.level > b.level; });
  return report;
}

}  // namespace gms::diff
