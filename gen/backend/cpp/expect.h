// Which points of large state functions a block is going to look at, as far as that can be told at
// its beginning. A compiled model asks for all of them at once: in a large file they are not in the
// cache, and one after the other each would be waited for.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gen/backend/cpp/expr.h"
#include "gen/backend/cpp/unit.h"

namespace gms::gen::cpp {

class Expectations {
 public:
  /// `exprs` writes the callable's expressions, and must outlive this.
  Expectations(const ir::Callable& callable, ExprWriter& exprs);

  /// Not just a value that is computed from others.
  bool looks(const ir::Stmt& stmt) const;
  /// From here on, locals have the values that the statement gives; false if there are none.
  bool define(const ir::Stmt& stmt);

  /// "s.cached.spot(inode, p)" for points that statements from `from` on look at, procedures that
  /// they call included; none that was given before, and none if there is nothing to win.
  std::vector<std::string> before(const ir::Block& block, std::size_t from);
  /// What can be told of the parameters alone is up to the callers.
  void leave_to_callers(const ir::Block& body);

  /// What was defined and given since then does not hold outside the block.
  struct Mark {
    std::vector<bool> known;
    std::set<std::string> given;
  };
  Mark mark() const { return {known_, given_}; }
  void back_to(Mark mark);

 private:
  using Texts = std::vector<std::string>;
  void stmt(ir::StmtId id, Texts& texts);
  void call(const ir::Call& call, Texts& texts);
  /// All points of the statements; how many of them the first one has.
  std::size_t collect(const ir::Block& block, std::size_t from, Texts& texts);
  void expr(ir::ExprId id, Texts& texts);
  void point(ir::StateId state, const std::vector<ir::ExprId>& keys, Texts& texts);
  void meet(const std::vector<ir::Binder>& binders);
  /// Its values may be many: a look may have to be waited for.
  bool is_large(const ir::State& state) const;
  /// How often the state is read to compute it, where locals cost so many reads.
  unsigned reads_of(ir::ExprId id, const std::vector<unsigned>* locals) const;
  /// Nothing that could itself have to be waited for, and no loop.
  bool is_cheap(ir::ExprId id, const std::vector<bool>* known) const;

  const ir::Module& m_;
  ExprWriter& exprs_;
  std::vector<bool> known_;
  std::set<std::string> given_;
  std::vector<ir::ExprId> first_;  // by VarId: the first value of a binder that was met
  // By VarId: the value of a local that is cheap to compute, as text. Points are told by it, so
  // that they can be told before the local has a name.
  std::vector<std::string> value_;
  std::vector<unsigned> reads_;  // by VarId: how often the state is read for its value
};

}  // namespace gms::gen::cpp
