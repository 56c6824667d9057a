// The verdicts of `gmemspec prove` as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "base/style.h"
#include "checker/prove/prove.h"
#include "ir/ir.h"

namespace gms::check {

struct ProveHeading {
  std::string spec;
  std::string scope;
  std::vector<std::string> solvers;
};

std::string render_text(const ir::Module& module, const ProveReport& report,
                        const ProveHeading& heading, const base::Style& style);
/// Schema: checker/report/schema/prove.schema.json.
std::string render_json(const ir::Module& module, const ProveReport& report,
                        const ProveHeading& heading);

/// 0: every property meets its expectation, every clause can fire. 1: one does not. 3: some verdict
/// is unknown.
int exit_status(const ProveReport& report);

}  // namespace gms::check
