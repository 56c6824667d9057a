// Asking a solver whether a set of ground formulas can hold. Three answers; unknown is never
// rounded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ir/smt/encode.h"

namespace gms::check {

enum class Answer : std::uint8_t { kSat, kUnsat, kUnknown };

/// A satisfying assignment. Handles are numbered from 0 within their domain.
class SolverModel {
 public:
  virtual ~SolverModel() = default;
  virtual std::uint64_t value(ir::smt::TermId term) = 0;
};

struct SolverResult {
  Answer answer = Answer::kUnknown;
  std::string reason;                  // kUnknown: why
  std::vector<std::string> core;       // kUnsat: the origins of the axioms that were used
  std::unique_ptr<SolverModel> model;  // kSat
  double seconds = 0;
};

struct SolverLimits {
  unsigned milliseconds = 20000;
  bool want_core = false;
};

/// Z3 in this process, a fresh solver for each query.
SolverResult ask_z3(const ir::smt::TermStore& terms, const std::vector<ir::smt::Axiom>& axioms,
                    const SolverLimits& limits);
std::string z3_version();

/// A solver as a program that reads an SMT-LIB 2 file (no model, no core). kUnknown if it cannot be
/// run.
SolverResult ask_program(const std::string& program, const std::string& smtlib,
                         const SolverLimits& limits);
/// First line of `program --version`, or nothing if it cannot be run.
std::optional<std::string> program_version(const std::string& program);

}  // namespace gms::check
