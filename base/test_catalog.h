// Messages for the tests of this folder.
#pragma once

#include "base/catalog.h"

namespace gms::base::test_diag {

GMS_DIAG_CONSTANT(E9001, kError, duplicate_state, "state '{0}' is declared twice")
GMS_DIAG_CONSTANT(W9002, kWarning, unused_name, "'{0}' is never used")
GMS_DIAG_CONSTANT(E9003, kError, wrong_count, "'{1}' takes {0} arguments, not {2}")
GMS_DIAG_CONSTANT(E9004, kError, no_spec, "no spec given")

}  // namespace gms::base::test_diag
