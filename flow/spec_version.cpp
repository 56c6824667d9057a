#include "flow/spec_version.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/file_system.h"
#include "base/run_program.h"
#include "checker/diff/messages.h"
#include "flow/spec_store.h"
#include "ir/atomic.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

/// What the program printed; nothing if it failed.
std::optional<std::string> output_of(const std::vector<std::string>& command) {
  auto ran = base::run_program(command, base::ErrorOutput::kDropped);
  if (!ran || ran->status != 0) return std::nullopt;
  return std::move(ran->output);
}

std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.pop_back();
  return text;
}

/// A folder that is gone when this is.
struct Folder {
  std::string path;
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    if (!path.empty()) fs::remove_all(path, error);
  }
};

/// Writes the files that the revision has in the folder of `path`, and says where the spec is then.
std::optional<std::string> take_out(const std::string& name, const std::string& commit,
                                    const std::string& path, Folder& folder, base::DiagSink& sink) {
  const auto fail = [&](const std::string& why) {
    sink.report(diff::diag::no_revision, {}, name, why);
    return std::nullopt;
  };
  std::string temporary = (fs::temp_directory_path() / "gmemspec-XXXXXX").string();
  if (mkdtemp(temporary.data()) == nullptr) return fail("no temporary folder can be made");
  folder.path = temporary;
  const std::string parent = fs::path(path).parent_path().string();
  const auto list = output_of({"git", "ls-tree", "-r", "--name-only", "-z", commit, "--",
                               parent.empty() ? "." : parent + "/"});
  if (!list || list->empty()) return fail("the revision has no such folder");
  bool found = false;
  for (std::size_t at = 0; at < list->size();) {
    const std::size_t end = std::min(list->find('\0', at), list->size());
    const std::string file = list->substr(at, end - at);
    at = end + 1;
    if (!file.ends_with(".gms") && !file.ends_with(".gir")) continue;
    const auto text = output_of({"git", "cat-file", "blob", commit + ":./" + file});
    if (!text) return fail("'" + file + "' cannot be read");
    std::error_code error;
    fs::create_directories(fs::path(temporary + '/' + file).parent_path(), error);
    if (base::write_file(temporary + '/' + file, *text)) return fail("a temporary file");
    found = found || fs::path(file).lexically_normal() == fs::path(path).lexically_normal();
  }
  if (!found) return fail("the revision has no such file");
  return temporary + '/' + path;
}

}  // namespace

std::optional<SpecVersion> load_version(const std::string& name, base::SourceSet& sources,
                                        base::DiagSink& sink) {
  SpecVersion out;
  out.name = name;
  out.path = find_spec_file(name);
  Folder folder;
  std::string shipped = spec_folder();
  std::error_code error;
  const std::size_t colon = name.find(':');
  if (colon != std::string::npos && colon > 0 && !fs::exists(name, error)) {
    const auto commit = output_of({"git", "rev-parse", "--verify", "--quiet", "--end-of-options",
                                   name.substr(0, colon) + "^{commit}"});
    if (!commit) {
      sink.report(diff::diag::no_revision, {}, name,
                  "'" + name.substr(0, colon) + "' is no revision, or this is no repository");
      return std::nullopt;
    }
    out.revision = one_line(*commit);
    const auto path = take_out(name, out.revision, name.substr(colon + 1), folder, sink);
    if (!path) return std::nullopt;
    out.path = *path;
    shipped = fs::path(*path).parent_path().string();
  }
  if (out.path.empty()) {
    SpecStore(sources, sink).load(name);  // says what there is
    return std::nullopt;
  }
  auto module = read_spec(out.path, shipped, sources, sink);
  if (!module) return std::nullopt;
  out.steps = std::move(*module);
  out.atomic = ir::to_atomic(out.steps);
  return out;
}

}  // namespace gms::flow
