// Opening, recognising and inflating. Each way in which a stream can be broken has its own message
// here.
#include "checker/trace/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace gms::check {
namespace {

constexpr std::size_t kPackedBuffer = 64 * 1024;
constexpr std::string_view kGzipMagic("\x1f\x8b", 2);

struct ForeignFormat {
  std::string_view magic;
  std::string_view name;
};

using namespace std::string_view_literals;
constexpr std::array kForeign = {
    ForeignFormat{"\xfd"
                  "7zXZ\0"sv,
                  "an xz file"},
    ForeignFormat{"\x28\xb5\x2f\xfd"sv, "a zstd file"},
    ForeignFormat{"BZh"sv, "a bzip2 file"},
    ForeignFormat{"PK\x03\x04"sv, "a zip archive"},
    ForeignFormat{"\xff\xfe"sv, "UTF-16 text"},
    ForeignFormat{"\xfe\xff"sv, "UTF-16 text"},
};
constexpr std::size_t kLongestMagic = 6;

std::string system_message(int error) {
  return std::strerror(error);
}

}  // namespace

// A window of stored bytes, refilled from a file descriptor, or all of them when they are in
// memory.
class ByteSource::Raw {
 public:
  Raw(int fd, bool owned) : fd_(fd), owned_(owned), buffer_(kPackedBuffer) {}
  explicit Raw(std::string_view bytes) : window_(bytes) {}
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() {
    if (owned_) ::close(fd_);
  }

  std::string_view window() const { return window_; }
  void consume(std::size_t bytes) {
    window_.remove_prefix(bytes);
    consumed_ += bytes;
  }
  std::uint64_t consumed() const { return consumed_; }
  int error() const { return error_; }

  // Makes the window hold at least `bytes` (at most kPackedBuffer), less at the end or after an
  // error.
  void fill(std::size_t bytes) {
    if (fd_ < 0 || window_.size() >= bytes) return;
    if (!window_.empty()) std::memmove(buffer_.data(), window_.data(), window_.size());
    std::size_t held = window_.size();
    while (held < bytes) {
      const std::size_t got = read(buffer_.data() + held, buffer_.size() - held);
      if (got == 0) break;
      held += got;
    }
    window_ = std::string_view(buffer_.data(), held);
  }

  // Reads past the window, which must be empty.
  std::size_t read(char* out, std::size_t capacity) {
    if (fd_ < 0 || error_ != 0) return 0;
    for (;;) {
      const ssize_t got = ::read(fd_, out, capacity);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      error_ = errno;
      return 0;
    }
  }

 private:
  int fd_ = -1;
  bool owned_ = false;
  int error_ = 0;
  std::vector<char> buffer_;
  std::string_view window_;
  std::uint64_t consumed_ = 0;
};

class ByteSource::Gzip {
 public:
  Gzip() { ready_ = inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK; }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() {
    if (ready_) inflateEnd(&stream);
  }
  bool ready() const { return ready_; }

  z_stream stream{};
  bool between_members = false;

 private:
  bool ready_ = false;
};

ByteSource::ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

ByteSource ByteSource::open(const std::string& path) {
  ByteSource source;
  source.name_ = path == "-" ? "standard input" : path;
  const bool standard_input = path == "-";
  const int fd = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    source.fail("cannot be opened: " + system_message(errno));
    source.failed_to_open_ = true;
    return source;
  }
  source.raw_ = std::make_unique<Raw>(fd, !standard_input);
  struct stat status;
  if (::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    source.fail("is a directory, not a trace");
    source.failed_to_open_ = true;
  }
  return source;
}

ByteSource ByteSource::from_memory(std::string_view bytes, std::string name) {
  ByteSource source;
  source.name_ = std::move(name);
  source.raw_ = std::make_unique<Raw>(bytes);
  return source;
}

void ByteSource::sniff() {
  sniffed_ = true;
  raw_->fill(kLongestMagic);
  const std::string_view head = raw_->window();
  if (head.starts_with(kGzipMagic)) {
    gzip_ = std::make_unique<Gzip>();
    if (!gzip_->ready()) fail("cannot be decompressed: zlib found no memory");
    return;
  }
  for (const ForeignFormat& format : kForeign) {
    if (!head.starts_with(format.magic)) continue;
    fail("is " + std::string(format.name) +
         "; traces are read as UTF-8 JSON lines, plain or gzip-compressed");
    failed_to_open_ = true;
    return;
  }
  if (name_.ends_with(".gz") && raw_->error() == 0) {
    fail(head.empty()
             ? "is empty, though its name says gzip"
             : "is not gzip data, though its name says so; a plain trace needs a name without .gz");
    failed_to_open_ = true;
  }
}

std::size_t ByteSource::read(char* out, std::size_t capacity) {
  if (ended_ || failure_) return 0;
  if (!sniffed_) sniff();
  if (failure_) return 0;
  const std::size_t got = gzip_ ? read_gzip(out, capacity) : read_plain(out, capacity);
  if (got == 0) ended_ = true;
  return got;
}

std::size_t ByteSource::read_plain(char* out, std::size_t capacity) {
  const std::string_view window = raw_->window();
  if (!window.empty()) {
    const std::size_t taken = std::min(window.size(), capacity);
    std::memcpy(out, window.data(), taken);
    raw_->consume(taken);
    return taken;
  }
  const std::size_t got = raw_->read(out, capacity);
  if (got == 0 && raw_->error() != 0) fail("cannot be read: " + system_message(raw_->error()));
  return got;
}

std::size_t ByteSource::read_gzip(char* out, std::size_t capacity) {
  z_stream& stream = gzip_->stream;
  const auto wanted = static_cast<uInt>(std::min<std::size_t>(capacity, 1u << 30));
  stream.next_out = reinterpret_cast<Bytef*>(out);
  stream.avail_out = wanted;
  const auto place = [this] {
    return " (at byte " + std::to_string(raw_->consumed()) + " of the compressed data)";
  };
  while (stream.avail_out == wanted && !failure_) {
    raw_->fill(1);
    const std::string_view window = raw_->window();
    if (window.empty()) {
      if (raw_->error() != 0) {
        fail("cannot be read: " + system_message(raw_->error()));
      } else if (!gzip_->between_members) {
        fail("truncated gzip data: the file ends inside a compressed stream" + place());
      }
      break;
    }
    if (gzip_->between_members) {
      // What follows a member is another member, or the zero bytes with which tapes are filled up.
      if (window.front() == '\0') {
        raw_->consume(1);
        continue;
      }
      raw_->fill(2);
      if (!raw_->window().starts_with(kGzipMagic)) {
        fail("something that is not gzip data follows the compressed stream" + place());
        break;
      }
      inflateReset(&stream);
      gzip_->between_members = false;
      continue;
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(window.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(window.size(), 1u << 30));
    const uInt offered = stream.avail_in;
    const int status = inflate(&stream, Z_NO_FLUSH);
    raw_->consume(offered - stream.avail_in);
    if (status == Z_STREAM_END) {
      gzip_->between_members = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      const std::string why =
          stream.msg != nullptr ? stream.msg : "zlib error " + std::to_string(status);
      fail("corrupt gzip data: " + why + place());
    }
  }
  return wanted - stream.avail_out;
}

}  // namespace gms::check
