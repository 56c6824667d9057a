// Says how much of a spec traces exercise: options in, report out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "flow/coverage.h"

namespace gms::cli {
namespace {

struct Options {
  flow::CoverageOptions coverage;
  std::string format = "text";
  bool details = false;
};

base::ExitStatus coverage(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = flow::measure_coverage(options.coverage, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!report) return base::ExitStatus::kUsage;
  context.out << (options.format == "json"   ? flow::render_json(*report, sources)
                  : options.format == "html" ? flow::render_html(*report, sources)
                                             : flow::render_text(*report, options.details));
  return sink.has_errors() ? base::ExitStatus::kUsage : report->status();
}

}  // namespace

Run setup_coverage(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::CoverageOptions& coverage_options = options->coverage;
  app.add_option("trace", coverage_options.traces, "Traces, or folders of them")
      ->required()
      ->option_text("TRACE...");
  app.add_option("--spec", coverage_options.spec,
                 "A shipped spec, or a .gms or .gir file (default: inplace_v7)")
      ->option_text("NAME|FILE");
  app.add_option("--param", coverage_options.params, "The kernel's parameter NAME has this VALUE")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", coverage_options.quirks, "The kernel is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--vectors", coverage_options.vectors,
                 "Also say what these traces, or folders of them, would add")
      ->option_text("TRACE...");
  app.add_flag("--details", options->details, "Also list what is not shown");
  app.add_option("--format", options->format,
                 "How to print the report: text, json, or html, the spec's text with colours")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->option_text("FORM");
  return [options](Context& context) { return coverage(*options, context); };
}

}  // namespace gms::cli
