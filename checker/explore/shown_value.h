// Values that the environment chooses, such as page frames: where a call shows one, it is taken to
// be a certain one, and what follows has to agree with it.
#pragma once

#include <cstdint>
#include <span>

#include "ir/interp/interpreter.h"

namespace gms::check {

/// Gives the unknown ones of these outputs of the outcome, which is one of the call's, examples
/// that others of another number do not have, from number `first` on. How many; 0 and nothing done
/// if the state cannot say where one came from.
unsigned choose_shown_values(ir::interp::Interpreter& in, const ir::interp::State& before,
                             ir::ActionId action, std::span<const ir::interp::Value> args,
                             std::span<const std::uint32_t> outputs, std::uint64_t first,
                             const ir::interp::RunOptions& options, ir::interp::Outcome& outcome);
/// The same of all outputs.
unsigned choose_shown_values(ir::interp::Interpreter& in, const ir::interp::State& before,
                             ir::ActionId action, std::span<const ir::interp::Value> args,
                             std::uint64_t first, const ir::interp::RunOptions& options,
                             ir::interp::Outcome& outcome);

}  // namespace gms::check
