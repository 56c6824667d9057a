// Which kernels a trace may come from: values for the parameters and quirks of a spec.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "checker/conform/event_table.h"
#include "ir/ir.h"

namespace gms::check {

/// A value for each parameter of a module, by ParamId.
using Valuation = std::vector<std::uint64_t>;

/// What the user, a trace's first line or its folder says about the kernel.
struct KernelChoice {
  std::string spec;                                         // empty: not said
  std::vector<std::pair<std::string, std::string>> params;  // name, value as text
  std::vector<std::string> quirks;                          // switched on
  std::string memory = {};                                  // sc or tso; empty: not said
  std::vector<std::string> stores = {},
                           loads = {};  // ops that are one instruction of the processor
  bool says_nothing() const { return spec.empty() && params.empty() && quirks.empty(); }
};

Valuation default_valuation(const ir::Module& module);

/// The valuations that agree with the choice. Parameters that it does not give take every value if
/// `open`, else their default; quirks that it does not give are off. Empty after a reported error.
std::vector<Valuation> valuations(const ir::Module& module, const KernelChoice& choice, bool open,
                                  base::DiagSink& sink);

/// "per_vm=true, quirk stale": what differs from the default; all parameters if `all`. Empty if
/// nothing.
std::string valuation_text(const ir::Module& module, const Valuation& valuation, bool all = false);

/// What the valuations `some` have in common that not all of `all` have: "per_vm=true,
/// ksm=true|false" is "per_vm=true" if `all` leaves ksm open. Empty if nothing.
std::string valuation_set_text(const ir::Module& module, const std::vector<Valuation>& all,
                               const std::vector<Valuation>& some);

/// The bits of `text` as a value of the parameter, if it is one.
std::optional<std::uint64_t> parse_value(const ir::Module& module, const ir::Type& type,
                                         std::string_view text);

/// At most so many are tried together.
inline constexpr std::size_t kMaxValuations = 4096;

/// For each event of the table the parameters that judging it may read.
std::vector<std::vector<bool>> parameters_read(const EventTable& table);

}  // namespace gms::check
