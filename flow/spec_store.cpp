#include "flow/spec_store.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file_system.h"
#include "base/spelling.h"
#include "checker/conform/interp_engine.h"
#include "checker/conform/messages.h"
#include "flow/compiled_spec.h"
#include "gen/driver/pipeline.h"
#include "ir/atomic.h"
#include "ir/text/parse.h"
#include "ir/verify.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

bool is_spec_path(const std::string& name) {
  return name.ends_with(".gms") || name.ends_with(".gir");
}

std::optional<ir::Module> read_gir(const std::string& path, base::SourceSet& sources,
                                   base::DiagSink& sink) {
  base::ReadResult read = base::read_file(path);
  if (!read.text) {
    sink.report(check::diag::unreadable_given_spec, {}, path, read.error);
    return std::nullopt;
  }
  const base::FileId file = sources.add(path, std::move(*read.text));
  std::optional<ir::Module> module = ir::parse(sources.file(file).text(), file, sink);
  if (module && !ir::verify(*module, sink)) return std::nullopt;
  return module;
}

}  // namespace

std::optional<ir::Module> read_spec(const std::string& path, const std::string& shipped,
                                    base::SourceSet& sources, base::DiagSink& sink) {
  return path.ends_with(".gir") ? read_gir(path, sources, sink)
                                : gen::compile(path, sources, sink, shipped);
}

/// The project's spec/, or another folder that the environment names.
std::string spec_folder() {
  if (const char* folder = std::getenv("GMEMSPEC_SPECS"); folder != nullptr && *folder != '\0')
    return folder;
  std::error_code error;
  return fs::is_directory("spec", error) ? "spec" : GMS_SPEC_FOLDER;
}

std::string find_spec_file(const std::string& name) {
  if (is_spec_path(name)) return name;
  std::error_code error;
  for (const char* suffix : {".gms", ".gir"}) {
    const std::string path = spec_folder() + '/' + name + suffix;
    if (fs::is_regular_file(path, error)) return path;
  }
  return "";
}

std::vector<std::string> SpecStore::shipped() {
  std::vector<std::string> result;
  std::error_code error;
  for (fs::directory_iterator it(spec_folder(), error), end; !error && it != end;
       it.increment(error)) {
    if (is_spec_path(it->path().string())) result.push_back(it->path().stem().string());
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

const LoadedSpec* SpecStore::load(const std::string& name) {
  const auto known = std::find_if(loaded_.begin(), loaded_.end(),
                                  [&](const Entry& one) { return one.name == name; });
  if (known != loaded_.end()) return known->spec.get();
  loaded_.push_back({name, read(name)});
  return loaded_.back().spec.get();
}

std::string SpecStore::find(const std::string& name) {
  const std::string path = find_spec_file(name);
  if (path.empty()) {
    auto& diagnostic = sink_.report(check::diag::unknown_spec, {}, name);
    const std::vector<std::string> known = shipped();
    const std::vector<std::string_view> views(known.begin(), known.end());
    if (const auto close = base::closest_name(name, views)) {
      diagnostic.with_hint("did you mean '" + std::string(*close) + "'?");
    } else {
      std::string list;
      for (const std::string& one : known)
        list += (list.empty() ? "" : ", ") + one;
      diagnostic.with_hint("shipped are: " + list + "; a file ends in .gms or .gir");
    }
  }
  return path;
}

std::optional<ir::Module> SpecStore::module(const std::string& name) {
  const std::string path = find(name);
  if (path.empty()) return std::nullopt;
  return read_spec(path, spec_folder(), sources_, sink_);
}

std::unique_ptr<LoadedSpec> SpecStore::read(const std::string& name) {
  const std::string path = find(name);
  if (path.empty()) return nullptr;
  if (from_ == From::kCompiled && path.ends_with(".gms")) {
    if (const std::optional<CompiledSpec> compiled = read_compiled(path, sources_)) {
      // A program of another version may have another model, and compile the text otherwise.
      auto spec = prepare(name, compiled->module, compiled->digest);
      if (spec && spec->models) return spec;
    }
  }
  const std::optional<ir::Module> module = read_spec(path, spec_folder(), sources_, sink_);
  if (!module) return nullptr;
  return prepare(name, *module);
}

std::unique_ptr<LoadedSpec> SpecStore::prepare(const std::string& name, const ir::Module& module,
                                               std::optional<std::uint64_t> digest) {
  auto spec = std::make_unique<LoadedSpec>(LoadedSpec{name, ir::to_atomic(module), {}, {}, {}});
  auto events = check::EventTable::make(spec->module);
  if (const std::string* message = std::get_if<std::string>(&events)) {
    sink_.report(check::diag::unusable_events, {}, spec->module.name, *message);
    return nullptr;
  }
  spec->events = std::get<check::EventTable>(std::move(events));
  spec->engines = check::interpreter_engines();
  spec->models =
      digest ? check::compiled_models(spec->events, *digest) : check::compiled_models(spec->events);
  return spec;
}

}  // namespace gms::flow
