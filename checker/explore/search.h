// The search itself, for one valuation of the parameters at a time: breadth-first with a bounded
// number of states at each depth, then random walks. Which calls are worth making is learnt on the
// way: a call is kept as a template if it ended in a way that no call did before.
#pragma once

#include <deque>
#include <random>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checker/explore/arg_pool.h"
#include "checker/explore/explore.h"
#include "checker/explore/fingerprint.h"
#include "checker/explore/goal_book.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// How calls are made: with what properties need, and within bounds that no call of a spec should
/// meet.
ir::interp::RunOptions call_options();

class Search {
 public:
  /// All must outlive it.
  Search(const ir::Module& module, const ArgPools& pools, GoalBook& goals,
         const ExploreOptions& options, ExploreReport& report);

  /// When to stop: base::thread_seconds() and calls made in all, 0 for no bound on these.
  struct Budget {
    double seconds = 0;
    std::uint64_t calls = 0;
  };
  /// Searches until the budget is used up or nothing is open: breadth-first with `beam` states at
  /// each depth, again and again with twice as many, and random walks in between. What was learnt
  /// before, under other valuations too, is used.
  void run(const Valuation& valuation, const Budget& until, unsigned beam);

 private:
  struct Arg {
    enum class Kind : std::uint8_t { kValue, kNone, kHandle, kDead };
    Kind kind = Kind::kValue;
    std::uint64_t value = 0;  // kHandle: 0 the newest of its domain, 1 the one before, ...
    friend bool operator==(const Arg&, const Arg&) = default;
  };
  using Args = std::vector<Arg>;
  struct Template {
    Args args;
    bool changes = false;  // the state
  };
  struct Node {
    ir::interp::State state;
    std::uint32_t parent = ir::kNoId;
    RunCall call;
    unsigned depth = 0;
    unsigned chosen_values = 0;              // on the way: choose_shown_values
    std::vector<std::uint64_t> by_function;  // Fingerprinter
    std::uint64_t kind_sum = 0;
    std::vector<Fingerprinter::Feature> features;
  };
  struct Called {
    bool made = false;   // the arguments exist in the state
    bool novel = false;  // it ended in a new way
    bool changes = false;
  };

  bool out_of_time();
  /// Fingerprinter::exact. Where runs are to be written down an object that is gone matters as
  /// well: it can be named.
  std::uint64_t identity(const ir::interp::State& state);
  Args simplest(ir::ActionId action) const;
  bool resolve(const ir::interp::State& state, ir::ActionId action, const Args& args);
  std::vector<Arg> alternatives(const ir::interp::State& state, const ParamPool& pool,
                                const Arg& now);
  Args mutate(const ir::interp::State& state, ir::ActionId action, Args args, unsigned places);

  /// Makes the call from the node. Goals that it reaches are closed; states that it leads to go to
  /// `next`, those that were met before as well if `all`.
  Called call(const Node& from, std::uint32_t from_id, ir::ActionId action, const Args& args,
              std::vector<Node>& next, bool all);
  void found(const Goal& goal, std::uint32_t parent, const RunCall* last);
  /// The calls that lead to the node, and `last` if it is not null.
  Run run_to(std::uint32_t node, const RunCall* last) const;
  void offer(const Node& from, std::uint32_t from_id, ir::ActionId action);
  void learn(std::uint32_t node, ir::ActionId action);
  void expand(std::uint32_t node);
  void try_laws(std::uint32_t node, unsigned tuples);
  std::uint32_t keep(Node node);
  std::vector<Node> select(std::vector<Node> layer);
  void restart();
  void breadth_first();
  void look_at_goals();
  ir::ActionId pick_action();
  void walk();
  bool new_features(const std::vector<Fingerprinter::Feature>& features);
  std::size_t pick(std::size_t size) { return size == 0 ? 0 : rng_() % size; }

  const ir::Module& m_;
  const ArgPools& pools_;
  GoalBook& goals_;
  const ExploreOptions& options_;
  ExploreReport& report_;
  Fingerprinter prints_;
  std::mt19937_64 rng_;
  std::vector<std::vector<bool>> reads_;          // by action, of state functions
  std::vector<std::vector<Template>> templates_;  // by action
  std::vector<double> credit_;                    // by action: how much learning has paid
  std::unordered_set<std::uint64_t> behaviours_;
  std::size_t needed_open_ = 0;  // of the goals that are needed

  // Of one valuation:
  std::unique_ptr<ir::interp::Interpreter> in_;
  Valuation valuation_;
  Budget until_;
  bool stop_ = false;
  unsigned beam_ = 0;
  std::deque<Node> nodes_;
  std::unordered_set<std::uint64_t> seen_;
  std::unordered_set<std::uint64_t> learnt_;  // action and kind of state
  std::unordered_map<std::uint64_t, std::uint32_t> feature_count_;
  std::vector<Node> layer_;
  std::vector<double> interest_;      // GoalBook
  std::vector<ir::ActionId> wanted_;  // the same
  bool complete_ = true;

  // Scratch.
  std::vector<Datum> args_;
  std::vector<bool> changed_;
  std::vector<ir::DomainId> nameable_;  // domains of which an action may be given a dead handle
  std::vector<bool> passed_over_;       // exits that are goals only and reached, by ClauseId
};

}  // namespace gms::check
