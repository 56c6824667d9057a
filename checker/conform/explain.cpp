#include "checker/conform/explain.h"

#include <algorithm>
#include <deque>
#include <iterator>

namespace gms::check {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Valuations near one: each quirk and parameter changed alone, then each pair of quirks.
std::vector<Valuation> neighbours(const ir::Module& module, const Valuation& from) {
  std::vector<Valuation> result;
  const auto with = [](Valuation valuation, std::size_t at, std::uint64_t value) {
    valuation[at] = value;
    return valuation;
  };
  for (const bool quirks : {true, false}) {
    for (std::size_t i = 0; i < module.params.size(); ++i) {
      const ir::Param& param = module.params[i];
      if (param.is_quirk != quirks) continue;
      std::vector<std::uint64_t> values = param.values;
      if (values.empty() && param.type.kind == ir::TypeKind::kBool) values = {0, 1};
      if (values.empty() && param.type.kind == ir::TypeKind::kEnum) {
        for (const ir::EnumMember& member : module.enums[param.type.decl].members)
          values.push_back(member.value);
      }
      for (const std::uint64_t value : values) {
        if (value != from[i]) result.push_back(with(from, i, value));
      }
    }
  }
  for (std::size_t i = 0; i < module.params.size(); ++i) {
    for (std::size_t j = i + 1; j < module.params.size(); ++j) {
      if (!module.params[i].is_quirk || !module.params[j].is_quirk || from[i] != 0 || from[j] != 0)
        continue;
      result.push_back(with(with(from, i, 1), j, 1));
    }
  }
  return result;
}

class Explainer {
 public:
  Explainer(const TraceInput& input, const TraceRun& run, NameTable& names,
            const ExplainOptions& options)
      : input_(input),
        finding_(run.judged.findings.front()),
        names_(names),
        options_(options),
        deadline_(Clock::now() + options.budget) {}

  void try_neighbours(const SpecAtHand& spec, Explanation& result) {
    // An answer that is part of another says nothing new: of a pair of quirks both must be needed.
    for (Valuation& valuation : neighbours(spec.table->module(), finding_.valuation)) {
      if (full(result)) return;
      const bool wider =
          std::any_of(result.kernels.begin(), result.kernels.end(), [&](const OtherKernel& known) {
            if (!known.same_spec || !known.whole_trace) return false;
            for (std::size_t i = 0; i < valuation.size(); ++i) {
              if (known.valuation[i] != finding_.valuation[i] && known.valuation[i] != valuation[i])
                return false;
            }
            return true;
          });
      if (!wider) attempt(spec, {std::move(valuation)}, names_, true, result);
    }
  }

  void try_store_buffers(const SpecAtHand& spec, bool tried, Explanation& result) {
    if (tried || !options_.windows || options_.stores.empty()) return;
    JudgeOptions how{{finding_.valuation}, 1, true};
    how.windows = options_.windows();
    how.overlaps = how.store_buffers = true;
    how.stores = options_.stores;
    how.loads = options_.loads;
    const TraceRun run = judge_trace(input_, *spec.table, names_, spec.factory, std::move(how));
    if (!run.bad.empty() || run.judged.undecided || run.judged.overlap) return;
    if (run.judged.findings.empty()) {
      result.store_buffers = true;
    } else if (run.judged.findings.front().event.line > finding_.event.line) {
      result.store_buffers = true;
      result.store_buffers_line = run.judged.findings.front().event.line;
    }
  }

  void try_spec(const SpecAtHand& spec, Explanation& result) {
    if (full(result)) return;
    NameTable names;  // every spec has its own decoding
    base::DiagSink ignored;
    std::vector<Valuation> all = valuations(spec.table->module(), {}, true, ignored);
    if (all.empty()) all.push_back(default_valuation(spec.table->module()));
    attempt(spec, std::move(all), names, false, result);
  }

 private:
  bool full(const Explanation& result) const {
    return result.kernels.size() >= options_.max_kernels || Clock::now() > deadline_;
  }

  void attempt(const SpecAtHand& spec, std::vector<Valuation> some, NameTable& names,
               bool same_spec, Explanation& result) {
    JudgeOptions how{std::move(some), 1, true};
    how.models = spec.models;
    if (options_.windows) how.windows = options_.windows();
    const TraceRun run = judge_trace(input_, *spec.table, names, spec.factory, std::move(how));
    OtherKernel kernel{&spec.table->module(), {}, same_spec, false, 0};
    if (run.judged.survivors.empty()) return;
    kernel.valuation = run.judged.survivors.front();
    if (!run.judged.findings.empty()) {
      kernel.next_violation_line = run.judged.findings.front().event.line;
      if (kernel.next_violation_line <= finding_.event.line) return;
    } else if (!run.bad.empty()) {
      // A trace may end in a bad line; what matters is that the event was reached.
      if (run.bad.front().line != 0 && run.bad.front().line <= finding_.event.line) return;
      kernel.whole_trace = true;
    } else {
      kernel.whole_trace = true;
    }
    result.kernels.push_back(std::move(kernel));
  }

  const TraceInput& input_;
  const Finding& finding_;
  NameTable& names_;
  const ExplainOptions& options_;
  Clock::time_point deadline_;
};

/// What came before the event that failed, read from the trace again: nothing of it was kept.
struct Past {
  std::vector<Decoded> events;   // all, and the failing one at the end; empty if they are too many
  std::vector<Decoded> history;  // the last ones that name an object of the failing one
};
Past read_past(const TraceInput& input, const EventTable& table, NameTable& names,
               const Decoded& failed, const ExplainOptions& options) {
  const auto named = [&](const NamedField& one) {
    return std::any_of(failed.names.begin(), failed.names.end(),
                       [&](const NamedField& other) { return other.name == one.name; });
  };
  Past past;
  bool too_many = false;
  std::deque<Decoded> last;
  const bool good = for_each_event(input, table, names, failed.line, [&](const Decoded& event) {
    if (past.events.size() == options.max_events) {
      too_many = true;
      past.events = {};
    }
    if (!too_many) past.events.push_back(event);
    if (event.line == failed.line || std::none_of(event.names.begin(), event.names.end(), named))
      return;
    last.push_back(event);
    if (last.size() > options.max_history) last.pop_front();
  });
  if (!good) return {};
  past.history.assign(std::make_move_iterator(last.begin()), std::make_move_iterator(last.end()));
  return past;
}

Blame blame_of(const Explanation& explanation, const TraceRun& run) {
  for (const OtherKernel& kernel : explanation.kernels) {
    if (!kernel.same_spec) continue;
    for (std::size_t i = 0; i < kernel.valuation.size(); ++i) {
      const ir::Param& param = kernel.module->params[i];
      if (param.is_quirk && kernel.valuation[i] != run.judged.findings.front().valuation[i])
        return Blame::kKernelDefect;
    }
  }
  if (!explanation.kernels.empty()) return Blame::kOtherKernel;
  if (explanation.store_buffers) return Blame::kStoreBuffer;
  const std::uint64_t line = run.judged.findings.front().event.line;
  const bool gap = std::any_of(run.judged.gaps.begin(), run.judged.gaps.end(),
                               [&](const Gap& one) { return one.line <= line; });
  const bool hidden = std::any_of(explanation.unseen.begin(), explanation.unseen.end(),
                                  [](const Abduction& one) { return one.hidden; });
  // A trace that numbers its events without a gap lacks none of those that it would show.
  const bool numbered = run.judged.findings.front().event.seq.has_value();
  if (gap || hidden || (!numbered && !explanation.unseen.empty())) return Blame::kThinTrace;
  return Blame::kKernelOrSpec;
}

}  // namespace

Explanation explain(const TraceInput& input, const TraceRun& run, const SpecAtHand& judged_by,
                    const std::vector<SpecAtHand>& others, NameTable& names,
                    const ExplainOptions& options) {
  Explanation result;
  if (run.judged.findings.empty()) return result;
  const Finding& finding = run.judged.findings.front();
  Explainer explainer(input, run, names, options);
  explainer.try_neighbours(judged_by, result);
  explainer.try_store_buffers(judged_by, options.store_buffers, result);
  for (const SpecAtHand& other : others)
    explainer.try_spec(other, result);
  // Those that explain everything come first.
  std::stable_sort(
      result.kernels.begin(), result.kernels.end(),
      [](const OtherKernel& a, const OtherKernel& b) { return a.whole_trace > b.whole_trace; });
  if (finding.window == nullptr)
    result.unseen = abduce(*judged_by.table, finding, options.max_unseen, options.budget / 3);
  Past past = read_past(input, *judged_by.table, names, finding.event, options);
  result.history = std::move(past.history);
  // Of calls that overlap, those that are needed were looked for where the orders were.
  if (run.judged.windows.windows != 0) {
    result.blame = blame_of(result, run);
    return result;
  }
  result.shortest = shrink(*judged_by.table, names, judged_by.factory, finding,
                           std::move(past.events), options.budget / 2);
  result.blame = blame_of(result, run);
  return result;
}

}  // namespace gms::check
