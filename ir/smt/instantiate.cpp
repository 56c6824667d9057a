// Which instances of the universal facts become axioms: all over the ground terms, or those that a
// model shows to be missing.
#include <algorithm>

#include "ir/smt/encode.h"

namespace gms::ir::smt {
namespace {

constexpr std::size_t kMaxInstances = 60000;
constexpr int kMaxRounds = 8;
/// Of one universal in one refinement: the oldest terms come first, and what is added for them
/// often mends the others.
constexpr std::size_t kMaxNewInstances = 4;
/// Where universal facts are looked at for what is read: as many points are looked at anyhow.
constexpr std::size_t kFewTuples = 48;

}  // namespace

TermId Encoder::instance(const Universal& u, const std::vector<TermId>& tuple) {
  const EnvPtr inner = with_binders(u.env, *u.binders, tuple, terms_->boolean(true));
  keep_env_.push_back(inner);
  std::vector<TermId> premises{u.holds};
  for (std::size_t i = 0; i < tuple.size(); ++i)
    premises.push_back(in_domain((*u.binders)[i], tuple[i], inner, u.pre, u.post));
  if (u.below_witness != 0)
    premises.push_back(terms_->binary(TermOp::kUlt, tuple[0], u.below_witness));
  const TermId premise = terms_->conj(std::move(premises));
  if (terms_->is_false(premise)) return terms_->boolean(true);
  const std::string saved = origin_;
  origin_ = u.origin;
  const TermId body =
      eval_bool(u.body, inner, u.pre, u.post, u.polarity ? Polarity::kAsserted : Polarity::kDenied);
  origin_ = saved;
  return terms_->implies(premise, u.polarity ? body : terms_->negate(body));
}

std::vector<std::vector<TermId>> Encoder::candidates(const Universal& u) const {
  std::vector<std::vector<TermId>> out;
  for (const Binder& b : *u.binders) {
    out.emplace_back();
    if (!finite(b)) {
      const auto it = pool_.find(pool_key(b.type));
      if (it != pool_.end()) out.back() = it->second;
      if (out.back().empty() && b.type.kind != TypeKind::kHandle)
        out.back() = {terms_->bits(0, b.type.width)};
    } else if (b.type.kind == TypeKind::kBool) {
      out.back() = {terms_->boolean(false), terms_->boolean(true)};
    } else if (b.type.kind == TypeKind::kEnum) {
      for (const EnumMember& m : module_->enums[b.type.decl].members)
        out.back().push_back(terms_->bits(m.value, b.type.width));
    } else {
      for (std::uint64_t v = 0; v < (1ULL << b.type.width); ++v)
        out.back().push_back(terms_->bits(v, b.type.width));
    }
  }
  return out;
}

namespace {

/// Calls fn(tuple, positions) for each combination; false stops.
template <class Fn>
bool for_each_tuple(const std::vector<std::vector<TermId>>& candidates, Fn&& fn) {
  for (const auto& c : candidates)
    if (c.empty()) return true;
  std::vector<std::size_t> at(candidates.size(), 0);
  std::vector<TermId> tuple(candidates.size());
  for (;;) {
    for (std::size_t b = 0; b < at.size(); ++b)
      tuple[b] = candidates[b][at[b]];
    if (!fn(tuple, at)) return false;
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == candidates[i].size())
      at[i++] = 0;
    if (i == at.size()) return true;
  }
}

}  // namespace

bool Encoder::instantiate() {
  for (int round = 0; round < kMaxRounds; ++round) {
    const std::size_t count = universals_.size();
    done_.resize(count);
    std::vector<std::vector<std::vector<TermId>>> now;
    for (std::size_t u = 0; u < count; ++u)
      now.push_back(candidates(universals_[u]));
    bool changed = false;
    for (std::size_t u = 0; u < count; ++u) {
      const std::vector<std::size_t> old = done_[u];
      const Universal universal = universals_[u];  // evaluating may add universals
      const bool all = for_each_tuple(now[u], [&](const auto& tuple, const auto& at) {
        bool is_new = old.empty();
        for (std::size_t b = 0; b < at.size() && !is_new; ++b)
          is_new = at[b] >= old[b];
        if (!is_new) return true;
        const TermId fact = instance(universal, tuple);
        if (!terms_->is_true(fact)) add(fact, universal.origin);
        changed = true;
        return ++instances_ <= kMaxInstances;
      });
      if (!all) return false;
      done_[u].clear();
      bool empty = false;
      for (const auto& c : now[u])
        empty = empty || c.empty();
      for (const auto& c : now[u])
        if (!empty) done_[u].push_back(c.size());
    }
    if (!changed && universals_.size() == count) return true;
  }
  return false;
}

bool Encoder::is_at_odds(TermId t, const InModel& holds_in_model) {
  for (auto [it, end] = facts_of_.equal_range(t); it != end; ++it) {
    if (facts_active_[it->second]) continue;
    const Facts& facts = facts_[it->second];
    for (const auto& [type, term] : facts.notes)
      if (pooled_.count({pool_key(type), term}) == 0) return true;
    for (const Axiom& a : facts.axioms)
      if (truth(a.formula, holds_in_model) != Truth::kTrue) return true;
  }
  return false;
}

bool Encoder::is_open(TermId t, const InModel& holds_in_model) {
  const auto [it, is_new] = open_.emplace(t, false);
  if (!is_new) return it->second;
  const bool is_used = t < used_.size() && used_[t];
  bool open = literals_.count(t) > 0 && !is_used;
  for (std::size_t i = 0; i < (*terms_)[t].args.size() && !open; ++i)
    open = is_open((*terms_)[t].args[i], holds_in_model);
  if (strict_ && !open && !is_used) open = is_at_odds(t, holds_in_model);
  return open_[t] = open;
}

Encoder::Truth Encoder::truth(TermId t, const InModel& holds_in_model) {
  if (!is_open(t, holds_in_model)) return holds_in_model(t) ? Truth::kTrue : Truth::kFalse;
  const std::vector<TermId>& args = (*terms_)[t].args;
  const TermOp op = (*terms_)[t].op;
  if (op == TermOp::kNot) {
    const Truth a = truth(args[0], holds_in_model);
    return a == Truth::kOpen ? a : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
  }
  if (op != TermOp::kAnd && op != TermOp::kOr) return Truth::kOpen;
  const Truth decides = op == TermOp::kAnd ? Truth::kFalse : Truth::kTrue;
  bool open = false;
  for (const TermId a : args) {
    const Truth v = truth(a, holds_in_model);
    if (v == decides) return v;
    open = open || v == Truth::kOpen;
  }
  return open ? Truth::kOpen : op == TermOp::kAnd ? Truth::kTrue : Truth::kFalse;
}

std::optional<std::set<std::vector<TermId>>> Encoder::at_reads(const Universal& u) {
  const std::vector<Expressions::Pattern>& known = expressions_->patterns(u.body, *u.binders);
  if (known.empty()) return std::nullopt;
  std::set<std::vector<TermId>> out;
  for (const BaseRead& read : base_reads_)
    for (const Expressions::Pattern& p : known) {
      if (p.state != read.state) continue;
      std::vector<TermId> tuple(u.binders->size());
      for (std::size_t k = 0; k < p.binder_of_key.size(); ++k)
        if (p.binder_of_key[k] >= 0)
          tuple[static_cast<std::size_t>(p.binder_of_key[k])] = read.keys[k];
      out.insert(std::move(tuple));
    }
  return out;
}

std::size_t Encoder::refine(const InModel& holds_in_model, bool strict) {
  strict_ = strict;
  open_.clear();
  std::vector<std::pair<TermId, std::string>> wrong;
  std::vector<std::pair<std::size_t, std::vector<TermId>>> met;  // what became an axiom
  for (std::size_t u = 0; u < universals_.size(); ++u) {
    const Universal universal = universals_[u];
    if (lazy_.size() <= u) lazy_.resize(u + 1);
    if (truth(universal.holds, holds_in_model) == Truth::kFalse) continue;
    const std::size_t before = wrong.size();
    const auto look_at = [&](const std::vector<TermId>& tuple) {
      if (lazy_[u].axioms.count(tuple) > 0) return true;
      auto it = lazy_[u].open.find(tuple);
      if (it == lazy_[u].open.end())
        it = lazy_[u].open.emplace(tuple, instance(universal, tuple)).first;
      if (truth(it->second, holds_in_model) == Truth::kTrue) return true;
      wrong.emplace_back(it->second, universal.origin);
      lazy_[u].axioms.insert(tuple);
      lazy_[u].open.erase(it);
      met.emplace_back(u, tuple);
      return wrong.size() < before + kMaxNewInstances;
    };
    const std::vector<std::vector<TermId>> all = candidates(universal);
    std::size_t tuples = 1;
    for (const auto& one : all)
      tuples *= one.size();
    if (at_reads_ && tuples > kFewTuples) {
      if (const auto some = at_reads(universal)) {
        for (const std::vector<TermId>& tuple : *some)
          if (!look_at(tuple)) break;
        continue;
      }
    }
    for_each_tuple(all, [&](const auto& tuple, const auto&) { return look_at(tuple); });
  }
  // The two sides of a `first` come together: with one of them, showing that the other case cannot
  // be is a question of arithmetic alone, which solvers answer slowly.
  for (const auto& [u, tuple] : met) {
    const Universal one = universals_[u];
    for (std::size_t v = 0; v < universals_.size(); ++v) {
      const Universal other = universals_[v];
      if (v == u || other.body != one.body || other.env != one.env || other.pre != one.pre ||
          other.post != one.post || other.polarity != one.polarity)
        continue;
      if (lazy_.size() <= v) lazy_.resize(v + 1);
      if (!lazy_[v].axioms.insert(tuple).second) continue;
      lazy_[v].open.erase(tuple);
      wrong.emplace_back(instance(other, tuple), other.origin);
    }
  }
  for (const auto& [fact, origin] : wrong)
    add(fact, origin);
  instances_ += wrong.size();
  return wrong.size();
}

}  // namespace gms::ir::smt
