// Judges traces: options in, report out.
#include <chrono>
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "checker/report/render_check.h"
#include "cli/command.h"
#include "flow/check.h"

namespace gms::cli {
namespace {

struct Options {
  flow::CheckOptions check;
  std::string format = "text";
  std::uint64_t order_seconds = 600;
};

base::ExitStatus check_command(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  flow::CheckOptions how = options.check;
  how.linearize.time = std::chrono::seconds(options.order_seconds);
  const check::CheckReport report = flow::check_traces(how, sources, sink);
  if (options.format == "json") {
    context.out << check::render_json(report);
  } else if (options.format == "sarif") {
    context.out << check::render_sarif(report);
  } else if (options.format == "junit") {
    context.out << check::render_junit(report);
  } else {
    context.out << check::render_text(report, context.out_style);
  }
  context.err << base::render_text(sink, sources, context.err_style);
  return report.traces.empty() && sink.has_errors() ? base::ExitStatus::kUsage : report.status();
}

}  // namespace

Run setup_check(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("trace", options->check.traces,
                 "Traces as JSON lines, plain or .gz; folders of them; - for standard input")
      ->required()
      ->option_text("TRACE...");
  app.add_option("--spec", options->check.spec,
                 "A shipped spec, or a .gms or .gir file (default: what the trace says)")
      ->option_text("NAME|FILE");
  app.add_option("--param", options->check.params, "The kernel's parameter NAME has this VALUE")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", options->check.quirks, "The kernel is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--engine", options->check.engine,
                 "What decides whether the spec allows an event: compiled (default), the compiled "
                 "model where there is one; interpreter; or z3, which asks the solver alone and "
                 "takes its time")
      ->option_text("NAME");
  app.add_option("--format", options->format, "How to print the report: text, json, sarif or junit")
      ->check(CLI::IsMember({"text", "json", "sarif", "junit"}))
      ->option_text("FORM");
  app.add_option("--max-findings", options->check.max_findings,
                 "How many findings of one trace to print (default 20)")
      ->check(CLI::Range(1, 1000000))
      ->option_text("N");
  app.add_option("--memory", options->check.memory,
                 "When a store takes effect: sc, before its end; tso, perhaps only before the "
                 "thread's next system call (default: what the trace says, else sc)")
      ->check(CLI::IsMember({"sc", "tso"}))
      ->option_text("MODEL");
  app.add_option("--max-orders", options->check.linearize.max_configurations,
                 "Of calls that overlap, how many orders to follow at a time (default 20000)")
      ->check(CLI::Range(1, 100'000'000))
      ->option_text("N");
  app.add_option("--order-time", options->order_seconds,
                 "How long to look for orders in one trace (default 600)")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("SECONDS");
  app.add_flag("--coverage", options->check.coverage,
               "Say how often each clause of the spec was exercised");
  app.add_flag("--events", options->check.events,
               "List each event with the clauses of the spec that explain it");
  app.add_flag("!--no-explain", options->check.explain,
               "Do not look for what would explain a violation");
  return [options](Context& context) { return check_command(*options, context); };
}

}  // namespace gms::cli
