// Another program, run to its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gms::base {

struct ProgramResult {
  int status = 0;      // as the shell has it: 128 + the signal where one ended it
  std::string output;  // its standard output, and its standard error output if that is kept
};

/// Where the program's standard error output goes.
enum class ErrorOutput { kOurs, kKept, kDropped };

/// `command`: the program, found on the PATH, and its arguments. Its standard input is empty.
/// Nothing: it cannot be started.
std::optional<ProgramResult> run_program(const std::vector<std::string>& command,
                                         ErrorOutput errors);

}  // namespace gms::base
