#include "flow/random_programs.h"

#include <iterator>

#include "base/progress.h"
#include "checker/vectors/random_program.h"
#include "flow/kernel_options.h"
#include "flow/spec_store.h"
#include "flow/vector_text.h"

namespace gms::flow {

std::optional<std::vector<RandomProgram>> make_random_programs(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, std::uint64_t seed, std::size_t calls,
    base::SourceSet& sources, base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* loaded = store.load(spec);
  if (loaded == nullptr) return std::nullopt;
  const auto choice = kernel_choice(spec, params, quirks, sink);
  if (!choice) return std::nullopt;
  const auto values = check::valuations(loaded->module, *choice, false, sink);
  if (values.empty()) return std::nullopt;
  check::RandomOptions making;
  making.seed = seed;
  making.calls = calls;
  making.valuation = values.front();
  making.not_given.assign(std::begin(kFaults), std::end(kFaults));
  base::Progress progress("making random programs");
  std::vector<RandomProgram> programs;
  for (const check::TestVector& program : check::random_programs(loaded->module, making)) {
    progress.advance(1, program.name);
    programs.push_back({program.name, vector_text(loaded->module, program, {})});
  }
  return programs;
}

}  // namespace gms::flow
