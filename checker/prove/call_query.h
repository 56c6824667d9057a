// One call from one known state as a question to the solver: to which clauses it can come, and
// whether it can leave a given state behind.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/conform/engine.h"
#include "checker/prove/known_state.h"
#include "checker/prove/solver.h"
#include "ir/smt/paths.h"

namespace gms::check {

/// What is the same for all calls of an action.
struct ActionFacts {
  ActionFacts(const ir::Module& module, ir::ActionId action);
  /// Whether the path gives the output a value; else the output is unset.
  bool assigned(const ir::Action& action, std::size_t output, const ir::smt::Path& path) const;

  std::vector<bool> reads;  // by StateId
  // By output: the statements of the action and the exits that assign it.
  std::vector<std::set<ir::StmtId>> assigns;
  std::vector<std::set<ir::ClauseId>> assigned_by_exit;
};

class CallQuery {
 public:
  /// All must outlive it.
  CallQuery(const ir::Module& module, const std::map<ir::ParamId, std::uint64_t>& params,
            const ir::interp::State& before, ir::ActionId action, const ActionFacts& facts);

  struct Permitted {
    std::set<ir::ClauseId> clauses;  // some path to each agrees with what was seen
    std::string undecided;           // not empty: why the solver does not know
  };
  /// Once. `seen` may be null: nothing was.
  Permitted permitted(std::span<const Datum> args, const std::vector<Seen>* seen,
                      const SolverLimits& limits, const std::shared_ptr<SolverContext>& context);

  /// Whether some path to the clause agrees with what was seen and leaves the state `next`:
  /// compared where that differs from the state before, where the path writes, and at some other
  /// places. After permitted().
  Answer leaves(ir::ClauseId clause, const ir::interp::State& next, const SolverLimits& limits,
                const std::shared_ptr<SolverContext>& context);

 private:
  struct Way {
    ir::smt::Path path;
    ir::smt::TermId formula = 0;  // it is taken, and shows what was seen
    ir::smt::TermId asked = 0;    // a name of its own; see permitted()
  };
  struct Point {
    ir::StateId f = ir::kNoId;
    std::vector<std::uint64_t> keys;
    auto operator<=>(const Point&) const = default;
  };

  ir::smt::SymValue argument(const ir::Local& param, const Datum& arg,
                             const ir::smt::SymState& pre);
  ir::smt::TermId agrees(const ir::smt::Path& path, const std::vector<Seen>* seen);
  ir::smt::TermId shows(const ir::smt::Path& path, std::uint32_t output, const Datum& value);
  void name_created(const ir::smt::Path& path, std::vector<ir::smt::TermId>& taken);
  void points(ir::StateId f, const ir::interp::State& next, std::set<Point>& out) const;
  void written(const ir::smt::Path& path, ir::smt::Encoder& enc, std::set<Point>& out) const;
  std::vector<std::uint64_t> values_of_key(ir::ExprId key, const ir::smt::Layer& layer,
                                           ir::smt::Encoder& enc) const;
  std::optional<std::uint64_t> number(ir::smt::TermId term) const;
  ir::smt::TermId ends_in(const ir::smt::Path& path, const ir::interp::State& next,
                          const std::set<Point>& points, ir::smt::Encoder& enc);

  const ir::Module& m_;
  const ir::interp::State& before_;
  const ir::Action& action_;
  const ActionFacts& facts_;
  ir::smt::TermStore terms_;
  ir::smt::Encoder enc_;
  KnownState known_;
  std::vector<Way> ways_;
  std::map<ir::smt::TermId, std::uint64_t> created_;  // the number that a new handle will have
  std::vector<std::set<std::uint32_t>> new_;          // by domain
};

}  // namespace gms::check
