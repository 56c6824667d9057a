// A number that tells two texts apart, if nobody tries to make them alike.
#pragma once

#include <cstdint>
#include <string_view>

namespace gms::base {

/// FNV-1a.
constexpr std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace gms::base
