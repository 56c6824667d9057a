// Prints the version.
#include <ostream>

#include "cli/command.h"

namespace gms::cli {

Run setup_version(CLI::App&) {
  return [](Context& context) {
    context.out << "gmemspec " GMS_VERSION "\n";
    return base::ExitStatus::kOk;
  };
}

}  // namespace gms::cli
