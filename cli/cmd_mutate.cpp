// Makes small wrong versions of a spec and says what notices them.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "flow/mutate.h"
#include "flow/render_mutate.h"

namespace gms::cli {
namespace {

struct Options {
  flow::MutateOptions mutate;
  std::string format = "text";
  bool details = false;
};

base::ExitStatus mutate(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = flow::mutate_spec(options.mutate, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!report) return base::ExitStatus::kUsage;
  context.out << (options.format == "json"
                      ? flow::render_json(*report, sources)
                      : flow::render_text(*report, sources, context.out_style, options.details));
  for (const flow::Mutant& m : report->mutants)
    if (!m.killed() && !m.equivalent) return base::ExitStatus::kFinding;
  return base::ExitStatus::kOk;
}

}  // namespace

Run setup_mutate(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::MutateOptions& mutate_options = options->mutate;
  app.add_option("spec", mutate_options.spec,
                 "A shipped spec, or a .gms or .gir file (default: inplace_v7)")
      ->option_text("SPEC");
  app.add_option("--traces", mutate_options.traces,
                 "Traces, or folders of them (default: the bundled ones of the spec and of "
                 "those that it extends)")
      ->option_text("PATH...");
  app.add_option("--limit", mutate_options.limit, "Only N mutants, drawn at random (default: all)")
      ->option_text("N");
  app.add_option("--seed", mutate_options.seed, "Of the draw (default 1)")->option_text("S");
  app.add_option("--jobs", mutate_options.jobs, "Threads (default: one for each processor)")
      ->option_text("N");
  app.add_flag("!--no-proofs", mutate_options.proofs, "Ask the traces only");
  app.add_flag("--details", options->details, "Also say what notices each mutant");
  app.add_option("--format", options->format, "How to print the report: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  return [options](Context& context) { return mutate(*options, context); };
}

}  // namespace gms::cli
