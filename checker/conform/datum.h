// The values that decoding produces and the model consumes.
#pragma once

#include <cstdint>

namespace gms::check {

/// A value of some ir::Type: its bits, or none, or a value that the trace does not tell. (A `Value` of
/// checker/trace is one in JSON.)
struct Datum {
  std::uint64_t bits = 0;
  bool none = false;  // then bits is 0
  bool known = true;  // false: any value of the type
  friend bool operator==(const Datum&, const Datum&) = default;
};

}  // namespace gms::check
