#include "base/progress.h"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "base/utf8.h"

namespace gms::base {
namespace {

constexpr std::chrono::milliseconds kQuiet{2000};
constexpr std::chrono::milliseconds kBetween{100};
constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Terminal Progress::standard_error() {
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return {isatty(STDERR_FILENO) == 1 && !dumb, [] { return Clock::now(); },
          [](std::string_view text) {
            // A progress line that cannot be written is not worth an error.
            [[maybe_unused]] const ssize_t put = write(STDERR_FILENO, text.data(), text.size());
          }};
}

Progress::Progress(std::string task, std::uint64_t total, Terminal terminal)
    : task_(std::move(task)), total_(total), terminal_(std::move(terminal)) {
  if (terminal_.present) next_ = terminal_.now() + kQuiet;
}

Progress::~Progress() {
  if (shown_) terminal_.write(kEraseLine);
}

void Progress::advance(std::uint64_t items, std::string_view detail) {
  done_ += items;
  if (!terminal_.present) return;
  detail_ = detail;
  refresh();
}

void Progress::refresh() {
  const Clock::time_point now = terminal_.now();
  if (now < next_) return;
  next_ = now + kBetween;
  shown_ = true;
  std::string text(kEraseLine);
  text += task_ + ": " + std::to_string(done_);
  if (total_ > 0) {
    text += '/' + std::to_string(total_) + " (" + std::to_string(done_ * 100 / total_) + "%)";
  }
  if (!detail_.empty()) text += ' ' + printable(detail_.substr(0, 60));
  terminal_.write(text);
}

}  // namespace gms::base
