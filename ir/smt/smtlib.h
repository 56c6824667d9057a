// A query as an SMT-LIB 2.6 file that any solver can take.
#pragma once

#include <string>
#include <vector>

#include "ir/smt/encode.h"

namespace gms::ir::smt {

/// The canonical text: declarations in order of first use, one assert for each axiom. `comments`:
/// lines for the head.
std::string to_smtlib(const TermStore& terms, const std::vector<Axiom>& axioms,
                      const std::vector<std::string>& domain_names,
                      const std::vector<std::string>& comments);

}  // namespace gms::ir::smt
