#include "gen/driver/pipeline.h"

#include "gen/ast/print.h"
#include "gen/inherit/compose.h"
#include "gen/sema/sema.h"
#include "ir/stepwise/stepwise.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::gen {

std::optional<ir::Module> compile(const std::string& path, base::SourceSet& sources,
                                  base::DiagSink& sink, const std::string& shipped) {
  const std::optional<ast::File> file = compose(path, sources, sink, shipped);
  if (!file) return {};
  std::optional<ir::Module> module = elaborate(*file, sink);
  if (!module) return {};
  for (std::size_t i = 0; i < sources.size(); ++i)
    module->files.push_back(sources.file(static_cast<base::FileId>(i)).name());
  // What it finds is a mistake of this program; better said here than computed with.
  if (!ir::verify(*module, sink)) return {};
  return module;
}

std::optional<std::string> dump(const std::string& path, Stage stage, base::SourceSet& sources,
                                base::DiagSink& sink, const std::string& shipped) {
  if (stage == Stage::kAst) {
    const std::optional<ast::File> file = compose(path, sources, sink, shipped);
    if (!file) return {};
    return ast::print(*file);
  }
  const std::optional<ir::Module> module = compile(path, sources, sink, shipped);
  if (!module) return {};
  if (stage == Stage::kStepwise) {
    const std::optional<ir::Stepwise> stepwise = ir::checked_stepwise(*module, sink);
    if (!stepwise) return {};
    return ir::print(stepwise->module, {.spans = false});
  }
  return stage == Stage::kTypes ? print_types(*module) : ir::print(*module);
}

}  // namespace gms::gen
