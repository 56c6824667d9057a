// A back end that writes an atomic module and bounds as a C++ program which visits every state that
// the bounded system reaches (model/explore_rt/search.h), and prints what it found as JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/source.h"
#include "gen/backend/explore/layout.h"

namespace gms::gen::explore {

struct Emitted {
  std::string text;
  Layout layout;
  std::vector<std::string> reasons;   // for which calls may be given up, by their number
  std::vector<std::string> problems;  // what cannot be expressed; then do not use the text
};

/// `module` is an atomic reading (ir/atomic.h) of a well-formed module. The properties in the
/// program are those of Layout::checked, numbered by their place there; the one behind them is
/// "from every state some call leads to another". `places` tells where a span is, as
/// "rwlock.gms:12", or nothing. The same input always gives the same text.
Emitted emit(const ir::Module& module, const Bounds& bounds,
             const std::function<std::string(base::Span)>& places);

}  // namespace gms::gen::explore
