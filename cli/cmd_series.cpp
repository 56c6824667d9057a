// Compares each of several specs with the next one.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "cli/diff_exit.h"
#include "flow/series.h"

namespace gms::cli {
namespace {

struct Options {
  flow::SeriesOptions series;
  std::string format = "text", fail_on = "break";
  bool sequential = false;
};

base::ExitStatus series(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto steps = flow::compare_series(options.series, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!steps || sink.has_errors()) return base::ExitStatus::kUsage;
  context.out << (options.format == "json" ? flow::render_series_json(*steps)
                                           : flow::render_series(*steps));
  base::ExitStatus worst = base::ExitStatus::kOk;
  for (const flow::SeriesStep& step : *steps) {
    const base::ExitStatus one = diff_exit(step.diffed, options.fail_on, options.sequential);
    if (one == base::ExitStatus::kFinding) return one;
    if (one == base::ExitStatus::kUnknown) worst = one;
  }
  return worst;
}

}  // namespace

Run setup_series(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("spec", options->series.specs,
                 "Specs as those of `gmemspec diff`, the oldest first")
      ->option_text("SPEC SPEC...")
      ->required()
      ->expected(2, 1000);
  app.add_option("--param", options->series.each.params,
                 "For this VALUE of the parameter NAME, in the specs that have it")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--fail-on", options->fail_on,
                 "Exit with 1 from this level on: compatible, risk, break, or never (default: "
                 "break)")
      ->check(CLI::IsMember({"compatible", "risk", "break", "never"}))
      ->option_text("LEVEL");
  app.add_option("--calls", options->series.each.calls,
                 "How many calls to try in each of two searches (default: 120000)")
      ->option_text("N");
  app.add_flag("--properties", options->series.each.properties,
               "Also what becomes of the properties that each step touches");
  app.add_flag("--sequential", options->sequential,
               "Callers never overlap: do not exit with 3 because steps or locks differ");
  app.add_option("--format", options->format, "How to print it: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  return [options](Context& context) { return series(*options, context); };
}

}  // namespace gms::cli
