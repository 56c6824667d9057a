// Which small changes of a spec (ir/mutate.h) test vectors notice, and calls that notice one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <vector>

#include "checker/explore/explore.h"
#include "checker/vectors/call_args.h"
#include "checker/vectors/step_book.h"
#include "ir/interp/interpreter.h"
#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

/// What the search for what notices a change may use. All by reference: it outlives the search.
struct NoticeAids {
  const StepBook& steps;
  const CallArgs& args;
  /// Whether an event can stand for the call; `last` led to the state, null: none did.
  std::function<bool(ir::interp::Interpreter& in, const ir::interp::State&, const RunCall* last,
                     ir::ActionId, std::span<const Datum>)>
      may_call;
  const std::vector<std::vector<bool>>& reads;     // by action, of state functions
  const std::vector<std::vector<bool>>& found_by;  // the same of EventWriter::read_to_find
  /// By action: other calls that the event that stands for it shows, too.
  const std::vector<std::vector<ir::ActionId>>& tells;
  /// Whether the run, written as lines, is noticed.
  std::function<bool(const Run& run)> is_noticed;
  std::uint64_t seed;
};

/// A changed spec beside the original. For one thread.
class ChangedSpec {
 public:
  /// `original` must outlive it. `fixed` are parameters that have one value.
  ChangedSpec(const ir::Module& original, const ir::Mutation& mutation,
              const std::map<ir::ParamId, std::uint64_t>& fixed);

  /// No action does anything else for it.
  bool touches_nothing() const { return touched_.empty(); }

  const ir::Module& changed() const { return changed_; }
  /// The functions in which the last search has seen states to differ.
  const std::set<ir::StateId>& seen_apart() const { return seen_apart_; }

  /// Whether the changed spec cannot do what the run shows, or could end one of its calls in a way
  /// that the original cannot.
  bool is_noticed_by(const Run& run);

  /// A run that notices the change. First calls that the change touches are tried where they are
  /// known to be possible, with other arguments as well, then others behind ways that it touches;
  /// where the original and the changed spec are in different states then, whatever may show it, at
  /// once or after a call or two. Gives up after about so many calls of each of the three.
  std::optional<Run> search(const NoticeAids& aids, std::uint64_t calls);
  /// The same behind calls at random, many of which look at these functions.
  std::optional<Run> search_at_random(const NoticeAids& aids, const std::set<ir::StateId>& apart,
                                      std::uint64_t calls);

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

  /// Where a way has led both.
  struct Trail {
    Kernel* kernel = nullptr;
    const Run* way = nullptr;  // and then
    std::vector<RunCall> calls;
    Pair at;
  };
  static Run run_of(const Trail& trail, const RunCall* last);
  /// In the original, or in the changed spec.
  static bool may_call(const NoticeAids& aids, const Trail& trail, bool in_changed,
                       ir::ActionId action, const std::vector<Datum>& args);
  /// Where the step was made; nothing in `changed`, and what notices the change on the way in
  /// `noticed`, if the changed spec does not lead there.
  Trail trail_to(const NoticeAids& aids, const KnownStep& step, std::optional<Run>& noticed);
  static std::vector<std::vector<Datum>> args_on_way(const Trail& trail, ir::ActionId action);

  Kernel& kernel(const Valuation& valuation);
  bool is_touched(ir::ActionId action) const;
  /// In all that a call can show.
  bool same(const ir::interp::State& a, const ir::interp::State& b) const;
  /// The functions that a call can show in which the two sides differ.
  std::vector<ir::StateId> apart(const Pair& at) const;
  /// The run as it is, if its lines are noticed.
  std::optional<Run> confirmed(const NoticeAids& aids, Run run);
  /// What the changed spec may be in after the call has ended so; empty: it cannot end so.
  States follow(Kernel& k, const States& from, const RunCall& call);
  /// Whether the changed spec may end the call in a way that is none of the original's.
  bool exceeds(Kernel& k, const States& from, ir::ActionId action, const std::vector<Datum>& args,
               const std::vector<ir::interp::Outcome>& allowed);
  /// The call if it shows the change: a way of the original that the changed spec does not have, or
  /// the other way round. Else the trails that go on behind it and lead to states that differ, or
  /// to alike ones if `alike_too`.
  std::optional<RunCall> notice(const Trail& trail, ir::ActionId action,
                                const std::vector<Datum>& args, std::vector<Trail>* next,
                                bool alike_too = false);
  std::optional<Run> try_events(const NoticeAids& aids);
  std::optional<Run> try_ways(const NoticeAids& aids, std::vector<Trail>& differ);
  std::optional<Run> try_steps(const NoticeAids& aids, std::vector<Trail>& differ);
  /// Calls that the change touches, behind others that come in between.
  std::optional<Run> try_detours(const NoticeAids& aids);
  void prefer(const NoticeAids& aids, const std::set<ir::StateId>& functions);
  bool wander(const NoticeAids& aids, std::mt19937_64& random, Trail& trail,
              std::optional<Run>& noticed);
  bool go_on(const NoticeAids& aids, std::mt19937_64& random, Trail& trail, ir::ActionId action,
             const std::vector<Datum>& args, std::optional<Run>& noticed);
  /// A call that shows that the two sides differ.
  std::optional<Run> look(const NoticeAids& aids, const Trail& trail,
                          std::uint64_t calls_of_one_action);
  /// The call, which some event stands for, as its event tells it.
  std::optional<Run> tell(const NoticeAids& aids, const Trail& trail, ir::ActionId action,
                          const std::vector<Datum>& args);
  /// What calls lead to. What leads to the same as one of the `kinds` is left out.
  void move(const NoticeAids& aids, const Trail& trail, std::set<std::uint64_t>& kinds,
            std::vector<Trail>& next);
  std::optional<Run> seek(const NoticeAids& aids, std::vector<Trail> differ);

  const ir::Module& m_;
  ir::Module changed_;
  std::vector<ir::ActionId> touched_;
  std::vector<bool> observable_;  // by StateId
  std::map<Valuation, std::unique_ptr<Kernel>> kernels_;
  std::vector<ir::ActionId> preferred_;  // for detours
  std::uint64_t calls_ = 0, until_ = 0;
  std::set<ir::StateId> seen_apart_;
  unsigned judged_ = 0, refused_ = 0;  // runs that were written; those that nobody notices
};

}  // namespace gms::check
