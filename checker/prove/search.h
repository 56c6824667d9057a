// Breadth-first search of the states of a small spec with the interpreter: slow and simple, to hold
// proofs against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

struct SearchLimits {
  std::size_t states = 150;
  std::size_t handles = 2;    // alive at once in a domain
  std::uint64_t indices = 3;  // arguments of index types are smaller
  std::size_t calls = 24;     // of one action from one state; more are sampled
  std::uint64_t seed = 1;     // of the sample
};

struct SearchResult {
  std::set<std::uint32_t> violated;  // properties: invariants and two-state ones
  std::size_t states = 0, calls = 0;
  bool exhausted = false;     // nothing was left out within the bounds on handles and indices
  std::vector<bool> clauses;  // by ClauseId: reached
};

/// `module` in the atomic reading, for the default values of its parameters.
SearchResult search(const ir::Module& module, const SearchLimits& limits);

}  // namespace gms::check
