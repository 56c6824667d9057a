#include "checker/diff/join.h"

#include <algorithm>
#include <map>

#include "ir/walk.h"
#include "ir/walk_types.h"

namespace gms::diff {
namespace {

using namespace ir;

/// New numbers for what one module declares.
struct Numbers {
  std::vector<std::uint32_t> enums, domains, sorts, params, states, clauses, actions;
};

template <class T>
std::uint32_t find_named(const std::vector<T>& all, const std::string& name) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const T& x) { return x.name == name; });
  return at == all.end() ? kNoId : static_cast<std::uint32_t>(at - all.begin());
}

/// The old one's, then what only the new one has.
template <class T>
void number_by_name(const std::vector<T>& old, const std::vector<T>& now,
                    std::vector<std::uint32_t>& old_ids, std::vector<std::uint32_t>& new_ids) {
  for (std::uint32_t i = 0; i < old.size(); ++i)
    old_ids.push_back(i);
  auto next = static_cast<std::uint32_t>(old.size());
  for (const T& one : now) {
    const std::uint32_t known = find_named(old, one.name);
    new_ids.push_back(known == kNoId ? next++ : known);
  }
}

/// A module with other numbers.
class Renumber {
 public:
  Renumber(Module module, const Numbers& to) : m_(std::move(module)), to_(to) {}

  Module run() {
    m_.events.clear();
    for_each_type(m_, [&](Type& t) { type(t); });
    for (Expr& e : m_.exprs) {
      switch (e.op) {
        case Op::kParam: e.ref = to_.params[e.ref]; break;
        case Op::kState: e.ref = to_.states[e.ref]; break;
        case Op::kLive: e.ref = to_.domains[e.ref]; break;
        case Op::kExit: e.ref = to_.clauses[e.ref]; break;
        default: break;
      }
    }
    for (Stmt& s : m_.stmts) {
      if (auto* u = std::get_if<Update>(&s.node)) {
        for (Update::One& one : u->assigns)
          one.state = to_.states[one.state];
      } else if (auto* g = std::get_if<Guard>(&s.node)) {
        g->clause = to_.clauses[g->clause];
        for (Racer& racer : g->racers)
          racer.action = to_.actions[racer.action];
      }
    }
    for (Action& a : m_.actions)
      if (a.ok_clause != kNoId) a.ok_clause = to_.clauses[a.ok_clause];
    for (Clause& c : m_.clauses)
      if (c.action != kNoId) c.action = to_.actions[c.action];
    for (Property& p : m_.properties) {
      for (ActionId& a : p.actions)
        a = to_.actions[a];
      for (std::vector<LawCall>* side : {&p.left, &p.right})
        for (LawCall& c : *side)
          c.action = to_.actions[c.action];
      for (StateId& s : p.agree)
        s = to_.states[s];
    }
    return std::move(m_);
  }

 private:
  void type(Type& t) const {
    if (t.kind == TypeKind::kEnum) t.decl = to_.enums[t.decl];
    if (t.kind == TypeKind::kHandle) t.decl = to_.domains[t.decl];
    if (t.kind == TypeKind::kIndex) t.decl = to_.sorts[t.decl];
  }

  Module m_;
  const Numbers& to_;
};

/// `mine` by its new numbers; what is missing is taken from `other`.
template <class T>
void fill(std::vector<T>& mine, const std::vector<std::uint32_t>& my_ids,
          const std::vector<T>& other, const std::vector<std::uint32_t>& other_ids,
          std::size_t count) {
  std::vector<T> out(count);
  std::vector<bool> set(count);
  for (std::size_t i = 0; i < mine.size(); ++i)
    out[my_ids[i]] = mine[i], set[my_ids[i]] = true;
  for (std::size_t i = 0; i < other.size(); ++i)
    if (!set[other_ids[i]]) out[other_ids[i]] = other[i];
  mine = std::move(out);
}

std::size_t count_of(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::uint32_t most = 0;
  for (const std::vector<std::uint32_t>* all : {&a, &b})
    for (const std::uint32_t id : *all)
      most = std::max(most, id + 1);
  return most;
}

class Joiner {
 public:
  Joiner(const Module& old, const check::Valuation& old_values, const Module& now,
         const check::Valuation& new_values, const std::set<std::string>& apart)
      : old_(old), old_values_(old_values), now_(now), new_values_(new_values), apart_(apart) {}

  Joint run() {
    number_by_name(old_.enums, now_.enums, a_.enums, b_.enums);
    number_by_name(old_.domains, now_.domains, a_.domains, b_.domains);
    number_by_name(old_.index_sorts, now_.index_sorts, a_.sorts, b_.sorts);
    number_by_name(old_.actions, now_.actions, a_.actions, b_.actions);
    number_params();
    number_states();
    number_clauses();
    Joint out;
    Module old = Renumber(old_, a_).run(), now = Renumber(now_, b_).run();
    const Module old_first = old;
    complete(old, a_, now, b_, old_values_, new_values_, out.old_values);
    complete(now, b_, old_first, a_, new_values_, old_values_, out.new_values);
    out.shared.assign(old.states.size(), false);
    for (std::size_t i = 0; i < old_.states.size(); ++i)
      for (std::size_t j = 0; j < now_.states.size(); ++j)
        if (a_.states[i] == b_.states[j]) out.shared[a_.states[i]] = true;
    out.old = std::move(old);
    out.now = std::move(now);
    align_choices(out);
    for (std::uint32_t a = 0; a < out.old.actions.size(); ++a)
      out.actions.push_back(action(out, a));
    return out;
  }

 private:
  void number_params() {
    for (std::uint32_t i = 0; i < old_.params.size(); ++i)
      a_.params.push_back(i);
    auto next = static_cast<std::uint32_t>(old_.params.size());
    for (std::uint32_t i = 0; i < now_.params.size(); ++i) {
      const std::uint32_t known = find_named(old_.params, now_.params[i].name);
      const bool same = known != kNoId && old_values_[known] == new_values_[i] &&
                        same_type(old_.params[known].type, now_.params[i].type);
      b_.params.push_back(same ? known : next++);
    }
  }

  /// By name. Index sorts must have one width, enums one set of values.
  bool same_type(const Type& a, const Type& b) const {
    if (a.kind != b.kind || a.optional != b.optional || a.width != b.width ||
        a.is_signed != b.is_signed)
      return false;
    switch (a.kind) {
      case TypeKind::kEnum: return a_.enums[a.decl] == b_.enums[b.decl];
      case TypeKind::kHandle: return a_.domains[a.decl] == b_.domains[b.decl];
      case TypeKind::kIndex: return a_.sorts[a.decl] == b_.sorts[b.decl];
      default: return true;
    }
  }

  bool same_state(const State& a, const State& b) const {
    if (a.keys.size() != b.keys.size() || !same_type(a.type, b.type) || a.initial != b.initial ||
        a.initial_none != b.initial_none || apart_.count(a.name) > 0)
      return false;
    for (std::size_t i = 0; i < a.keys.size(); ++i)
      if (!same_type(a.keys[i], b.keys[i])) return false;
    return true;
  }

  void number_states() {
    for (std::uint32_t i = 0; i < old_.states.size(); ++i)
      a_.states.push_back(i);
    auto next = static_cast<std::uint32_t>(old_.states.size());
    for (const State& s : now_.states) {
      const std::uint32_t known = find_named(old_.states, s.name);
      const bool same = known != kNoId && same_state(old_.states[known], s);
      b_.states.push_back(same ? known : next++);
    }
  }

  static std::string clause_key(const Module& m, const Clause& c) {
    const std::string host = c.action != kNoId ? "a " + m.actions[c.action].name
                             : c.proc != kNoId ? "p " + m.procs[c.proc].name
                                               : "";
    return host + '.' + c.label;
  }
  void number_clauses() {
    std::map<std::string, std::uint32_t> known;
    for (std::uint32_t i = 0; i < old_.clauses.size(); ++i) {
      a_.clauses.push_back(i);
      known.emplace(clause_key(old_, old_.clauses[i]), i);
    }
    auto next = static_cast<std::uint32_t>(old_.clauses.size());
    for (const Clause& c : now_.clauses) {
      const auto at = known.find(clause_key(now_, c));
      b_.clauses.push_back(at == known.end() ? next++ : at->second);
    }
  }

  /// `mine` and `other` have the new numbers in what they refer to, not yet in their order.
  void complete(Module& mine, const Numbers& my, const Module& other, const Numbers& others,
                const check::Valuation& my_values, const check::Valuation& other_values,
                check::Valuation& values) const {
    // The other's may be complete already.
    const auto ids = [](const std::vector<std::uint32_t>& numbers, std::size_t size) {
      if (numbers.size() == size) return numbers;
      std::vector<std::uint32_t> all(size);
      for (std::uint32_t i = 0; i < size; ++i)
        all[i] = i;
      return all;
    };
    fill(mine.enums, my.enums, other.enums, ids(others.enums, other.enums.size()),
         count_of(a_.enums, b_.enums));
    fill(mine.domains, my.domains, other.domains, ids(others.domains, other.domains.size()),
         count_of(a_.domains, b_.domains));
    fill(mine.index_sorts, my.sorts, other.index_sorts, ids(others.sorts, other.index_sorts.size()),
         count_of(a_.sorts, b_.sorts));
    fill(mine.params, my.params, other.params, ids(others.params, other.params.size()),
         count_of(a_.params, b_.params));
    fill(mine.states, my.states, other.states, ids(others.states, other.states.size()),
         count_of(a_.states, b_.states));
    values.assign(mine.params.size(), 0);
    for (std::size_t i = 0; i < other_values.size(); ++i)
      values[others.params[i]] = other_values[i];
    for (std::size_t i = 0; i < my_values.size(); ++i)
      values[my.params[i]] = my_values[i];
    fill(mine.clauses, my.clauses, other.clauses, ids(others.clauses, other.clauses.size()),
         count_of(a_.clauses, b_.clauses));
    // Procedures keep their numbers, so a clause of the other's names none here.
    std::vector<bool> own(mine.clauses.size());
    for (const std::uint32_t id : my.clauses)
      own[id] = true;
    for (std::size_t i = 0; i < mine.clauses.size(); ++i)
      if (!own[i]) mine.clauses[i].proc = kNoId;
    std::vector<Action> actions(count_of(a_.actions, b_.actions));
    for (std::size_t i = 0; i < mine.actions.size(); ++i)
      actions[my.actions[i]] = std::move(mine.actions[i]);
    const std::vector<std::uint32_t> theirs = ids(others.actions, other.actions.size());
    for (std::size_t i = 0; i < other.actions.size(); ++i) {
      Action& stub = actions[theirs[i]];
      if (!stub.name.empty()) continue;
      stub.name = other.actions[i].name;
      stub.ok_clause = other.actions[i].ok_clause;
    }
    mine.actions = std::move(actions);
  }

  /// A `choose` of the new one gets the number that the same choice has in the old one, and every
  /// other statement a number that the old one does not use: statements are how choices of the
  /// environment are paired (checker/prove/beside.h).
  static void align_choices(Joint& joint) {
    Module& m = joint.now;
    const auto shift = static_cast<StmtId>(joint.old.stmts.size());
    std::vector<StmtId> to(m.stmts.size());
    for (StmtId s = 0; s < to.size(); ++s)
      to[s] = s + shift;
    const auto pair = [&](const Callable& mine, const Callable& theirs) {
      std::map<std::string, std::vector<StmtId>> known;
      for_each_stmt(joint.old, theirs.body, [&](StmtId id, const Stmt& s) {
        if (const auto* c = std::get_if<Choose>(&s.node))
          known[theirs.locals[c->var].name].push_back(id);
      });
      for_each_stmt(m, mine.body, [&](StmtId id, const Stmt& s) {
        const auto* c = std::get_if<Choose>(&s.node);
        if (c == nullptr) return;
        const auto at = known.find(mine.locals[c->var].name);
        if (at == known.end() || at->second.size() != 1) return;
        const auto& old = std::get<Choose>(joint.old.stmts[at->second[0]].node);
        if (theirs.locals[old.var].type == mine.locals[c->var].type) to[id] = at->second[0];
      });
    };
    for (const Callable& p : m.procs) {
      const std::uint32_t known = find_named(joint.old.procs, p.name);
      if (known != kNoId) pair(p, joint.old.procs[known]);
    }
    for (std::uint32_t a = 0; a < m.actions.size(); ++a)
      pair(m.actions[a], joint.old.actions[a]);
    std::vector<Stmt> moved(m.stmts.size() + shift, Stmt{Require{}, {}});
    const auto block = [&](Block& b) {
      for (StmtId& s : b)
        s = to[s];
    };
    for (StmtId s = 0; s < m.stmts.size(); ++s) {
      if (auto* branch = std::get_if<If>(&m.stmts[s].node)) {
        block(branch->then_block);
        block(branch->else_block);
      }
      moved[to[s]] = std::move(m.stmts[s]);
    }
    for (Callable& p : m.procs)
      block(p.body);
    for (Action& a : m.actions)
      block(a.body);
    m.stmts = std::move(moved);
  }

  static void locals(const Action& old, const std::vector<VarId>& old_vars, const Action& now,
                     const std::vector<VarId>& new_vars, std::vector<JointLocal>& out) {
    for (std::size_t i = 0; i < new_vars.size(); ++i) {
      const Local& local = now.locals[new_vars[i]];
      out.push_back({local.name, local.type, -1, static_cast<int>(i), true});
    }
    for (std::size_t i = 0; i < old_vars.size(); ++i) {
      const Local& local = old.locals[old_vars[i]];
      const std::uint32_t known = find_named(out, local.name);
      if (known == kNoId) {
        out.push_back({local.name, local.type, static_cast<int>(i), -1, true});
        continue;
      }
      out[known].old_at = static_cast<int>(i);
      out[known].same_type = out[known].type == local.type;
    }
  }

  JointAction action(const Joint& joint, std::uint32_t id) const {
    const Action &old = joint.old.actions[id], &now = joint.now.actions[id];
    JointAction out;
    out.name = now.name;
    out.in_old = find_named(old_.actions, out.name) != kNoId;
    out.in_new = find_named(now_.actions, out.name) != kNoId;
    locals(old, old.params, now, now.params, out.params);
    locals(old, old.outputs, now, now.outputs, out.outputs);
    out.comparable = out.in_old && out.in_new;
    for (const std::vector<JointLocal>* all : {&out.params, &out.outputs})
      for (const JointLocal& one : *all)
        out.comparable = out.comparable && one.same_type;
    return out;
  }

  const Module& old_;
  const check::Valuation& old_values_;
  const Module& now_;
  const check::Valuation& new_values_;
  const std::set<std::string>& apart_;
  Numbers a_, b_;
};

}  // namespace

Joint join(const ir::Module& old, const check::Valuation& old_values, const ir::Module& now,
           const check::Valuation& new_values, const std::set<std::string>& apart) {
  return Joiner(old, old_values, now, new_values, apart).run();
}

}  // namespace gms::diff
