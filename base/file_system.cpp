#include "base/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace gms::base {
namespace {

namespace fs = std::filesystem;

std::string error_text(int code) {
  return std::generic_category().message(code);
}

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ > STDERR_FILENO) close(value_);
  }
  int get() const { return value_; }
  bool valid() const { return value_ >= 0; }
  // The error of close(), where a network file system reports a failed write.
  int finish() { return close(std::exchange(value_, -1)) == 0 ? 0 : errno; }

 private:
  int value_;
};

ReadResult read_all(int descriptor, std::uint64_t max_bytes) {
  std::string text;
  struct stat info {};
  if (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size <= max_bytes) text.reserve(size);
  }
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t got = read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {std::nullopt, error_text(errno)};
    if (got == 0) return {std::move(text), {}};
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > max_bytes) {
      return {std::nullopt, "larger than " + std::to_string(max_bytes) + " bytes"};
    }
  }
}

// 0 or an errno.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = write(descriptor, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

std::optional<std::string> write_through(const std::string& path, std::string_view text) {
  Descriptor out(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!out.valid()) return error_text(errno);
  const int failed = write_all(out.get(), text);
  if (failed != 0) return error_text(failed);
  return std::nullopt;
}

// A new file beside `target`; `path` receives its name. Opened without mkstemp, which ignores the
// umask.
int open_temporary(const std::string& target, std::string& path) {
  constexpr int kAttempts = 100;
  int descriptor = -1;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    path = target + ".tmp" + std::to_string(getpid()) + '.' + std::to_string(attempt);
    descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) break;
  }
  return descriptor;
}

// Writes a new file and renames it over `target`. Without a mode the umask decides.
std::optional<std::string> replace_file(const std::string& target, std::optional<mode_t> mode,
                                        std::string_view text) {
  std::string temporary;
  Descriptor out(open_temporary(target, temporary));
  if (!out.valid()) return error_text(errno);
  int failed = write_all(out.get(), text);
  if (failed == 0 && mode && fchmod(out.get(), *mode) != 0) failed = errno;
  if (const int closed = out.finish(); failed == 0) failed = closed;
  if (failed == 0 && rename(temporary.c_str(), target.c_str()) != 0) failed = errno;
  if (failed == 0) return std::nullopt;
  unlink(temporary.c_str());
  return error_text(failed);
}

}  // namespace

ReadResult read_file(const std::string& path, std::uint64_t max_bytes) {
  if (path == "-") return read_all(STDIN_FILENO, max_bytes);
  Descriptor in(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!in.valid()) return {std::nullopt, error_text(errno)};
  return read_all(in.get(), max_bytes);
}

std::optional<std::string> write_file(const std::string& path, std::string_view text) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return replace_file(path, std::nullopt, text);
  if (S_ISDIR(info.st_mode)) return error_text(EISDIR);
  if (!S_ISREG(info.st_mode)) return write_through(path, text);
  if (static_cast<std::uint64_t>(info.st_size) == text.size() && read_file(path).text == text) {
    return std::nullopt;
  }
  std::error_code code;
  const fs::path target = fs::canonical(path, code);
  if (code) return code.message();
  return replace_file(target.string(), info.st_mode & 07777, text);
}

std::optional<std::string> make_folder(const std::string& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return code.message();
  return std::nullopt;
}

}  // namespace gms::base
