// The C++ back end: an atomic module as the files of a compiled model.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/source.h"
#include "ir/ir.h"

namespace gms::gen::cpp {

struct EmittedFile {
  std::string name;  // "state.h"
  std::string text;  // legal C++, laid out by tools/regenerate with clang-format
};

struct Emitted {
  std::vector<EmittedFile> files;     // in a fixed order
  std::vector<std::string> problems;  // what the back end cannot express; then do not use the files
};

/// `module` is an atomic reading (ir/atomic.h) of a well-formed module. `places` tells where a span
/// is, as "rwlock.gms:12", or nothing. The same module always gives the same text.
Emitted emit(const ir::Module& module, const std::function<std::string(base::Span)>& places);

}  // namespace gms::gen::cpp
