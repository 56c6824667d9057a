// The buffer holds one chunk and the unfinished line before it; it grows up to the limit for a line
// only.
#include "checker/trace/line_splitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace gms::check {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kExcerpt = 256;  // what is shown of a line that is too long

}  // namespace

LineSplitter::LineSplitter(ByteSource source, std::size_t max_line)
    : source_(std::move(source)),
      max_line_(std::max(max_line, kExcerpt)),
      buffer_(kChunk + kPadding) {
  buffer_[end_] = '\n';
}

bool LineSplitter::refill() {
  const std::size_t held = end_ - begin_;
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, held);
    begin_ = 0;
    end_ = held;
  }
  if (buffer_.size() - kPadding - held < kChunk / 2) buffer_.resize(buffer_.size() * 2);
  // Never more than a chunk at once, so that a buffer that has grown does not push lines out of the
  // cache.
  const std::size_t room = buffer_.size() - kPadding - end_;
  const std::size_t got = source_.read(buffer_.data() + end_, std::min(room, kChunk));
  end_ += got;
  buffer_[end_] = '\n';
  return got != 0;
}

// The line that starts at begin_ is too long: its excerpt stays where it is, the rest is read
// behind that and forgotten.
void LineSplitter::pass_to_line_feed() {
  const std::size_t kept = begin_ + kExcerpt;
  for (;;) {
    const std::size_t room = buffer_.size() - kPadding - kept;
    const std::size_t got = source_.read(buffer_.data() + kept, std::min(room, kChunk));
    if (got == 0) {
      begin_ = end_ = kept;
      buffer_[end_] = '\n';
      return;
    }
    const char* feed = static_cast<const char*>(std::memchr(buffer_.data() + kept, '\n', got));
    if (feed != nullptr) {
      const std::size_t passed = static_cast<std::size_t>(feed - (buffer_.data() + kept)) + 1;
      offset_ += passed;
      begin_ = kept + passed;
      end_ = kept + got;
      buffer_[end_] = '\n';
      return;
    }
    offset_ += got;
  }
}

bool LineSplitter::take(const char* end, Line& line) {
  const char* const start = buffer_.data() + begin_;
  const char* const feed = *end == '\r' ? end + 1 : end;
  const auto size = static_cast<std::size_t>(feed - start);
  if (*feed != '\n' || begin_ + size >= end_ || size > max_line_) return false;
  line.text = std::string_view(start, static_cast<std::size_t>(end - start));
  line.number = ++number_;
  line.offset = offset_;
  line.terminated = true;
  offset_ += size + 1;
  begin_ += size + 1;
  return true;
}

SplitStatus LineSplitter::next(Line& line) {
  std::size_t searched = begin_;
  const char* feed = nullptr;
  for (;;) {
    feed = static_cast<const char*>(std::memchr(buffer_.data() + searched, '\n', end_ - searched));
    if (feed != nullptr || end_ - begin_ > max_line_) break;
    const std::size_t held = end_ - begin_;
    if (!refill()) break;
    searched = held;
  }

  line.number = ++number_;
  line.offset = offset_;
  line.terminated = feed != nullptr;
  const char* start = buffer_.data() + begin_;
  const std::size_t size = feed != nullptr ? static_cast<std::size_t>(feed - start) : end_ - begin_;
  line.text = std::string_view(start, size);
  if (size > max_line_) {
    line.text = line.text.substr(0, kExcerpt);
    offset_ += size + (feed != nullptr ? 1 : 0);
    if (feed != nullptr) {
      begin_ += size + 1;
    } else {
      pass_to_line_feed();
    }
    line.terminated = true;
    return SplitStatus::kTooLong;
  }
  if (feed == nullptr) {
    begin_ = end_;
    offset_ += size;
    if (source_.failure()) return SplitStatus::kBroken;
    if (size == 0) return SplitStatus::kEnd;
    return SplitStatus::kLine;
  }
  offset_ += size + 1;
  begin_ += size + 1;
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  return SplitStatus::kLine;
}

}  // namespace gms::check
