// The values that decoding produces and the model consumes: those of the interpreter. (A `Value` of
// checker/trace is one in JSON.)
#pragma once

#include "ir/interp/value.h"

namespace gms::check {

using Datum = ir::interp::Value;
using ir::interp::Tag;

/// Unset counts as none: an output that a path does not give.
inline bool is_none(const Datum& value) {
  return value.tag == Tag::kNone || value.tag == Tag::kUnset;
}

/// Whether a value that the model gives may be the observed one.
inline bool may_equal(const Datum& model, const Datum& observed) {
  if (observed.is_unknown() || model.tag == Tag::kUnknown) return true;
  if (model.tag == Tag::kUnknownSome) return !is_none(observed);
  return is_none(model) ? is_none(observed) : !is_none(observed) && model.bits == observed.bits;
}

}  // namespace gms::check
