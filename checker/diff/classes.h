// Classes of calls: an argument that an action only compares with constants says which of several
// calls this is (a capability, an operation), and differences of each are findings of their own.
#pragma once

#include <string>
#include <vector>

#include "checker/diff/finding.h"

namespace gms::diff {

class Classes {
 public:
  explicit Classes(const Joint& joint);
  /// The constant's name, or its number; empty: of no class.
  std::string of(const PairCall& call) const;

 private:
  struct Selector {
    std::size_t param = 0;  // in JointAction::params
    std::vector<std::pair<std::uint64_t, std::string>> values;
  };
  std::vector<std::vector<Selector>> selectors_;  // by action
};

}  // namespace gms::diff
