// The work behind prove(): one action at a time, all its paths encoded once, each obligation a
// small query on top.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checker/prove/prove.h"
#include "ir/smt/encode.h"
#include "ir/smt/footprint.h"
#include "ir/smt/paths.h"

namespace gms::check {

class Prover {
 public:
  Prover(const ir::Module& module, const ProveOptions& options);
  ProveReport run();

 private:
  struct ActionContext {  // an arbitrary state, arbitrary arguments, every path out
    std::unique_ptr<ir::smt::TermStore> terms;
    std::unique_ptr<ir::smt::Encoder> encoder;
    std::vector<ir::smt::SymValue> args;
    std::vector<ir::smt::Path> paths;
    bool ok = false;
  };

  bool selected(std::uint32_t property) const;
  ActionContext& context(ir::ActionId action);
  void assume_invariants(ir::smt::Encoder& enc, const ir::smt::SymStatePtr& state);
  void check_initial(std::uint32_t property);
  void check_preserved(std::uint32_t property);
  void check_two_state(std::uint32_t property, ir::ActionId action);
  void check_cover(std::uint32_t property);
  void check_law(std::uint32_t property);
  void check_clauses(ir::ActionId action);
  /// Asks the solvers whether the axioms can hold; `when_unsat`/`when_sat` are the verdicts.
  void settle(Obligation& o, ir::smt::Encoder& enc, bool want_sat, const ActionContext* ctx,
              const ir::smt::Path* path);
  void judge(std::uint32_t property);
  bool is_proved(std::uint32_t property);
  bool uses_any(std::uint32_t property, const std::set<std::uint32_t>& invariants);
  /// The selected properties, and every invariant that their proofs rest on: the hypotheses are
  /// only ever members of one mutually inductive set.
  void judge_selected();
  PropertyVerdict& verdict_of(std::uint32_t property);
  void summarize();

  const ir::Module& m_;
  ProveOptions options_;
  ProveReport report_;
  std::set<std::uint32_t> hypotheses_;  // properties: invariants in the candidate inductive set
  std::vector<ActionContext> contexts_;
  std::vector<ir::smt::Footprint> footprints_;  // by property
};

}  // namespace gms::check
