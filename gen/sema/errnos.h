// The built-in enum Errno: Linux's names and numbers on x86-64, one name for each number.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gms::gen::sema {

struct ErrnoName {
  std::string_view name;
  std::uint64_t value;
};

/// Ascending; without `ok`.
std::span<const ErrnoName> linux_errnos();

}  // namespace gms::gen::sema
