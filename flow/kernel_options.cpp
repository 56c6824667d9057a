#include "flow/kernel_options.h"

#include "checker/conform/messages.h"

namespace gms::flow {

std::optional<check::KernelChoice> kernel_choice(const std::string& spec,
                                                 const std::vector<std::string>& params,
                                                 const std::vector<std::string>& quirks,
                                                 base::DiagSink& sink) {
  check::KernelChoice choice{spec, {}, quirks};
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

}  // namespace gms::flow
