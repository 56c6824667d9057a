#include "checker/vectors/pairs.h"

#include <utility>

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// In every way in which the call may end.
std::vector<std::pair<std::uint64_t, std::vector<std::pair<Tag, std::uint64_t>>>> seen(
    interp::Interpreter& in, const interp::State& state, ir::ActionId action,
    std::span<const Datum> args) {
  std::vector<std::pair<std::uint64_t, std::vector<std::pair<Tag, std::uint64_t>>>> all;
  for (const interp::Outcome& outcome : in.outcomes(state, action, args)) {
    std::vector<std::pair<Tag, std::uint64_t>> outputs;
    for (const Datum& value : outcome.outputs)
      outputs.emplace_back(value.tag, value.tag == Tag::kKnown ? value.bits : std::uint64_t{0});
    all.emplace_back(outcome.result, std::move(outputs));
  }
  return all;
}

}  // namespace

bool depends_on_step(interp::Interpreter& in, const interp::State& before,
                     const interp::State& after, ir::StateId function, ir::ActionId reader,
                     std::span<const Datum> args) {
  interp::State without = after;
  without.take(function, before);
  return seen(in, after, reader, args) != seen(in, without, reader, args);
}

std::vector<ir::StateId> changed_functions(const interp::State& before,
                                           const interp::State& after) {
  std::vector<ir::StateId> changed;
  for (ir::StateId f = 0; f < after.shape().states.size(); ++f)
    if (!after.same_values_of(f, before)) changed.push_back(f);
  return changed;
}

}  // namespace gms::check
