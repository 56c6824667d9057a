#include "checker/vectors/unnoticeable.h"

#include <algorithm>
#include <vector>

#include "checker/prove/equivalence.h"
#include "checker/vectors/observable.h"

namespace gms::check {

bool is_unnoticeable(const ir::Module& module, const ir::Mutation& mutation,
                     const std::map<ir::ParamId, std::uint64_t>& fixed, unsigned milliseconds) {
  const ir::Module changed = ir::apply(module, mutation);
  const EquivalenceOptions options{fixed, milliseconds,
                                   observable_functions(module, changed, fixed)};
  if (mutation.host == ir::MutationHost::kProcedure &&
      procedure_difference(module, changed, mutation.host_id, options) == Answer::kUnsat)
    return true;
  const std::vector<ir::ActionId> touched = ir::touched_actions(module, mutation);
  return std::all_of(touched.begin(), touched.end(), [&](ir::ActionId action) {
    return difference(module, changed, action, options) == Answer::kUnsat;
  });
}

}  // namespace gms::check
