// The options that say what the kernel is: --spec, --param and --quirk.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "checker/conform/valuation.h"

namespace gms::flow {

/// `params`: "name=value". Every one that is not is reported; then nothing comes out.
std::optional<check::KernelChoice> kernel_choice(const std::string& spec,
                                                 const std::vector<std::string>& params,
                                                 const std::vector<std::string>& quirks,
                                                 base::DiagSink& sink);

/// Values of the parameters that the options give, and of quirks: those that are not given are off.
/// Nothing after a reported error.
std::optional<std::map<ir::ParamId, std::uint64_t>> fixed_parameters(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, const ir::Module& module, base::DiagSink& sink);

}  // namespace gms::flow
