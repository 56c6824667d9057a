#include "ir/stepwise/facts.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string>

#include "ir/build.h"
#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/stepwise/conjuncts.h"

namespace gms::ir::stepwise {
namespace {

using Facts = std::map<std::string, ExprId>;  // by their text

constexpr std::size_t kLongest = 400;  // longer texts are combinations that help nobody

class FactFinder {
 public:
  FactFinder(Module& module, const Graph& graph, const Places& places,
             const std::vector<LockStates>& locks, const std::vector<bool>& claimed,
             const std::vector<bool>& own)
      : m_(module),
        build_(module),
        g_(graph),
        places_(places),
        locks_(locks),
        claimed_(claimed),
        own_(own) {
    const std::vector<bool> of_calls = states_of_calls(module);
    for (StateId id = 0; id < own.size(); ++id)
      others_write_.push_back(of_calls[id] && !own[id]);
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
  // ---- Sets of facts ----
  // The same for facts that differ in the names of their binders only.
  std::string text(ExprId id) const {
    std::map<VarId, std::size_t> bound;
    return text(id, bound);
  }
  std::string text(ExprId id, std::map<VarId, std::size_t>& bound) const {
    if (id == kNoId) return "-";
    const Expr& e = m_.exprs[id];
    std::string out = "(" + std::to_string(static_cast<int>(e.op));
    if (e.op == Op::kVar && bound.count(e.ref) != 0) {
      out += ":b" + std::to_string(bound[e.ref]);
    } else if (e.ref != kNoId) {
      out += ":" + std::to_string(e.ref);
    }
    if (e.op == Op::kConst || e.op == Op::kState) out += "=" + std::to_string(e.value);
    if (e.binders != kNoId) {
      for (const Binder& b : m_.binder_lists[e.binders]) {
        out += " " + text(b.lo, bound) + text(b.hi, bound);
        bound.emplace(b.var, bound.size());
      }
    }
    for (const ExprId arg : e.args)
      out += " " + text(arg, bound);
    return out + ")";
  }

  // As several facts where it is one: others may break a part of it and leave the rest.
  void add(Facts& facts, ExprId id) {
    for (const ExprId part : conjuncts_of(m_, id, fresh_)) {
      if (m_.exprs[part].op == Op::kConst || decides_nothing(part) || others_decide(part)) continue;
      std::string key = text(part);
      if (key.size() <= kLongest) facts.emplace(std::move(key), part);
    }
  }

  // It speaks of values that no condition reads, and no invariant.
  bool decides_nothing(ExprId id) const {
    return has_node(m_, id, false, [&](const Expr& e) {
      return e.op == Op::kState && m_.states[e.ref].observe_only &&
             !(e.ref < claimed_.size() && claimed_[e.ref]);
    });
  }

  // Ways that meet at a place may know different values of one thing: then none is right on all.
  void drop_contradictions(Facts& facts) const {
    std::map<std::string, std::set<std::string>> values;
    const auto of = [&](ExprId id) -> std::pair<std::string, std::string> {
      const Expr& e = m_.exprs[id];
      if (e.op == Op::kNot) return {text(e.args[0]), "false"};
      if (e.op != Op::kEq) return {text(id), "true"};
      const ExprId value = e.args[1];
      if (!variables_of(m_, value).empty() || reads_state(value)) return {"", ""};
      return {text(e.args[0]), text(value)};
    };
    for (const auto& [key, fact] : facts) {
      const auto [what, value] = of(fact);
      if (!what.empty()) values[what].insert(value);
    }
    std::erase_if(facts, [&](const auto& f) {
      const std::string what = of(f.second).first;
      return !what.empty() && values[what].size() > 1;
    });
  }

  // That of the call which other calls write, as they please.
  bool others_decide(ExprId id) const {
    const Expr& e = m_.exprs[id];
    const ExprId read = e.op == Op::kEq ? e.args[0] : e.op == Op::kNot ? e.args[0] : id;
    const Expr& state = m_.exprs[read];
    return state.op == Op::kState && state.ref < others_write_.size() && others_write_[state.ref];
  }

  void forget(Facts& facts, VarId var) const {
    std::erase_if(facts, [&](const auto& f) { return variables_of(m_, f.second).count(var) != 0; });
  }

  ExprId self() { return build_.node(Op::kSelf, handle_type(call_domain(m_))); }
  ExprId var(VarId id) { return build_.var(g_.locals, id); }

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

  // What is known of a value is known of the local that has it from now on.
  void also_of(ExprId value, VarId local, Facts& facts) {
    if (reads_state(value) || variables_of(m_, value).empty()) return;
    const std::string is = text(value);
    std::vector<ExprId> more;
    for (const auto& [key, e] : facts)
      if (key.find(is) != std::string::npos) more.push_back(e);
    for (const ExprId e : more)
      add(facts, replaced(e, is, local));
  }

  // What follows from a premise, or from a condition that has a name, once that is known.
  void concluded(Facts& facts) {
    std::vector<ExprId> more;
    for (const auto& [key, fact] : Facts(facts)) {
      const Expr e = m_.exprs[fact];
      if (e.op == Op::kImplies) {
        if (facts.count(text(e.args[0])) != 0) more.push_back(e.args[1]);
      } else if (e.op == Op::kEq && m_.exprs[e.args[0]].op == Op::kVar &&
                 build_.type_of(e.args[0]) == bool_type()) {
        if (facts.count(text(e.args[0])) != 0)
          more.push_back(e.args[1]);
        else if (facts.count(text(build_.negate(build_.copy(e.args[0])))) != 0)
          more.push_back(build_.negate(build_.copy(e.args[1])));
      }
    }
    for (const ExprId fact : more)
      add(facts, build_.copy(fact));
  }

  // What is known of one of two locals that are equal is known of the other: only one of them may
  // be remembered.
  void equal_locals(Facts& facts) {
    std::vector<std::pair<VarId, VarId>> equal;
    for (const auto& [key, e] : facts) {
      const Expr& eq = m_.exprs[e];
      if (eq.op != Op::kEq) continue;
      const Expr &a = m_.exprs[eq.args[0]], &b = m_.exprs[eq.args[1]];
      if (a.op != Op::kVar || b.op != Op::kVar || a.type != b.type) continue;
      equal.emplace_back(a.ref, b.ref);
      equal.emplace_back(b.ref, a.ref);
    }
    for (const auto& [from, to] : equal) {
      const std::string is = text(var(from));
      std::vector<ExprId> more;
      for (const auto& [key, e] : facts) {
        const std::set<VarId> mentioned = variables_of(m_, e);
        if (mentioned.count(from) != 0 && mentioned.count(to) == 0) more.push_back(e);
      }
      for (const ExprId e : more)
        add(facts, replaced(e, is, to));
    }
  }

  // `local` is what the optional `from` holds, so that is no longer needed to say what it was.
  void held_by(VarId from, VarId local, Facts& facts) {
    std::vector<ExprId> more;
    for (const auto& [key, e] : facts) {
      const Expr& eq = m_.exprs[e];
      if (eq.op != Op::kEq) continue;
      for (const std::size_t side : {0, 1}) {
        const Expr& a = m_.exprs[eq.args[side]];
        if (a.op == Op::kVar && a.ref == from) more.push_back(eq.args[1 - side]);
      }
    }
    for (const ExprId e : more)
      add(facts, build_.eq(build_.copy(e), build_.some(var(local))));
  }

  ExprId replaced(ExprId id, const std::string& value, VarId local) {
    if (m_.exprs[id].type == g_.locals[local].type && text(id) == value) return var(local);
    Expr e = m_.exprs[id];
    if (e.binders != kNoId) {
      std::vector<Binder> list = m_.binder_lists[e.binders];
      for (Binder& b : list) {
        if (b.lo != kNoId) b.lo = replaced(b.lo, value, local);
        if (b.hi != kNoId) b.hi = replaced(b.hi, value, local);
      }
      m_.binder_lists.push_back(std::move(list));
      e.binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
    }
    for (ExprId& arg : e.args)
      arg = replaced(arg, value, local);
    m_.exprs.push_back(std::move(e));
    return static_cast<ExprId>(m_.exprs.size() - 1);
  }

  bool reads_any(ExprId id, const std::vector<StateId>& states) const {
    return has_node(m_, id, true, [&](const Expr& e) {
      return e.op == Op::kState && std::find(states.begin(), states.end(), e.ref) != states.end();
    });
  }

  // What was said of the value at this very point; what only mentions it may go on to hold.
  void overwritten(const Update::One& one, Facts& facts) {
    std::vector<ExprId> keys;
    for (const ExprId key : one.keys)
      keys.push_back(build_.copy(key));
    const std::string point = text(build_.read(one.state, keys));
    std::erase_if(facts, [&](const auto& f) {
      const Expr& e = m_.exprs[f.second];
      if (e.op != Op::kEq && e.op != Op::kNot) return f.first == point;
      return std::any_of(e.args.begin(), e.args.end(),
                         [&](ExprId side) { return text(side) == point; });
    });
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

  // For the binders of functions that are written out.
  VarId fresh_binder(const Local& local) {
    extra_.push_back(local);
    return static_cast<VarId>(g_.locals.size() + extra_.size() - 1);
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

  // The locals whose objects the call says it has a reference to.
  std::set<VarId> referenced(const Facts& facts) const {
    std::set<VarId> result;
    for (const auto& [key, fact] : facts) {
      const Expr* e = &m_.exprs[fact];
      if (e->op == Op::kImplies) e = &m_.exprs[e->args[1]];
      if (e->op != Op::kEq || m_.exprs[e->args[1]].op != Op::kConst ||
          m_.exprs[e->args[1]].value == 0)
        continue;
      const Expr& read = m_.exprs[e->args[0]];
      if (read.op != Op::kState || read.ref >= own_.size() || !own_[read.ref]) continue;
      for (const ExprId key_of : read.args) {
        const std::set<VarId> locals = variables_of(m_, key_of);
        result.insert(locals.begin(), locals.end());
      }
    }
    return result;
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

  bool reads_state(ExprId id) const {
    return has_node(m_, id, true,
                    [](const Expr& e) { return e.op == Op::kState || e.op == Op::kLive; });
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
  Module& m_;
  ExprBuilder build_;
  const Graph& g_;
  const Places& places_;
  const std::vector<LockStates>& locks_;
  const std::vector<bool>& claimed_;
  const std::vector<bool>& own_;
  std::vector<bool> others_write_;  // by StateId
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
  std::vector<Local> extra_;
  const NewLocal fresh_ = [this](const Local& local) { return fresh_binder(local); };
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
