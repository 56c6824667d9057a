// The exit codes of every command, in one place.
#pragma once

namespace gms::base {

enum class ExitStatus : int {
  kOk = 0,       // conforms, proved, compatible; or the command did what it was asked
  kFinding = 1,  // violation, refuted, breaking change
  kUsage = 2,    // wrong usage, or input that cannot be read or is not valid
  kUnknown = 3,  // no verdict: time-out, solver gave up, the evidence does not decide
};

}  // namespace gms::base
