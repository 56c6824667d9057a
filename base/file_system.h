// Files, with errors as sentences that can be shown to the user. Nothing here throws or prints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gms::base {

struct ReadResult {
  std::optional<std::string> text;
  std::string error;  // why there is no text: "No such file or directory"; does not repeat the path
};

// 1 GiB: far above any spec or report, below the 4 GiB that a SourceFile can hold.
inline constexpr std::uint64_t kMaxFileBytes = std::uint64_t{1} << 30;

// The bytes of a file, pipe or device; "-" is the standard input.
ReadResult read_file(const std::string& path, std::uint64_t max_bytes = kMaxFileBytes);

// Replaces the file as a whole or not at all, following symbolic links and keeping its mode; a file
// that already has this text is left untouched. Devices and pipes are written directly. Returns the
// error, or nothing.
std::optional<std::string> write_file(const std::string& path, std::string_view text);

// Creates a folder and its parents. Returns the error, or nothing.
std::optional<std::string> make_folder(const std::string& path);

}  // namespace gms::base
