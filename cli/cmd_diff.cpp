// Compares two specs: options in, findings out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "cli/diff_exit.h"
#include "flow/diff.h"

namespace gms::cli {
namespace {

struct Options {
  flow::DiffOptions diff;
  std::string format = "text", fail_on = "break";
  bool times = true, details = false, sequential = false;
};

base::ExitStatus diff(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto diffed = flow::diff_specs(options.diff, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!diffed) return base::ExitStatus::kUsage;
  const diff::Rendering how{options.times, options.details};
  context.out << (options.format == "json"       ? diff::render_json(diffed->text, how)
                  : options.format == "markdown" ? diff::render_markdown(diffed->text, how)
                  : options.format == "sarif"    ? diff::render_sarif(diffed->text)
                  : options.format == "junit"    ? diff::render_junit(diffed->text)
                  : options.format == "html"     ? diff::render_html(diffed->text)
                                                 : diff::render_text(diffed->text, how));
  return sink.has_errors() ? base::ExitStatus::kUsage
                           : diff_exit(*diffed, options.fail_on, options.sequential);
}

}  // namespace

Run setup_diff(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::DiffOptions& diff_options = options->diff;
  app.add_option("old", diff_options.old_spec,
                 "A shipped spec, a .gms or .gir file, or REVISION:PATH of this repository")
      ->option_text("OLD")
      ->required();
  app.add_option("new", diff_options.new_spec,
                 "The same (without it: OLD is the new one, and what it extends the old one)")
      ->option_text("NEW");
  app.add_option("--param", diff_options.params,
                 "For this VALUE of the parameter NAME, on the sides that have it (default: the "
                 "new side's)")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--old-param", diff_options.old_params, "The same, for the old side alone")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--new-param", diff_options.new_params, "The same, for the new side alone")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", diff_options.quirks, "Of a kernel that is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--fail-on", options->fail_on,
                 "Exit with 1 from this level on: compatible, risk, break, or never (default: "
                 "break)")
      ->check(CLI::IsMember({"compatible", "risk", "break", "never"}))
      ->option_text("LEVEL");
  app.add_option("--format", options->format,
                 "How to print it: text, json, markdown, sarif, junit or html")
      ->check(CLI::IsMember({"text", "json", "markdown", "sarif", "junit", "html"}))
      ->option_text("FORM");
  app.add_option("--waivers", diff_options.waivers,
                 "Findings that are accepted: lines of fingerprint, last day, author, reason")
      ->option_text("FILE");
  app.add_option("--today", diff_options.today,
                 "The day that the last days of waivers are held against, as 2027-01-31")
      ->option_text("DAY");
  app.add_flag("--properties", diff_options.properties,
               "Also what becomes of the properties that the change touches");
  app.add_flag("--sequential", options->sequential,
               "Callers never overlap: do not exit with 3 because steps or locks differ");
  app.add_option("--calls", diff_options.calls,
                 "How many calls to try in each of two searches (default: 120000)")
      ->option_text("N");
  app.add_option("--seed", diff_options.seed, "Of the searches (default: 1)")->option_text("S");
  app.add_flag("!--no-proofs", diff_options.prove, "Do not ask the solver");
  app.add_flag("!--no-times", options->times, "Print nothing that differs from time to time");
  app.add_flag("--details", options->details, "Also places, and the verdict of each call");
  return [options](Context& context) { return diff(*options, context); };
}

}  // namespace gms::cli
