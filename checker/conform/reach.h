// What an action can reach through its functions and procedures: the parameters and state functions
// that it may read, and the state functions that it may write.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace gms::check {

class Reach {
 public:
  /// The module must outlive it.
  explicit Reach(const ir::Module& module);

  void add_expr(ir::ExprId id);      // kNoId: nothing
  void add_action(ir::ActionId id);  // kNoId: nothing
  void add_event(const ir::Event& event);

  const std::vector<bool>& params() const { return params_; }  // read, by ParamId
  const std::vector<bool>& reads() const { return reads_; }    // by StateId
  const std::vector<bool>& writes() const { return writes_; }  // by StateId
  bool races() const { return races_; }                        // has an exit `when raced`
  /// Calls that such an exit names, by ActionId; all if one names none.
  const std::vector<bool>& racers() const { return racers_; }
  const std::vector<bool>& actions() const { return actions_; }  // that were added, by ActionId
  bool creates(ir::DomainId domain) const { return creates_[domain]; }

 private:
  void add_block(const ir::Block& block, const std::vector<ir::Local>& locals);
  void add_racers(const ir::Guard& guard);

  const ir::Module& module_;
  std::vector<bool> params_, reads_, writes_, creates_;
  bool races_ = false;
  std::vector<bool> racers_;
  std::vector<bool> fns_, procs_, actions_;  // already added
};

}  // namespace gms::check
