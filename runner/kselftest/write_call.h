// Which function writes the call of an op.
#pragma once

#include "runner/kselftest/writer.h"
#include "runner/op_table.h"

namespace gms::runner {

/// The statements that make the call, which is as `op.perform` would make it.
void write_call(Writer& out, Call& call, const OpEntry& op);

}  // namespace gms::runner
