// What two ways through two versions of an action have to do with each other: what comparing
// versions is made of.
#pragma once

#include <vector>

#include "ir/smt/encode.h"
#include "ir/smt/paths.h"

namespace gms::check {

/// New handles are paired in the order in which they were made; `equal` gets that those of a pair
/// are one. False: their numbers differ.
bool pair_created(ir::smt::TermStore& terms, const ir::smt::Path& a, const ir::smt::Path& b,
                  std::vector<ir::smt::TermId>& equal);

/// That the two are not the same value; of options, also that one is none and the other not.
ir::smt::TermId unequal(ir::smt::TermStore& terms, const ir::smt::SymValue& a,
                        const ir::smt::SymValue& b);

}  // namespace gms::check
