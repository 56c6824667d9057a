#include "checker/diff/classes.h"

#include <algorithm>
#include <optional>
#include <set>

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::diff {
namespace {

/// The constants that an action compares a parameter with, if it does nothing else with it.
class Uses {
 public:
  explicit Uses(const ir::Module& module) : m_(module) {}

  bool only_compared(const ir::Action& action, ir::VarId param) {
    block(action.body, param);
    return good_;
  }
  const std::set<std::uint64_t>& constants() const { return constants_; }

 private:
  std::optional<std::uint64_t> constant(ir::ExprId id) const {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kConst) return e.value;
    if (e.op == ir::Op::kCast) return constant(e.args[0]);
    return std::nullopt;
  }
  bool is_var(ir::ExprId id, ir::VarId var) const {
    return m_.exprs[id].op == ir::Op::kVar && m_.exprs[id].ref == var;
  }
  void expr(ir::ExprId id, ir::VarId var, unsigned depth) {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kVar) good_ = good_ && e.ref != var;
    if (e.op == ir::Op::kEq) {
      for (const int i : {0, 1}) {
        if (!is_var(e.args[static_cast<std::size_t>(i)], var)) continue;
        const auto c = constant(e.args[static_cast<std::size_t>(1 - i)]);
        if (!c) continue;
        constants_.insert(*c);
        return;
      }
    }
    ir::for_each_operand(m_, e, [&](ir::ExprId arg) {
      const bool passed = e.op == ir::Op::kCall && is_var(arg, var) && depth < 8;
      if (!passed) expr(arg, var, depth);
    });
    if (e.op != ir::Op::kCall) return;
    const ir::Callable& f = m_.fns[e.ref];
    for (std::size_t i = 0; i < e.args.size(); ++i)
      if (is_var(e.args[i], var) && depth < 8) expr(f.expr, f.params[i], depth + 1);
  }
  void block(const ir::Block& body, ir::VarId param) {
    ir::for_each_stmt(m_, body, [&](ir::StmtId, const ir::Stmt& s) {
      ir::for_each_expr(s, [&](ir::ExprId e) { expr(e, param, 0); });
    });
  }

  const ir::Module& m_;
  std::set<std::uint64_t> constants_;
  bool good_ = true;
};

std::string name_of(const Joint& joint, const ir::Type& type, std::uint64_t value) {
  for (const bool any_type : {false, true}) {
    std::set<std::string> names;
    for (const ir::Module* m : {&joint.old, &joint.now})
      for (const ir::Const& c : m->consts)
        if (c.value == value && (any_type || c.type == type)) names.insert(c.name);
    if (names.size() == 1) return *names.begin();
  }
  return ir::value_text(joint.now, type, value);
}

}  // namespace

Classes::Classes(const Joint& joint) {
  for (ir::ActionId a = 0; a < joint.actions.size(); ++a) {
    std::vector<Selector>& all = selectors_.emplace_back();
    const JointAction& action = joint.actions[a];
    if (!action.comparable) continue;
    for (std::size_t i = 0; i < action.params.size(); ++i) {
      const JointLocal& param = action.params[i];
      if (param.type.kind != ir::TypeKind::kInt || param.type.optional) continue;
      if (param.old_at < 0 || param.new_at < 0) continue;
      std::set<std::uint64_t> constants;
      bool only = true;
      for (const bool is_old : {true, false}) {
        const ir::Module& m = is_old ? joint.old : joint.now;
        const auto at = static_cast<std::size_t>(is_old ? param.old_at : param.new_at);
        Uses uses(m);
        only = only && uses.only_compared(m.actions[a], m.actions[a].params[at]);
        constants.insert(uses.constants().begin(), uses.constants().end());
      }
      if (!only || constants.size() < 2) continue;
      Selector selector{i, {}};
      for (const std::uint64_t c : constants)
        selector.values.emplace_back(c, name_of(joint, param.type, c));
      all.push_back(std::move(selector));
    }
  }
}

std::string Classes::of(const PairCall& call) const {
  std::string text;
  for (const Selector& selector : selectors_[call.action]) {
    const check::Datum& arg = call.args[selector.param];
    for (const auto& [value, name] : selector.values)
      if (arg.tag == check::Tag::kKnown && arg.bits == value)
        text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

}  // namespace gms::diff
