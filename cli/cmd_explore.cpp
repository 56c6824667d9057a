// Visits every state of a bounded system: options in, verdicts out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "cli/embedded.h"
#include "flow/explore.h"
#include "flow/render_explore.h"

namespace gms::cli {
namespace {

struct Options {
  flow::ExploreOptions explore;
  std::string format = "text";
  bool verbose = false, times = true;
};

base::ExitStatus explore(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  std::vector<flow::RuntimeFile> runtime;
  for (const EmbeddedFile& file : explore_runtime())
    runtime.push_back({file.name, file.text});
  const auto explored = flow::explore_spec(options.explore, runtime, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!explored) return base::ExitStatus::kUsage;
  context.out << (options.format == "json" ? flow::render_json(*explored, options.times)
                                           : flow::render_text(*explored, context.out_style,
                                                               options.times, options.verbose));
  return explored->status();
}

}  // namespace

Run setup_explore(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::ExploreOptions& o = options->explore;
  app.add_option("property", o.properties, "Properties by name (default: all)")
      ->option_text("PROPERTY...");
  app.add_option("--spec", o.spec, "A shipped spec, or a .gms or .gir file (default: inplace_v7)")
      ->option_text("NAME|FILE");
  app.add_option("--param", o.params, "A VALUE of the parameter NAME (default: the spec's)")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", o.quirks, "Of a kernel that is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option(
         "--bound", o.bounds,
         "So many objects of a domain or values of an index sort, or the largest value of an "
         "integer function (default: 2, or 1 where states are large; 2; what its type holds)")
      ->option_text("NAME=N")
      ->allow_extra_args(false);
  app.add_option(
         "--start", o.start,
         "So many objects of a domain are there at first (default: none, or all where nothing "
         "creates them)")
      ->option_text("DOMAIN=N")
      ->allow_extra_args(false);
  app.add_option("--values", o.values,
                 "What is tried as an argument (default: values that conditions compare with)")
      ->option_text("ACTION.ARG=V,V")
      ->allow_extra_args(false);
  app.add_option("--only", o.only, "Make calls of these actions only")
      ->delimiter(',')
      ->option_text("ACTION,...");
  app.add_option("--jobs", o.jobs, "Threads (default: one for each processor)")
      ->check(CLI::Range(0, 256))
      ->option_text("N");
  app.add_option("--memory", o.memory, "Give up beyond so many MiB for states (default: 2048)")
      ->check(CLI::Range(16, 1 << 20))
      ->option_text("MIB");
  app.add_flag("!--no-symmetry", o.symmetry,
               "Tell states apart that differ only in which object is which");
  app.add_flag("--stepwise", o.stepwise,
               "Calls in steps, as many at once as --bound Call=N says: every interleaving");
  app.add_flag("--deadlocks", o.deadlocks, "Also look for states that no call changes");
  app.add_option("--compiler", o.compiler, "What compiles the program that explores (default: g++)")
      ->option_text("PROGRAM");
  app.add_option("--emit", o.emit, "Also write that program into this file")
      ->option_text("FILE.cpp");
  app.add_option("--graph", o.graph, "Draw the states, if they are few; .svg needs graphviz")
      ->option_text("FILE.dot|FILE.svg");
  app.add_option("--format", options->format, "How to print the verdicts: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  app.add_flag("!--no-times", options->times, "Print nothing that differs from time to time");
  app.add_flag("-v,--verbose", options->verbose,
               "Also the runs that reach covers, and exits that no call takes");
  return [options](Context& context) { return explore(*options, context); };
}

}  // namespace gms::cli
