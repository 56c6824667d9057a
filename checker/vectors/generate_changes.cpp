// Vectors that notice changes of the spec, and proofs of what no vector can show.
#include <algorithm>
#include <mutex>
#include <utility>

#include "base/parallel.h"
#include "checker/prove/prove.h"
#include "checker/vectors/changed_judge.h"
#include "checker/vectors/generator.h"
#include "checker/vectors/notice.h"

namespace gms::check {

namespace {

/// Most answers are found at once; the others are worth more time. For each question.
constexpr unsigned kAtOnce = 1500, kWithPatience = 4000;  // ms

}  // namespace

void Generator::notice_mutations() {
  std::vector<std::uint32_t> asked;
  for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
    if (set_.requirements[r].criterion == Criterion::kMutation) asked.push_back(r);
  if (asked.empty()) return;
  const NoticeInputs inputs{m_,           writer_,      options_, fixed_parameters(),
                            set_.vectors, chosen_runs_, *steps_,  args_};
  std::vector<NoticeAnswer> answers =
      notice_all(inputs, changes(asked), [&] { say("looking for what notices changes"); });
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!answers[i].vector) continue;
    set_.shown[asked[i]] = Shown::kYes;
    set_.vectors[*answers[i].vector].shows.push_back(asked[i]);
  }
  keep_noticing(asked, answers, inputs.fixed);
  if (options_.proofs) prove_unnoticeable(kAtOnce);
  std::vector<std::uint32_t> open;
  std::vector<NoticeAnswer> last;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (set_.shown[asked[i]] != Shown::kNotFound) continue;
    open.push_back(asked[i]);
    last.push_back(std::move(answers[i]));
  }
  notice_at_random(inputs, changes(open), last,
                   [&] { say("looking further for what notices changes"); });
  keep_noticing(open, last, inputs.fixed);
  if (options_.proofs) prove_unnoticeable(kWithPatience);
}

std::vector<const ir::Mutation*> Generator::changes(const std::vector<std::uint32_t>& asked) const {
  std::vector<const ir::Mutation*> all;
  for (const std::uint32_t r : asked)
    all.push_back(&set_.mutations[set_.requirements[r].mutation]);
  return all;
}

void Generator::keep_noticing(const std::vector<std::uint32_t>& asked,
                              const std::vector<NoticeAnswer>& answers,
                              const std::map<ir::ParamId, std::uint64_t>& fixed) {
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!answers[i].run || set_.shown[asked[i]] == Shown::kYes) continue;
    std::optional<TestVector> vector = write(*answers[i].run);
    if (!vector) continue;
    const std::string lines = lines_text(*vector);
    bool notices = false;
    for (std::size_t j = i; j < asked.size(); ++j) {
      if (set_.shown[asked[j]] == Shown::kYes) continue;
      ChangedSpec changed(m_, set_.mutations[set_.requirements[asked[j]].mutation], fixed);
      if (j != i && !changed.is_noticed_by(told_.back())) continue;
      ChangedJudge judge(m_, changed.changed(), options_.not_given);
      if (!judge.notices(*vector, lines, told_.back())) continue;
      vector->shows.push_back(asked[j]);
      set_.shown[asked[j]] = Shown::kYes;
      notices = true;
    }
    if (notices) keep(std::move(*vector), told_.back());
  }
}

void Generator::prove_unnoticeable(unsigned milliseconds) {
  if (!proofs_) begin_proofs();
  std::vector<std::uint32_t> asked;
  for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
    if (set_.requirements[r].criterion == Criterion::kMutation &&
        set_.shown[r] == Shown::kNotFound && !cannot_be_proved_.contains(r))
      asked.push_back(r);
  std::mutex mutex;
  base::parallel_for(asked.size(), options_.jobs, [&](std::size_t i) {
    const ir::Mutation& mutation = set_.mutations[set_.requirements[asked[i]].mutation];
    const Answer noticeable = proofs_->noticeable(mutation, milliseconds);
    const std::lock_guard lock(mutex);
    if (noticeable == Answer::kUnsat) set_.shown[asked[i]] = Shown::kImpossible;
    if (noticeable == Answer::kSat) cannot_be_proved_.insert(asked[i]);
    say("proving that changes make no difference");
  });
}

void Generator::begin_proofs() {
  // A proof for all numbers is no harder than one for a certain number.
  std::map<ir::ParamId, std::uint64_t> fixed = fixed_parameters();
  std::erase_if(
      fixed, [&](const auto& one) { return m_.params[one.first].type.kind == ir::TypeKind::kInt; });
  proofs_.emplace(m_, writer_, std::move(fixed));
}

void Generator::prove_impossible() {
  std::vector<bool> asked(set_.probed.module.clauses.size());
  bool any = false;
  for (const auto& [clause, requirement] : index_->clauses()) {
    asked[clause] = set_.shown[requirement] != Shown::kYes;
    any = any || asked[clause];
  }
  if (!any) return;
  ProveOptions proving;
  proving.fixed = fixed_parameters();
  proving.progress = [&](const std::string& what) { say(what); };
  ir::Module module = set_.probed.module;
  writer_.require_events(module);
  for (const ir::ClauseId dead : impossible_clauses(module, asked, proving))
    if (const std::uint32_t* const at = index_->of_clause(dead))
      set_.shown[*at] = Shown::kImpossible;
}

}  // namespace gms::check
