// Which small changes of a spec (ir/mutate.h) test vectors notice, and calls that notice one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"
#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

/// Arguments that are worth trying, by action.
using ArgsByAction = std::vector<std::vector<std::vector<Datum>>>;

/// A changed spec beside the original. For one thread.
class ChangedSpec {
 public:
  using MayCall = std::function<bool(ir::interp::Interpreter& original, const ir::interp::State&,
                                     ir::ActionId, std::span<const Datum>)>;

  /// `original` must outlive it.
  ChangedSpec(const ir::Module& original, const ir::Mutation& mutation);

  /// No action does anything else for it.
  bool touches_nothing() const { return touched_.empty(); }

  /// Whether the changed spec cannot do what the run shows.
  bool is_noticed_by(const Run& run);

  /// A run that notices the change: one of the given runs, or the beginning of one, with one or two
  /// more calls. Gives up after about so many calls.
  std::optional<Run> search(const std::vector<const Run*>& runs, const ArgsByAction& args,
                            const MayCall& may_call, std::uint64_t calls);

 private:
  using States = std::vector<ir::interp::State>;  // in which the changed spec can be
  struct Pair {                                   // the original's state and the changed spec's
    ir::interp::State state;
    States changed;
  };
  struct Kernel {
    Kernel(const ir::Module& original, const ir::Module& changed_module, const Valuation& valuation)
        : in(original, valuation), changed(changed_module, valuation) {}
    ir::interp::Interpreter in, changed;
  };

  Kernel& kernel(const Valuation& valuation);
  bool is_touched(ir::ActionId action) const;
  /// What the changed spec may be in after the call has ended so; empty: it cannot end so.
  States follow(Kernel& k, const States& from, const RunCall& call);
  /// The way of the original that the changed spec does not have, if there is one; else, if the
  /// states differ then, the pair of states after the call.
  std::optional<RunCall> notice(Kernel& k, const Pair& at, ir::ActionId action,
                                const std::vector<Datum>& args, std::vector<Pair>* next,
                                std::vector<RunCall>* taken);
  std::optional<RunCall> try_all(Kernel& k, const Pair& at, const ArgsByAction& args,
                                 const MayCall& may_call, const std::vector<ir::ActionId>& actions,
                                 std::vector<Pair>* next, std::vector<RunCall>* taken);

  const ir::Module& m_;
  ir::Module changed_;
  std::vector<ir::ActionId> touched_;
  std::vector<ir::ActionId> all_;
  std::map<Valuation, std::unique_ptr<Kernel>> kernels_;
  std::uint64_t calls_ = 0, until_ = 0;
};

}  // namespace gms::check
