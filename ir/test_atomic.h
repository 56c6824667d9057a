// For tests: a module in the atomic reading, from its text.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "ir/atomic.h"
#include "ir/text/parse.h"

namespace gms::ir::testing {

/// Of a .gir text without errors.
inline Module atomic(std::string_view text) {
  base::DiagSink sink;
  const auto module = parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return to_atomic(*module);
}

}  // namespace gms::ir::testing
