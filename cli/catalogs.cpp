#include "cli/catalogs.h"

#include <algorithm>

#include "base/messages.h"
#include "checker/conform/messages.h"
#include "checker/diff/messages.h"
#include "checker/prove/messages.h"
#include "gen/backend/messages.h"
#include "gen/inherit/messages.h"
#include "gen/sema/messages.h"
#include "gen/syntax/messages.h"
#include "ir/messages.h"
#include "runner/messages.h"

namespace gms::cli {

std::vector<base::DiagInfo> all_messages() {
  std::vector<base::DiagInfo> all;
  const auto append = [&](const auto& catalog) {
    all.insert(all.end(), catalog.begin(), catalog.end());
  };
  append(base::diag::kCatalog);
  append(gen::syntax::diag::kCatalog);
  append(gen::inherit::diag::kCatalog);
  append(gen::sema::diag::kCatalog);
  append(gen::backend::diag::kCatalog);
  append(ir::diag::kCatalog);
  append(check::diag::kCatalog);
  append(check::diag::kProveCatalog);
  append(diff::diag::kDiffCatalog);
  append(runner::diag::kCatalog);
  // By number: warnings stand among the errors of their topic.
  std::sort(all.begin(), all.end(), [](const base::DiagInfo& a, const base::DiagInfo& b) {
    return a.code.substr(1) < b.code.substr(1);
  });
  return all;
}

}  // namespace gms::cli
