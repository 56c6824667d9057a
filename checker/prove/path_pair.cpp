#include "checker/prove/path_pair.h"

#include <algorithm>

namespace gms::check {

using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermStore;

namespace {

std::vector<TermId> created(const Path& p, std::size_t domain) {
  std::vector<TermId> out;
  for (auto c = p.post->live[domain]; c != nullptr; c = c->below)
    if (c->live) out.push_back(c->handle);
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

bool pair_created(TermStore& terms, const Path& a, const Path& b, std::vector<TermId>& equal) {
  for (std::size_t d = 0; d < a.post->live.size(); ++d) {
    const std::vector<TermId> left = created(a, d), right = created(b, d);
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
      equal.push_back(terms.eq(left[i], right[i]));
  }
  return true;
}

TermId unequal(TermStore& terms, const SymValue& a, const SymValue& b) {
  return terms.disj(terms.negate(terms.eq(a.present, b.present)),
                    terms.conj(a.present, terms.negate(terms.eq(a.value, b.value))));
}

}  // namespace gms::check
