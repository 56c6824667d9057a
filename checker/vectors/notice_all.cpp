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

}  // namespace

std::vector<NoticeAnswer> notice_all(const NoticeInputs& inputs,
                                     const std::vector<const ir::Mutation*>& changes,
                                     const std::function<void()>& progress) {
  const ir::Module& m = inputs.module;
  const ArgPools pools(m);
  const CallArgs args(pools, inputs.args);
  std::vector<std::vector<bool>> reads;
  std::vector<std::vector<ir::ActionId>> tells;
  for (ir::ActionId a = 0; a < m.actions.size(); ++a) {
    Reach reach(m);
    reach.add_action(a);
    reads.push_back(reach.reads());
    tells.push_back(inputs.writer.also_calls(a));
  }
  std::vector<std::string> lines;
  for (const TestVector& vector : inputs.vectors)
    lines.push_back(lines_text(vector));
  std::vector<NoticeAnswer> answers(changes.size());
  std::mutex mutex;
  base::parallel_for(changes.size(), inputs.options.jobs, [&](std::size_t i) {
    ChangedSpec changed(m, *changes[i], inputs.fixed);
    ChangedJudge judge(m, changed.changed(), inputs.options.not_given);
    NoticeAnswer& answer = answers[i];
    for (std::size_t v = 0; v < lines.size() && !answer.vector; ++v)
      if (changed.is_noticed_by(*inputs.runs[v]) &&
          judge.notices(inputs.vectors[v], lines[v], *inputs.runs[v]))
        answer.vector = v;
    // Lines may show more than the calls of the run.
    for (std::size_t v = 0; v < lines.size() && !answer.vector; ++v)
      if (judge.notices(inputs.vectors[v], lines[v])) answer.vector = v;
    if (!answer.vector) {
      std::map<Valuation, std::unique_ptr<interp::Interpreter>> interpreters;
      const NoticeAids aids{inputs.steps,
                            args,
                            [&](interp::Interpreter& in, const interp::State& state,
                                ir::ActionId action, std::span<const Datum> given) {
                              return inputs.writer.can_write(in, state, action, given);
                            },
                            reads,
                            tells,
                            [&](const Run& run) {
                              std::unique_ptr<interp::Interpreter>& in =
                                  interpreters[run.valuation];
                              if (in == nullptr)
                                in = std::make_unique<interp::Interpreter>(m, run.valuation);
                              const auto told = lines_of(inputs.writer, *in, run);
                              return told && judge.notices(*told, lines_text(*told), run);
                            }};
      answer.run = changed.search(aids, inputs.options.calls_for_mutation());
    }
    const std::lock_guard lock(mutex);
    progress();
  });
  return answers;
}

}  // namespace gms::check
