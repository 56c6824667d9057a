// From the arguments of the process to its exit status; main() adds only the standard streams.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/exit_status.h"

namespace gms::cli {

// `arguments` without the program's name. Never throws.
base::ExitStatus run(const std::vector<std::string>& arguments, std::ostream& out,
                     std::ostream& err);

}  // namespace gms::cli
