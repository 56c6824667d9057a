#include "checker/explore/arg_pool.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

constexpr std::size_t kMaxSources = 6, kMaxSteps = 6;
constexpr unsigned kMaxDepth = 10;

/// A value that was made of a parameter, by operations with constants.
struct Source {
  std::uint32_t param = 0;
  struct Step {
    ir::Op op;
    std::uint64_t constant;
  };
  std::vector<Step> steps;
};
using Sources = std::vector<Source>;
using Env = std::map<ir::VarId, Sources>;

/// The parameter's value that makes the derived value `v`, roughly.
std::uint64_t invert(const Source& source, std::uint64_t v) {
  for (auto step = source.steps.rbegin(); step != source.steps.rend(); ++step) {
    const std::uint64_t c = step->constant;
    switch (step->op) {
      case ir::Op::kAdd: v -= c; break;
      case ir::Op::kSub: v += c; break;
      case ir::Op::kShl: v = c < 64 ? v >> c : 0; break;
      case ir::Op::kShr: v = c < 64 ? v << c : 0; break;
      default: break;  // masks and conversions keep the value
    }
  }
  return v;
}

class Analysis {
 public:
  struct Found {
    std::set<std::uint64_t> values;
    std::set<std::uint64_t> masks;
    std::uint64_t unit = 0;
    bool may_be_dead = false;
  };

  Analysis(const ir::Module& module, const ir::Action& action)
      : m_(module), found_(action.params.size()) {
    Env env;
    for (std::uint32_t i = 0; i < action.params.size(); ++i)
      env[action.params[i]] = {Source{i, {}}};
    block(action.body, env, 0);
  }
  const std::vector<Found>& found() const { return found_; }

 private:
  std::optional<std::uint64_t> constant(ir::ExprId id) const {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kConst) return e.value;
    if ((e.op == ir::Op::kCast || e.op == ir::Op::kSome) && !e.args.empty())
      return constant(e.args[0]);
    if (e.op == ir::Op::kBitNot) {
      if (const auto v = constant(e.args[0])) return ~*v & ir::mask_of(e.type.width);
    }
    return std::nullopt;
  }

  void constants(ir::ExprId id, std::set<std::uint64_t>& into, unsigned depth) const {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kConst) into.insert(e.value);
    if (e.op == ir::Op::kCall && depth < kMaxDepth) constants(m_.fns[e.ref].expr, into, depth + 1);
    for (const ir::ExprId arg : e.args)
      constants(arg, into, depth);
  }

  void compare(const Sources& sources, ir::ExprId other) {
    if (sources.empty()) return;
    std::set<std::uint64_t> all;
    constants(other, all, 0);
    if (all.size() > 12) return;
    for (const Source& s : sources) {
      for (const std::uint64_t c : all) {
        for (const std::uint64_t near : {c, c - 1, c + 1})
          found_[s.param].values.insert(invert(s, near));
      }
    }
  }

  void masked(const Sources& sources, ir::ExprId other) {
    if (sources.empty()) return;
    std::set<std::uint64_t> all;
    constants(other, all, 0);
    if (all.size() > 16) return;
    for (const Source& s : sources) {
      Found& found = found_[s.param];
      for (const std::uint64_t c : all) {
        const std::uint64_t v = invert(s, c);
        const bool low_bits = c >= 15 && (c & (c + 1)) == 0 && c < (std::uint64_t{1} << 40);
        if (low_bits && (c > 255 || found.masks.empty())) found.unit = std::max(found.unit, c + 1);
        if (!low_bits && v != 0) found.masks.insert(v);
      }
    }
  }

  static void merge(Sources& into, const Sources& more) {
    for (const Source& s : more) {
      if (into.size() == kMaxSources) return;
      const bool known = std::any_of(into.begin(), into.end(), [&](const Source& old) {
        return old.param == s.param && old.steps.size() == s.steps.size();
      });
      if (!known) into.push_back(s);
    }
  }

  Sources eval(ir::ExprId id, const Env& env, unsigned depth) {
    if (id == ir::kNoId) return {};
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kVar) {
      const auto at = env.find(e.ref);
      return at == env.end() ? Sources{} : at->second;
    }
    std::vector<Sources> args;
    ir::for_each_operand(m_, e, [&](ir::ExprId arg) { args.push_back(eval(arg, env, depth)); });
    switch (e.op) {
      case ir::Op::kEq:
      case ir::Op::kLt:
      case ir::Op::kLe:
        compare(args[0], e.args[1]);
        compare(args[1], e.args[0]);
        return {};
      case ir::Op::kLive:
        for (const Source& s : args[0])
          found_[s.param].may_be_dead = true;
        return {};
      case ir::Op::kBitAnd:
        masked(args[0], e.args[1]);
        masked(args[1], e.args[0]);
        break;
      case ir::Op::kCall: {
        if (depth >= kMaxDepth) return {};
        const ir::Callable& fn = m_.fns[e.ref];
        Env inner;
        for (std::size_t i = 0; i < fn.params.size() && i < args.size(); ++i)
          inner[fn.params[i]] = args[i];
        return eval(fn.expr, inner, depth + 1);
      }
      case ir::Op::kShr:
        if (const auto c = constant(e.args[1]); c && *c >= 4 && *c < 40) {
          for (const Source& s : args[0]) {
            Found& found = found_[s.param];
            if (s.steps.empty()) found.unit = std::max(found.unit, std::uint64_t{1} << *c);
          }
        }
        break;
      case ir::Op::kNot:
      case ir::Op::kAnd:
      case ir::Op::kOr:
      case ir::Op::kImplies:
      case ir::Op::kForall:
      case ir::Op::kExists:
      case ir::Op::kFirst:
      case ir::Op::kState: return {};
      default: break;
    }
    Sources result;
    for (std::size_t i = 0; i < args.size(); ++i)
      merge(result, args[i]);
    if (e.args.size() == 2 && result.size() == 1) {
      const auto c = constant(args[0].empty() ? e.args[0] : e.args[1]);
      for (Source& s : result) {
        if (c && s.steps.size() < kMaxSteps) s.steps.push_back({e.op, *c});
      }
    }
    return result;
  }

  void block(const ir::Block& statements, Env& env, unsigned depth) {
    for (const ir::StmtId id : statements) {
      const ir::Stmt& stmt = m_.stmts[id];
      if (const auto* let = std::get_if<ir::Let>(&stmt.node)) {
        env[let->var] = eval(let->value, env, depth);
      } else if (const auto* assign = std::get_if<ir::Assign>(&stmt.node)) {
        Sources more = eval(assign->value, env, depth);
        merge(env[assign->var], more);
      } else if (const auto* call = std::get_if<ir::Call>(&stmt.node)) {
        const ir::Callable& proc = m_.procs[call->proc];
        Env inner;
        for (std::size_t i = 0; i < call->args.size(); ++i)
          inner[proc.params[i]] = eval(call->args[i], env, depth);
        if (depth < kMaxDepth) block(proc.body, inner, depth + 1);
      } else {
        ir::for_each_expr(stmt, [&](ir::ExprId expr) { eval(expr, env, depth); });
      }
      ir::for_each_block(stmt, [&](const ir::Block& inner) { block(inner, env, depth); });
    }
  }

  const ir::Module& m_;
  std::vector<Found> found_;
};

ParamPool make_pool(const ir::Module& m, const ir::Type& type, const Analysis::Found& found) {
  ParamPool pool;
  pool.type = type;
  pool.may_be_dead = found.may_be_dead;
  const auto add = [&](std::uint64_t v) {
    v &= ir::mask_of(type.width);
    if (std::find(pool.values.begin(), pool.values.end(), v) == pool.values.end())
      pool.values.push_back(v);
  };
  switch (type.kind) {
    case ir::TypeKind::kHandle: return pool;
    case ir::TypeKind::kBool:
      add(0);
      add(1);
      return pool;
    case ir::TypeKind::kEnum:
      for (const ir::EnumMember& member : m.enums[type.decl].members)
        add(member.value);
      return pool;
    case ir::TypeKind::kInt:
    case ir::TypeKind::kIndex: break;
  }
  const std::uint64_t max = ir::mask_of(type.width);
  pool.unit = found.unit <= max ? found.unit : 0;
  add(0);
  if (pool.unit > 1) {
    add(pool.unit);
    add(2 * pool.unit);
    add(3 * pool.unit);
  }
  add(1);
  add(2);
  add(3);
  for (const std::uint64_t mask : found.masks) {
    if (mask <= max) {
      pool.masks.push_back(mask);
      add(mask);
    }
  }
  if (!pool.masks.empty()) {
    // A bit that nobody asks for.
    std::uint64_t known = 0;
    for (const std::uint64_t mask : pool.masks)
      if (mask <= max / 2 + 1) known |= mask;
    for (unsigned bit = 0; bit < type.width; ++bit) {
      if ((known >> bit & 1) == 0) {
        pool.masks.push_back(std::uint64_t{1} << bit);
        break;
      }
    }
  }
  for (const std::uint64_t v : found.values) {
    add(v);
    if (pool.unit > 1) {
      add(v & ~(pool.unit - 1));
      add((v & ~(pool.unit - 1)) + pool.unit);
    }
  }
  const std::uint64_t low = pool.unit > 1 ? ~(pool.unit - 1) : ~std::uint64_t{0};
  add(max & low);
  add((max >> 1) & low);
  add(((max >> 1) & low) + (pool.unit > 1 ? pool.unit : 1));
  // Two together, last: there are many.
  std::vector<std::uint64_t> bits = pool.masks;
  if (bits.size() > 10) bits.resize(10);
  if (!bits.empty()) {
    for (const std::uint64_t v : found.values)
      if (v != 0 && v <= max && bits.size() < 16) bits.push_back(v);
  }
  for (std::size_t i = 0; i < bits.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      add(bits[i] | bits[j]);
  return pool;
}

/// The variable that the expression is, or kNoId.
ir::VarId variable(const ir::Module& m, ir::ExprId id) {
  if (id == ir::kNoId) return ir::kNoId;
  const ir::Expr* e = &m.exprs[id];
  while (e->op == ir::Op::kCast || e->op == ir::Op::kSome || e->op == ir::Op::kUnwrap)
    e = &m.exprs[e->args[0]];
  return e->op == ir::Op::kVar ? e->ref : ir::kNoId;
}

bool mentions(const ir::Module& m, ir::ExprId id, ir::VarId var) {
  if (variable(m, id) == var) return true;
  const std::vector<ir::ExprId>& args = m.exprs[id].args;
  return std::any_of(args.begin(), args.end(),
                     [&](ir::ExprId arg) { return mentions(m, arg, var); });
}

/// The simplest values come first that are not there yet.
void put_first(const ParamPool& from, ParamPool& to) {
  constexpr std::size_t kMost = 8;
  if (to.unit == 0) to.unit = from.unit;
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < from.values.size() && i < kMost; ++i)
    values.push_back(from.values[i] & ir::mask_of(to.type.width));
  for (const std::uint64_t value : to.values)
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  to.values = std::move(values);
}

}  // namespace

ArgPools::ArgPools(const ir::Module& module, bool objects_of_lines) {
  for (const ir::Action& action : module.actions) {
    const Analysis analysis(module, action);
    std::vector<ParamPool>& pools = pools_.emplace_back();
    for (std::size_t i = 0; i < action.params.size(); ++i)
      pools.push_back(make_pool(module, action.locals[action.params[i]].type, analysis.found()[i]));
  }
  if (!objects_of_lines) return;
  for (const ir::Event& event : module.events) {
    for (const ir::EventField& field : event.fields) {
      if (field.on_missing == ir::kNoId) continue;
      std::vector<ParamPool>& made = pools_[field.on_missing];
      ir::for_each_call(event.body, [&](const ir::EventCall& call) {
        for (std::size_t j = 0; j < made.size(); ++j) {
          for (std::size_t i = 0; i < call.args.size(); ++i) {
            const ir::VarId var = variable(module, call.args[i]);
            if (ir::is_number(made[j].type) && var != ir::kNoId &&
                mentions(module, field.on_missing_args[j], var))
              put_first(pools_[call.action][i], made[j]);
          }
        }
      });
    }
  }
}

}  // namespace gms::check
