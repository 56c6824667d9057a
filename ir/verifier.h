// The verifier, split over verify_*.cpp: what they share.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ir/messages.h"
#include "ir/type.h"
#include "ir/verify.h"
#include "ir/verify_exprs.h"

namespace gms::ir {

/// Of statements, with those of the procedures that they call.
inline constexpr int kMaxBlockDepth = 1000;

class Verifier {
 public:
  Verifier(const Module& module, base::DiagSink& sink)
      : m_(module), sink_(sink), exprs_(module, sink), proc_depth_(module.procs.size(), 0) {}

  bool run() {
    const std::size_t before = sink_.error_count();
    declarations();
    if (sink_.error_count() != before) return false;  // the rest relies on them
    for (FnId id = 0; id < m_.fns.size(); ++id)
      function(id);
    for (ProcId id = 0; id < m_.procs.size(); ++id)
      procedure(id);
    for (ActionId id = 0; id < m_.actions.size(); ++id)
      action(id);
    for (const Property& p : m_.properties)
      property(p);
    for (const Event& e : m_.events)
      event(e);
    if (sink_.error_count() != before) return false;
    observe_only();
    return sink_.error_count() == before;
  }

 private:
  using Role = ExprVerifier::Role;

  // ---- Declarations (verify_decls below) ----
  void declarations();
  void names(std::string_view what, const std::vector<std::pair<std::string, base::Span>>& all);
  void report(std::string_view where, base::Span span, std::string_view why) {
    sink_.report(diag::ir_ill_formed, span, where, why);
  }
  bool sound(const Type& t) const;
  void state(const State& s);
  void locals_of(std::string_view where, const std::vector<Local>& locals);
  bool vars_ok(const std::vector<Local>& locals, const std::vector<VarId>& vars) const {
    std::unordered_set<VarId> seen;
    for (VarId var : vars) {
      if (var >= locals.size() || !seen.insert(var).second) return false;
    }
    return true;
  }

  // ---- Callables ----
  bool enter(std::string where, const Callable& c, FnId fn_limit, bool inputs_only);
  void function(FnId id);
  void procedure(ProcId id);
  void action(ActionId id);

  // ---- Statements. Each returns whether the next statement can be reached. ----
  bool block(const Block& b);
  bool stmt(StmtId id);
  void update(const Update& s, base::Span span);
  void guard(const Guard& s, base::Span span);
  void assign_to(VarId var, const Type& type, base::Span span, bool once);
  void scan(const Scan& s, base::Span span);
  void each(const Each& s, base::Span span);
  void each_body(const Block& b, std::vector<StateId>& written, int& updates,
                 std::vector<ExprId>& conditions);
  void lock_keys(LockId lock, const std::vector<ExprId>& keys, base::Span span);
  void reads_of(ExprId id, std::vector<StateId>& states) const;

  // ---- Properties and events ----
  void property(const Property& p);
  void law_side(const std::vector<LawCall>& calls, base::Span span);
  void event(const Event& e);
  void event_block(const Event& e, const std::vector<EventStmt>& body);
  void event_call(const Event& e, const EventCall& call, base::Span span);
  void observe_only();

  const Module& m_;
  base::DiagSink& sink_;
  ExprVerifier exprs_;

  // The callable at hand.
  const Callable* callable_ = nullptr;
  ActionId action_ = kNoId;
  ProcId proc_ = kNoId;
  std::unordered_set<StmtId> seen_stmts_;
  std::vector<bool> let_;        // locals that a `let` has
  std::vector<VarId> unlogged_;  // event variables that may hold an unknown value
  int block_depth_ = 0, deepest_block_ = 0;
  std::vector<int> proc_depth_;  // of blocks, calls included
};

}  // namespace gms::ir
