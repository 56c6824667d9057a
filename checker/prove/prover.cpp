#include "checker/prove/prover.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "base/parallel.h"

namespace gms::check {

using ir::ActionId;
using ir::kNoId;
using ir::Property;
using ir::PropertyKind;

namespace {

using Clock = std::chrono::steady_clock;

/// Bools and enums are proved for all their values at once; integers (shift counts, sizes) one
/// value at a time.
ProveOptions with_fixed_integers(const ir::Module& m, ProveOptions options) {
  for (ir::ParamId p = 0; p < m.params.size(); ++p)
    if (m.params[p].is_quirk || m.params[p].type.kind == ir::TypeKind::kInt)
      options.fixed.try_emplace(p, m.params[p].default_value);
  return options;
}

}  // namespace

Prover::Prover(const ir::Module& module, const ProveOptions& options)
    : m_(module), options_(with_fixed_integers(module, options)), examiner_(module, options_) {}

bool Prover::selected(std::uint32_t property) const {
  if (property >= options_.guesses_from) return false;
  const auto& names = options_.properties;
  return names.empty() ||
         std::find(names.begin(), names.end(), m_.properties[property].name) != names.end();
}

PropertyVerdict& Prover::verdict_of(std::uint32_t property) {
  for (PropertyVerdict& v : report_.properties)
    if (v.property == property) return v;
  report_.properties.emplace_back();
  report_.properties.back().property = property;
  return report_.properties.back();
}

void Prover::add(std::vector<Task>& tasks, std::uint32_t property, ActionId action,
                 std::function<Examined()> work) {
  tasks.push_back({property, action, std::move(work), {}});
}

void Prover::plan(std::uint32_t p, std::vector<Task>& tasks) {
  const Property& property = m_.properties[p];
  const auto concerns = [&](ActionId a) {
    return property.actions.empty() ||
           std::find(property.actions.begin(), property.actions.end(), a) != property.actions.end();
  };
  switch (property.kind) {
    case PropertyKind::kInvariant:
    case PropertyKind::kLemma:
      add(tasks, p, kNoId, [this, p] { return examiner_.initial(p); });
      for (ActionId a = 0; a < m_.actions.size(); ++a)
        add(tasks, p, a, [this, p, a] { return examiner_.preserved(p, a); });
      break;
    case PropertyKind::kTwoState:
      for (ActionId a = 0; a < m_.actions.size(); ++a)
        if (concerns(a)) add(tasks, p, a, [this, p, a] { return examiner_.two_state(p, a); });
      break;
    case PropertyKind::kLaw: add(tasks, p, kNoId, [this, p] { return examiner_.law(p); }); break;
    case PropertyKind::kCover:
      if (property.actions.empty())
        add(tasks, p, kNoId, [this, p] { return examiner_.cover(p, kNoId); });
      for (const ActionId a : property.actions)
        add(tasks, p, a, [this, p, a] { return examiner_.cover(p, a); });
      break;
  }
}

void Prover::plan_guesses(std::set<std::uint32_t>& properties, std::vector<Task>& tasks) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_place;
  for (const std::uint32_t p : properties)
    if (examiner_.is_about_one_call(p)) by_place[options_.place_of_property[p]].push_back(p);
  for (const auto& [place, guesses] : by_place) {
    for (const std::uint32_t p : guesses) {
      properties.erase(p);
      add(tasks, p, kNoId, [this, p] { return examiner_.initial(p); });
    }
    for (ActionId a = 0; a < m_.actions.size(); ++a)
      add(tasks, kNoId, a,
          [this, group = guesses, a] { return examiner_.preserved_together(group, a); });
  }
}

void Prover::carry_out(std::vector<Task> tasks) {
  // What belongs to one action stays on one thread; what belongs to none goes alone.
  std::vector<std::vector<Task*>> groups;
  std::map<ActionId, std::size_t> group_of;
  for (Task& t : tasks) {
    const auto [it, is_new] = group_of.try_emplace(t.action, groups.size());
    if (t.action == kNoId || is_new) {
      it->second = groups.size();
      groups.emplace_back();
    }
    groups[it->second].push_back(&t);
  }
  // The largest first, so that the threads end at about the same time.
  const auto size = [&](const std::vector<Task*>& g) {
    return g.front()->action == kNoId ? 0 : g.size() * examiner_.paths_of(g.front()->action);
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const auto& a, const auto& b) { return size(a) > size(b); });
  std::mutex mutex;
  base::parallel_for(groups.size(), options_.jobs, [&](std::size_t i) {
    for (Task* t : groups[i]) {
      t->done = t->work();
      if (!options_.progress) continue;
      const std::lock_guard lock(mutex);
      for (const Obligation& o : t->done.obligations)
        options_.progress(o.name);
    }
  });
  for (Task& t : tasks)
    file(std::move(t));
}

void Prover::file(Task task) {
  if (task.property != kNoId) {
    PropertyVerdict& v = verdict_of(task.property);
    v.by_frame += task.done.by_frame;
    if (!task.done.failed.empty()) v.reason = task.done.failed;
  }
  for (std::size_t i = 0; i < task.done.obligations.size(); ++i) {
    const std::uint32_t p = task.done.obligations[i].property;
    if (p != kNoId) verdict_of(p).obligations.push_back(report_.obligations.size() + i);
  }
  if (!task.done.failed.empty()) report_.errors.push_back(task.done.failed);
  for (Obligation& o : task.done.obligations) {
    if (o.disagree) report_.disagreements.push_back(o.name);
    report_.obligations.push_back(std::move(o));
  }
}

void Prover::forget(const std::set<std::uint32_t>& properties) {
  std::vector<Obligation> obligations;
  std::vector<PropertyVerdict> verdicts;
  for (PropertyVerdict& v : report_.properties) {
    if (properties.count(v.property) > 0) continue;
    for (std::size_t& o : v.obligations) {
      obligations.push_back(std::move(report_.obligations[o]));
      o = obligations.size() - 1;
    }
    verdicts.push_back(std::move(v));
  }
  report_.obligations = std::move(obligations);
  report_.properties = std::move(verdicts);
}

void Prover::judge(const std::set<std::uint32_t>& properties) {
  forget(properties);
  examiner_.assume(hypotheses_);
  std::vector<Task> tasks;
  for (const std::uint32_t p : properties)
    verdict_of(p);
  std::set<std::uint32_t> alone = properties;
  plan_guesses(alone, tasks);
  for (const std::uint32_t p : alone)
    plan(p, tasks);
  carry_out(std::move(tasks));
}

bool Prover::is_proved(std::uint32_t p) {
  const PropertyVerdict& v = verdict_of(p);
  return v.reason.empty() &&
         std::all_of(v.obligations.begin(), v.obligations.end(), [&](std::size_t o) {
           return report_.obligations[o].verdict == Verdict::kProved;
         });
}

bool Prover::uses_any(std::uint32_t p, const std::set<std::uint32_t>& invariants) {
  for (const std::size_t o : verdict_of(p).obligations)
    for (const std::string& used : report_.obligations[o].used)
      for (const std::uint32_t i : invariants)
        if (m_.properties[i].name == used) return true;
  return false;
}

void Prover::assume_all_invariants() {
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (m_.properties[p].is_invariant() && !m_.properties[p].expect_refuted) hypotheses_.insert(p);
}

void Prover::judge_selected() {
  assume_all_invariants();
  std::set<std::uint32_t> pending, judged;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (selected(p)) pending.insert(p);
  while (!pending.empty()) {
    const std::set<std::uint32_t> now = std::exchange(pending, {});
    std::set<std::uint32_t> dropped;
    judge(now);
    for (const std::uint32_t p : now) {
      judged.insert(p);
      if (hypotheses_.count(p) > 0 && !is_proved(p)) dropped.insert(p);
    }
    // Whatever rests on an invariant that failed is judged again without it...
    for (const std::uint32_t p : dropped)
      hypotheses_.erase(p);
    for (const std::uint32_t p : judged)
      if (dropped.count(p) == 0 && uses_any(p, dropped)) pending.insert(p);
    // ...and what a proof rests on has to be proved as well.
    for (const std::uint32_t i : hypotheses_) {
      if (judged.count(i) > 0) continue;
      for (const std::uint32_t p : judged)
        if (uses_any(p, {i})) {
          pending.insert(i);
          break;
        }
    }
  }
  for (const std::uint32_t p : hypotheses_)
    if (judged.count(p) > 0) report_.inductive_set.push_back(m_.properties[p].name);
}

void Prover::summarize() {
  for (PropertyVerdict& v : report_.properties) {
    const Property& p = m_.properties[v.property];
    const bool exists = p.kind == PropertyKind::kCover;
    v.verdict = exists ? Verdict::kRefuted : Verdict::kProved;
    bool unknown = !v.reason.empty(), found = false;
    for (const std::size_t i : v.obligations) {
      const Obligation& o = report_.obligations[i];
      if (o.verdict == Verdict::kUnknown) unknown = true, v.reason = o.name + ": " + o.reason;
      if (!exists && o.verdict == Verdict::kRefuted) v.verdict = Verdict::kRefuted;
      found = found || (exists && o.verdict == Verdict::kProved);
    }
    if (found)
      v.verdict = Verdict::kProved;
    else if (unknown && v.verdict == (exists ? Verdict::kRefuted : Verdict::kProved))
      v.verdict = Verdict::kUnknown;
    v.as_expected = v.verdict == (p.expect_refuted ? Verdict::kRefuted : Verdict::kProved);
  }
  std::sort(report_.properties.begin(), report_.properties.end(),
            [](const auto& a, const auto& b) { return a.property < b.property; });
}

void Prover::judge_clauses() {
  std::vector<Task> tasks;
  for (ActionId a = 0; a < m_.actions.size(); ++a)
    add(tasks, kNoId, a, [this, a] { return examiner_.fires(a); });
  examiner_.assume(hypotheses_);
  carry_out(std::move(tasks));
  std::set<ir::ClauseId> fired;
  for (const Obligation& o : report_.obligations)
    if (o.kind == ObligationKind::kFires && o.verdict == Verdict::kProved) fired.insert(o.clause);
  for (ir::ClauseId c = 0; c < m_.clauses.size(); ++c)
    if (fired.count(c) == 0) report_.dead_clauses.push_back(c);
}

ProveReport Prover::run() {
  const auto start = Clock::now();
  judge_selected();
  if (options_.clauses) judge_clauses();
  summarize();
  report_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return std::move(report_);
}

std::vector<ir::ClauseId> Prover::impossible(const std::vector<bool>& asked) {
  assume_all_invariants();
  examiner_.assume(hypotheses_);
  std::vector<Task> tasks;
  for (ActionId a = 0; a < m_.actions.size(); ++a)
    add(tasks, kNoId, a, [this, a, &asked] { return examiner_.fires(a, &asked); });
  carry_out(std::move(tasks));
  // An action that could not be encoded, or a question without an answer: nothing is known.
  std::vector<bool> impossible = asked;
  if (!report_.errors.empty()) impossible.assign(asked.size(), false);
  for (const Obligation& o : report_.obligations)
    if (o.verdict != Verdict::kRefuted) impossible[o.clause] = false;
  std::vector<ir::ClauseId> out;
  for (ir::ClauseId c = 0; c < impossible.size(); ++c)
    if (impossible[c]) out.push_back(c);
  return out;
}

std::vector<ir::ClauseId> impossible_clauses(const ir::Module& module,
                                             const std::vector<bool>& asked,
                                             const ProveOptions& options) {
  return Prover(module, options).impossible(asked);
}

GuessesReport take_out_guesses(ProveReport& report, const ir::Module& module, std::uint32_t from) {
  GuessesReport guesses;
  std::vector<Obligation> kept;
  std::vector<std::size_t> now(report.obligations.size(), 0);
  for (std::size_t i = 0; i < report.obligations.size(); ++i) {
    Obligation& o = report.obligations[i];
    if (o.property != kNoId && o.property >= from) {
      if (o.verdict != Verdict::kProved)
        guesses.broken.push_back(module.properties[o.property].name + ": " + o.name);
      continue;
    }
    now[i] = kept.size();
    kept.push_back(std::move(o));
  }
  report.obligations = std::move(kept);
  std::erase_if(report.properties, [&](const PropertyVerdict& v) {
    if (v.property < from) return false;
    if (v.verdict == Verdict::kProved) ++guesses.hold;
    return true;
  });
  for (PropertyVerdict& v : report.properties)
    for (std::size_t& o : v.obligations)
      o = now[o];
  return guesses;
}

ProveReport prove(const ir::Module& module, const ProveOptions& options) {
  return Prover(module, options).run();
}

}  // namespace gms::check
