// Laws on one concrete state: both sequences of calls are made, every way in which the environment
// can choose, and their ends compared.
#pragma once

#include <optional>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// The parameters of the law, as VarIds of its locals: what its calls and its assumption read and
/// no call gives.
std::vector<ir::VarId> law_params(const ir::Module& module, const ir::Property& law);

struct LawBreach {
  std::vector<RunCall> left, right;
};
/// A way to run both sides that ends differently, or breaks what must hold then. `args` by
/// law_params.
std::optional<LawBreach> law_breach(ir::interp::Interpreter& interpreter, std::uint32_t property,
                                    const ir::interp::State& state, const std::vector<Datum>& args);

}  // namespace gms::check
