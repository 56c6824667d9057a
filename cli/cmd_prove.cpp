// Proves the properties of a spec: options in, verdicts out.
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "checker/report/render_prove.h"
#include "cli/command.h"
#include "flow/prove.h"

namespace gms::cli {
namespace {

struct Options {
  flow::ProveOptions prove;
  std::string format = "text";
  bool verbose = false, times = true;
};

base::ExitStatus prove(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto proofs = flow::prove_spec(options.prove, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!proofs) return base::ExitStatus::kUsage;
  const check::ProveRendering how{context.out_style, options.verbose, options.times};
  context.out << (options.format == "json"    ? check::render_json(proofs->report, how)
                  : options.format == "junit" ? check::render_junit(proofs->report)
                                              : check::render_text(proofs->report, how));
  return proofs->report.status();
}

}  // namespace

Run setup_prove(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  flow::ProveOptions& prove_options = options->prove;
  app.add_option("property", prove_options.properties, "Properties by name (default: all)")
      ->option_text("PROPERTY...");
  app.add_option("--spec", prove_options.spec,
                 "A shipped spec, or a .gms or .gir file (default: inplace_v7)")
      ->option_text("NAME|FILE");
  app.add_option(
         "--param", prove_options.params,
         "Only for this VALUE of the parameter NAME (default: bools and enums, every value)")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--quirk", prove_options.quirks, "Of a kernel that is known to have this defect")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--solver", prove_options.solvers,
                 "Who answers the queries: z3, cvc5, or z3,cvc5 for both (default: z3)")
      ->delimiter(',')
      ->option_text("SOLVER");
  app.add_option("--emit", prove_options.emit_folder,
                 "Also write each query as an SMT-LIB 2 file into this folder")
      ->option_text("DIR");
  app.add_option("--format", options->format, "How to print the verdicts: text, json or junit")
      ->check(CLI::IsMember({"text", "json", "junit"}))
      ->option_text("FORM");
  CLI::Option* const stepwise = app.add_flag(
      "--stepwise", prove_options.stepwise,
      "Calls in steps, any number of them at once: what holds at each intermediate step");
  app.add_flag("!--no-clauses", prove_options.clauses,
               "Do not ask for each clause whether it can fire");
  CLI::Option* const no_runs =
      app.add_flag("!--no-runs", prove_options.runs,
                   "Do not search runs: that refute a property, or reach a cover or a clause");
  app.add_flag("!--runs-only", prove_options.proofs,
               "With --stepwise: search runs of calls that overlap and prove nothing; what no run "
               "refutes is unknown")
      ->needs(stepwise)
      ->excludes(no_runs);
  app.add_option("--run-seconds", prove_options.run_seconds,
                 "How long to search: beside the solver, and again for what it refutes (default: "
                 "20 of CPU)")
      ->check(CLI::Range(0.1, 86400.0))
      ->option_text("SECONDS");
  app.add_flag("!--no-times", options->times, "Print nothing that differs from time to time");
  app.add_flag("-v,--verbose", options->verbose,
               "Also what each proof rests on, and the runs that reach covers");
  return [options](Context& context) { return prove(*options, context); };
}

}  // namespace gms::cli
