// The program gmemspec.
#include <iostream>

#include "cli/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  auto status = gms::cli::run({argv + (argc > 0 ? 1 : 0), argv + argc}, std::cout, std::cerr);
  // A report that could not be written (full disk) must not look like a success.
  if (!std::cout.flush()) {
    std::cerr << "gmemspec: cannot write the standard output\n";
    status = gms::base::ExitStatus::kUsage;
  }
  return static_cast<int>(status);
}
