// Makes the calls of vectors on this machine's kernel and judges them: options in, report out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "flow/render_run.h"
#include "flow/run_vectors.h"

namespace gms::cli {
namespace {

struct Options {
  flow::RunOptions run;
  double timeout = 10;
  std::string format = "text";
};

base::ExitStatus run_command(Options& options, Context& context) {
  if (options.run.vectors.empty() && options.run.random == 0) {
    context.err << "gmemspec: there is nothing to run: give vectors, or --random N\n"
                   "hint: try 'gmemspec run --help'\n";
    return base::ExitStatus::kUsage;
  }
  base::SourceSet sources;
  base::DiagSink sink;
  options.run.patience = std::chrono::milliseconds(static_cast<long>(options.timeout * 1000));
  const flow::RunReport report = flow::run_vectors(options.run, sources, sink);
  context.out << (options.format == "json" ? flow::render_json(report)
                                           : flow::render_text(report, context.out_style));
  context.err << base::render_text(sink, sources, context.err_style);
  return report.status();
}

}  // namespace

Run setup_run(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option(
         "vector", options->run.vectors,
         "Calls to make, as JSON lines like those of a trace, those whose tid is above 0 by "
         "threads at the same time; folders of such files")
      ->option_text("VECTOR...");
  app.add_option("--random", options->run.random,
                 "Also run random programs with so many calls in all, made up by the model of this "
                 "kernel")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}))
      ->option_text("N");
  app.add_option("--seed", options->run.seed, "Of the random programs (default 1)")
      ->option_text("S");
  app.add_option("--repeat", options->run.repeat,
                 "Run each vector so many times (default 1): for races, which end in many ways")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}))
      ->option_text("N");
  app.add_option("--threads", options->run.threads,
                 "In the random programs so many threads make calls at the same time (default 1)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{runner::kMaxThreads}))
      ->option_text("N");
  app.add_option("-o,--output", options->run.output,
                 "Write the traces: a file for one vector, a folder for several")
      ->option_text("PATH");
  app.add_option("--spec", options->run.spec,
                 "A shipped spec, or a .gms or .gir file (default: what fits this kernel)")
      ->option_text("NAME|FILE");
  app.add_option("--param", options->run.params, "The kernel's parameter NAME has this VALUE")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", options->run.quirks, "The kernel is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--timeout", options->timeout,
                 "After how many seconds a call counts as hung (default 10)")
      ->check(CLI::Range(0.1, 86400.0))
      ->option_text("SECONDS");
  app.add_option("--format", options->format, "How to print the report: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  return [options](Context& context) { return run_command(*options, context); };
}

}  // namespace gms::cli
