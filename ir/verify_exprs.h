// The part of the verifier that checks expressions, for one callable, property or event at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "ir/ir.h"

namespace gms::ir {

/// Where an expression stands: what it may mention.
struct ExprContext {
  const std::vector<Local>* locals = nullptr;
  FnId fn_limit = kNoId;    // functions below may be called
  bool two_states = false;  // primed reads
  bool outcome = false;     // `result` and `exit`
  std::string where;        // "action convert", for messages
};

class ExprVerifier {
 public:
  ExprVerifier(const Module& module, base::DiagSink& sink);

  void enter(ExprContext context);
  const ExprContext& context() const { return context_; }

  void fail(base::Span span, std::string_view why);

  /// What a local may be used as. A parameter is kValue and assigned from the start.
  enum class Role : std::uint8_t { kUnused, kValue, kBinder, kSample };
  /// Fixes the role of a local; reports a second use as a binder, or one as another thing.
  bool claim(VarId var, Role role, base::Span span);
  Role role(VarId var) const { return roles_[var]; }
  bool valid_var(VarId var) const { return var < roles_.size(); }

  std::vector<bool>& assigned() { return assigned_; }

  /// Checks a tree; `samples_ok`: it may read sampled counters. True if it can be walked.
  bool check(ExprId id, bool samples_ok = false);
  /// check, and that it has the type. kNoId is accepted where `optional`.
  bool expect(ExprId id, const Type& type, std::string_view what, bool optional = false,
              bool samples_ok = false);
  /// Opens the scope of binders in order, checking them; close_scope(count) ends it.
  bool open_binder(const Binder& binder, base::Span span);
  void close_binders(std::size_t count) { scope_.resize(scope_.size() - count); }
  bool in_scope(VarId var) const;

  /// The depth of nodes checked from here on, with the functions that they call, is that of a
  /// function.
  void measure_from_here() { deepest_ = 0; }
  void set_fn_depth(FnId id) { fn_depth_[id] = deepest_; }

  /// Whether the tree reads one of these locals; it must have been checked.
  bool mentions(ExprId id, const std::vector<VarId>& vars) const;

 private:
  bool node(ExprId id, bool samples_ok);
  bool operands(const Expr& e);
  bool fail_at(const Expr& e, std::string_view why) {
    fail(e.span, why);
    return false;
  }
  bool measure();

  const Module& m_;
  base::DiagSink& sink_;
  ExprContext context_;
  std::vector<Role> roles_;
  std::vector<bool> assigned_;
  std::vector<VarId> scope_;
  int depth_ = 0, deepest_ = 0;
  std::vector<int> fn_depth_;
  std::vector<bool> walkable_;  // by ExprId: ids in order, depth and size within limits
};

}  // namespace gms::ir
