// Where the bytes of a trace come from: a file, standard input or memory, plain or gzip,
// decompressed on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gms::check {

/// Gzip is recognised by its first bytes, whatever the name; a name that ends in .gz must hold
/// gzip. Files packed otherwise (xz, zstd, bzip2, zip) and UTF-16 text are refused by name. Uses
/// constant memory.
class ByteSource {
 public:
  /// "-" is standard input. Never fails here: a path that cannot be read makes the first read()
  /// fail.
  static ByteSource open(const std::string& path);
  /// Reads `bytes`, which must outlive the source, as if they were a file called `name`.
  static ByteSource from_memory(std::string_view bytes, std::string name = "memory");

  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// Puts up to `capacity` > 0 bytes at `out`. 0 means that the stream is over: at its end, or
  /// broken when failure() has a message. Bytes handed out before a failure are good as far as can
  /// be known.
  std::size_t read(char* out, std::size_t capacity);

  /// Why the stream broke, without the name.
  const std::optional<std::string>& failure() const { return failure_; }
  /// True when nothing at all could be read because the source could not be opened or is of a wrong
  /// kind.
  bool failed_to_open() const { return failed_to_open_; }
  const std::string& name() const { return name_; }
  bool compressed() const { return gzip_ != nullptr; }

 private:
  class Raw;   // the bytes as stored
  class Gzip;  // the state of inflating them

  ByteSource();
  void sniff();
  void fail(std::string message) { failure_ = std::move(message); }
  std::size_t read_plain(char* out, std::size_t capacity);
  std::size_t read_gzip(char* out, std::size_t capacity);

  std::string name_;
  std::unique_ptr<Raw> raw_;
  std::unique_ptr<Gzip> gzip_;
  std::optional<std::string> failure_;
  bool failed_to_open_ = false;
  bool sniffed_ = false;
  bool ended_ = false;
};

}  // namespace gms::check
