// Procedures of pages: what several actions do.
#include "model/generated/pages/procedures.h"

#include "model/generated/pages/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::pages {

template <class Chooser>
Clause fill(State& s, Chooser& choose, Inode i, Page lo, Page hi, FillResults& out) {
  out = {};
  out.was = some(stretch(lo, hi), [&](Cursor p) { return s.cached(i, p); });
  // ENOMEM.1
  if (s.params.lazy && choose.may(Errno::kENOMEM)) return Clause::kFillENOMEM1;
  for_each_stretch(stretch(lo, hi), [&](Cursor q) {
    if (!s.cached(i, q)) {
      s.content.at(i, q.covered(), whole(12)) = 0;
      s.frame.at(i, q.covered()) = Lazy<Optional<std::uint64_t>>::unknown();
      s.cached.at(i, q.covered()) = true;
    }
  });
  if (out.was) {
    out.was = true;
    return Clause::kNone;
  }
  return Clause::kNone;
}

template Clause fill(State& s, Follow& choose, Inode i, Page lo, Page hi, FillResults& out);
template Clause fill(State& s, Enumerate& choose, Inode i, Page lo, Page hi, FillResults& out);

}  // namespace gms::model::pages
