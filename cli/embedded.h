// Text files that are part of the program; made by cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace gms::cli {

struct EmbeddedFile {
  std::string_view name;  // "E0001.md"
  std::string_view text;
};

// docs/diagnostics/CODE.md
std::span<const EmbeddedFile> explanations();
// What a test in C is made of: the runner's calls and runner/kselftest/*.c.
std::span<const EmbeddedFile> kselftest_parts();
// What a generated explorer includes: model/explore_rt/*.h.
std::span<const EmbeddedFile> explore_runtime();

}  // namespace gms::cli
