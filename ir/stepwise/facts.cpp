#include "ir/stepwise/facts.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string>

#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/stepwise/fact_rules.h"

namespace gms::ir::stepwise {
namespace {

class FactFinder : private FactRules {
 public:
  FactFinder(Module& module, const Graph& graph, const Places& places,
             const std::vector<LockStates>& locks, const std::vector<bool>& claimed,
             const std::vector<bool>& own)
      : FactRules(module, graph, claimed, own), places_(places), locks_(locks) {
    for (NodeId id = 0; id < g_.nodes.size(); ++id) {
      const Node& n = g_.nodes[id];
      if (n.kind == Node::Kind::kBranch && g_.nodes[n.next].kind == Node::Kind::kRestart &&
          speaks_of_calls(m_, n.cond))
        retries_.push_back({n.cond, leading_to(id)});
      if (n.kind == Node::Kind::kBranch && n.join != kNoId && !n.loop_head)
        branches_at_[n.join].push_back(id);
    }
    for (const ScanLoop& loop : g_.scans)
      scan_at_[loop.head] = &loop;
    for (const EachLoop& loop : g_.eaches)
      each_at_[loop.head] = &loop;
  }

  std::map<NodeId, std::vector<ExprId>> run() {
    walk(g_.entry, kNoId, {});
    while (!work_.empty()) {
      const NodeId id = work_.front();
      work_.pop_front();
      walk(id, kNoId, at_[id], true);
    }
    std::map<NodeId, std::vector<ExprId>> result;
    for (auto& [id, facts] : at_) {
      drop_contradictions(facts);
      for (const auto& [text, e] : facts)
        result[id].push_back(e);
    }
    return result;
  }

 private:
  ExprId has_lock(const Held& lock) {
    std::vector<ExprId> keys;
    for (const ExprId key : lock.keys)
      keys.push_back(build_.copy(key));
    if (lock.exclusive)
      return build_.eq(build_.read(locks_[lock.lock].writer, keys), build_.some(self()));
    keys.insert(keys.begin(), self());
    return build_.read(locks_[lock.lock].reader, keys);
  }

  // ---- Along the text ----
  // Answers whether `stop` is reached; `facts` is then what holds there.
  bool walk(NodeId id, NodeId stop, const Facts& start, bool from_place = false) {
    Facts facts = start;
    return along(id, stop, facts, from_place);
  }

  bool along(NodeId id, NodeId stop, Facts& facts, bool from_place) {
    while (id != stop || from_place) {
      if (places_.cut[id] && !from_place) {
        arrive(id, facts);
        return false;
      }
      from_place = false;
      const Node& n = g_.nodes[id];
      switch (n.kind) {
        case Node::Kind::kStmt: statement(n, facts); break;
        case Node::Kind::kAcquire:
          add(facts, has_lock(n.lock));
          for (const ExprId key : n.lock.keys) {
            // Of an object that is gone nobody has a lock.
            if (build_.type_of(key).kind == TypeKind::kHandle)
              add(facts, build_.implies(build_.live(build_.copy(key)), has_lock(n.lock)));
          }
          break;
        case Node::Kind::kRelease:
          for (const ExprId part : conjuncts_of(m_, has_lock(n.lock), fresh_)) {
            const std::string lock = text(part);
            std::erase_if(facts,
                          [&](const auto& f) { return f.first.find(lock) != std::string::npos; });
          }
          break;
        case Node::Kind::kLeave: return false;
        case Node::Kind::kRestart: {
          Facts nothing;
          arrive(g_.entry, nothing);
          return false;
        }
        case Node::Kind::kBranch:
          if (!branch(id, facts)) return false;
          id = n.join;
          continue;
      }
      id = n.next;
    }
    return true;
  }

  bool branch(NodeId id, Facts& facts) {
    const Node& n = g_.nodes[id];
    Facts yes = facts, no = facts;
    add(yes, n.cond);
    const ExprId not_cond = build_.negate(build_.copy(n.cond));
    add(no, not_cond);
    for (Facts* side : {&yes, &no}) {
      concluded(*side);
      equal_locals(*side);
    }
    if (const auto loop = scan_at_.find(id); loop != scan_at_.end()) {
      Facts after;
      passed(*loop->second, build_.copy(loop->second->end), after);
      no.merge(after);
    }
    if (const auto loop = each_at_.find(id); loop != each_at_.end()) all_visited(*loop->second, no);
    const bool yes_meets = along(n.next, n.join, yes, false);
    const bool no_meets = along(n.other, n.join, no, false);
    if (n.join == kNoId || (!yes_meets && !no_meets)) return false;
    if (!no_meets) {
      facts = std::move(yes);
    } else if (!yes_meets) {
      facts = std::move(no);
    } else {
      Facts both;
      for (const auto& [key, e] : yes)
        if (no.count(key) != 0) both.emplace(key, e);
      for (const auto& [key, e] : yes)
        if (no.count(key) == 0) add(both, build_.implies(build_.copy(n.cond), build_.copy(e)));
      for (const auto& [key, e] : no)
        if (yes.count(key) == 0) add(both, build_.implies(build_.copy(not_cond), build_.copy(e)));
      facts = std::move(both);
    }
    return true;
  }

  void statement(const Node& n, Facts& facts) {
    if (const auto* assign = std::get_if<Assign>(&n.stmt)) {
      const std::set<VarId> read = variables_of(m_, assign->value);
      forget(facts, assign->var);
      if (read.count(assign->var) == 0) {
        also_of(assign->value, assign->var, facts);
        if (const Expr& value = m_.exprs[assign->value];
            value.op == Op::kUnwrap && m_.exprs[value.args[0]].op == Op::kVar)
          held_by(m_.exprs[value.args[0]].ref, assign->var, facts);
        add(facts, build_.eq(var(assign->var), build_.copy(assign->value)));
      }
    } else if (const auto* choose = std::get_if<Choose>(&n.stmt)) {
      forget(facts, choose->var);
      if (choose->cond != kNoId) add(facts, build_.copy(choose->cond));
      if (choose->lo != kNoId) {
        add(facts, build_.le(build_.copy(choose->lo), var(choose->var)));
        add(facts, build_.lt(var(choose->var), build_.copy(choose->hi)));
      }
    } else if (const auto* create = std::get_if<Create>(&n.stmt)) {
      forget(facts, create->var);
      add(facts, build_.live(var(create->var)));
    } else if (const auto* require = std::get_if<Require>(&n.stmt)) {
      add(facts, build_.copy(require->cond));
    } else if (const auto* update = std::get_if<Update>(&n.stmt)) {
      stored(*update, facts);
    }
  }

  void stored(const Update& update, Facts& facts) {
    std::vector<StateId> written;
    for (const Update::One& one : update.assigns) {
      written.push_back(one.state);
      if (update.binders.empty() && update.where == kNoId) overwritten(one, facts);
    }
    for (const Update::One& one : update.assigns) {
      if (one.value == kNoId || reads_any(update.where, written) || reads_any(one.value, written))
        continue;
      std::vector<ExprId> keys;
      bool steady = true;
      for (const ExprId key : one.keys) {
        steady = steady && !reads_any(key, written);
        keys.push_back(build_.copy(key));
      }
      if (!steady) continue;
      ExprId fact = build_.eq(build_.read(one.state, keys), build_.copy(one.value));
      if (update.where != kNoId) fact = build_.implies(build_.copy(update.where), fact);
      if (!update.binders.empty()) {
        std::vector<Binder> binders;
        for (const Binder& b : update.binders)
          binders.push_back(build_.copy(b));
        fact = build_.forall(std::move(binders), fact);
      }
      add(facts, fact);
    }
  }

  // ---- Loops ----
  // No index from the scan's start to `upto` was one to leave at.
  void passed(const ScanLoop& loop, ExprId upto, Facts& facts) {
    for (const ExprId exit : loop.exits) {
      // The cursor's own name serves as the binder: the fact does not mention the cursor otherwise.
      const Type type = g_.locals[loop.cursor].type;
      const VarId q = binder_for(loop.cursor);
      const ExprId not_left = build_.negate(build_.copy(exit, {{loop.cursor, q}}));
      for (const ExprId body : conjuncts_of(m_, not_left, fresh_)) {
        const ExprId start = build_.copy(loop.start), end = build_.copy(upto);
        add(facts, build_.forall({{q, type, start, end}}, body));
      }
    }
  }

  void all_visited(const EachLoop& loop, Facts& facts) {
    for (const auto& [text, fact] : seen_by_each_[loop.head]) {
      const VarId q = binder_for(loop.binder.var);
      const ExprId body = build_.copy(fact, {{loop.binder.var, q}});
      const ExprId where =
          loop.where == kNoId ? kNoId : build_.copy(loop.where, {{loop.binder.var, q}});
      add(facts, build_.forall({build_.copy(loop.binder, {{loop.binder.var, q}})},
                               where == kNoId ? body : build_.implies(where, body)));
    }
  }

  VarId binder_for(VarId var) {
    const auto [it, is_new] = binders_.emplace(var, kNoId);
    if (is_new) {
      it->second = add_local(extra_, g_.locals[var].name, g_.locals[var].type) +
                   static_cast<VarId>(g_.locals.size());
    }
    return it->second;
  }

  // ---- Arriving at a place ----
  void arrive(NodeId id, Facts facts) {
    if (const auto loop = scan_at_.find(id); loop != scan_at_.end()) {
      const VarId cursor = loop->second->cursor;
      const ExprId start = loop->second->start, end = loop->second->end;
      forget(facts, cursor);
      passed(*loop->second, var(cursor), facts);
      add(facts, build_.le(build_.copy(start), var(cursor)));
      add(facts, build_.either(build_.le(var(cursor), build_.copy(end)),
                               build_.le(build_.copy(end), build_.copy(start))));
    }
    if (const auto it = each_at_.find(id); it != each_at_.end()) visited(*it->second, facts);
    Facts& there = at_[id];
    const bool first = reached_.insert(id).second;
    const std::size_t before = there.size();
    const std::set<VarId> kept = referenced(facts);
    for (const auto& [key, e] : facts) {
      if (!is_remembered(id, e)) continue;
      if (!until_retry(id, e, there)) there.emplace(key, e);
      while_referenced(e, kept, there);
    }
    guarded(id, facts, there);
    if (first || there.size() != before) work_.push_back(id);
  }

  // The call still has all that the expression speaks of.
  bool is_remembered(NodeId id, ExprId e) const {
    const std::set<VarId>& saved = places_.saved[id];
    const std::set<VarId> mentioned = variables_of(m_, e);
    return std::includes(saved.begin(), saved.end(), mentioned.begin(), mentioned.end());
  }

  // Where two ways meet, what was true on one of them, under its condition.
  void guarded(NodeId id, const Facts& facts, Facts& there) {
    const auto it = branches_at_.find(id);
    if (it == branches_at_.end()) return;
    for (const NodeId at : it->second) {
      const ExprId cond = g_.nodes[at].cond;
      if (!is_remembered(id, cond) || reads_state(cond)) continue;
      for (const bool yes : {true, false}) {
        const ExprId side = yes ? cond : build_.negate(build_.copy(cond));
        Facts literal;
        add(literal, build_.copy(side));
        if (literal.size() != 1 || facts.count(literal.begin()->first) == 0) continue;
        for (const auto& [key, e] : facts) {
          if (key == literal.begin()->first || !reads_state(e) || !is_remembered(id, e)) continue;
          const ExprId fact = build_.implies(build_.copy(side), build_.copy(e));
          if (!until_retry(id, fact, there)) add(there, fact);
        }
      }
    }
  }

  // What a later test for a retry asks is whether others have broken what was read so far. So it
  // is known only where that does not send the call back; and more is not needed.
  bool until_retry(NodeId id, ExprId fact, Facts& there) {
    if (!reads_state(fact) || speaks_of_calls(m_, fact)) return false;
    for (const Retry& retry : retries_) {
      if (retry.before.count(id) == 0 || !is_remembered(id, retry.cond)) continue;
      add(there, build_.implies(build_.negate(build_.copy(retry.cond)), build_.copy(fact)));
      return true;
    }
    return false;
  }

  // What is said of an object does not wait for a retry while a reference keeps the object as it
  // is: whether it does is for the proofs to say.
  void while_referenced(ExprId fact, const std::set<VarId>& kept, Facts& there) {
    if (!reads_state(fact) || speaks_of_calls(m_, fact)) return;
    for (const VarId local : variables_of(m_, fact)) {
      if (kept.count(local) == 0) continue;
      const ExprId is_there = build_.is_some(var(local));
      const Expr& e = m_.exprs[fact];
      const bool says_so = e.op == Op::kImplies && text(e.args[0]) == text(is_there);
      add(there, g_.locals[local].type.optional && !says_so
                     ? build_.implies(is_there, build_.copy(fact))
                     : build_.copy(fact));
    }
  }

  // The nodes from which `target` can be reached, without one that starts the call again.
  std::set<NodeId> leading_to(NodeId target) const {
    std::set<NodeId> result{target};
    for (bool more = true; more;) {
      more = false;
      for (NodeId id = 0; id < g_.nodes.size(); ++id) {
        const Node& n = g_.nodes[id];
        if (result.count(n.next) != 0 || (n.other != kNoId && result.count(n.other) != 0))
          more = result.insert(id).second || more;
      }
    }
    return result;
  }

  // What is known of the element at hand is known of all that were visited.
  void visited(const EachLoop& loop, Facts& facts) {
    Facts& about = seen_by_each_[loop.head];
    for (const auto& [key, e] : facts) {
      if (variables_of(m_, e).count(loop.binder.var) != 0 && !reads_any(e, {loop.visited}))
        about.emplace(key, e);
    }
    forget(facts, loop.binder.var);
    for (const auto& [key, e] : about) {
      const VarId q = binder_for(loop.binder.var);
      const ExprId was = build_.read(loop.visited, {self(), build_.var(q, loop.binder.type)});
      const ExprId body = build_.copy(e, {{loop.binder.var, q}});
      add(facts, build_.forall({build_.copy(loop.binder, {{loop.binder.var, q}})},
                               build_.implies(was, body)));
    }
  }

 public:
  /// Locals after the graph's: binders of facts.
  const std::vector<Local>& extra() const { return extra_; }

 private:
  const Places& places_;
  const std::vector<LockStates>& locks_;
  struct Retry {
    ExprId cond = kNoId;
    std::set<NodeId> before;  // nodes on a way to it
  };
  std::vector<Retry> retries_;
  std::map<NodeId, Facts> at_;
  std::set<NodeId> reached_;
  std::deque<NodeId> work_;
  std::map<NodeId, std::vector<NodeId>> branches_at_;
  std::map<NodeId, const ScanLoop*> scan_at_;
  std::map<NodeId, const EachLoop*> each_at_;
  std::map<NodeId, Facts> seen_by_each_;
  std::map<VarId, VarId> binders_;
};

}  // namespace

std::map<NodeId, std::vector<ExprId>> find_facts(Module& module, Graph& graph, const Places& places,
                                                 const std::vector<LockStates>& locks,
                                                 const std::vector<bool>& claimed,
                                                 const std::vector<bool>& own) {
  FactFinder finder(module, graph, places, locks, claimed, own);
  std::map<NodeId, std::vector<ExprId>> facts = finder.run();
  graph.locals.insert(graph.locals.end(), finder.extra().begin(), finder.extra().end());
  return facts;
}

}  // namespace gms::ir::stepwise
