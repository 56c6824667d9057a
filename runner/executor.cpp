#include "runner/executor.h"

#include <unistd.h>

#include <csignal>
#include <cstring>

#include "runner/call.h"
#include "runner/line_run.h"
#include "runner/race.h"

namespace gms::runner {

struct Executor::State {
  Mode mode = Mode::kPerform;
  Traits traits;
  Objects objects;
  std::uint64_t seq = 0;

  bool performs() const { return mode == Mode::kPerform; }
  Line note(const Line& given);
};

Executor::Executor(Mode mode, Traits traits) : state_(std::make_unique<State>()) {
  state_->mode = mode;
  state_->traits = traits;
}

Executor::~Executor() {
  if (state_->performs() && gm_context.child.pid > 0) kill(gm_context.child.pid, SIGKILL);
}

std::string Executor::open() {
  if (gm_open() == 0) return {};
  return std::string(gm_context.kvm < 0 ? "cannot open /dev/kvm: " : "cannot prepare calls: ") +
         std::strerror(errno);
}

Step Executor::call(const Line& line) {
  if (is_no_call(line))
    return {Step::Kind::kRecorded, line["op"] == "meta" ? line : state_->note(line), {}, {}};
  LineRun run(line, state_->objects, state_->performs(), 0);
  run.make();
  Step step = run.step(state_->seq, state_->traits);
  if (step.kind == Step::Kind::kRecorded && state_->performs()) ++state_->seq;
  return step;
}

std::vector<Step> Executor::race(std::span<const Line> lines) {
  return runner::race(lines, state_->objects, state_->traits, state_->performs(), state_->seq);
}

std::size_t Executor::race_length(std::span<const Line> lines) {
  std::size_t length = 0;
  while (length < lines.size() && !is_no_call(lines[length]) && thread_of(lines[length]) > 0)
    ++length;
  return length;
}

/// It has its place among the calls, so it takes part in their numbers.
Line Executor::State::note(const Line& given) {
  const std::uint64_t now = gm_now();
  Line out{{"seq", seq++}, {"tid", 0}, {"t_begin", now}, {"t_end", now}, {"op", "note"}};
  for (const auto& [key, value] : given.items())
    if (!out.contains(key)) out[key] = value;
  return out;
}

std::string error_name(int error) {
  const char* const name = strerrorname_np(error);
  return name != nullptr ? name : "E" + std::to_string(error);
}

}  // namespace gms::runner
