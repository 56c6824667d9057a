#include "flow/explore_build.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/messages.h"
#include "base/progress.h"
#include "base/run_program.h"
#include "gen/backend/messages.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
namespace diag = gen::backend::diag;

// What is large is compiled for a long time with -O3, and spends its own time on calls that fail.
constexpr std::size_t kLargeText = 200'000;

std::vector<std::string> flags_for(const std::string& text, bool optimize) {
  return {"-std=c++20",
          !optimize                  ? "-O0"
          : text.size() > kLargeText ? "-O1"
                                     : "-O3",
          "-fno-exceptions",
          "-fno-rtti",
          "-w",
          "-pthread"};
}

constexpr std::string_view kRuntimeFolder = "model/explore_rt/";

bool write(const std::string& path, std::string_view text, base::DiagSink& sink) {
  const auto error = base::write_file(path, text);
  if (error) sink.report(base::diag::unwritable_file, {}, path, *error);
  return !error;
}

/// What a compiler says is long; the first lines tell.
std::string first_lines(const std::string& text) {
  std::size_t end = 0;
  for (int i = 0; i < 8 && end != std::string::npos; ++i)
    end = text.find('\n', end + 1);
  return text.substr(0, end);
}

}  // namespace

std::string explore_cache() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return std::string(cache) + "/gmemspec/explore";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return std::string(home) + "/.cache/gmemspec/explore";
  return (fs::temp_directory_path() / ("gmemspec-" + std::to_string(getuid())) / "explore")
      .string();
}

std::optional<BuiltExplorer> build_explorer(const std::string& spec, const std::string& text,
                                            std::span<const RuntimeFile> runtime,
                                            const std::string& compiler, bool optimize,
                                            base::DiagSink& sink) {
  const auto version = base::run_program({compiler, "--version"}, base::ErrorOutput::kKept);
  // A program that is not there ends with 127 where spawning does not notice.
  if (!version || version->status == 127) {
    sink.report(diag::no_compiler, {}, compiler)
        .with_hint("install g++, or name another compiler: --compiler PROGRAM");
    return std::nullopt;
  }
  std::string all = text + compiler + version->output;
  const std::vector<std::string> flags = flags_for(text, optimize);
  for (const std::string& flag : flags)
    all += ' ' + flag;
  for (const RuntimeFile& file : runtime) {
    all += file.name;
    all += file.text;
  }
  const std::string folder = explore_cache() + '/' + base::hex(base::fingerprint(all));
  BuiltExplorer out{folder + "/explorer", false, 0};
  std::error_code error;
  if (fs::exists(out.program, error)) {
    out.cached = true;
    return out;
  }
  // Everything is made beside its place and moved there whole: several may build the same.
  const std::string own = '.' + std::to_string(getpid());
  if (const auto why = base::make_folder(folder + '/' + std::string(kRuntimeFolder))) {
    sink.report(base::diag::unwritable_file, {}, folder, *why);
    return std::nullopt;
  }
  for (const RuntimeFile& file : runtime)
    if (!write(folder + '/' + std::string(kRuntimeFolder) + std::string(file.name), file.text,
               sink))
      return std::nullopt;
  const std::string source = folder + "/explorer.cpp";
  if (!write(source, text, sink)) return std::nullopt;
  base::Progress progress("compiling the explorer of " + spec);
  progress.advance(1, "");
  std::vector<std::string> command{compiler};
  command.insert(command.end(), flags.begin(), flags.end());
  for (const std::string& word :
       {std::string("-I"), folder, std::string("-o"), out.program + own, source})
    command.push_back(word);
  const auto start = std::chrono::steady_clock::now();
  const auto compiled = base::run_program(command, base::ErrorOutput::kKept);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!compiled || compiled->status != 0) {
    base::Diagnostic& failed =
        sink.report(diag::compiler_failed, {}, compiler, spec, compiled ? compiled->status : 127);
    if (compiled && !compiled->output.empty()) failed.note(first_lines(compiled->output));
    return std::nullopt;
  }
  fs::rename(out.program + own, out.program, error);
  if (error) {
    sink.report(base::diag::unwritable_file, {}, out.program, error.message());
    return std::nullopt;
  }
  return out;
}

}  // namespace gms::flow
