// `gmemspec kselftest`: vectors as one C file, a test that the kernel's developers can build and
// run without this program.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace gms::flow {

struct KselftestOptions {
  std::vector<std::string> vectors;  // files, or folders of which every .jsonl is taken
  /// For tools/testing/selftests/kvm of a kernel tree; else a file that stands for itself.
  bool in_tree = false;
};

/// The text of a file of the runner by its name ("ops_vm.c").
using PartText = std::function<std::string_view(std::string_view name)>;

/// Nothing after a message.
std::optional<std::string> make_kselftest(const KselftestOptions& options, const PartText& part,
                                          base::SourceSet& sources, base::DiagSink& sink);

}  // namespace gms::flow
