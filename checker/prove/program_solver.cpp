// A solver as a separate program, fed with an SMT-LIB file. Its answer is the first word that it
// prints.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/run_program.h"
#include "checker/prove/solver.h"

namespace gms::check {
namespace {

/// What the program printed, however it ended; nothing if it could not be started.
std::optional<std::string> output_of(const std::vector<std::string>& command) {
  auto ran = base::run_program(command, base::ErrorOutput::kDropped);
  if (!ran) return std::nullopt;
  return std::move(ran->output);
}

constexpr unsigned kGlanceMilliseconds = 1000;

}  // namespace

SolverResult ask_program(const std::string& program, const std::string& smtlib,
                         const SolverLimits& limits) {
  SolverResult out;
  std::string path = (std::filesystem::temp_directory_path() / "gmemspec-XXXXXX.smt2").string();
  const int fd = mkstemps(path.data(), 5);
  if (fd < 0) {
    out.reason = "no temporary file can be made";
    return out;
  }
  std::size_t done = 0;
  while (done < smtlib.size()) {
    const ssize_t n = write(fd, smtlib.data() + done, smtlib.size() - done);
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  close(fd);
  const auto start = std::chrono::steady_clock::now();
  // As bits, which is quick for most; as integers that wrap, where long chains of carries are not;
  // as bits again, with patience: the program's limit is by the clock, and the machine may be busy.
  const auto undecided = [](const std::optional<std::string>& text) {
    return text && text->rfind("sat", 0) != 0 && text->rfind("unsat", 0) != 0;
  };
  const auto limit = [](unsigned milliseconds) {
    return "--tlimit=" + std::to_string(milliseconds);
  };
  auto text = output_of({program, limit(std::min(limits.milliseconds, kGlanceMilliseconds)), path});
  if (undecided(text))
    text = output_of({program, "--solve-bv-as-int=sum", limit(limits.milliseconds), path});
  if (undecided(text)) text = output_of({program, limit(3 * limits.milliseconds), path});
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  unlink(path.c_str());
  if (done < smtlib.size())
    out.reason = "the query could not be written";
  else if (!text)
    out.reason = program + " cannot be run";
  else if (text->rfind("sat", 0) == 0)
    out.answer = Answer::kSat;
  else if (text->rfind("unsat", 0) == 0)
    out.answer = Answer::kUnsat;
  else
    out.reason =
        text->empty() ? program + " gave no answer in time" : text->substr(0, text->find('\n'));
  return out;
}

std::optional<std::string> program_version(const std::string& program) {
  const auto text = output_of({program, "--version"});
  if (!text || text->empty()) return std::nullopt;
  return text->substr(0, text->find('\n'));
}

}  // namespace gms::check
