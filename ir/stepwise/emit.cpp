#include "ir/stepwise/emit.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ir/build.h"
#include "ir/calls.h"
#include "ir/stepwise/copier.h"
#include "ir/type.h"

namespace gms::ir::stepwise {
namespace {

/// One step: from a place of the graph, or from the call's beginning, to the next places.
class StepEmitter {
 public:
  StepEmitter(Stepwise& out, const Action& original, ActionId of, const Graph& graph,
              const Places& places, const CallStates& states, const std::vector<LockStates>& locks,
              const std::vector<Clause>& clauses)
      : out_(out),
        m_(out.module),
        build_(out.module),
        original_(original),
        of_(of),
        g_(graph),
        places_(places),
        states_(states),
        locks_(locks),
        original_clauses_(clauses) {}

  void emit(NodeId from, bool begins) {
    begins_ = begins;
    id_ = static_cast<ActionId>(m_.actions.size());
    const std::string place = begins ? "begin" : place_name(from);
    action_ = Action();
    action_.name = original_.name + "." + place;
    action_.locals = g_.locals;
    action_.outputs = original_.outputs;
    action_.cite = original_.cite;
    action_.doc = original_.doc;
    action_.span = g_.nodes[from].span;
    call_ = add_local(action_.locals, "call", call_type());
    Block body;
    changed_.clear();
    if (begins) {
      action_.params = original_.params;
      add(body, Create{call_});
      changed_.insert(original_.params.begin(), original_.params.end());
    } else {
      action_.params = {call_};
      const ExprId here = build_.constant(m_.states[states_.at].type, states_.places.at(from));
      add(body, Require{build_.eq(build_.read(states_.at, {call()}), here)});
      for (const VarId var : places_.saved[from])
        add(body, Assign{var, build_.read(states_.remembers.at(var), {call()})});
    }
    along(from, kNoId, body, true);
    action_.body = std::move(body);
    m_.actions.push_back(std::move(action_));
    out_.places_after.resize(m_.actions.size());
    out_.places_after.back() = std::exchange(after_, {});
    Stepwise::Origin origin;
    origin.action = of_;
    origin.whole = false;
    origin.call = call_;
    out_.origins.push_back(origin);
  }

 private:
  Type call_type() const { return handle_type(call_domain(m_)); }
  ExprId call() { return build_.var(call_, call_type()); }
  void add(Block& to, decltype(Stmt::node) node) {
    to.push_back(add_stmt(m_, std::move(node), span_));
  }

  const std::string& place_name(NodeId id) const { return states_.names.at(id); }

  Copier copier() {
    return Copier(m_, g_.locals, action_.locals,
                  [this](const Expr& e) { return e.op == Op::kSelf ? call() : kNoId; });
  }
  ExprId copy(ExprId id) { return copier().copy(id); }

  ClauseId clause(const std::string& label, std::uint64_t result, ClauseId stands_for) {
    const auto [it, is_new] = labels_.emplace(std::pair(id_, label), 1);
    const std::string name = is_new ? label : label + "." + std::to_string(++it->second);
    const ClauseId id = add_clause(m_, id_, name, result);
    if (stands_for != kNoId) {
      m_.clauses[id].cite = original_clauses_[stands_for].cite;
      m_.clauses[id].doc = original_clauses_[stands_for].doc;
      m_.clauses[id].span = original_clauses_[stands_for].span;
    }
    return id;
  }

  // Answers whether `stop` is reached.
  bool along(NodeId id, NodeId stop, Block& to, bool at_start) {
    while (id != stop || at_start) {
      if (places_.cut[id] && (!at_start || (begins_ && g_.nodes[id].loop_head))) {
        go_to(id, to);
        return false;
      }
      at_start = false;
      const Node& n = g_.nodes[id];
      span_ = n.span;
      build_.span = n.span;
      switch (n.kind) {
        case Node::Kind::kStmt: statement(n, to); break;
        case Node::Kind::kAcquire: acquire(n.lock, to); break;
        case Node::Kind::kRelease: release(n.lock, to); break;
        case Node::Kind::kLeave: leave(n, to); return false;
        case Node::Kind::kRestart: go_to(g_.entry, to); return false;
        case Node::Kind::kBranch: {
          If both;
          both.cond = copy(n.cond);
          const std::set<VarId> before = changed_;
          const bool yes = along(n.next, n.join, both.then_block, false);
          std::set<VarId> after = std::move(changed_);
          changed_ = before;
          const bool no = along(n.other, n.join, both.else_block, false);
          if (!no) changed_ = before;
          if (yes) changed_.merge(after);
          span_ = n.span;
          add(to, std::move(both));
          if (n.join == kNoId || (!yes && !no)) return false;
          id = n.join;
          continue;
        }
      }
      id = n.next;
    }
    return true;
  }

  void statement(const Node& n, Block& to) {
    if (const auto* s = std::get_if<Assign>(&n.stmt)) {
      changed_.insert(s->var);
      add(to, Assign{s->var, copy(s->value)});
    } else if (const auto* choose = std::get_if<Choose>(&n.stmt)) {
      changed_.insert(choose->var);
      add(to, Choose{choose->var, copy(choose->lo), copy(choose->hi), copy(choose->cond)});
    } else if (const auto* require = std::get_if<Require>(&n.stmt)) {
      add(to, Require{copy(require->cond)});
    } else if (const auto* create = std::get_if<Create>(&n.stmt)) {
      changed_.insert(create->var);
      add(to, Create{create->var});
    } else if (const auto* destroy = std::get_if<Destroy>(&n.stmt)) {
      add(to, Destroy{copy(destroy->handle)});
    } else if (const auto* update = std::get_if<Update>(&n.stmt)) {
      Copier c = copier();
      Update u;
      for (const Binder& b : update->binders)
        u.binders.push_back(c.bind(b));
      u.where = c.copy(update->where);
      for (const Update::One& one : update->assigns) {
        Update::One made{one.state, {}, c.copy(one.value)};
        for (const ExprId key : one.keys)
          made.keys.push_back(c.copy(key));
        u.assigns.push_back(std::move(made));
      }
      add(to, std::move(u));
    }
  }

  std::vector<ExprId> keys(const Held& lock, bool with_call) {
    std::vector<ExprId> result;
    if (with_call) result.push_back(call());
    for (const ExprId key : lock.keys)
      result.push_back(copy(key));
    return result;
  }

  void acquire(const Held& lock, Block& to) {
    const LockStates& l = locks_[lock.lock];
    ExprId is_free = build_.negate(build_.is_some(build_.read(l.writer, keys(lock, false))));
    if (lock.exclusive && l.reader != kNoId) {
      const VarId other = add_local(action_.locals, "other", call_type());
      std::vector<ExprId> of_other = keys(lock, false);
      of_other.insert(of_other.begin(), build_.var(other, call_type()));
      const ExprId reads = build_.read(l.reader, of_other);
      is_free = build_.both(
          is_free, build_.negate(build_.exists({{other, call_type(), kNoId, kNoId}}, reads)));
    }
    add(to, Require{is_free});
    Update take;
    if (lock.exclusive) {
      take.assigns.push_back({l.writer, keys(lock, false), build_.some(call())});
    } else {
      take.assigns.push_back({l.reader, keys(lock, true), build_.boolean(true)});
    }
    add(to, std::move(take));
  }

  void release(const Held& lock, Block& to) {
    const LockStates& l = locks_[lock.lock];
    Update give;
    if (lock.exclusive) {
      give.assigns.push_back(
          {l.writer, keys(lock, false), build_.none(value_of(m_.states[l.writer].type))});
    } else {
      give.assigns.push_back({l.reader, keys(lock, true), build_.boolean(false)});
    }
    add(to, std::move(give));
  }

  void leave(const Node& n, Block& to) {
    for (std::size_t i = n.held.size(); i-- > 0;)
      release(n.held[i], to);
    add(to, Destroy{call()});
    Guard exit;
    exit.clause =
        clause(original_clauses_[n.clause].label, original_clauses_[n.clause].result, n.clause);
    add(to, std::move(exit));
  }

  void go_to(NodeId id, Block& to) {
    after_.insert(static_cast<std::uint32_t>(states_.places.at(id)));
    Update save;
    save.assigns.push_back(
        {states_.at, {call()}, build_.constant(m_.states[states_.at].type, states_.places.at(id))});
    for (const VarId var : places_.saved[id]) {
      if (changed_.count(var) == 0) continue;
      save.assigns.push_back(
          {states_.remembers.at(var), {call()}, build_.var(action_.locals, var)});
    }
    add(to, std::move(save));
    Guard exit;
    exit.clause = clause("to_" + place_name(id), 0, kNoId);
    add(to, std::move(exit));
  }

  Stepwise& out_;
  Module& m_;
  ExprBuilder build_;
  std::set<std::uint32_t> after_;  // the places that this step may lead to
  const Action& original_;
  const ActionId of_;
  const Graph& g_;
  const Places& places_;
  const CallStates& states_;
  const std::vector<LockStates>& locks_;
  const std::vector<Clause>& original_clauses_;
  Action action_;
  ActionId id_ = kNoId;
  VarId call_ = kNoId;
  std::set<VarId> changed_;  // locals that this step has set
  std::map<std::pair<ActionId, std::string>, int> labels_;
  base::Span span_;
  bool begins_ = false;
};

}  // namespace

void emit_steps(Stepwise& out, const Action& original, ActionId of, const Graph& graph,
                const Places& places, const CallStates& states,
                const std::vector<LockStates>& locks, const std::vector<Clause>& clauses) {
  StepEmitter emitter(out, original, of, graph, places, states, locks, clauses);
  emitter.emit(graph.entry, true);
  for (const auto& [node, number] : states.places)
    emitter.emit(node, false);
}

}  // namespace gms::ir::stepwise
