// Runs a spec on its compiled model and on the reference interpreter side by side, and compares:
// the outcomes of calls with random arguments, and the states after them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "ir/interp/interpreter.h"
#include "ir/ir.h"
#include "model/runtime/engine.h"

namespace gms::check {

class Twin {
 public:
  /// `module` is the atomic reading that the model was generated from; it must outlive the twin.
  Twin(const ir::Module& module, std::unique_ptr<model::Model> compiled,
       const ir::interp::Valuation& valuation, std::uint64_t seed);

  /// One random call from the current state: every outcome of one side must be one of the other,
  /// with equal clause, result, outputs and state after it. Then goes on with one of them. An empty
  /// text if all agree, else what differs.
  std::string step();
  /// The same for one given call; goes on with the outcome that leaves by the clause, the
  /// `choice`-th one in the order of the interpreter.
  std::string follow(ir::ActionId action, const std::vector<ir::interp::Value>& args,
                     ir::ClauseId clause, std::uint32_t choice);

  std::uint64_t calls() const { return calls_; }
  std::uint64_t outcomes() const { return outcomes_; }
  /// Outcomes by clause.
  const std::vector<std::uint64_t>& coverage() const { return coverage_; }
  /// What other walks have met: calls that meet something rare are preferred.
  void start_from(const std::vector<std::uint64_t>& coverage) { coverage_ = coverage; }
  std::size_t live_handles() const;

 private:
  using Outcomes = std::vector<ir::interp::Outcome>;
  /// Which outcome to go on with, if any: an index into `order`, whose elements are indices into
  /// the interpreter's outcomes, in the order in which the model visits them.
  using Pick = std::function<std::optional<std::size_t>(const Outcomes&,
                                                        const std::vector<std::size_t>& order)>;
  std::string compare(ir::ActionId id, const std::vector<ir::interp::Value>& args,
                      const Pick& pick);
  /// Arguments for which some outcome is rarer than for others that were tried.
  std::vector<ir::interp::Value> choose_arguments(ir::ActionId id);
  ir::interp::Value random_value(const ir::Type& type);
  std::uint64_t random_number(const ir::Type& type);
  /// A handle's number in the interpreter as a value of the model, and back; 0 for none.
  model::Datum to_compiled(const ir::Type& type, const ir::interp::Value& value) const;
  bool same(const ir::Type& type, const ir::interp::Value& value, const model::Datum& datum) const;
  /// Learns which handles correspond: both sides number them in the order of creation.
  std::string pair_handles(const ir::interp::State& state);
  std::string compare_states(const ir::interp::State& state);
  std::string compare_point(const ir::interp::State& state, ir::StateId id,
                            const std::vector<std::uint64_t>& keys) const;
  std::string value_text(const ir::Type& type, const ir::interp::Value& value) const;

  const ir::Module& m_;
  ir::interp::Interpreter interpreter_;
  ir::interp::State state_;
  std::unique_ptr<model::Model> compiled_;
  std::mt19937_64 random_;
  std::vector<std::vector<std::uint64_t>> handles_;  // by domain and number: the model's bits
  std::vector<std::uint64_t> interesting_;           // constants of the spec and their neighbours
  std::vector<std::uint64_t> coverage_;
  std::uint64_t calls_ = 0, outcomes_ = 0;
};

}  // namespace gms::check
