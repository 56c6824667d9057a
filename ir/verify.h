// Whether a module is well-formed: what everything that reads IR relies on. Lowering, passes and
// the text reader produce modules that pass; a failure after lowering is a mistake of this program,
// after reading .gir one of the text.
#pragma once

#include "base/diagnostic.h"
#include "ir/ir.h"

namespace gms::ir {

/// Expressions nested deeper, or whose tree has more nodes than kMaxExprNodes, are refused:
/// everything that walks them may recurse.
inline constexpr int kMaxExprDepth = 1000;
inline constexpr std::uint64_t kMaxExprNodes = 1'000'000;

/// Reports every mistake, never more than one for each expression and statement; true if there is
/// none. State::observe_only and Action::may_be_unlogged must be what ir/taint.h computes, or
/// weaker.
///
/// Beyond types, ranges and scopes: locals are assigned on every path before they are read; a local
/// is assigned by one `let` or by assignments, or is a binder once; functions and procedures call
/// earlier ones only; keys of an update are binders or free of them; `any` goes to observe-only
/// state; a scan's body is exits, an each's is updates in steps.
bool verify(const Module& module, base::DiagSink& sink);

}  // namespace gms::ir
