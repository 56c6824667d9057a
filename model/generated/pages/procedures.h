// Procedures of pages: what several actions do. One that can end its caller returns
// how, or Clause::kNone.
#pragma once

#include <tuple>

#include "model/generated/pages/clauses.h"
#include "model/generated/pages/state.h"
#include "model/runtime/choice.h"

namespace gms::model::pages {

struct FillResults {
  bool was = false;
  auto fields() const { return std::tie(was); }
};
template <class Chooser>
Clause fill(State& s, Chooser& choose, Inode i, Page lo, Page hi, FillResults& out);

}  // namespace gms::model::pages
