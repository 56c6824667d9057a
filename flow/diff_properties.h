// What becomes of the properties of a spec in a changed version of it.
#pragma once

#include "checker/diff/diff.h"
#include "checker/diff/report.h"

namespace gms::flow {

/// Asks the prover about the properties that the change may touch: those whose text differs, those
/// on actions that differ, and invariants. Fills `text.properties`.
void compare_properties(const diff::Version& old, const diff::Version& now, diff::DiffText& text);

}  // namespace gms::flow
