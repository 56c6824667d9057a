#include "ir/text/digest.h"

#include "ir/text/print.h"

namespace gms::ir {

std::uint64_t digest(const Module& module) {
  Module placeless = module;
  placeless.files.clear();
  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : print(placeless, {.spans = false}))
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace gms::ir
