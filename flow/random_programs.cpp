#include "flow/random_programs.h"

#include <iterator>
#include <nlohmann/json.hpp>

#include "base/progress.h"
#include "checker/vectors/random_program.h"
#include "flow/kernel_options.h"
#include "flow/spec_store.h"
#include "flow/vector_text.h"
#include "runner/sequence.h"

namespace gms::flow {
namespace {

/// Whether the runner can make the last call after or beside the others, and a checker judge it.
bool can_be_made(const std::vector<runner::Line>& lines, runner::Traits traits) {
  const runner::Line& last = lines.back();
  const auto op = last["op"].get<std::string>();
  const bool by_thread = last.contains("tid");
  if (by_thread && runner::Executor::race_length({&last, 1}) == 0) return false;  // by the child
  if (traits.guest_uses_userspace_addr && runner::is_of_guest(op)) return false;
  return !runner::check_sequence(lines);
}

}  // namespace

std::optional<std::vector<RandomProgram>> make_random_programs(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, const RandomSize& size, runner::Traits traits,
    base::SourceSet& sources, base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* loaded = store.load(spec);
  if (loaded == nullptr) return std::nullopt;
  const auto choice = kernel_choice(spec, params, quirks, sink);
  if (!choice) return std::nullopt;
  const auto values = check::valuations(loaded->module, *choice, false, sink);
  if (values.empty()) return std::nullopt;
  check::RandomOptions making;
  making.seed = size.seed;
  making.calls = size.calls;
  making.threads = size.threads;
  making.can_be_made = [&](const std::vector<runner::Line>& lines) {
    return can_be_made(lines, traits);
  };
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
