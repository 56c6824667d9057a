// Makes test vectors: options in, a folder of traces and a coverage report out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "flow/vectors.h"

namespace gms::cli {
namespace {

struct Options {
  flow::VectorsOptions vectors;
  std::string format = "text";
  bool details = false;
};

base::ExitStatus vectors(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = flow::make_vectors(options.vectors, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!report) return base::ExitStatus::kUsage;
  context.out << (options.format == "json" ? flow::render_json(*report)
                                           : flow::render_text(*report, options.details));
  return report->status();
}

}  // namespace

Run setup_vectors(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::VectorsOptions& making = options->vectors;
  app.add_option("--spec", making.spec,
                 "A shipped spec, or a .gms or .gir file (default: inplace_v7)")
      ->option_text("NAME|FILE");
  app.add_option(
         "--param", making.params,
         "Only for this VALUE of the parameter NAME (default: bools and enums, every value)")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", making.quirks, "Of a kernel that is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--cover", making.criteria,
                 "What to show: clause, each clause fires; condition, each condition of a decision "
                 "decides it both ways; boundary, each comparison at its boundary and one to each "
                 "side; pair, each call that depends on what the call before it wrote; premise, "
                 "each property's premise holds; mutation, "
                 "each small "
                 "change of the spec, as mutate makes them, is noticed (default: all)")
      ->delimiter(',')
      ->option_text("CRITERION");
  app.add_option("-o,--output", making.folder, "Write each vector as a trace into this folder")
      ->option_text("DIR");
  app.add_option("--seed", making.seed, "Of the search (default 1)")->option_text("S");
  app.add_option("--calls", making.calls, "How many calls to try in the search (default 1,500,000)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
      ->option_text("N");
  app.add_flag("!--no-proofs", making.proofs,
               "Do not ask the solver whether what was not found is impossible");
  app.add_flag("--details", options->details, "Also list the vectors with what each one shows");
  app.add_option("--format", options->format, "How to print the report: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  return [options](Context& context) { return vectors(*options, context); };
}

}  // namespace gms::cli
