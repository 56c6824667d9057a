// The form of a message catalogue. A layer keeps its messages in a `catalog.def` of lines
//   GMS_DIAG(E0203, kError, duplicate_state, "state '{0}' is declared twice")
// code, severity, slug, format; codes are never reused. A header next to it turns the lines into
// typed constants
//   #define GMS_DIAG GMS_DIAG_CONSTANT
//   #include "gen/diag/catalog.def"
//   #undef GMS_DIAG
// so that a message is named `diag::duplicate_state` and a wrong number of arguments does not
// compile. The slug is also the constant's name, unlike other constants, so that one search finds
// all uses.
#pragma once

#include <string_view>

namespace gms::base {

enum class Severity { kError, kWarning, kNote };

struct DiagInfo {
  std::string_view code;  // "E0203"
  Severity severity = Severity::kError;
  std::string_view slug;    // "duplicate_state"
  std::string_view format;  // "{0}" to "{9}" stand for the arguments; there is no escape
};

// A DiagInfo that knows its number of arguments.
template <int kArgs>
struct Message {
  DiagInfo info;
};

// The highest placeholder plus one.
consteval int count_placeholders(std::string_view format) {
  int count = 0;
  for (std::size_t i = 0; i + 2 < format.size(); ++i) {
    const char digit = format[i + 1];
    if (format[i] == '{' && digit >= '0' && digit <= '9' && format[i + 2] == '}') {
      if (digit - '0' + 1 > count) count = digit - '0' + 1;
    }
  }
  return count;
}

}  // namespace gms::base

#define GMS_DIAG_CONSTANT(code, severity, slug, format)                                \
  inline constexpr ::gms::base::Message<::gms::base::count_placeholders(format)> slug{ \
      {#code, ::gms::base::Severity::severity, #slug, format}};

// Rows of a `constexpr DiagInfo kCatalog[]`.
#define GMS_DIAG_ROW(code, severity, slug, format) \
  ::gms::base::DiagInfo{#code, ::gms::base::Severity::severity, #slug, format},
