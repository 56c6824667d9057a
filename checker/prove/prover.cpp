#include "checker/prove/prover.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "base/parallel.h"
#include "ir/walk.h"

namespace gms::check {

using ir::ActionId;
using ir::kNoId;
using ir::Property;
using ir::PropertyKind;

namespace {

/// Tasks at one action for one examiner: encoding the action anew costs as much as a few of them.
constexpr std::size_t kLargestGroup = 24;

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
    : m_(module), options_(with_fixed_integers(module, options)), subjects_(module, options_) {
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (m_.properties[p].is_invariant()) by_name_[m_.properties[p].name] = p;
}

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

void Prover::add_all(std::uint32_t p, Questions& to) const {
  const Property& property = m_.properties[p];
  const bool of_all = property.is_invariant() || property.kind == PropertyKind::kTwoState;
  if (property.kind != PropertyKind::kTwoState &&
      (property.kind != PropertyKind::kCover || property.actions.empty()))
    to.insert({p, kNoId});
  for (ActionId a = 0; of_all && property.actions.empty() && a < m_.actions.size(); ++a)
    to.insert({p, a});
  for (const ActionId a : property.actions)
    to.insert({p, a});
}

Prover::Work Prover::work_on(const Question& question) {
  const auto [p, a] = question;
  switch (m_.properties[p].kind) {
    case PropertyKind::kInvariant:
    case PropertyKind::kLemma:
      if (a == kNoId) return [p = p](Examiner& e) { return e.initial(p); };
      return [p = p, a = a](Examiner& e) { return e.preserved(p, a); };
    case PropertyKind::kTwoState: return [p = p, a = a](Examiner& e) { return e.two_state(p, a); };
    case PropertyKind::kLaw: return [p = p](Examiner& e) { return e.law(p); };
    case PropertyKind::kCover: break;
  }
  return [p = p, a = a](Examiner& e) { return e.cover(p, a); };
}

std::vector<Prover::Task> Prover::plan(const Questions& questions) {
  std::vector<Task> tasks;
  std::map<std::pair<std::uint32_t, ActionId>, std::vector<std::uint32_t>> together;  // by place
  for (const Question& q : questions) {
    if (q.action != kNoId && subjects_.about_a_call[q.property])
      together[{options_.place_of_property[q.property], q.action}].push_back(q.property);
    else
      tasks.push_back({q, work_on(q), {}});
  }
  for (const auto& [where, guesses] : together) {
    const ActionId a = where.second;
    tasks.push_back({{kNoId, a},
                     [group = guesses, a](Examiner& e) { return e.preserved_together(group, a); },
                     {}});
  }
  return tasks;
}

std::size_t Prover::exits_of(ActionId action) const {
  std::size_t exits = 1;
  ir::for_each_stmt(m_, m_.actions[action].body, [&](ir::StmtId, const ir::Stmt& stmt) {
    if (std::holds_alternative<ir::Guard>(stmt.node)) ++exits;
  });
  return exits;
}

void Prover::carry_out(std::vector<Task> tasks) {
  // What belongs to one action goes to one examiner, within limits; what belongs to none, alone.
  std::vector<std::vector<Task*>> groups;
  std::map<ActionId, std::size_t> group_of;
  for (Task& t : tasks) {
    const auto [it, is_new] = group_of.try_emplace(t.about.action, groups.size());
    if (t.about.action == kNoId || is_new || groups[it->second].size() == kLargestGroup) {
      it->second = groups.size();
      groups.emplace_back();
    }
    groups[it->second].push_back(&t);
  }
  // The largest first, so that the threads end at about the same time.
  const auto size = [&](const std::vector<Task*>& g) {
    const ActionId action = g.front()->about.action;
    return action == kNoId ? 0 : g.size() * exits_of(action);
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const auto& a, const auto& b) { return size(a) > size(b); });
  std::mutex mutex, emitting;
  base::parallel_for(groups.size(), options_.jobs, [&](std::size_t i) {
    Examiner examiner(m_, options_, subjects_, hypotheses_, emitting);
    for (Task* t : groups[i]) {
      t->done = t->work(examiner);
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
  if (task.about.property != kNoId) {
    by_frame_[task.about] = task.done.by_frame;
    if (!task.done.failed.empty()) verdict_of(task.about.property).reason = task.done.failed;
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

void Prover::forget(const Questions& questions) {
  std::vector<Obligation> obligations;
  for (PropertyVerdict& v : report_.properties) {
    std::vector<std::size_t> kept;
    for (const std::size_t i : v.obligations) {
      Obligation& o = report_.obligations[i];
      if (questions.count({o.property, o.action}) > 0) continue;
      kept.push_back(obligations.size());
      obligations.push_back(std::move(o));
    }
    v.obligations = std::move(kept);
  }
  report_.obligations = std::move(obligations);
  for (const Question& q : questions)
    asked_.erase(q);
}

void Prover::judge(Questions questions) {
  // Guesses about a place are proved with each other's help.
  std::set<std::pair<std::uint32_t, ActionId>> places;
  for (const Question& q : questions)
    if (subjects_.about_a_call[q.property])
      places.insert({options_.place_of_property[q.property], q.action});
  for (const Question& q : asked_)
    if (subjects_.about_a_call[q.property] && hypotheses_.count(q.property) > 0 &&
        places.count({options_.place_of_property[q.property], q.action}) > 0)
      questions.insert(q);
  forget(questions);
  for (const Question& q : questions)
    verdict_of(q.property);
  asked_.insert(questions.begin(), questions.end());
  carry_out(plan(questions));
}

bool Prover::is_proved(std::uint32_t p) {
  const PropertyVerdict& v = verdict_of(p);
  return v.reason.empty() &&
         std::all_of(v.obligations.begin(), v.obligations.end(), [&](std::size_t o) {
           return report_.obligations[o].verdict == Verdict::kProved;
         });
}

void Prover::assume_all_invariants() {
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (m_.properties[p].is_invariant() && !m_.properties[p].expect_refuted &&
        options_.violated.count(p) == 0)
      hypotheses_.insert(p);
}

void Prover::settle(Questions pending, std::set<std::uint32_t>* judged) {
  while (!pending.empty()) {
    const Questions now = std::exchange(pending, {});
    judge(now);
    std::set<std::uint32_t> dropped;
    for (const Question& q : now)
      if (hypotheses_.count(q.property) > 0 && !is_proved(q.property)) dropped.insert(q.property);
    for (const std::uint32_t p : dropped)
      hypotheses_.erase(p), dropped_.insert(p);
    Questions again;
    for (const Obligation& o : report_.obligations) {
      if (dropped_.count(o.property) > 0) continue;
      for (const std::string& name : o.used) {
        const std::uint32_t used = by_name_.at(name);
        if (dropped.count(used) > 0)
          again.insert({o.property, o.action});
        else if (judged != nullptr && hypotheses_.count(used) > 0 && judged->insert(used).second)
          add_all(used, pending);
      }
    }
    std::erase_if(pending, [&](const Question& q) { return asked_.count(q) > 0; });
    pending.merge(again);
  }
}

/// A guess that does not hold mostly fails where its call arrives at the place. These go first:
/// together they may be contradictory, and prove anything.
void Prover::sift_guesses() {
  Questions arrivals;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
    if (!subjects_.about_a_call[p]) continue;
    for (ActionId a = 0; a < m_.actions.size(); ++a)
      if (options_.places_after[a].count(options_.place_of_property[p]) > 0)
        arrivals.insert({p, a});
  }
  settle(std::move(arrivals), nullptr);
}

void Prover::judge_selected() {
  assume_all_invariants();
  std::set<std::uint32_t> judged;
  Questions pending;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (selected(p) && options_.violated.count(p) == 0 && judged.insert(p).second)
      add_all(p, pending);
  if (!pending.empty()) sift_guesses();
  settle(std::move(pending), &judged);
  // Guesses that no proof rests on.
  std::erase_if(report_.properties,
                [&](const PropertyVerdict& v) { return judged.count(v.property) == 0; });
  forget({});
  for (const std::uint32_t p : options_.violated)
    if (selected(p)) verdict_of(p).reason = "a run violates it";
  for (const std::uint32_t p : hypotheses_)
    if (judged.count(p) > 0) report_.inductive_set.push_back(m_.properties[p].name);
}

void Prover::summarize() {
  for (const auto& [question, count] : by_frame_)
    verdict_of(question.property).by_frame += count;
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
    tasks.push_back({{kNoId, a}, [a](Examiner& e) { return e.fires(a); }, {}});
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
  std::vector<Task> tasks;
  for (ActionId a = 0; a < m_.actions.size(); ++a)
    tasks.push_back({{kNoId, a}, [a, &asked](Examiner& e) { return e.fires(a, &asked); }, {}});
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
