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
};

base::ExitStatus prove(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto proofs = flow::prove_spec(options.prove, sources, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  if (!proofs) return base::ExitStatus::kUsage;
  const check::ProveHeading heading{proofs->module->name, proofs->scope, proofs->solvers};
  context.out << (options.format == "json"
                      ? check::render_json(*proofs->module, proofs->report, heading)
                      : check::render_text(*proofs->module, proofs->report, heading,
                                           context.out_style));
  return static_cast<base::ExitStatus>(check::exit_status(proofs->report));
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
  app.add_option("--format", options->format, "How to print the verdicts: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORM");
  app.add_flag("!--no-clauses", prove_options.clauses,
               "Do not ask for each clause whether it can fire");
  return [options](Context& context) { return prove(*options, context); };
}

}  // namespace gms::cli
