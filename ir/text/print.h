// The text form of a module (.gir): lists of words, names instead of numbers, stable. docs/gir.md
// describes it; ir/text/parse.h reads it.
//
// Printing, reading and printing again gives the same text, for every module that ir/verify.h
// accepts. Ids of declarations and clauses, and the order of locals, survive; expressions and
// statements may be renumbered.
#pragma once

#include <string>

#include "ir/ir.h"

namespace gms::ir {

struct PrintOptions {
  bool spans = true;  // places in the spec's files, as @begin+length relative to the declaration
};

std::string print(const Module& module, const PrintOptions& options = {});

/// One expression, for messages and tests.
std::string print_expr(const Module& module, const std::vector<Local>& locals, ExprId id);

}  // namespace gms::ir
