// Makes a failing trace small: options in, calls and a trace out.
#include <memory>
#include <ostream>

#include "base/file_system.h"
#include "base/messages.h"
#include "base/render_text.h"
#include "cli/command.h"
#include "flow/shrink.h"

namespace gms::cli {
namespace {

struct Options {
  flow::ShrinkOptions shrink;
  std::string output;
};

base::ExitStatus shrink(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto report = flow::shrink_trace(options.shrink, sources, sink);
  if (report) {
    context.out << flow::render_text(*report);
    if (!options.output.empty() && !report->text.empty()) {
      if (const auto why = base::write_file(options.output, report->text))
        sink.report(base::diag::unwritable_file, {}, options.output, *why);
    }
  }
  context.err << base::render_text(sink, sources, context.err_style);
  return !report || sink.has_errors() ? base::ExitStatus::kUsage : report->status();
}

}  // namespace

Run setup_shrink(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("trace", options->shrink.trace,
                 "A trace that does not conform; - for standard input")
      ->required()
      ->option_text("TRACE");
  app.add_option("-o,--output", options->output, "Write the small trace to this file")
      ->option_text("FILE");
  app.add_option("--spec", options->shrink.spec,
                 "A shipped spec, or a .gms or .gir file (default: what the trace says)")
      ->option_text("NAME|FILE");
  app.add_option("--param", options->shrink.params, "The kernel's parameter NAME has this VALUE")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", options->shrink.quirks, "The kernel is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  return [options](Context& context) { return shrink(*options, context); };
}

}  // namespace gms::cli
