#include "flow/kernel_options.h"

#include <algorithm>

#include "checker/conform/messages.h"

namespace gms::flow {

std::optional<check::KernelChoice> kernel_choice(const std::string& spec,
                                                 const std::vector<std::string>& params,
                                                 const std::vector<std::string>& quirks,
                                                 base::DiagSink& sink) {
  check::KernelChoice choice;
  choice.spec = spec;
  choice.quirks = quirks;
  bool good = true;
  for (const std::string& text : params) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      sink.report(check::diag::bad_option, {}, "--param", text, "name=value");
      good = false;
      continue;
    }
    choice.params.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  if (!good) return std::nullopt;
  return choice;
}

std::optional<std::map<ir::ParamId, std::uint64_t>> fixed_parameters(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, const ir::Module& module, base::DiagSink& sink) {
  const auto choice = kernel_choice(spec, params, quirks, sink);
  if (!choice) return std::nullopt;
  const auto values = check::valuations(module, *choice, false, sink);
  if (values.empty()) return std::nullopt;
  std::map<ir::ParamId, std::uint64_t> fixed;
  for (ir::ParamId p = 0; p < module.params.size(); ++p) {
    const ir::Param& param = module.params[p];
    const bool given = std::any_of(choice->params.begin(), choice->params.end(),
                                   [&](const auto& one) { return one.first == param.name; });
    if (given || param.is_quirk) fixed[p] = values.front()[p];
  }
  return fixed;
}

}  // namespace gms::flow
