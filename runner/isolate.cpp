#include "runner/isolate.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>

namespace gms::runner {
namespace {

constexpr auto kPatienceWithKilled = std::chrono::seconds(5);
constexpr int kChannel = 3;  // the first after the standard descriptors

[[noreturn]] void run_child(int channel, const std::function<void(Channel&)>& body) {
  // A group of its own, so that processes which it forks end with it; and it ends with us.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int empty = open("/dev/null", O_RDONLY);
  const bool ready = empty >= 0 && dup2(empty, STDIN_FILENO) == STDIN_FILENO &&
                     (channel == kChannel || dup2(channel, kChannel) == kChannel) &&
                     close_range(kChannel + 1, ~0U, 0) == 0;
  if (!ready) _exit(1);
  Channel out(kChannel);
  try {
    body(out);
  } catch (const std::exception&) {
    // Nothing may unwind into the parent's stack; the exit status says that it did not end well.
    _exit(1);
  }
  _exit(0);
}

/// A process that is stuck in the kernel does not end even when it is killed; it is left behind
/// then.
Isolated reap(pid_t child) {
  int status = 0;
  const auto give_up = std::chrono::steady_clock::now() + kPatienceWithKilled;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > give_up)
      return {Ending::kDied, "a call that cannot even be killed"};
    poll(nullptr, 0, 1);
  }
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return {Ending::kDied, "signal " + std::to_string(number) + " (" + strsignal(number) + ")"};
  }
  if (WEXITSTATUS(status) != 0) return {Ending::kDied, "an error of the runner itself"};
  return {};
}

/// Messages end with a line feed; `rest` keeps what has not come to its end.
void deliver(std::string& rest, std::string_view bytes,
             const std::function<void(std::string_view)>& receive) {
  rest += bytes;
  std::size_t start = 0;
  for (std::size_t end = 0; (end = rest.find('\n', start)) != std::string::npos; start = end + 1)
    receive(std::string_view(rest).substr(start, end - start));
  rest.erase(0, start);
}

/// False if the child was silent for too long.
bool listen(int from, const std::function<void(std::string_view)>& receive,
            std::chrono::milliseconds patience) {
  std::string rest;
  std::array<char, 1 << 16> buffer{};
  for (;;) {
    pollfd wait{from, POLLIN, 0};
    const int ready = poll(&wait, 1, static_cast<int>(patience.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return false;
    const ssize_t count = read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return true;
    deliver(rest, {buffer.data(), static_cast<std::size_t>(count)}, receive);
  }
}

}  // namespace

void Channel::send(std::string_view message) {
  std::string bytes(message);
  bytes += '\n';
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = write(fd_, bytes.data() + sent, bytes.size() - sent);
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      return;
    }
  }
}

Isolated isolate(const std::function<void(Channel&)>& body,
                 const std::function<void(std::string_view)>& receive,
                 std::chrono::milliseconds patience) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {Ending::kDied, std::strerror(errno)};
  const pid_t child = fork();
  if (child < 0) {
    const std::string why = std::strerror(errno);
    close(ends[0]);
    close(ends[1]);
    return {Ending::kDied, why};
  }
  if (child == 0) run_child(ends[1], body);
  setpgid(child, child);
  close(ends[1]);
  const bool heard = listen(ends[0], receive, patience);
  // What it forked may have kept the channel, and ends here as well.
  if (!heard) kill(-child, SIGKILL);
  close(ends[0]);
  Isolated result = reap(child);
  kill(-child, SIGKILL);
  if (!heard) result = {Ending::kHung, {}};
  return result;
}

}  // namespace gms::runner
