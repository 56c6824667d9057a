// Two versions of an action in one module, with the environment's choices as parameters and state
// that both read: then each version has one outcome for each choice, and they can be compared.
#pragma once

#include <optional>

#include "ir/ir.h"

namespace gms::check {

struct Beside {
  ir::Module module;
  ir::ActionId original = ir::kNoId, changed = ir::kNoId;
  bool may_block = false;  // some choices leave a version without an outcome
};

/// `changed` has the ids of `original`, and maybe more. Nothing if a choice could be made twice in
/// one call, or picks a handle.
std::optional<Beside> put_beside(const ir::Module& original, const ir::Module& changed,
                                 ir::ActionId action);

}  // namespace gms::check
