#include "checker/prove/random_spec.h"

#include <string>
#include <utility>
#include <vector>

#include "checker/prove/random_walk.h"
#include "ir/build.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using ir::ActionId;
using ir::Binder;
using ir::ExprId;
using ir::Local;
using ir::Op;
using ir::StateId;
using ir::Type;
using ir::TypeKind;
using ir::VarId;

class Maker {
 public:
  explicit Maker(std::uint64_t seed)
      : r_(seed),
        m_(ir::new_module("random" + std::to_string(seed),
                          {{"EPERM", 1}, {"EAGAIN", 11}, {"EBUSY", 16}, {"EINVAL", 22}})),
        b_(m_) {}

  ir::Module make() {
    declare();
    const std::size_t actions = 2 + r_.below(3);
    for (std::size_t i = 0; i < actions; ++i)
      action(static_cast<ActionId>(i));
    for (int i = 0; i < 12; ++i)
      invariant(i);
    for (int i = 0; i < 4; ++i)
      two_state(i);
    return std::move(m_);
  }

 private:
  // ---- Declarations ----
  void declare() {
    ir::Enum mode;
    mode.name = "Mode";
    mode.members = {{"idle", 0, "idle"}, {"busy", 1, "busy"}, {"done", 2, "done"}};
    m_.enums.push_back(mode);
    const std::size_t domains = 1 + r_.below(2);
    for (std::size_t d = 0; d < domains; ++d) {
      ir::Domain one;
      one.name = d == 0 ? "File" : "Pin";
      m_.domains.push_back(one);
    }
    ir::IndexSort page;
    page.name = "Page";
    page.width = r_.one_in(2) ? 52 : 8;
    m_.index_sorts.push_back(page);
    page_ = ir::index_type(m_, 0);
    const std::size_t states = 2 + r_.below(3);
    for (std::size_t i = 0; i < states; ++i) {
      ir::State s;
      s.name = std::string(1, static_cast<char>('a' + i));
      const std::uint64_t shape = i == 0 ? 1 : r_.below(8);
      if (shape != 0) s.keys.push_back(ir::handle_type(pick_domain()));
      if (shape == 4 && m_.domains.size() > 1) s.keys.push_back(ir::handle_type(pick_domain()));
      if (shape == 1 || shape >= 5) s.keys.push_back(page_);
      switch (shape == 2 || shape == 0 ? r_.below(5) : r_.below(3)) {
        case 0: s.type = ir::bool_type(); break;
        case 1: s.type = ir::enum_type(m_, 1); break;
        case 2: s.type = ir::int_type(4); break;
        case 3: s.type = page_; break;
        default:
          s.type = ir::optional_of(ir::handle_type(pick_domain()));
          s.initial_none = true;
          break;
      }
      m_.states.push_back(std::move(s));
    }
  }

  ir::DomainId pick_domain() { return static_cast<ir::DomainId>(r_.below(m_.domains.size())); }

  // ---- Expressions ----
  /// What may be mentioned: locals that have a value here, by VarId.
  using Scope = std::vector<VarId>;

  ExprId constant(const Type& type) {
    switch (type.kind) {
      case TypeKind::kBool: return b_.boolean(r_.one_in(2));
      case TypeKind::kEnum: return b_.constant(type, r_.below(3));
      case TypeKind::kInt:
      case TypeKind::kIndex: return b_.constant(type, r_.below(3));
      case TypeKind::kHandle: return b_.none(type);
    }
    return b_.boolean(false);
  }

  /// An expression of the type; handles that are not optional must be in scope.
  ExprId term(const std::vector<Local>& locals, const Scope& scope, const Type& type, int depth,
              bool primed = false) {
    std::vector<VarId> fitting;
    for (const VarId v : scope)
      if (ir::value_of(locals[v].type) == ir::value_of(type) && !locals[v].type.optional)
        fitting.push_back(v);
    const bool handle = type.kind == TypeKind::kHandle;
    const auto local = [&] {
      const ExprId e = b_.var(locals, fitting[r_.below(fitting.size())]);
      return type.optional ? b_.some(e) : e;
    };
    if (handle && !type.optional) return local();
    if (!fitting.empty() && r_.one_in(2)) return local();
    if (depth > 0 && !r_.one_in(3)) {
      std::vector<StateId> readable;
      for (StateId f = 0; f < m_.states.size(); ++f)
        if (m_.states[f].type == type && keys_in_scope(locals, scope, f)) readable.push_back(f);
      if (!readable.empty())
        return read(locals, scope, readable[r_.below(readable.size())], depth - 1, primed);
    }
    if (type.kind == TypeKind::kIndex && depth > 0 && r_.one_in(10))
      return b_.arith(Op::kAdd, term(locals, scope, type, depth - 1, primed), b_.constant(type, 1));
    if (type.kind == TypeKind::kInt && depth > 0 && r_.one_in(3))
      return b_.arith(r_.one_in(2) ? Op::kAdd : Op::kSub,
                      term(locals, scope, type, depth - 1, primed), b_.constant(type, 1));
    return constant(type);
  }

  bool keys_in_scope(const std::vector<Local>& locals, const Scope& scope, StateId f) const {
    for (const Type& k : m_.states[f].keys) {
      if (k.kind != TypeKind::kHandle) continue;
      bool found = false;
      for (const VarId v : scope)
        found = found || locals[v].type == k;
      if (!found) return false;
    }
    return true;
  }

  ExprId read(const std::vector<Local>& locals, const Scope& scope, StateId f, int depth,
              bool primed) {
    std::vector<ExprId> keys;
    const std::vector<Type> types = m_.states[f].keys;
    for (const Type& k : types)
      // Indices that are read through indices give ever new terms: few specs have them.
      keys.push_back(
          term(locals, scope, k, k.kind == TypeKind::kIndex && depth > 0 && r_.one_in(16) ? 1 : 0));
    return b_.read(f, std::move(keys), primed);
  }

  /// An atom about a state function if one can be read here.
  ExprId atom(const std::vector<Local>& locals, const Scope& scope, bool primed) {
    std::vector<StateId> readable;
    for (StateId f = 0; f < m_.states.size(); ++f)
      if (keys_in_scope(locals, scope, f)) readable.push_back(f);
    if (readable.empty()) return b_.boolean(r_.one_in(2));
    const StateId f = readable[r_.below(readable.size())];
    const Type type = m_.states[f].type;
    const ExprId left = read(locals, scope, f, 1, primed);
    if (type.kind == TypeKind::kBool) return r_.one_in(2) ? left : b_.negate(left);
    if (type.optional && r_.one_in(2))
      return r_.one_in(2) ? b_.is_some(left) : b_.negate(b_.is_some(left));
    const ExprId right = term(locals, scope, type, 1, primed && r_.one_in(2));
    if (ir::is_number(type) && r_.one_in(2))
      return r_.one_in(2) ? b_.lt(left, right) : b_.le(left, right);
    return r_.one_in(3) ? b_.ne(left, right) : b_.eq(left, right);
  }

  ExprId condition(std::vector<Local>& locals, const Scope& scope, int depth, bool primed = false) {
    // A quantifier under another one has a witness for every instance: few specs have that.
    const std::uint64_t shape = depth > 0 ? r_.below(7) : 0;
    const bool nested = (shape == 3 || shape == 4) && inside_ > 0 && !r_.one_in(24);
    switch (nested ? 0 : shape) {
      case 1: {
        const ExprId a = condition(locals, scope, depth - 1, primed);
        return b_.both(a, condition(locals, scope, depth - 1, primed));
      }
      case 2: {
        const ExprId a = condition(locals, scope, depth - 1, primed);
        return b_.either(a, condition(locals, scope, depth - 1, primed));
      }
      case 3:
      case 4: {
        Scope inner = scope;
        const Binder binder = new_binder(locals, scope, inner);
        ++inside_;
        const ExprId body = condition(locals, inner, depth - 1, primed);
        --inside_;
        return r_.one_in(2) ? b_.forall({binder}, body) : b_.exists({binder}, body);
      }
      default: return atom(locals, scope, primed);
    }
  }

  Binder new_binder(std::vector<Local>& locals, const Scope& outer, Scope& inner) {
    Binder binder;
    const bool page = r_.one_in(2);
    binder.type = page ? page_ : ir::handle_type(pick_domain());
    if (page && !r_.one_in(3)) {
      binder.lo = term(locals, outer, page_, r_.one_in(16) ? 1 : 0);
      binder.hi = r_.one_in(8) ? b_.arith(Op::kAdd, b_.copy(binder.lo), b_.constant(page_, 2))
                               : term(locals, outer, page_, r_.one_in(16) ? 1 : 0);
    }
    binder.var = ir::add_local(locals, "q" + std::to_string(locals.size()), binder.type);
    inner.push_back(binder.var);
    return binder;
  }

  // ---- Actions ----
  void action(ActionId id) {
    ir::Action a;
    a.name = "act" + std::to_string(id);
    const bool makes = id == 0 || r_.one_in(5);
    Scope scope;
    if (!makes || (id != 0 && r_.one_in(3)))
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
        if (d == 0 || r_.one_in(2)) parameter(a, scope, "h", ir::handle_type(d));
    if (!r_.one_in(3)) {
      parameter(a, scope, "lo", page_);
      parameter(a, scope, "hi", page_);
    }
    if (r_.one_in(3)) parameter(a, scope, "e", ir::enum_type(m_, 1));
    m_.actions.emplace_back();  // clauses name it
    const std::size_t guards = r_.below(3);
    for (std::size_t g = 0; g < guards; ++g)
      guard(a, id, scope, a.body);
    if (scope.size() > 1 && page_local(a, scope) && r_.one_in(4)) first(a, id, scope);
    if (makes)
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
        if (d == 0 || r_.one_in(2)) {
          const VarId n = ir::add_local(a.locals, "n" + std::to_string(d), ir::handle_type(d));
          a.body.push_back(ir::add_stmt(m_, ir::Create{n}));
          scope.push_back(n);
        }
    const std::size_t updates = 1 + r_.below(2);
    for (std::size_t u = 0; u < updates; ++u) {
      if (r_.one_in(4)) {
        ir::If branch;
        branch.cond = condition(a.locals, scope, 1);
        update(a, scope, branch.then_block);
        if (r_.one_in(2)) update(a, scope, branch.else_block);
        if (r_.one_in(3)) guard(a, id, scope, branch.then_block);
        a.body.push_back(ir::add_stmt(m_, std::move(branch)));
      } else {
        update(a, scope, a.body);
      }
    }
    if (r_.one_in(4)) guard(a, id, scope, a.body);
    if (!makes && r_.one_in(5)) {
      for (const VarId v : scope)
        if (a.locals[v].type.kind == TypeKind::kHandle) {
          ir::Destroy gone;
          gone.handle = b_.var(a.locals, v);
          a.body.push_back(ir::add_stmt(m_, gone));
          break;
        }
    }
    a.may_be_unlogged.assign(a.params.size(), false);
    a.ok_clause = ir::add_clause(m_, id, "ok", 0);
    m_.actions[id] = std::move(a);
  }

  void parameter(ir::Action& a, Scope& scope, const std::string& name, Type type) {
    const VarId v = ir::add_local(a.locals, name + std::to_string(a.locals.size()), type);
    a.params.push_back(v);
    scope.push_back(v);
  }

  bool page_local(const ir::Action& a, const Scope& scope) const {
    for (const VarId v : scope)
      if (a.locals[v].type.kind == TypeKind::kIndex) return true;
    return false;
  }

  void guard(ir::Action& a, ActionId id, const Scope& scope, ir::Block& block) {
    static constexpr std::uint64_t kResults[] = {1, 11, 16, 22};
    ir::Guard g;
    g.clause =
        ir::add_clause(m_, id, "g" + std::to_string(m_.clauses.size()), kResults[r_.below(4)]);
    g.may = r_.one_in(6);
    g.cond = condition(a.locals, scope, 2);
    block.push_back(ir::add_stmt(m_, std::move(g)));
  }

  /// The least index with a property; without one the action fails.
  void first(ir::Action& a, ActionId id, Scope& scope) {
    Binder binder;
    binder.type = page_;
    binder.lo = term(a.locals, scope, page_, 0);
    binder.hi = term(a.locals, scope, page_, 0);
    binder.var = ir::add_local(a.locals, "q" + std::to_string(a.locals.size()), page_);
    Scope inner = scope;
    inner.push_back(binder.var);
    ++inside_;
    const ExprId least = b_.first(binder, condition(a.locals, inner, 1));
    --inside_;
    const VarId found =
        ir::add_local(a.locals, "f" + std::to_string(a.locals.size()), ir::optional_of(page_));
    a.body.push_back(ir::add_stmt(m_, ir::Let{found, least}));
    ir::Guard none;
    none.clause = ir::add_clause(m_, id, "none" + std::to_string(m_.clauses.size()), 22);
    none.cond = b_.negate(b_.is_some(b_.var(a.locals, found)));
    a.body.push_back(ir::add_stmt(m_, std::move(none)));
    const VarId at = ir::add_local(a.locals, "at" + std::to_string(a.locals.size()), page_);
    a.body.push_back(ir::add_stmt(m_, ir::Let{at, b_.unwrap(b_.var(a.locals, found))}));
    scope.push_back(at);
  }

  void update(ir::Action& a, const Scope& scope, ir::Block& block) {
    std::vector<StateId> writable;
    for (StateId f = 0; f < m_.states.size(); ++f)
      writable.push_back(f);
    const StateId f = writable[r_.below(writable.size())];
    ir::Update u;
    ir::Update::One one;
    one.state = f;
    Scope inner = scope;
    const std::vector<Type> types = m_.states[f].keys;
    for (const Type& k : types) {
      bool in_scope = false;
      for (const VarId v : scope)
        in_scope = in_scope || a.locals[v].type == k;
      // A handle that nobody named: every one. A page: a range, mostly.
      const bool bound = k.kind == TypeKind::kHandle ? !in_scope || r_.one_in(6) : !r_.one_in(3);
      if (!bound) {
        one.keys.push_back(term(a.locals, scope, k, 0));
        continue;
      }
      Binder binder;
      binder.type = k;
      if (k.kind == TypeKind::kIndex && !r_.one_in(4)) {
        binder.lo = term(a.locals, scope, k, 0);
        binder.hi = term(a.locals, scope, k, 1);
      }
      binder.var = ir::add_local(a.locals, "u" + std::to_string(a.locals.size()), k);
      one.keys.push_back(b_.var(binder.var, k));
      u.binders.push_back(binder);
      inner.push_back(binder.var);
    }
    ++inside_;
    if (!u.binders.empty() && r_.one_in(3)) u.where = condition(a.locals, inner, 1);
    --inside_;
    one.value = term(a.locals, inner, m_.states[f].type, 1);
    u.assigns.push_back(std::move(one));
    block.push_back(ir::add_stmt(m_, std::move(u)));
  }

  // ---- Properties ----
  ExprId closed(ir::Property& p, Scope scope, bool primed) {
    // Handles and pages to speak of, then an implication or a plain condition.
    std::vector<Binder> binders;
    const auto bind = [&](const Type& type) {
      Binder binder;
      binder.type = type;
      binder.var = ir::add_local(p.locals, "x" + std::to_string(p.locals.size()), type);
      scope.push_back(binder.var);
      binders.push_back(binder);
    };
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      bind(ir::handle_type(d));
    if (r_.one_in(4)) bind(ir::handle_type(0));
    if (!r_.one_in(3)) bind(page_);
    ++inside_;
    const ExprId right = condition(p.locals, scope, r_.one_in(4) ? 1 : 0, primed);
    --inside_;
    ExprId body = right;
    if (!r_.one_in(4)) {
      const ExprId left = condition(p.locals, scope, 0, primed && r_.one_in(2));
      body = b_.implies(left, right);
    }
    return b_.forall(std::move(binders), body);
  }

  void invariant(int i) {
    ir::Property p;
    p.kind = ir::PropertyKind::kInvariant;
    p.name = "inv" + std::to_string(i);
    p.expr = closed(p, {}, false);
    m_.properties.push_back(std::move(p));
  }

  void two_state(int i) {
    ir::Property p;
    p.kind = ir::PropertyKind::kTwoState;
    p.name = "step" + std::to_string(i);
    const auto a = static_cast<ActionId>(r_.below(m_.actions.size()));
    p.actions = {a};
    p.locals = m_.actions[a].locals;
    const Scope scope = m_.actions[a].params;
    const ExprId body = closed(p, scope, true);
    const ExprId ok = b_.eq(b_.result(), b_.constant(ir::enum_type(m_, ir::kErrnoEnum), 0));
    p.expr = r_.one_in(2) ? b_.implies(r_.one_in(2) ? ok : b_.negate(ok), body) : body;
    m_.properties.push_back(std::move(p));
  }

  Random r_;
  ir::Module m_;
  ir::ExprBuilder b_;
  Type page_;
  int inside_ = 0;  // of binders
};

}  // namespace

ir::Module random_spec(std::uint64_t seed) {
  return Maker(seed).make();
}

}  // namespace gms::check
