#include "ir/text/digest.h"

#include "base/fingerprint.h"
#include "ir/text/print.h"

namespace gms::ir {

std::uint64_t digest(const Module& module) {
  Module placeless = module;
  placeless.files.clear();
  return base::fingerprint(print(placeless, {.spans = false}));
}

}  // namespace gms::ir
