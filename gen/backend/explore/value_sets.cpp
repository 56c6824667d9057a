#include "gen/backend/explore/value_sets.h"

#include "ir/arith.h"
#include "ir/walk.h"

namespace gms::gen::explore {
namespace {

using ir::kNoId;
using ir::Op;

constexpr std::size_t kMost = 32, kMostPairs = 256;

/// Nothing: any value.
using Values = std::optional<std::set<std::uint64_t>>;

class Analysis {
 public:
  Analysis(const ir::Module& module, const Bounds& bounds) : m_(module), b_(bounds) {
    const std::set<std::uint64_t> none;
    for (const ir::State& state : m_.states)
      states_.push_back(std::set<std::uint64_t>{state.initial_none ? 0 : state.initial});
    const auto frame = [&](const ir::Callable& one) {
      return std::vector<Values>(one.locals.size(), Values(none));
    };
    for (const ir::Callable& one : m_.fns)
      fns_.push_back(frame(one));
    for (const ir::Callable& one : m_.procs)
      procs_.push_back(frame(one));
    do {
      changed_ = false;
      for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
        if (!b_.actions[a]) continue;
        const ir::Action& action = m_.actions[a];
        std::vector<Values> env = frame(action);
        for (std::size_t i = 0; i < action.params.size(); ++i) {
          for (const auto& v : b_.values[a][i])
            if (v) env[action.params[i]]->insert(*v);
        }
        // Twice: a value may be assigned further down.
        block(action.body, env);
        block(action.body, env);
      }
    } while (changed_);
  }

  std::vector<Values> take() { return std::move(states_); }

 private:
  bool join(Values& into, const Values& more) {
    if (!into) return false;
    if (!more) {
      into.reset();
      return true;
    }
    const std::size_t before = into->size();
    into->insert(more->begin(), more->end());
    const bool grown = into->size() != before;
    if (into->size() > kMost) into.reset();
    return grown;
  }
  void flow(Values& into, const Values& more) {
    if (join(into, more)) changed_ = true;
  }

  Values eval(ir::ExprId id, std::vector<Values>& env) {
    const ir::Expr& e = m_.exprs[id];
    if (e.binders != kNoId) {
      for (const ir::Binder& binder : m_.binder_lists[e.binders])
        env[binder.var].reset();
    }
    std::vector<Values> args;
    ir::for_each_operand(m_, e, [&](ir::ExprId arg) { args.push_back(eval(arg, env)); });
    switch (e.op) {
      case Op::kConst: return std::set<std::uint64_t>{e.value};
      case Op::kNone: return std::set<std::uint64_t>{};
      case Op::kParam: return std::set<std::uint64_t>{b_.params[e.ref]};
      case Op::kVar: return e.type.kind == ir::TypeKind::kInt ? env[e.ref] : Values{};
      case Op::kState: return states_[e.ref];
      case Op::kSome: return args[0];
      case Op::kUnwrap: {
        Values out = args[0];
        if (out) out->insert(0);
        return out;
      }
      case Op::kIte: {
        Values out = args[1];
        join(out, args[2]);
        return out;
      }
      case Op::kCall: {
        const ir::Callable& fn = m_.fns[e.ref];
        for (std::size_t i = 0; i < fn.params.size(); ++i)
          flow(fns_[e.ref][fn.params[i]], args[i]);
        return eval(fn.expr, fns_[e.ref]);
      }
      case Op::kCast: {
        const ir::Type& from = m_.exprs[e.args[0]].type;
        if (from.kind == ir::TypeKind::kBool) return std::set<std::uint64_t>{0, 1};
        if (from.kind != ir::TypeKind::kInt || !args[0]) return {};
        std::set<std::uint64_t> out;
        for (const std::uint64_t v : *args[0])
          out.insert(ir::cast_bits(from, e.type, v));
        return out;
      }
      default: break;
    }
    if (e.type.kind != ir::TypeKind::kInt || e.args.empty() || e.args.size() > 2) return {};
    std::set<std::uint64_t> out;
    if (!args[0] || (e.args.size() == 2 && !args[1])) return {};
    const std::set<std::uint64_t> zero{0};
    const std::set<std::uint64_t>& right = e.args.size() == 2 ? *args[1] : zero;
    if (args[0]->size() * right.size() > kMostPairs) return {};
    for (const std::uint64_t a : *args[0]) {
      for (const std::uint64_t b : right) {
        const auto v = ir::arith(e.op, e.type, a, b);
        if (!v) return {};
        out.insert(*v);
      }
    }
    return out;
  }

  void block(const ir::Block& statements, std::vector<Values>& env) {
    for (const ir::StmtId id : statements) {
      const ir::Stmt& stmt = m_.stmts[id];
      std::visit(ir::Overloaded{
                     [&](const ir::Let& s) { join(env[s.var], eval(s.value, env)); },
                     [&](const ir::Assign& s) { join(env[s.var], eval(s.value, env)); },
                     [&](const ir::Guard& s) {
                       for (const ir::Assign& a : s.with)
                         join(env[a.var], eval(a.value, env));
                     },
                     [&](const ir::Choose& s) { env[s.var].reset(); },
                     [&](const ir::Update& s) { update(s, env); },
                     [&](const ir::Return& s) {
                       returned_.push_back({&s, &env});
                     },
                     [&](const ir::Call& s) { call(s, env); },
                     [](const auto&) {},
                 },
                 stmt.node);
      ir::for_each_block(stmt, [&](const ir::Block& inner) { block(inner, env); });
    }
  }

  void update(const ir::Update& s, std::vector<Values>& env) {
    for (const ir::Binder& binder : s.binders)
      env[binder.var].reset();
    for (const ir::Update::One& one : s.assigns) {
      if (m_.states[one.state].type.kind != ir::TypeKind::kInt) continue;
      flow(states_[one.state], one.value == kNoId ? Values{} : eval(one.value, env));
    }
  }

  void call(const ir::Call& s, std::vector<Values>& env) {
    const ir::Callable& proc = m_.procs[s.proc];
    std::vector<Values>& inner = procs_[s.proc];
    for (std::size_t i = 0; i < s.args.size(); ++i)
      flow(inner[proc.params[i]], eval(s.args[i], env));
    const std::size_t before = returned_.size();
    block(proc.body, inner);
    for (std::size_t i = before; i < returned_.size(); ++i) {
      const ir::Return& ret = *returned_[i].first;
      for (std::size_t k = 0; k < ret.values.size(); ++k)
        join(inner[proc.outputs[k]], eval(ret.values[k], inner));
    }
    returned_.resize(before);
    for (std::size_t i = 0; i < s.results.size(); ++i)
      if (s.results[i] != kNoId) {
        Values out = inner[proc.outputs[i]];
        if (out) out->insert(0);  // not assigned
        join(env[s.results[i]], out);
      }
  }

  const ir::Module& m_;
  const Bounds& b_;
  std::vector<Values> states_;
  std::vector<std::vector<Values>> fns_, procs_;
  std::vector<std::pair<const ir::Return*, std::vector<Values>*>> returned_;
  bool changed_ = false;
};

}  // namespace

std::vector<Values> value_sets(const ir::Module& module, const Bounds& bounds) {
  std::vector<Values> out = Analysis(module, bounds).take();
  for (ir::StateId s = 0; s < module.states.size(); ++s)
    if (module.states[s].type.kind != ir::TypeKind::kInt) out[s].reset();
  return out;
}

}  // namespace gms::gen::explore
