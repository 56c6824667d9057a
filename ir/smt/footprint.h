// What an expression reads: decides which obligations a path can break at all, and which invariants
// can matter.
#pragma once

#include <set>

#include "ir/ir.h"

namespace gms::ir::smt {

struct Footprint {
  std::set<StateId> states;
  std::set<DomainId> domains;  // quantified over, or tested for being live
  bool meets(const std::set<StateId>& s, const std::set<DomainId>& d) const;
};
Footprint footprint(const Module& module, ExprId e);

}  // namespace gms::ir::smt
