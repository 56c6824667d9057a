// Where calls may overlap: states that calls reach which run alone, and the calls that change
// something there.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "checker/explore/explore.h"
#include "checker/explore/fingerprint.h"
#include "checker/interleave/steps.h"
#include "ir/interp/interpreter.h"
#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::check {

struct Situation {
  Run way;  // from the fresh system
  ir::interp::State state;
};

struct SituationOptions {
  std::vector<Valuation> valuations;  // the first one gets most of the search
  std::vector<bool> matters;          // by StateId: states that differ elsewhere are of one kind
  double seconds = 5;                 // of CPU
  std::uint64_t max_calls = 100'000;
  std::size_t max_situations = 4000;
  std::size_t max_calls_before = 5;
  std::size_t per_action = 5;  // calls of one action in one situation that change something
  std::size_t idle = 2;        // and that do not
};

class Situations {
 public:
  /// `atomic` is the atomic reading; it must outlive this.
  Situations(const ir::Module& atomic, const SituationOptions& options);

  std::size_t size() const { return all_.size(); }
  /// One of each kind of state first, the simplest ways before others.
  const Situation& operator[](std::size_t number) const { return all_[number]; }

  /// Calls that change something there, the simplest first, then some that succeed; of calls that
  /// do the same one.
  const std::vector<Intent>& calls(std::size_t number, ir::ActionId action);

  /// Before them those that change something once the call has been made.
  std::vector<Intent> beside(std::size_t number, const Intent& call, ir::ActionId action);

  /// With the parameters of the situation's way.
  ir::interp::Interpreter& interpreter(const Valuation& valuation);

 private:
  /// Arguments with objects by their age: 0 is the newest.
  struct Pattern {
    unsigned cost = 0;
    std::vector<Datum> args;
    friend bool operator==(const Pattern&, const Pattern&) = default;
  };
  struct Found {
    unsigned cost = 0;
    std::uint64_t print = 0;
    Situation situation;
  };
  /// Which points a call changes, and how it ends, hashed.
  using Effect = std::set<std::uint64_t>;

  const ir::Type& type_of(ir::ActionId action, std::size_t arg) const;
  void take(const ExploreOptions::Made& made);
  void keep_pattern(const ExploreOptions::Made& made);
  void keep(Found found);
  void select();
  std::uint64_t kind(const ir::interp::State& state) const;
  bool resolve(const ir::interp::State& state, Intent& intent) const;
  std::vector<Intent> calls_in(const ir::interp::State& state, ir::interp::Interpreter& in,
                               ir::ActionId action, std::size_t idle) const;
  Effect effect(const ir::interp::State& state, ir::interp::Interpreter& in,
                const Intent& intent) const;
  Effect points(ir::StateId id, const ir::interp::State& state) const;

  const ir::Module& m_;
  const ir::interp::Shape shape_;
  const SituationOptions options_;
  Fingerprinter prints_;
  std::map<std::pair<std::uint64_t, Valuation>, std::vector<Found>> kinds_;
  std::vector<std::vector<Pattern>> ways_;  // by action: calls that changed something somewhere
  std::map<Valuation, std::unique_ptr<ir::interp::Interpreter>> interpreters_;
  std::vector<Situation> all_;
  std::map<std::pair<std::size_t, ir::ActionId>, std::vector<Intent>> calls_;
};

}  // namespace gms::check
