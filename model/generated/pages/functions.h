// The pure functions of pages.
#pragma once

#include "model/generated/pages/state.h"

namespace gms::model::pages {

auto start(const State& s, Index auto p) {
  return wrap<52>(
      shl(shr(p, static_cast<Page>(s.params.order)), static_cast<Page>(s.params.order)));
}

bool busy(const State& s, Inode i, Index auto p) {
  return some(stretch(start(s, p),
                      wrap<52>(start(s, p) +
                               wrap<52>(shl(std::uint64_t{1}, static_cast<Page>(s.params.order))))),
              [&](Cursor q) {
                return some(s.all<Pin>(),
                            [&](Pin k) { return s.pinned(k) == i && s.hold(k, q) == Hold::kLive; });
              });
}

}  // namespace gms::model::pages
