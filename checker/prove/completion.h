// A solver's counterexample as a state of the interpreter: the solver speaks of the points that it
// had to look at, and a state has all of them.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "checker/prove/prove.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// What a state function is where the solver did not look: initial, or as at the last point below
/// that it looked at, or as at the next one above.
enum class Fill : std::uint8_t { kInitial, kNearest, kNext };
inline constexpr Fill kFills[] = {Fill::kNearest, Fill::kInitial, Fill::kNext};

class Completion {
 public:
  /// Both must outlive it.
  Completion(const ir::Module& module, const Candidate& candidate);

  /// For the candidate's parameters.
  ir::interp::Interpreter& interpreter() { return interpreter_; }
  /// The same handles every time. Facts about handles that are not live are left out.
  ir::interp::State state(Fill fill);
  /// The candidate's arguments; the types are those of `locals[vars[i]]`.
  std::vector<ir::interp::Value> args(const std::vector<ir::Local>& locals,
                                      const std::vector<ir::VarId>& vars) const;
  /// The interpreter's number of a handle of the solver; 0 if it was not mentioned. After state().
  std::uint32_t number(ir::DomainId domain, std::uint64_t in_model) const;

 private:
  void make_handles(ir::interp::State& state);

  const ir::Module& m_;
  const Candidate& c_;
  ir::interp::Interpreter interpreter_;
  std::vector<std::map<std::uint64_t, std::uint32_t>> numbers_;  // by domain
};

/// By ParamId: the candidate's parameters, others as by default.
ir::interp::Valuation valuation_of(const ir::Module& module, const Candidate& candidate);

}  // namespace gms::check
