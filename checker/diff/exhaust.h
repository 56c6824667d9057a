// The other way to compare two small specs: every call with every argument of a few, from every
// state that so many calls reach.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "checker/diff/finding.h"

namespace gms::diff {

struct ExhaustOptions {
  unsigned depth = 3;
  std::size_t values = 6;    // of each argument
  std::size_t states = 400;  // beyond it `complete` is false
};
struct Exhausted {
  Level worst = Level::kEquivalent;  // of first differences
  std::set<std::string> actions;     // that show one
  bool complete = true;
  std::size_t calls = 0;
};
Exhausted exhaust(const Joint& joint, const ExhaustOptions& options);

}  // namespace gms::diff
