#include "ir/smt/encode.h"

#include "ir/walk.h"

namespace gms::ir::smt {
namespace {

/// Beyond, the members of an enum are not listed where a comparison will do.
constexpr std::uint64_t kFewMembers = 32;

TermOp arithmetic(Op op, bool is_signed) {
  switch (op) {
    case Op::kAdd: return TermOp::kAdd;
    case Op::kSub: return TermOp::kSub;
    case Op::kMul: return TermOp::kMul;
    case Op::kDiv: return is_signed ? TermOp::kSdiv : TermOp::kUdiv;
    case Op::kRem: return is_signed ? TermOp::kSrem : TermOp::kUrem;
    case Op::kBitAnd: return TermOp::kBvAnd;
    case Op::kBitOr: return TermOp::kBvOr;
    case Op::kBitXor: return TermOp::kBvXor;
    case Op::kShl: return TermOp::kShl;
    case Op::kShr: return is_signed ? TermOp::kAshr : TermOp::kLshr;
    case Op::kLt: return is_signed ? TermOp::kSlt : TermOp::kUlt;
    default:
      return is_signed ? TermOp::kSle : TermOp::kUle;  // kLe: the only one left to the callers
  }
}

/// Nothing lives, and every function has its initial value everywhere.
class FreshSystem final : public BaseTable {
 public:
  SymValue read(Encoder& enc, StateId f, const std::vector<TermId>&) const override {
    const State& s = enc.module().states[f];
    return enc.constant(s.type, s.initial, s.initial_none);
  }
  TermId live(Encoder& enc, DomainId, TermId) const override { return enc.terms().boolean(false); }
};

}  // namespace

EnvPtr with_binders(const EnvPtr& env, const std::vector<Binder>& binders,
                    const std::vector<TermId>& values, TermId yes) {
  auto out = std::make_shared<Env>(*env);
  for (std::size_t i = 0; i < binders.size(); ++i) {
    if (binders[i].var >= out->size()) out->resize(binders[i].var + 1);
    (*out)[binders[i].var] = {yes, values[i]};
  }
  return out;
}

SymStatePtr Encoder::known_state(const BaseTable& table) const {
  auto s = std::make_shared<SymState>(*base_);
  s->table = &table;
  return s;
}

Encoder::Encoder(const Module& module, TermStore& terms,
                 const std::map<ParamId, std::uint64_t>& fixed)
    : module_(&module), terms_(&terms), expressions_(std::make_shared<Expressions>(module)) {
  for (const State& s : module.states) {
    std::vector<Sort> params;
    for (const Type& k : s.keys)
      params.push_back(sort_of(k));
    base_value_.push_back(terms_->declare(s.name, params, sort_of(s.type)));
    base_present_.push_back(s.type.optional ? terms_->declare(s.name + ".some", params, {}) : 0);
  }
  for (std::uint32_t d = 0; d < module.domains.size(); ++d)
    base_live_.push_back(
        terms_->declare("live." + module.domains[d].name, {{SortKind::kHandle, 0, d}}, {}));
  for (std::uint32_t d = 0; d < module.domains.size(); ++d)
    null_handle_.push_back(
        terms_->fresh("null." + module.domains[d].name, {SortKind::kHandle, 0, d}));
  auto base = std::make_shared<SymState>();
  base->functions.resize(module.states.size());
  base->live.resize(module.domains.size());
  base_ = std::move(base);
  for (std::uint32_t d = 0; d < module.domains.size(); ++d)  // `none`, unwrapped, is never live
    add(terms_->negate(terms_->apply(base_live_[d], {null_handle_[d]})));
  static const FreshSystem kFresh;
  initial_ = known_state(kFresh);
  for (std::uint32_t p = 0; p < module.params.size(); ++p) {
    const Param& param = module.params[p];
    const auto it = fixed.find(p);
    if (it != fixed.end()) {
      params_.push_back(constant(param.type, it->second, false));
      continue;
    }
    params_.push_back(fresh_value(param.name, param.type, nullptr));
    if (!param.values.empty() && param.type.kind == TypeKind::kInt) {
      std::vector<TermId> any;
      for (const std::uint64_t v : param.values)
        any.push_back(equal(params_.back(), constant(param.type, v, false)));
      add(terms_->disj(std::move(any)));
    }
  }
}

Sort Encoder::sort_of(const Type& type) const {
  switch (type.kind) {
    case TypeKind::kBool: return {};
    case TypeKind::kInt:
    case TypeKind::kIndex:
    case TypeKind::kEnum: return {SortKind::kBitVec, type.width, 0};
    case TypeKind::kHandle: return {SortKind::kHandle, 0, type.decl};
  }
  return {};
}

std::string Encoder::type_name(const Type& type) const {
  if (type.kind == TypeKind::kHandle) return module_->domains[type.decl].name;
  if (type.kind == TypeKind::kIndex) return module_->index_sorts[type.decl].name;
  return "value";
}

Encoder::PoolKey Encoder::pool_key(const Type& type) {
  return (static_cast<PoolKey>(type.kind) << 48) | (static_cast<PoolKey>(type.width) << 40) |
         (type.decl == kNoId ? 0xffffffULL : type.decl);
}

void Encoder::note_term(const Type& type, TermId term) {
  const PoolKey key = pool_key(type);
  if (!pooled_.emplace(key, term).second) return;
  pool_[key].push_back(term);
  if (type.kind == TypeKind::kHandle) handle_terms_.emplace_back(type.decl, term);
}

TermId Encoder::enum_constraint(const Type& type, const SymValue& v) {
  if (type.kind != TypeKind::kEnum) return terms_->boolean(true);
  const Enum& e = module_->enums[type.decl];
  if (type.width < 64 && e.members.size() == (1ULL << type.width)) return terms_->boolean(true);
  // Numbers without a gap are a range, which takes one comparison.
  const auto last = static_cast<std::uint64_t>(e.members.size()) - 1;
  bool has_gaps = false;
  for (std::size_t i = 0; i < e.members.size(); ++i)
    has_gaps = has_gaps || e.members[i].value != i;
  if (!has_gaps && last > kFewMembers)
    return terms_->binary(TermOp::kUle, v.value, terms_->bits(last, type.width));
  std::vector<TermId> any;
  for (const EnumMember& m : e.members)
    any.push_back(terms_->eq(v.value, terms_->bits(m.value, type.width)));
  return terms_->disj(std::move(any));
}

void Encoder::activate(const Facts& facts) {
  for (const auto& [type, term] : facts.notes)
    note_term(type, term);
  for (const Axiom& a : facts.axioms)
    if (!terms_->is_true(a.formula)) add(a.formula, a.origin);
  for (const Universal& u : facts.universals)
    universals_.push_back(u);
}

void Encoder::attach(std::initializer_list<TermId> terms, Facts facts) {
  if (define_ == Define::kAtOnce) return activate(facts);
  facts_.push_back(std::move(facts));
  facts_active_.push_back(false);
  bool met = false;
  for (const TermId t : terms) {
    facts_of_.emplace(t, facts_.size() - 1);
    met = met || (t < used_.size() && used_[t]);
  }
  if (!met) return;
  facts_active_.back() = true;  // an axiom mentions it already
  const Facts now = facts_.back();
  activate(now);
}

void Encoder::use(TermId formula) {
  if (define_ == Define::kAtOnce) return;
  std::vector<TermId> todo{formula};
  while (!todo.empty()) {
    const TermId t = todo.back();
    todo.pop_back();
    if (t >= used_.size()) used_.resize(terms_->size());
    if (used_[t]) continue;
    used_[t] = true;
    const auto& args = (*terms_)[t].args;
    todo.insert(todo.end(), args.begin(), args.end());
    std::vector<std::size_t> here;
    for (auto [it, end] = facts_of_.equal_range(t); it != end; ++it)
      here.push_back(it->second);
    for (const std::size_t f : here) {
      if (facts_active_[f]) continue;
      facts_active_[f] = true;
      const Facts facts = facts_[f];
      activate(facts);
    }
  }
}

void Encoder::add(TermId formula, const std::string& origin) {
  axioms_.push_back({formula, origin});
  use(formula);
}

SymValue Encoder::constant(const Type& type, std::uint64_t bits, bool none) {
  switch (type.kind) {
    case TypeKind::kBool: return {terms_->boolean(!none), terms_->boolean(bits != 0)};
    case TypeKind::kInt:
    case TypeKind::kIndex:
    case TypeKind::kEnum: return {terms_->boolean(!none), terms_->bits(bits, type.width)};
    case TypeKind::kHandle: {
      return {terms_->boolean(!none), null_handle_[type.decl]};
    }
  }
  return {};
}

SymValue Encoder::fresh_value(const std::string& hint, const Type& type, const SymState* live_in) {
  SymValue v;
  v.value = terms_->fresh(hint, sort_of(type));
  v.present = type.optional ? terms_->fresh(hint + ".some", {}) : terms_->boolean(true);
  Facts facts;
  facts.axioms.push_back({enum_constraint(type, v), {}});
  if (type.kind == TypeKind::kHandle || type.kind == TypeKind::kIndex)
    facts.notes.emplace_back(type, v.value);
  if (type.kind == TypeKind::kHandle && live_in != nullptr)
    facts.axioms.push_back({terms_->implies(v.present, is_live(type.decl, v.value, *live_in)), {}});
  if (type.optional) {
    attach({v.value, v.present}, std::move(facts));
  } else {
    attach({v.value}, std::move(facts));
  }
  return v;
}

SymValue Encoder::select(TermId c, const SymValue& a, const SymValue& b) {
  return {terms_->ite(c, a.present, b.present), terms_->ite(c, a.value, b.value)};
}

TermId Encoder::equal(const SymValue& a, const SymValue& b) {
  if (terms_->is_true(a.present) && terms_->is_true(b.present)) return terms_->eq(a.value, b.value);
  return terms_->conj(terms_->eq(a.present, b.present),
                      terms_->implies(a.present, terms_->eq(a.value, b.value)));
}

TermId Encoder::is_live(DomainId domain, TermId handle, const SymState& state) {
  TermId out = state.table == nullptr ? terms_->apply(base_live_[domain], {handle})
                                      : state.table->live(*this, domain, handle);
  std::vector<const LiveChange*> changes;
  for (const LiveChange* c = state.live[domain].get(); c != nullptr; c = c->below.get())
    changes.push_back(c);
  for (auto it = changes.rbegin(); it != changes.rend(); ++it)
    out = terms_->ite(terms_->eq(handle, (*it)->handle), terms_->boolean((*it)->live), out);
  return out;
}

SymValue Encoder::read_base(StateId f, const std::vector<TermId>& keys) {
  const State& s = module_->states[f];
  const auto [it, inserted] = base_memo_.try_emplace({f, keys});
  if (!inserted) return it->second;
  SymValue v;
  v.value = terms_->apply(base_value_[f], keys);
  v.present = s.type.optional ? terms_->apply(base_present_[f], keys) : terms_->boolean(true);
  it->second = v;
  Facts facts;
  facts.axioms.push_back({enum_constraint(s.type, v), {}});
  // What belongs to a handle without a life reads as the initial value.
  std::vector<TermId> alive;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (s.keys[i].kind == TypeKind::kHandle)
      alive.push_back(terms_->apply(base_live_[s.keys[i].decl], {keys[i]}));
  if (!alive.empty()) {
    const SymValue initial = constant(s.type, s.initial, s.initial_none);
    facts.axioms.push_back({terms_->disj(terms_->conj(std::move(alive)), equal(v, initial)), {}});
  }
  for (std::size_t i = 0; i < keys.size(); ++i)
    facts.notes.emplace_back(s.keys[i], keys[i]);
  if (s.type.kind == TypeKind::kHandle) {
    facts.notes.emplace_back(s.type, v.value);
    for (const auto& [domain, handle] : created_)
      if (domain == s.type.decl) facts.axioms.push_back({is_not(v, handle), {}});
  }
  if (s.type.optional) {
    attach({v.value, v.present}, std::move(facts));
  } else {
    attach({v.value}, std::move(facts));
  }
  base_reads_.push_back({f, keys, v});
  return v;
}

bool Encoder::is_told(const BaseRead& read) const {
  if (define_ == Define::kAtOnce) return true;
  if (read.value.value < used_.size() && used_[read.value.value]) return true;
  const std::vector<Type>& types = module_->states[read.state].keys;
  for (std::size_t i = 0; i < read.keys.size(); ++i)
    if (pooled_.count({pool_key(types[i]), read.keys[i]}) == 0) return false;
  return true;
}

TermId Encoder::is_not(const SymValue& v, TermId handle) {
  return terms_->implies(v.present, terms_->negate(terms_->eq(v.value, handle)));
}

void Encoder::note_created(DomainId domain, TermId handle) {
  created_.emplace_back(domain, handle);
  for (const BaseRead& r : base_reads_) {
    const Type& type = module_->states[r.state].type;
    if (type.kind != TypeKind::kHandle || type.decl != domain) continue;
    attach({r.value.value}, {{{is_not(r.value, handle), {}}}, {}, {}});
  }
}

SymValue Encoder::read(StateId f, const std::vector<TermId>& keys, const SymStatePtr& state) {
  return read_layer(f, state->functions[f], keys, state);
}

SymValue Encoder::read_layer(StateId f, const LayerPtr& layer, const std::vector<TermId>& keys,
                             const SymStatePtr& state) {
  if (layer == nullptr)
    return state->table == nullptr ? read_base(f, keys) : state->table->read(*this, f, keys);
  const auto memo_key = std::pair{layer.get(), keys};
  if (const auto it = layer_memo_.find(memo_key); it != layer_memo_.end()) return it->second;
  const State& s = module_->states[f];
  std::vector<TermId> match;
  SymValue value;
  if (layer->update == nullptr) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (s.keys[i].kind == TypeKind::kHandle && s.keys[i].decl == layer->reset_domain)
        match.push_back(terms_->eq(keys[i], layer->reset_handle));
    match = {terms_->disj(std::move(match))};
    value = constant(s.type, s.initial, s.initial_none);
  } else {
    const Update& u = *layer->update;
    std::vector<TermId> values(u.binders.size(), 0);
    std::vector<bool> bound(u.binders.size(), false);
    std::vector<std::size_t> fixed_keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Expr& key = module_->exprs[layer->one->keys[i]];
      bool is_binder = false;
      for (std::size_t b = 0; b < u.binders.size(); ++b) {
        if (key.op != Op::kVar || key.ref != u.binders[b].var) continue;
        is_binder = true;
        if (bound[b])
          match.push_back(terms_->eq(values[b], keys[i]));
        else
          values[b] = keys[i], bound[b] = true;
      }
      if (!is_binder) fixed_keys.push_back(i);
    }
    for (std::size_t b = 0; b < u.binders.size(); ++b)
      if (!bound[b]) {
        unsupported_ = "an update of " + s.name + " has a binder that is not one of its keys";
        return read_layer(f, layer->below, keys, state);
      }
    const EnvPtr env = u.binders.empty()
                           ? layer->env
                           : with_binders(layer->env, u.binders, values, terms_->boolean(true));
    if (!u.binders.empty()) keep_env_.push_back(env);
    for (const std::size_t i : fixed_keys)
      match.push_back(
          terms_->eq(keys[i], eval(layer->one->keys[i], env, layer->before, layer->before).value));
    for (std::size_t i = 0; i < keys.size();
         ++i)  // a write to a handle without a life does nothing
      if (s.keys[i].kind == TypeKind::kHandle)
        match.push_back(is_live(s.keys[i].decl, keys[i], *layer->before));
    for (std::size_t b = 0; b < u.binders.size(); ++b)
      match.push_back(in_domain(u.binders[b], values[b], env, layer->before, layer->before));
    if (!terms_->is_false(terms_->conj(match)) && u.where != kNoId)
      match.push_back(eval_bool(u.where, env, layer->before, layer->before));
    if (layer->one->value == kNoId) {
      value.value = terms_->apply(layer->arbitrary_value, keys);
      value.present =
          s.type.optional ? terms_->apply(layer->arbitrary_present, keys) : terms_->boolean(true);
      Facts facts;
      facts.axioms.push_back({enum_constraint(s.type, value), {}});
      attach({value.value}, std::move(facts));
    } else if (!terms_->is_false(terms_->conj(match))) {
      value = eval(layer->one->value, env, layer->before, layer->before);
    }
  }
  const TermId here = terms_->conj(std::move(match));
  SymValue out;
  if (terms_->is_true(here))
    out = value;
  else if (terms_->is_false(here))
    out = read_layer(f, layer->below, keys, state);
  else
    out = select(here, value, read_layer(f, layer->below, keys, state));
  keep_layer_.push_back(layer);
  layer_memo_[memo_key] = out;
  return out;
}

TermId Encoder::in_domain(const Binder& b, TermId value, const EnvPtr& env, const SymStatePtr& pre,
                          const SymStatePtr& post) {
  if (b.type.kind == TypeKind::kHandle) return is_live(b.type.decl, value, *pre);
  if (b.lo == kNoId) return terms_->boolean(true);
  const TermId lo = eval(b.lo, env, pre, post).value, hi = eval(b.hi, env, pre, post).value;
  note_term(b.type, lo);  // ends of ranges belong to the index set
  const bool is_signed = b.type.kind == TypeKind::kInt && b.type.is_signed;
  return terms_->conj(terms_->binary(is_signed ? TermOp::kSle : TermOp::kUle, lo, value),
                      terms_->binary(is_signed ? TermOp::kSlt : TermOp::kUlt, value, hi));
}

SymValue Encoder::eval(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                       const SymStatePtr& post, Polarity polarity) {
  const Expr& e = module_->exprs[id];
  const auto part = [&](std::size_t i, Polarity p) { return eval(e.args[i], env, pre, post, p); };
  const auto arg = [&](std::size_t i) { return part(i, Polarity::kBoth); };
  const auto yes = terms_->boolean(true);
  const auto is_signed = [&] {
    return module_->exprs[e.args[0]].type.kind == TypeKind::kInt &&
           module_->exprs[e.args[0]].type.is_signed;
  };
  switch (e.op) {
    case Op::kConst: return constant(e.type, e.value, false);
    case Op::kNone: return constant(e.type, 0, true);
    case Op::kVar: return (*env)[e.ref];
    case Op::kParam: return params_[e.ref];
    case Op::kState: {
      std::vector<TermId> keys;
      for (const ExprId a : e.args)
        keys.push_back(eval(a, env, pre, post).value);
      return read(e.ref, keys, e.value != 0 ? post : pre);
    }
    case Op::kCall: {
      const Callable& fn = module_->fns[e.ref];
      auto inner = std::make_shared<Env>(fn.locals.size());
      for (std::size_t i = 0; i < e.args.size(); ++i)
        (*inner)[fn.params[i]] = arg(i);
      keep_env_.push_back(inner);
      return eval(fn.expr, inner, pre, post, polarity);
    }
    case Op::kLive: return {yes, is_live(e.ref, arg(0).value, e.value != 0 ? *post : *pre)};
    case Op::kSelf: break;  // of the stepwise reading
    case Op::kResult: return constant(e.type, outcome_.result, false);
    case Op::kExit: return {yes, terms_->boolean(outcome_.clause == e.ref)};
    case Op::kNot: return {yes, terms_->negate(part(0, flip(polarity)).value)};
    case Op::kAnd: {
      const TermId a = part(0, polarity).value;
      return {yes, terms_->is_false(a) ? a : terms_->conj(a, part(1, polarity).value)};
    }
    case Op::kOr: {
      const TermId a = part(0, polarity).value;
      return {yes, terms_->is_true(a) ? a : terms_->disj(a, part(1, polarity).value)};
    }
    case Op::kImplies: {
      const TermId a = part(0, flip(polarity)).value;
      return {yes, terms_->is_false(a) ? yes : terms_->implies(a, part(1, polarity).value)};
    }
    case Op::kIte: {
      const TermId c = arg(0).value;
      if (terms_->is_true(c)) return part(1, polarity);
      if (terms_->is_false(c)) return part(2, polarity);
      const SymValue a = part(1, polarity), b = part(2, polarity);
      return select(c, a, b);
    }
    case Op::kEq: {
      const SymValue a = arg(0), b = arg(1);
      return {yes, equal(a, b)};
    }
    case Op::kLt:
    case Op::kLe:
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr: {
      const SymValue a = arg(0), b = arg(1);
      return {yes, terms_->binary(arithmetic(e.op, is_signed()), a.value, b.value)};
    }
    case Op::kNeg: return {yes, terms_->unary(TermOp::kNeg, arg(0).value)};
    case Op::kBitNot: return {yes, terms_->unary(TermOp::kBvNot, arg(0).value)};
    case Op::kCast: {
      const SymValue a = arg(0);
      const Type& from = module_->exprs[e.args[0]].type;
      if (from.kind == TypeKind::kBool && e.type.kind != TypeKind::kBool)
        return {a.present,
                terms_->ite(a.value, terms_->bits(1, e.type.width), terms_->bits(0, e.type.width))};
      if (e.type.kind == TypeKind::kBool && from.kind != TypeKind::kBool)
        return {a.present, terms_->negate(terms_->eq(a.value, terms_->bits(0, from.width)))};
      if (e.type.kind == TypeKind::kHandle || e.type.kind == TypeKind::kBool) return a;
      return {a.present,
              terms_->resize(a.value, e.type.width, from.kind == TypeKind::kInt && from.is_signed)};
    }
    case Op::kSome: return {yes, arg(0).value};
    case Op::kIsSome: return {yes, arg(0).present};
    case Op::kUnwrap: {
      const SymValue a = arg(0);
      if (terms_->is_true(a.present)) return a;
      Type plain = e.type;
      plain.optional = false;
      return {yes, terms_->ite(a.present, a.value, constant(plain, 0, false).value)};
    }
    case Op::kForall:
    case Op::kExists: return eval_quantifier(id, env, pre, post, polarity);
    case Op::kFirst: return eval_first(id, env, pre, post);
  }
  return {};
}

bool Encoder::finite(const Binder& b) const {
  return b.type.kind == TypeKind::kEnum || b.type.kind == TypeKind::kBool ||
         (b.type.kind == TypeKind::kInt && b.lo == kNoId && b.type.width <= 4);
}

SymValue Encoder::eval_finite(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                              const SymStatePtr& post, Polarity polarity) {
  const Expr& e = module_->exprs[id];
  const std::vector<Binder>& binders = module_->binder_lists[e.binders];
  std::vector<std::vector<std::uint64_t>> choices;
  for (const Binder& b : binders) {
    choices.emplace_back();
    if (b.type.kind == TypeKind::kEnum)
      for (const EnumMember& m : module_->enums[b.type.decl].members)
        choices.back().push_back(m.value);
    else
      for (std::uint64_t v = 0; v < (1ULL << b.type.width); ++v)
        choices.back().push_back(v);
  }
  std::vector<TermId> parts;
  std::vector<std::size_t> at(binders.size(), 0);
  for (;;) {
    std::vector<TermId> values;
    for (std::size_t i = 0; i < binders.size(); ++i)
      values.push_back(constant(binders[i].type, choices[i][at[i]], false).value);
    const EnvPtr inner = with_binders(env, binders, values, terms_->boolean(true));
    keep_env_.push_back(inner);
    parts.push_back(eval_bool(e.args[0], inner, pre, post, polarity));
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == choices[i].size())
      at[i++] = 0;
    if (i == at.size()) break;
  }
  return {terms_->boolean(true),
          e.op == Op::kForall ? terms_->conj(std::move(parts)) : terms_->disj(std::move(parts))};
}

Encoder::QuantKey Encoder::quant_key(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                                     const SymStatePtr& post, Polarity polarity) {
  QuantKey key{id, pre.get(), post.get(), {}, polarity};
  for (const VarId v : expressions_->free_variables(id)) {
    key.free.push_back((*env)[v].present);
    key.free.push_back((*env)[v].value);
  }
  return key;
}

SymValue Encoder::eval_quantifier(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                                  const SymStatePtr& post, Polarity polarity) {
  id = expressions_->representative(id);
  const Expr& e = module_->exprs[id];
  const std::vector<Binder>& binders = module_->binder_lists[e.binders];
  bool all_finite = true;
  for (const Binder& b : binders)
    all_finite = all_finite && finite(b);
  if (all_finite) return eval_finite(id, env, pre, post, polarity);
  const QuantKey key = quant_key(id, env, pre, post, polarity);
  if (const auto it = quant_memo_.find(key); it != quant_memo_.end()) return it->second;
  keep_env_.push_back(env);
  keep_state_.push_back(pre);
  keep_state_.push_back(post);
  const bool is_forall = e.op == Op::kForall;
  const TermId holds = terms_->fresh(is_forall ? "all" : "some", {});
  quant_memo_[key] = {terms_->boolean(true), holds};
  literals_.insert(holds);
  Facts facts;
  // A forall that is denied and an exists that is asserted have a witness...
  if (polarity != (is_forall ? Polarity::kAsserted : Polarity::kDenied)) {
    std::vector<TermId> skolems;
    for (const Binder& b : binders)
      skolems.push_back(
          fresh_value((is_forall ? "cex." : "wit.") + type_name(b.type), b.type, nullptr).value);
    const EnvPtr inner = with_binders(env, binders, skolems, terms_->boolean(true));
    keep_env_.push_back(inner);
    std::vector<TermId> witness;
    for (std::size_t i = 0; i < binders.size(); ++i)
      witness.push_back(in_domain(binders[i], skolems[i], inner, pre, post));
    const TermId body =
        eval_bool(e.args[0], inner, pre, post, is_forall ? Polarity::kDenied : Polarity::kAsserted);
    witness.push_back(is_forall ? terms_->negate(body) : body);
    facts.axioms.push_back(
        {terms_->disj(is_forall ? holds : terms_->negate(holds), terms_->conj(std::move(witness))),
         origin_});
  }
  // ...the other two speak of every value.
  if (polarity != (is_forall ? Polarity::kDenied : Polarity::kAsserted))
    facts.universals.push_back({is_forall ? holds : terms_->negate(holds), &binders, e.args[0],
                                is_forall, 0, env, pre, post, origin_});
  attach({holds}, std::move(facts));
  return {terms_->boolean(true), holds};
}

SymValue Encoder::eval_first(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                             const SymStatePtr& post) {
  id = expressions_->representative(id);
  const Expr& e = module_->exprs[id];
  const std::vector<Binder>& binders = module_->binder_lists[e.binders];
  const QuantKey key = quant_key(id, env, pre, post, Polarity::kBoth);
  if (const auto it = quant_memo_.find(key); it != quant_memo_.end()) return it->second;
  keep_env_.push_back(env);
  keep_state_.push_back(pre);
  keep_state_.push_back(post);
  const SymValue out{terms_->fresh("first.some", {}),
                     fresh_value("first", binders[0].type, nullptr).value};
  quant_memo_[key] = out;
  literals_.insert(out.present);
  literals_.insert(out.value);
  const EnvPtr inner = with_binders(env, binders, {out.value}, terms_->boolean(true));
  keep_env_.push_back(inner);
  // Present: the witness satisfies the body, and no smaller index does. Absent: none does.
  Facts facts;
  const TermId fits = terms_->conj(in_domain(binders[0], out.value, inner, pre, post),
                                   eval_bool(e.args[0], inner, pre, post, Polarity::kAsserted));
  facts.axioms.push_back({terms_->implies(out.present, fits), origin_});
  facts.universals.push_back(
      {terms_->negate(out.present), &binders, e.args[0], false, 0, env, pre, post, origin_});
  facts.universals.push_back(
      {out.present, &binders, e.args[0], false, out.value, env, pre, post, origin_});
  attach({out.present, out.value}, std::move(facts));
  return out;
}

void Encoder::assume(ExprId id, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post,
                     const std::string& origin) {
  const Expr& e = module_->exprs[id];
  const std::string saved = origin_;
  origin_ = origin;
  if (e.op == Op::kAnd) {
    assume(e.args[0], env, pre, post, origin);
    assume(e.args[1], env, pre, post, origin);
  } else if (e.op == Op::kForall) {
    universals_.push_back({terms_->boolean(true), &module_->binder_lists[e.binders], e.args[0],
                           true, 0, env, pre, post, origin});
    keep_env_.push_back(env);
  } else {
    add(eval_bool(id, env, pre, post, Polarity::kAsserted), origin);
  }
  origin_ = saved;
}

void Encoder::refute(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                     const SymStatePtr& post) {
  const Expr& e = module_->exprs[id];
  if (e.op == Op::kForall) {
    const std::vector<Binder>& binders = module_->binder_lists[e.binders];
    std::vector<TermId> skolems;
    for (const Binder& b : binders)
      skolems.push_back(fresh_value("cex", b.type, nullptr).value);
    const EnvPtr inner = with_binders(env, binders, skolems, terms_->boolean(true));
    keep_env_.push_back(inner);
    for (std::size_t i = 0; i < binders.size(); ++i)
      add(in_domain(binders[i], skolems[i], inner, pre, post));
    refute(e.args[0], inner, pre, post);
  } else if (e.op == Op::kImplies) {
    assume(e.args[0], env, pre, post, {});
    refute(e.args[1], env, pre, post);
  } else if (e.op == Op::kOr) {
    refute(e.args[0], env, pre, post);
    refute(e.args[1], env, pre, post);
  } else {
    add(terms_->negate(eval_bool(id, env, pre, post, Polarity::kDenied)));
  }
}

std::vector<TermId> Encoder::refute_some(const std::vector<std::pair<ExprId, EnvPtr>>& claims,
                                         const SymStatePtr& pre, const SymStatePtr& post) {
  std::vector<TermId> points, wrong;
  for (const auto& [claim, env] : claims) {
    const Expr& e = module_->exprs[claim];
    const std::vector<Binder>& binders = module_->binder_lists[e.binders];
    for (std::size_t i = points.size(); i < binders.size(); ++i)
      points.push_back(fresh_value("cex", binders[i].type, nullptr).value);
    const EnvPtr inner = with_binders(env, binders, points, terms_->boolean(true));
    keep_env_.push_back(inner);
    if (wrong.empty())
      for (std::size_t i = 0; i < binders.size(); ++i)
        add(in_domain(binders[i], points[i], inner, pre, post));
    wrong.push_back(terms_->negate(eval_bool(e.args[0], inner, pre, post, Polarity::kDenied)));
  }
  add(terms_->disj(wrong));
  return wrong;
}

}  // namespace gms::ir::smt
