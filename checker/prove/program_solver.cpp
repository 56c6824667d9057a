// A solver as a separate program, fed with an SMT-LIB file. Its answer is the first word that it
// prints.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "checker/prove/solver.h"

extern char** environ;

namespace gms::check {
namespace {

/// Runs a program and returns what it printed; nothing if it could not be started.
std::optional<std::string> output_of(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  std::vector<char*> argv;
  for (const std::string& word : command)
    argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT: posix_spawn's type
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string out;
  if (failed == 0) {
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = read(ends[0], buffer.data(), buffer.size())) > 0;)
      out.append(buffer.data(), static_cast<std::size_t>(n));
    int status = 0;
    waitpid(pid, &status, 0);
  }
  close(ends[0]);
  if (failed != 0) return std::nullopt;
  return out;
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
