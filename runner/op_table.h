// Which function performs an op.
#pragma once

#include "runner/perform.h"

namespace gms::runner {

struct OpEntry {
  OpFields fields;
  Perform perform = nullptr;
  int variant = 0;
  const char* variant_name = "";  // in C
};
const OpEntry* find_entry(std::string_view op);

}  // namespace gms::runner
