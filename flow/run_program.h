// Another program, run to its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gms::flow {

struct ProgramResult {
  int status = 0;      // as the shell has it: 128 + the signal where one ended it
  std::string output;  // its standard output; with `errors` the standard error output in it
};

/// `command`: the program, found on the PATH, and its arguments. Its standard input is empty; its
/// standard error output is ours, or goes to the result. Nothing: it cannot be started.
std::optional<ProgramResult> run_program(const std::vector<std::string>& command, bool errors);

}  // namespace gms::flow
