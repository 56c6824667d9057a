// Proves that actions show no first difference, for states and files of any size. The two versions
// are coupled: state functions of one name and type are equal in them. The coupling is made to
// hold: a function that some call leaves different, though it ends alike, is taken out of it, until
// nothing is left to take out. Then every run whose calls end alike leads to coupled states, and an
// action that ends alike from all coupled states is equivalent.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/conform/valuation.h"
#include "ir/ir.h"

namespace gms::diff {

struct CoupleOptions {
  unsigned milliseconds = 5000;  // for one query
  unsigned jobs = 0;
  /// Actions that are known to differ, by name: whether they end alike is not asked.
  std::set<std::string> different;
  /// State functions that are known not to be equal after calls that ended alike.
  std::set<std::string> apart;
  std::function<void(const std::string&)> progress;
};

enum class Same : std::uint8_t {
  kText,     // does what it did, to the letter, and reads nothing that may differ
  kProved,   // by the solver
  kDiffers,  // was said to
  kUnknown,
};
struct Coupling {
  std::set<std::string> apart;                 // state functions that both have and that may differ
  std::map<std::string, Same> actions;         // by name, of those that both have
  std::map<std::string, std::string> reasons;  // of kUnknown
  bool holds = true;  // false: objects may differ, and then nothing is proved
  std::size_t queries = 0;
};

/// Both in the atomic reading, with a value for each parameter.
Coupling couple(const ir::Module& old, const check::Valuation& old_values, const ir::Module& now,
                const check::Valuation& new_values, const CoupleOptions& options);

}  // namespace gms::diff
