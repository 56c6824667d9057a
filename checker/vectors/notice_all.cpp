#include "checker/vectors/notice_all.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "checker/conform/reach.h"
#include "checker/explore/arg_pool.h"
#include "checker/vectors/changed_judge.h"
#include "checker/vectors/notice.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// The run as lines; nothing if it cannot be written.
std::optional<TestVector> lines_of(const EventWriter& writer, interp::Interpreter& in,
                                   const Run& run) {
  TestVector vector;
  vector.valuation = run.valuation;
  interp::State state = in.fresh();
  ObjectNames names;
  for (const RunCall& call : run.calls) {
    std::vector<WrittenEvent> ways = writer.write(in, state, names, call.action, call.args);
    if (ways.empty()) return std::nullopt;
    VectorLine line;
    for (const WrittenEvent& way : ways)
      line.allowed.push_back(way.line);
    WrittenEvent& way = way_by(ways, call.clause);
    state = std::move(way.next);
    names = std::move(way.names);
    line.event = std::move(way.line);
    vector.lines.push_back(std::move(line));
  }
  return vector;
}

/// What searches for different changes share.
class Notices {
 public:
  explicit Notices(const NoticeInputs& inputs)
      : inputs_(inputs), pools_(inputs.module, true), args_(pools_, inputs.args) {
    for (ir::ActionId a = 0; a < inputs.module.actions.size(); ++a) {
      Reach reach(inputs.module);
      reach.add_action(a);
      reads_.push_back(reach.reads());
      found_by_.push_back(inputs.writer.read_to_find(a));
      tells_.push_back(inputs.writer.also_calls(a));
    }
  }

  /// Calls search(ChangedSpec&, ChangedJudge&, const NoticeAids&, at) for each change.
  template <class Search>
  void for_each(const std::vector<const ir::Mutation*>& changes,
                const std::function<void()>& progress, Search&& search) const {
    const ir::Module& m = inputs_.module;
    std::mutex mutex;
    base::parallel_for(changes.size(), inputs_.options.jobs, [&](std::size_t i) {
      ChangedSpec changed(m, *changes[i], inputs_.fixed);
      ChangedJudge judge(m, changed.changed(), inputs_.options.not_given);
      std::map<Valuation, std::unique_ptr<interp::Interpreter>> interpreters;
      const NoticeAids aids{
          inputs_.steps,
          args_,
          [&](interp::Interpreter& in, const interp::State& state, const RunCall* last,
              ir::ActionId action, std::span<const Datum> given) {
            return inputs_.writer.can_write(in, state, last, action, given);
          },
          reads_,
          found_by_,
          tells_,
          [&](const Run& run) {
            std::unique_ptr<interp::Interpreter>& in = interpreters[run.valuation];
            if (in == nullptr) in = std::make_unique<interp::Interpreter>(m, run.valuation);
            const auto told = lines_of(inputs_.writer, *in, run);
            return told && judge.notices(*told, lines_text(*told), run);
          },
          inputs_.options.seed + i};
      search(changed, judge, aids, i);
      const std::lock_guard lock(mutex);
      progress();
    });
  }

 private:
  const NoticeInputs& inputs_;
  ArgPools pools_;
  CallArgs args_;
  std::vector<std::vector<bool>> reads_, found_by_;
  std::vector<std::vector<ir::ActionId>> tells_;
};

}  // namespace

std::vector<NoticeAnswer> notice_all(const NoticeInputs& inputs,
                                     const std::vector<const ir::Mutation*>& changes,
                                     const std::function<void()>& progress) {
  std::vector<std::string> lines;
  for (const TestVector& vector : inputs.vectors)
    lines.push_back(lines_text(vector));
  std::vector<NoticeAnswer> answers(changes.size());
  Notices(inputs).for_each(
      changes, progress,
      [&](ChangedSpec& changed, ChangedJudge& judge, const NoticeAids& aids, std::size_t i) {
        NoticeAnswer& answer = answers[i];
        for (std::size_t v = 0; v < lines.size() && !answer.vector; ++v)
          if (changed.is_noticed_by(*inputs.runs[v]) &&
              judge.notices(inputs.vectors[v], lines[v], *inputs.runs[v]))
            answer.vector = v;
        // Lines may show more than the calls of the run.
        for (std::size_t v = 0; v < lines.size() && !answer.vector; ++v)
          if (judge.notices(inputs.vectors[v], lines[v])) answer.vector = v;
        if (answer.vector) return;
        answer.run = changed.search(aids, inputs.options.calls_for_mutation());
        answer.apart = changed.seen_apart();
      });
  return answers;
}

void notice_at_random(const NoticeInputs& inputs, const std::vector<const ir::Mutation*>& changes,
                      std::vector<NoticeAnswer>& answers, const std::function<void()>& progress) {
  Notices(inputs).for_each(
      changes, progress,
      [&](ChangedSpec& changed, ChangedJudge&, const NoticeAids& aids, std::size_t i) {
        // These are few.
        const std::uint64_t calls = 3 * inputs.options.calls_for_mutation();
        answers[i].run = changed.search_at_random(aids, answers[i].apart, calls);
      });
}

}  // namespace gms::check
