// Ops told apart by a small hash, for what is remembered of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gms::check {

inline constexpr std::size_t kOpClassBits = 6;
inline constexpr std::size_t kOpClasses = std::size_t{1} << kOpClassBits;

/// Below kOpClasses. A clash may cost time only.
inline std::size_t op_class(std::string_view op) {
  if (op.empty()) return 0;
  const auto byte = [op](std::size_t at) -> std::uint64_t {
    return static_cast<unsigned char>(op[at]);
  };
  const std::uint64_t word =
      op.size() << 24 | byte(0) << 16 | byte(op.size() / 2) << 8 | byte(op.size() - 1);
  return (word * 0x9e3779b97f4a7c15u) >> (64 - kOpClassBits);
}

}  // namespace gms::check
