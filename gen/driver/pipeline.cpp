#include "gen/driver/pipeline.h"

#include <utility>

#include "base/file_system.h"
#include "base/messages.h"
#include "gen/ast/print.h"
#include "gen/sema/sema.h"
#include "gen/syntax/parse.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::gen {

std::optional<ast::File> load_spec(const std::string& path, base::SourceSet& sources,
                                   base::DiagSink& sink) {
  base::ReadResult read = base::read_file(path);
  if (!read.text) {
    sink.report(base::diag::unreadable_file, {}, path, read.error);
    return {};
  }
  const base::FileId file = sources.add(path, std::move(*read.text));
  return parse_spec(file, sources, sink);
}

std::optional<ir::Module> compile(const std::string& path, base::SourceSet& sources,
                                  base::DiagSink& sink) {
  const std::optional<ast::File> file = load_spec(path, sources, sink);
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
                                base::DiagSink& sink) {
  if (stage == Stage::kAst) {
    const std::optional<ast::File> file = load_spec(path, sources, sink);
    if (!file) return {};
    return ast::print(*file);
  }
  const std::optional<ir::Module> module = compile(path, sources, sink);
  if (!module) return {};
  return stage == Stage::kTypes ? print_types(*module) : ir::print(*module);
}

}  // namespace gms::gen
