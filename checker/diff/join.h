// Two specs on one footing: what has the same name and type in both gets the same number, so that
// states, arguments and results of the two can be compared directly. Bodies stay apart.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "checker/conform/valuation.h"
#include "ir/ir.h"

namespace gms::diff {

/// A parameter or output of a call, by name. A position is that among the side's own, -1 where the
/// side lacks it.
struct JointLocal {
  std::string name;
  ir::Type type;  // of the new side where both have it
  int old_at = -1, new_at = -1;
  bool same_type = true;
};

struct JointAction {
  std::string name;
  bool in_old = false, in_new = false;
  std::vector<JointLocal> params, outputs;
  bool comparable = false;  // in both, and what both have has one type
};

/// Modules in the atomic reading. Enums, domains, sorts, parameters, state functions, clauses and
/// actions have the same numbers in both, those of one side alone as well: an action that a side
/// lacks is there without a body, and must not be called. Functions, procedures, expressions,
/// statements and properties keep their own numbers; events are gone.
struct Joint {
  ir::Module old, now;
  check::Valuation old_values, new_values;  // by the joint ParamId
  std::vector<JointAction> actions;         // by ActionId
  /// By StateId: both have it, with one type and one initial value.
  std::vector<bool> shared;
  /// By DomainId, EnumId, ..: the names that only one side has are found by comparing the modules
  /// that went in.
};

/// `apart`: state functions that are not to be one, though both have them. Valuations are those of
/// the modules.
Joint join(const ir::Module& old, const check::Valuation& old_values, const ir::Module& now,
           const check::Valuation& new_values, const std::set<std::string>& apart = {});

}  // namespace gms::diff
