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
  bool expect_model = false;  // only what is tried first depends on it
  bool strict = false;        // a model is to be one of all instances: see Encoder::refine()
};

/// Z3 in this process, fed step by step.
class Session {
 public:
  virtual ~Session() = default;
  virtual void add(const ir::smt::Axiom& axiom) = 0;
  virtual Answer check() = 0;
  /// Of the last kSat: the value of any term, whether it was mentioned or not.
  virtual SolverModel& model() = 0;
  virtual std::vector<std::string> core() = 0;  // of the last kUnsat
  virtual std::string reason() = 0;             // of the last kUnknown
};
/// What sessions that follow each other in one thread may share: making it costs more than a small
/// query. It keeps the names that were declared in it.
class SolverContext {
 public:
  virtual ~SolverContext() = default;
};
std::shared_ptr<SolverContext> make_z3_context();
/// Without a context the session makes its own.
std::unique_ptr<Session> start_z3(const ir::smt::TermStore& terms, const SolverLimits& limits,
                                  std::shared_ptr<SolverContext> shared = nullptr);

/// Whether the encoder's axioms and universal facts can hold together: instances are added only
/// where a model violates them, until it does not or nothing is left to find. `complete` is false
/// if a bound was hit first. Queries about one action best share a context.
struct Decision {
  SolverResult result;
  bool complete = true;
  std::size_t rounds = 0;
};
Decision decide(ir::smt::Encoder& enc, const SolverLimits& limits,
                const std::shared_ptr<SolverContext>& context = nullptr);

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
