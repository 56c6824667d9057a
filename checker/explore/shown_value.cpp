#include "checker/explore/shown_value.h"

#include <utility>
#include <vector>

#include "ir/type.h"

namespace gms::check {

namespace interp = ir::interp;

namespace {

/// The `nth` example of a value of so many bits: with 8 bits or more it differs from the others, as
/// far as there are as many, and from 0.
std::uint64_t example_value(unsigned width, std::uint64_t nth) {
  if (width < 8) return 0;
  constexpr std::uint64_t kFrame = 0x100000, kByte = 0x5a;
  if (width >= 32) return kFrame + nth;
  return 1 + (kByte + nth) % ir::mask_of(width);
}

}  // namespace

unsigned choose_shown_values(interp::Interpreter& in, const interp::State& before,
                             ir::ActionId action, std::span<const interp::Value> args,
                             std::span<const std::uint32_t> outputs, std::uint64_t first,
                             const interp::RunOptions& options, interp::Outcome& outcome) {
  const ir::Action& declared = in.module().actions[action];
  interp::Observed seen;
  seen.result = outcome.result;
  seen.outputs.resize(declared.outputs.size());
  unsigned count = 0;
  for (const std::uint32_t o : outputs) {
    if (!outcome.outputs[o].is_unknown() || seen.outputs[o].tag != interp::Tag::kUnset) continue;
    const ir::Type& type = declared.locals[declared.outputs[o]].type;
    seen.outputs[o] = interp::Value::known(example_value(type.width, first + count++));
  }
  if (count == 0) return 0;
  for (std::size_t o = 0; o < outcome.outputs.size(); ++o)
    if (outcome.outputs[o].is_known()) seen.outputs[o] = outcome.outputs[o];
  interp::RunOptions observing = options;
  observing.observed = &seen;
  for (interp::Outcome& other : in.outcomes(before, action, args, observing)) {
    if (other.clause != outcome.clause) continue;
    outcome = std::move(other);
    for (std::size_t o = 0; o < outcome.outputs.size(); ++o)
      if (outcome.outputs[o].is_unknown() && seen.outputs[o].tag != interp::Tag::kUnset)
        outcome.outputs[o] = seen.outputs[o];
    return count;
  }
  return 0;
}

unsigned choose_shown_values(interp::Interpreter& in, const interp::State& before,
                             ir::ActionId action, std::span<const interp::Value> args,
                             std::uint64_t first, const interp::RunOptions& options,
                             interp::Outcome& outcome) {
  std::vector<std::uint32_t> unknown;
  for (std::uint32_t o = 0; o < outcome.outputs.size(); ++o)
    if (outcome.outputs[o].is_unknown()) unknown.push_back(o);
  if (unknown.empty()) return 0;  // as nearly always
  return choose_shown_values(in, before, action, args, unknown, first, options, outcome);
}

}  // namespace gms::check
