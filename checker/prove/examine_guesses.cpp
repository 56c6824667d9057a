// Guesses about places, of which there are hundreds for each step: all that concern one place in
// one query, and one query for all paths of the step that end alike.
#include <algorithm>
#include <iterator>
#include <utility>

#include "checker/prove/examiner.h"

namespace gms::check {

using ir::ActionId;
using ir::Property;
using ir::smt::Encoder;
using ir::smt::Env;
using ir::smt::Path;

namespace {

/// Before the name of a guess: it holds after the step as well.
const std::string kAfter = "after ";

/// A path to where all of these end, with the conditions that all of them have.
Path what_they_share(const std::vector<const Path*>& paths) {
  Path out = *paths.front();
  std::erase_if(out.conditions, [&](ir::smt::TermId c) {
    return std::any_of(paths.begin(), paths.end(), [&](const Path* p) {
      return std::find(p->conditions.begin(), p->conditions.end(), c) == p->conditions.end();
    });
  });
  return out;
}

}  // namespace

Examined Examiner::preserved_together(const std::vector<std::uint32_t>& guesses, ActionId action) {
  const ActionContext& ctx = context(action);
  Examined out;
  if (!is_encoded(ctx, action, out)) return out;
  std::vector<std::uint32_t> left = guesses;
  for (const std::vector<const Path*>& paths : ctx.same_end) {
    std::vector<std::uint32_t> asked;
    for (const std::uint32_t g : left)
      if (may_break(g, action, *paths.front())) asked.push_back(g);
    std::vector<Known> known;
    if (paths.size() > 1) {
      Examined trial;
      asked = not_preserved(trial, asked, action, what_they_share(paths), known);
      std::erase_if(trial.obligations,
                    [](const Obligation& o) { return o.verdict != Verdict::kProved; });
      std::move(trial.obligations.begin(), trial.obligations.end(),
                std::back_inserter(out.obligations));
    }
    for (const Path* path : paths) {
      std::vector<Known> known_here = known;
      for (const std::uint32_t g : not_preserved(out, asked, action, *path, known_here)) {
        std::erase(asked, g);
        std::erase(left, g);
      }
    }
  }
  return out;
}

std::vector<std::uint32_t> Examiner::not_preserved(Examined& out,
                                                   const std::vector<std::uint32_t>& asked,
                                                   ActionId action, const Path& path,
                                                   std::vector<Known>& known) {
  std::vector<std::size_t> numbers;
  for (const std::uint32_t g : asked) {
    numbers.push_back(out.obligations.size());
    start_on(out, ObligationKind::kPreserved, g, action, path);
  }
  std::vector<std::size_t> hard = ask_together(out, numbers, path);
  const auto learn = [&](std::size_t i) {
    known.push_back({out.obligations[i].property, out.obligations[i].used});
  };
  for (const std::size_t i : numbers)
    if (out.obligations[i].verdict == Verdict::kProved) learn(i);
  std::vector<std::uint32_t> failed;
  for (const std::size_t i : hard) {
    if (prove_alone(out.obligations[i], path, known))
      learn(i);
    else
      failed.push_back(out.obligations[i].property);
  }
  return failed;
}

std::vector<std::size_t> Examiner::ask_together(Examined& out, std::vector<std::size_t> asked,
                                                const Path& path) {
  // What fails with a few hypotheses is asked again with more.
  for (const Hypotheses which : kAttempts) {
    std::vector<std::size_t> hard;
    std::vector<std::vector<std::size_t>> parts;
    if (!asked.empty()) parts.push_back(std::move(asked));
    while (!parts.empty()) {
      std::vector<std::size_t> part = std::move(parts.back());
      parts.pop_back();
      std::vector<std::size_t> wrong;
      if (prove_part(out, part, path, which, wrong)) continue;
      // Without a model it was too much at once, unless it is one.
      if (wrong.empty() && part.size() > 1) {
        const auto middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
        parts.emplace_back(middle, part.end());
        parts.emplace_back(part.begin(), middle);
        continue;
      }
      if (wrong.empty()) wrong = part;
      for (const std::size_t i : wrong)
        std::erase(part, i);
      hard.insert(hard.end(), wrong.begin(), wrong.end());
      if (!part.empty()) parts.push_back(std::move(part));
    }
    asked = std::move(hard);
  }
  return asked;
}

bool Examiner::prove_alone(Obligation& o, const Path& path, const std::vector<Known>& known) {
  const ActionContext& ctx = context(o.action);
  const Property& p = m_.properties[o.property];
  for (const Hypotheses which : {Hypotheses::kUsedBefore, Hypotheses::kAllAtReads}) {
    Encoder enc = encoder_on(ctx, path);
    enc.refute(p.expr, std::make_shared<Env>(p.locals.size()), path.post, path.post);
    for (const Known& k : known) {
      const Property& holds = m_.properties[k.property];
      enc.assume(holds.expr, std::make_shared<Env>(holds.locals.size()), path.post, path.post,
                 kAfter + holds.name);
    }
    assume_invariants(enc, o.property, o.action, which);
    if (prove_with(which, o, enc, {&ctx.args, &path, ctx.solver})) break;
  }
  // It rests on what they rest on.
  std::vector<std::string> used;
  for (const std::string& name : o.used)
    if (name.rfind(kAfter, 0) != 0) used.push_back(name);
  for (const Known& k : known)
    if (std::find(o.used.begin(), o.used.end(), kAfter + m_.properties[k.property].name) !=
        o.used.end())
      used.insert(used.end(), k.used.begin(), k.used.end());
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  o.used = std::move(used);
  return o.verdict == Verdict::kProved;
}

bool Examiner::prove_part(Examined& out, const std::vector<std::size_t>& part, const Path& path,
                          Hypotheses which, std::vector<std::size_t>& wrong) {
  Obligation& first = out.obligations[part.front()];
  const ActionContext& ctx = context(first.action);
  std::vector<std::pair<ir::ExprId, ir::smt::EnvPtr>> claims;
  for (const std::size_t i : part) {
    const Property& p = m_.properties[out.obligations[i].property];
    claims.emplace_back(p.expr, std::make_shared<Env>(p.locals.size()));
  }
  Encoder enc = encoder_on(ctx, path);
  const std::vector<ir::smt::TermId> negations = enc.refute_some(claims, path.post, path.post);
  assume_invariants(enc, first.property, first.action, which);
  std::unique_ptr<SolverModel> model;
  if (prove_with(which, first, enc, {&ctx.args, &path, ctx.solver}, &model)) {
    for (const std::size_t i : part) {
      out.obligations[i].verdict = Verdict::kProved;
      out.obligations[i].used = first.used;
    }
    return true;
  }
  for (std::size_t i = 0; model != nullptr && i < part.size(); ++i)
    if (model->value(negations[i]) != 0) wrong.push_back(part[i]);
  return false;
}

}  // namespace gms::check
