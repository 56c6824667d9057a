#include "checker/prove/differential_run.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "checker/prove/differential.h"

namespace gms::check {
namespace {

constexpr std::size_t kKept = 5;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 0);
}

/// Takes a call that changes the state, if one is found soon. Handles make states interesting, and
/// dear.
void advance(ir::interp::Interpreter& interpreter, const RandomValues& values, Random& random,
             ir::interp::State& state) {
  constexpr int kTries = 12;
  constexpr std::size_t kHandles = 5;
  const ir::Module& m = interpreter.module();
  for (int i = 0; i < kTries; ++i) {
    const auto call = random_call(interpreter, values, random, state);
    if (!call || call->outcomes.empty()) continue;
    const ir::interp::State& next = call->outcomes[random.below(call->outcomes.size())].next;
    if (next == state) continue;
    bool crowded = false;
    for (ir::DomainId d = 0; d < m.domains.size(); ++d)
      crowded = crowded || next.live(d).size() > std::max(kHandles, state.live(d).size());
    if (crowded) continue;
    state = ir::interp::State(next);
    return;
  }
}

/// Of a few random calls the one that leads to the least common clause.
std::optional<RandomCall> rare_call(ir::interp::Interpreter& interpreter,
                                    const RandomValues& values, Random& random,
                                    const ir::interp::State& state,
                                    const std::vector<std::size_t>& met) {
  constexpr int kTries = 8;
  std::optional<RandomCall> best;
  std::size_t best_met = 0;
  for (int i = 0; i < kTries; ++i) {
    auto call = random_call(interpreter, values, random, state);
    if (!call) continue;
    std::size_t least = ~std::size_t{0};
    for (const auto& o : call->outcomes)
      least = std::min(least, met[o.clause]);
    if (best && least >= best_met) continue;
    best = std::move(call);
    best_met = least;
  }
  return best;
}

}  // namespace

std::size_t DifferentialRun::clauses_met() const {
  return static_cast<std::size_t>(std::count(clauses.begin(), clauses.end(), true));
}

std::uint64_t seed_from_environment(std::uint64_t otherwise) {
  return number_from("GMS_SEED", otherwise);
}
std::size_t cases_from_environment(std::size_t otherwise) {
  return number_from("GMS_CASES", otherwise);
}

DifferentialRun run_differential(const ir::Module& m, std::uint64_t seed, std::size_t steps,
                                 std::size_t walk, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  DifferentialRun out;
  out.clauses.resize(m.clauses.size());
  const RandomValues values(m);
  Random random(seed);
  std::vector<std::size_t> met(m.clauses.size(), 0);
  std::size_t step = 0;
  while (step < steps) {
    const auto valuation = values.valuation(random);
    ir::interp::Interpreter interpreter(m, valuation);
    ir::interp::State state = interpreter.fresh();
    for (std::size_t i = 0; i < walk && step < steps; ++i, ++step) {
      if (seconds > 0 && std::chrono::duration<double>(Clock::now() - start).count() > seconds)
        return out;
      advance(interpreter, values, random, state);
      const auto call = rare_call(interpreter, values, random, state, met);
      if (!call) {
        ++out.skipped;
        continue;
      }
      const StepComparison c = compare_step(m, valuation, state, *call, random);
      out.queries += c.queries;
      if (!c.undecided.empty()) {
        ++out.undecided;
        if (out.reasons.size() < kKept)
          out.reasons.push_back(m.actions[call->action].name + ": " + c.undecided);
      } else {
        ++out.compared;
        out.outcomes += call->outcomes.size();
        for (const auto& o : call->outcomes)
          out.clauses[o.clause] = true;
      }
      for (const auto& o : call->outcomes)
        ++met[o.clause];
      if (!c.disagreement.empty() && out.disagreements.size() < kKept)
        out.disagreements.push_back("seed " + std::to_string(seed) + ", step " +
                                    std::to_string(step) + ": " +
                                    call_text(m, call->action, call->args) + ": " + c.disagreement +
                                    "\nfrom\n" + ir::interp::state_text(m, state));
    }
  }
  return out;
}

}  // namespace gms::check
