// Compiles a spec: reports its mistakes, or prints one of the compiler's stages.
#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "gen/driver/pipeline.h"

namespace gms::cli {
namespace {

using base::ExitStatus;

struct Options {
  std::string spec;
  std::string stage;
};

ExitStatus compile(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  std::optional<std::string> text;
  if (options.stage.empty()) {
    if (gen::compile(options.spec, sources, sink)) text = "";
  } else {
    const gen::Stage stage = options.stage == "ast"     ? gen::Stage::kAst
                             : options.stage == "types" ? gen::Stage::kTypes
                                                        : gen::Stage::kIr;
    text = gen::dump(options.spec, stage, sources, sink);
  }
  context.err << base::render_text(sink, sources, context.err_style);
  if (!text) return ExitStatus::kUsage;
  context.out << *text;
  return ExitStatus::kOk;
}

}  // namespace

Run setup_compile(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("spec", options->spec, "The spec, a .gms file")->required()->option_text("SPEC");
  app.add_option("--dump", options->stage, "Print a stage: ast, types or ir")
      ->check(CLI::IsMember({"ast", "types", "ir"}))
      ->option_text("STAGE");
  return [options](Context& context) { return compile(*options, context); };
}

}  // namespace gms::cli
