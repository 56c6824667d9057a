// Compiles a spec: reports its mistakes, or prints one of the compiler's stages.
#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/render_text.h"
#include "cli/command.h"
#include "flow/compile.h"
#include "flow/spec_store.h"
#include "gen/driver/pipeline.h"

namespace gms::cli {
namespace {

using base::ExitStatus;

struct Options {
  std::string spec;
  std::string stage;
  std::string language;
  std::string folder;
};

ExitStatus emit(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto files = flow::emit_cpp(options.spec, sources, sink);
  const bool written = files && flow::write_files(*files, options.folder, sink);
  context.err << base::render_text(sink, sources, context.err_style);
  return written ? ExitStatus::kOk : ExitStatus::kUsage;
}

ExitStatus compile(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  std::optional<std::string> text;
  if (options.stage.empty()) {
    if (gen::compile(options.spec, sources, sink, flow::spec_folder())) text = "";
  } else {
    const gen::Stage stage = options.stage == "ast"        ? gen::Stage::kAst
                             : options.stage == "types"    ? gen::Stage::kTypes
                             : options.stage == "stepwise" ? gen::Stage::kStepwise
                                                           : gen::Stage::kIr;
    text = gen::dump(options.spec, stage, sources, sink, flow::spec_folder());
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
  app.add_option("--dump", options->stage, "Print a stage: ast, types, ir or stepwise")
      ->check(CLI::IsMember({"ast", "types", "ir", "stepwise"}))
      ->option_text("STAGE");
  auto* emit_option = app.add_option("--emit", options->language, "Write what it compiles to: cpp")
                          ->check(CLI::IsMember({"cpp"}))
                          ->excludes("--dump")
                          ->option_text("LANGUAGE");
  auto* folder = app.add_option("-o,--output", options->folder, "Where --emit writes its files")
                     ->needs(emit_option)
                     ->option_text("FOLDER");
  emit_option->needs(folder);
  return [options](Context& context) {
    return options->language.empty() ? compile(*options, context) : emit(*options, context);
  };
}

}  // namespace gms::cli
