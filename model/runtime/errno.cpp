// Two tables by number, filled from the lists of errno.h, and a search by name.
#include "model/runtime/errno.h"

#include <array>
#include <cstddef>

namespace gms::model {
namespace {

struct Alias {
  std::string_view name;
  int number;
};

constexpr auto kErrnoNames = [] {
  std::array<std::string_view, kLastErrno + 1> names{};
#define GMS_MODEL_NAME(name, number) names[(number)] = #name;
  GMS_MODEL_ERRNOS(GMS_MODEL_NAME)
  return names;
}();

constexpr auto kSignalNames = [] {
  std::array<std::string_view, kLastSignal + 1> names{};
  GMS_MODEL_SIGNALS(GMS_MODEL_NAME)
#undef GMS_MODEL_NAME
  return names;
}();

constexpr Alias kErrnoAliases[] = {{"EWOULDBLOCK", 11}, {"EDEADLOCK", 35}, {"ENOTSUP", 95}};
constexpr Alias kSignalAliases[] = {{"SIGIOT", 6}, {"SIGCLD", 17}, {"SIGPOLL", 29}};

template <std::size_t kSize>
std::string_view name_of(const std::array<std::string_view, kSize>& names, int number) {
  return number >= 0 && static_cast<std::size_t>(number) < kSize
             ? names[static_cast<std::size_t>(number)]
             : std::string_view();
}

template <std::size_t kSize, std::size_t kAliases>
std::optional<int> number_of(const std::array<std::string_view, kSize>& names,
                             const Alias (&aliases)[kAliases], std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (std::size_t i = 0; i < kSize; ++i) {
    if (names[i] == name) return static_cast<int>(i);
  }
  for (const Alias& alias : aliases) {
    if (alias.name == name) return alias.number;
  }
  return std::nullopt;
}

}  // namespace

std::string_view errno_name(int number) {
  return name_of(kErrnoNames, number);
}
std::optional<int> errno_number(std::string_view name) {
  return number_of(kErrnoNames, kErrnoAliases, name);
}
std::string_view signal_name(int number) {
  return name_of(kSignalNames, number);
}
std::optional<int> signal_number(std::string_view name) {
  return number_of(kSignalNames, kSignalAliases, name);
}

}  // namespace gms::model
