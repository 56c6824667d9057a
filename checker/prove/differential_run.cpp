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
  std::size_t step = 0;
  while (step < steps) {
    const auto valuation = values.valuation(random);
    ir::interp::Interpreter interpreter(m, valuation);
    ir::interp::State state = interpreter.fresh();
    for (std::size_t i = 0; i < walk && step < steps; ++i, ++step) {
      if (seconds > 0 && std::chrono::duration<double>(Clock::now() - start).count() > seconds)
        return out;
      const auto call = random_call(interpreter, values, random, state);
      if (!call) {
        ++out.skipped;
        continue;
      }
      const StepComparison c = compare_step(m, valuation, state, *call, random);
      out.queries += c.queries;
      if (!c.undecided.empty()) {
        ++out.undecided;
        if (out.reasons.size() < kKept) out.reasons.push_back(m.actions[call->action].name + ": " + c.undecided);
      } else {
        ++out.compared;
        out.outcomes += call->outcomes.size();
        for (const auto& o : call->outcomes)
          out.clauses[o.clause] = true;
      }
      if (!c.disagreement.empty() && out.disagreements.size() < kKept)
        out.disagreements.push_back("seed " + std::to_string(seed) + ", step " +
                                    std::to_string(step) + ": " +
                                    call_text(m, call->action, call->args) + ": " +
                                    c.disagreement + "\nfrom\n" +
                                    ir::interp::state_text(m, state));
      // Successes lead on; errors mostly stay where they are.
      if (call->outcomes.empty()) continue;
      const auto& next = call->outcomes[random.below(call->outcomes.size())].next;
      state = ir::interp::State(next);
    }
  }
  return out;
}

}  // namespace gms::check
