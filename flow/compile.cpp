#include "flow/compile.h"

#include <utility>

#include "base/file_system.h"
#include "base/messages.h"
#include "flow/compiled_spec.h"
#include "flow/spec_store.h"
#include "gen/backend/messages.h"
#include "gen/driver/pipeline.h"
#include "ir/atomic.h"
#include "ir/text/digest.h"
#include "ir/text/parse.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::flow {
namespace {

/// Without the folders above spec/, so that the text does not depend on where the compiler ran.
std::string short_name(const std::string& path) {
  if (const std::size_t at = path.rfind("spec/"); at != std::string::npos)
    return path.substr(at + 5);
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::optional<ir::Module> read_gir(const std::string& path, base::SourceSet& sources,
                                   base::DiagSink& sink) {
  base::ReadResult read = base::read_file(path);
  if (!read.text) {
    sink.report(base::diag::unreadable_file, {}, path, read.error);
    return std::nullopt;
  }
  const base::FileId file = sources.add(path, std::move(*read.text));
  std::optional<ir::Module> module = ir::parse(sources.file(file).text(), file, sink);
  if (!module || !ir::verify(*module, sink)) return std::nullopt;
  return module;
}

}  // namespace

std::optional<std::vector<gen::cpp::EmittedFile>> emit_cpp(const std::string& spec,
                                                           base::SourceSet& sources,
                                                           base::DiagSink& sink) {
  const std::string found = find_spec_file(spec);
  const std::string path = found.empty() ? spec : found;
  const bool gir = path.ends_with(".gir");
  const std::optional<ir::Module> module =
      gir ? read_gir(path, sources, sink) : gen::compile(path, sources, sink, spec_folder());
  if (!module) return std::nullopt;
  const auto place = [&](base::Span span) -> std::string {
    // The spans of a .gir are those of a text that is not at hand.
    if (gir || !span.has_place()) return {};
    const base::SourceFile& file = sources.file(span.file);
    return short_name(file.name()) + ':' + std::to_string(file.position(span.begin).line);
  };
  const ir::Module atomic = ir::to_atomic(*module);
  gen::cpp::Emitted emitted = gen::cpp::emit(atomic, place);
  for (const std::string& problem : emitted.problems)
    sink.report(gen::backend::diag::not_in_cpp, {}, module->name, problem);
  if (!emitted.problems.empty()) return std::nullopt;
  const std::string text = ir::print(*module);
  // Without what the compiler had to say, the module's text does not stand for its sources.
  if (!gir && sink.warning_count() == 0) {
    if (std::optional<std::string> origin =
            origin_of(module->name, ir::digest(atomic), text, path, sources))
      emitted.files.push_back({module->name + ".from", std::move(*origin)});
  }
  emitted.files.push_back({module->name + ".gir", text});
  return std::move(emitted.files);
}

bool write_files(const std::vector<gen::cpp::EmittedFile>& files, const std::string& folder,
                 base::DiagSink& sink) {
  const auto done = [&sink](const std::string& path, const std::optional<std::string>& error) {
    if (error) sink.report(base::diag::unwritable_file, {}, path, *error);
    return !error;
  };
  if (!done(folder, base::make_folder(folder))) return false;
  for (const gen::cpp::EmittedFile& file : files) {
    const std::string path = folder + '/' + file.name;
    if (!done(path, base::write_file(path, file.text))) return false;
  }
  return true;
}

}  // namespace gms::flow
