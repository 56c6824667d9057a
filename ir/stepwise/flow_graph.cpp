#include "ir/stepwise/flow_graph.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ir/build.h"
#include "ir/calls.h"
#include "ir/find_expr.h"

namespace gms::ir::stepwise {
namespace {

using Renames = std::vector<std::pair<VarId, VarId>>;

class GraphBuilder {
 public:
  GraphBuilder(Module& module, const Action& action, const std::vector<bool>& fixed)
      : m_(module), build_(module), fixed_(fixed), action_(action) {
    g_.locals = action.locals;
  }

  Graph run() {
    const Block body = action_.body;
    Renames renames;
    block(body, renames);
    if (!open_.empty() || g_.nodes.empty()) leave(action_.ok_clause, 0, action_.span);
    g_.entry = 0;
    if (restarts_) g_.nodes[0].loop_head = true;
    return std::move(g_);
  }

 private:
  struct Edge {
    NodeId from = kNoId;
    bool other = false;
  };

  // ---- Nodes ----
  NodeId add(Node node) {
    const auto id = static_cast<NodeId>(g_.nodes.size());
    if (node.held.empty()) node.held = held_;
    g_.nodes.push_back(std::move(node));
    connect(id);
    open_ = {{id, false}};
    return id;
  }

  // Everything that waits for its target goes to `id`.
  void connect(NodeId id) {
    for (const Edge& e : open_)
      (e.other ? g_.nodes[e.from].other : g_.nodes[e.from].next) = id;
    for (const NodeId branch : joining_)
      g_.nodes[branch].join = id;
    open_.clear();
    joining_.clear();
  }

  Node node(Node::Kind kind, std::uint32_t section, base::Span span) const {
    Node result;
    result.kind = kind;
    result.section = section;
    result.span = span;
    if (section != 0) result.name = section_ != 0 ? step_name_ : label_;
    return result;
  }

  NodeId op(decltype(Stmt::node) stmt, std::uint32_t section, base::Span span) {
    Node made = node(Node::Kind::kStmt, section, span);
    made.stmt = std::move(stmt);
    return add(std::move(made));
  }

  NodeId branch(ExprId cond, std::uint32_t section, base::Span span) {
    Node made = node(Node::Kind::kBranch, section, span);
    made.cond = cond;
    return add(std::move(made));
  }

  void leave(ClauseId clause, std::uint32_t section, base::Span span) {
    Node made = node(Node::Kind::kLeave, section, span);
    made.clause = clause;
    add(std::move(made));
    open_.clear();
  }

  // ---- Sections ----
  bool is_shared(ExprId id) const {
    return has_node(m_, id, true, [&](const Expr& e) {
      if (e.op == Op::kLive) return true;
      if (e.op == Op::kState && !is_private(e.ref)) return true;
      if (e.binders == kNoId) return false;
      // Which handles are live is something that others change.
      const std::vector<Binder>& list = m_.binder_lists[e.binders];
      return std::any_of(list.begin(), list.end(),
                         [](const Binder& b) { return b.type.kind == TypeKind::kHandle; });
    });
  }

  bool is_private(StateId id) const { return id >= fixed_.size() || fixed_[id]; }

  bool is_shared(const Stmt& s) const {
    if (std::holds_alternative<Update>(s.node)) {
      const auto& update = std::get<Update>(s.node);
      for (const Update::One& one : update.assigns)
        if (one.state < fixed_.size()) return true;
    }
    if (std::holds_alternative<Create>(s.node) || std::holds_alternative<Destroy>(s.node))
      return true;
    bool found = false;
    for_each_expr(s, [&](ExprId id) { found = found || is_shared(id); });
    return found;
  }

  // What a `step` says happens in it, also what no other call could see.
  std::uint32_t section_of(bool shared) {
    if (section_ != 0) return section_;
    return shared ? ++last_section_ : 0;
  }

  // ---- Statements ----
  void block(const Block& statements, const Renames& renames) {
    for (const StmtId id : statements) {
      if (open_.empty() && !g_.nodes.empty()) return;  // nothing comes here
      statement(m_.stmts[id], renames);
    }
  }

  ExprId copy(ExprId id, const Renames& renames) {
    return id == kNoId ? kNoId : build_.copy(id, renames);
  }

  static VarId renamed(VarId var, const Renames& renames) {
    for (const auto& [from, to] : renames)
      if (from == var) return to;
    return var;
  }

  // By value: the vector of statements may grow.
  void statement(const Stmt s, const Renames& r) {
    const base::Span span = s.span;
    build_.span = span;
    std::visit(
        Overloaded{
            [&](const Let& n) { assign(n.var, n.value, span, r); },
            [&](const Assign& n) { assign(n.var, n.value, span, r); },
            [&](const Update& n) {
              Update u;
              for (const Binder& b : n.binders)
                u.binders.push_back(build_.copy(b, r));
              u.where = copy(n.where, r);
              for (const Update::One& one : n.assigns) {
                Update::One to{one.state, {}, copy(one.value, r)};
                for (const ExprId key : one.keys)
                  to.keys.push_back(build_.copy(key, r));
                u.assigns.push_back(std::move(to));
              }
              label_ = m_.states[n.assigns.front().state].name;
              op(std::move(u), section_of(is_shared(s)), span);
            },
            [&](const Guard& n) { guard(n, span, r); },
            [&](const Return& n) { returns(n, span, r); },
            [&](const Call& n) { call(n, span, r); },
            [&](const If& n) {
              label_ = "if";
              const NodeId at = branch(copy(n.cond, r), section_of(is_shared(n.cond)), span);
              two_ways(
                  at, [&] { block(n.then_block, r); }, [&] { block(n.else_block, r); });
            },
            [&](const Choose& n) {
              label_ = "choose";
              op(Choose{renamed(n.var, r), copy(n.lo, r), copy(n.hi, r), copy(n.cond, r)},
                 section_of(is_shared(s)), span);
            },
            [&](const Require& n) { op(Require{copy(n.cond, r)}, section_of(is_shared(s)), span); },
            [&](const Create& n) {
              label_ = "create";
              op(Create{renamed(n.var, r)}, section_of(true), span);
            },
            [&](const Destroy& n) {
              label_ = "destroy";
              op(Destroy{copy(n.handle, r)}, section_of(true), span);
            },
            [&](const Step& n) {
              const std::uint32_t outer = section_;
              if (outer == 0) {
                section_ = ++last_section_;
                step_name_ = n.label.empty() ? "step" : n.label;
              }
              block(n.body, r);
              section_ = outer;
            },
            [&](const Acquire& n) {
              Held lock{n.lock, {}, n.exclusive};
              for (const ExprId key : n.keys)  // to be given back by the same
                lock.keys.push_back(bound(key, m_.locks[n.lock].name + ".key", span, r));
              label_ = "acquire_" + m_.locks[n.lock].name;
              // Within a step the lock is had for a moment: the step waits for it.
              Node made = node(Node::Kind::kAcquire, section_of(true), span);
              made.lock = lock;
              add(std::move(made));
              held_.push_back(std::move(lock));
            },
            [&](const Release& n) { release(n.lock, span); },
            [&](const Scan& n) { scan(n, span, r); },
            [&](const Each& n) { each(n, span, r); },
            [&](const Await& n) {
              label_ = "await";
              op(Require{copy(n.cond, r)}, section_of(true), span);
            },
            [&](const Sample&) { g_.problems.push_back("'sample' has no stepwise reading"); },
            [&](const Retry& n) { retry(n, span, r); },
        },
        s.node);
  }

  void assign(VarId var, ExprId value, base::Span span, const Renames& r) {
    label_ = "let_" + g_.locals[renamed(var, r)].name;
    op(Assign{renamed(var, r), copy(value, r)}, section_of(is_shared(value)), span);
  }

  template <class Then, class Else>
  void two_ways(NodeId at, Then&& then_side, Else&& else_side) {
    const std::vector<Held> before = held_;
    open_ = {{at, false}};
    then_side();
    std::vector<Edge> ends = std::move(open_);
    std::vector<NodeId> joins = std::move(joining_);
    const std::vector<Held> after = held_;
    held_ = before;
    open_ = {{at, true}};
    joining_.clear();
    else_side();
    if (!ends.empty() && !open_.empty() && after.size() != held_.size())
      g_.problems.push_back("a lock is held on one way only");
    if (open_.empty()) held_ = after;
    open_.insert(open_.end(), ends.begin(), ends.end());
    joining_.insert(joining_.end(), joins.begin(), joins.end());
    joining_.push_back(at);
    if (open_.empty()) joining_.clear();  // the two ways never meet
  }

  void guard(const Guard& n, base::Span span, const Renames& r) {
    if (n.raced) return;  // what it allows is what the steps of others do
    const Clause& clause = m_.clauses[n.clause];
    label_ = clause.label;
    bool shared = is_shared(n.cond);
    for (const Assign& a : n.with)
      shared = shared || is_shared(a.value);
    const std::uint32_t section = section_of(shared);
    const auto out = [&] {
      for (const Assign& a : n.with)
        op(Assign{renamed(a.var, r), copy(a.value, r)}, section, span);
      label_ = clause.label;
      leave(n.clause, section, span);
    };
    if (n.cond == kNoId && !n.may) return out();
    ExprId cond = copy(n.cond, r);
    if (n.may) {
      const VarId chosen = add_local(g_.locals, clause.label + ".chosen", bool_type());
      op(Choose{chosen, kNoId, kNoId, kNoId}, 0, span);
      const ExprId yes = build_.var(chosen, bool_type());
      cond = cond == kNoId ? yes : build_.both(yes, cond);
      label_ = clause.label;
    }
    const NodeId at = branch(cond, section, span);
    two_ways(at, out, [] {});
  }

  // ---- Procedures, written out ----
  struct Frame {
    std::vector<VarId> results;  // of the caller, kNoId: not asked for
    std::vector<VarId> outputs;  // of the procedure, renamed
    std::vector<Edge> ends;      // of its returns
    std::vector<NodeId> joining;
    std::size_t held = 0;
  };

  void call(const Call& n, base::Span span, const Renames& r) {
    const Callable& proc = m_.procs[n.proc];
    Renames inner;
    // A local that is passed keeps its name: nothing assigns it while the procedure runs.
    const auto passed = [&](VarId v) -> VarId {
      const auto at = std::find(proc.params.begin(), proc.params.end(), v);
      if (at == proc.params.end()) return kNoId;
      const Expr& arg = m_.exprs[n.args[static_cast<std::size_t>(at - proc.params.begin())]];
      return arg.op == Op::kVar && arg.type == proc.locals[v].type ? renamed(arg.ref, r) : kNoId;
    };
    for (VarId v = 0; v < proc.locals.size(); ++v) {
      const VarId outer = passed(v);
      inner.emplace_back(v, outer != kNoId
                                ? outer
                                : add_local(g_.locals, proc.locals[v].name, proc.locals[v].type));
    }
    for (std::size_t i = 0; i < n.args.size(); ++i) {
      if (passed(proc.params[i]) != kNoId) continue;
      label_ = proc.name;
      op(Assign{renamed(proc.params[i], inner), copy(n.args[i], r)},
         section_of(is_shared(n.args[i])), span);
    }
    Frame frame;
    for (std::size_t i = 0; i < proc.outputs.size(); ++i) {
      frame.outputs.push_back(renamed(proc.outputs[i], inner));
      frame.results.push_back(
          i < n.results.size() && n.results[i] != kNoId ? renamed(n.results[i], r) : kNoId);
    }
    frame.held = held_.size();
    frames_.push_back(std::move(frame));
    block(Block(proc.body), inner);
    Frame done = std::move(frames_.back());
    frames_.pop_back();
    held_.resize(std::min(held_.size(), done.held));  // each way out of it has given back the rest
    if (!open_.empty()) {
      for (std::size_t i = 0; i < done.outputs.size(); ++i) {
        if (done.results[i] == kNoId) continue;
        op(Assign{done.results[i], build_.var(g_.locals, done.outputs[i])}, 0, span);
      }
    }
    open_.insert(open_.end(), done.ends.begin(), done.ends.end());
    joining_.insert(joining_.end(), done.joining.begin(), done.joining.end());
  }

  void returns(const Return& n, base::Span span, const Renames& r) {
    label_ = "return";
    bool shared = is_shared(n.cond);
    for (const ExprId value : n.values)
      shared = shared || is_shared(value);
    const std::uint32_t section = section_of(shared);
    const auto out = [&] {
      Frame& frame = frames_.back();
      for (std::size_t i = 0; i < frame.results.size(); ++i) {
        if (frame.results[i] == kNoId) continue;
        const ExprId value =
            n.values.empty() ? build_.var(g_.locals, frame.outputs[i]) : copy(n.values[i], r);
        label_ = "return";
        op(Assign{frame.results[i], value}, section, span);
      }
      const std::vector<Held> before = held_;
      while (held_.size() > frames_.back().held)
        release(held_.back().lock, span);
      held_ = before;
      if (open_.empty()) return;
      frames_.back().ends.insert(frames_.back().ends.end(), open_.begin(), open_.end());
      frames_.back().joining.insert(frames_.back().joining.end(), joining_.begin(), joining_.end());
      open_.clear();
      joining_.clear();
    };
    if (n.cond == kNoId) return out();
    const NodeId at = branch(copy(n.cond, r), section, span);
    two_ways(at, out, [] {});
  }

  void release(LockId lock, base::Span span) {
    for (std::size_t i = held_.size(); i-- > 0;) {
      if (held_[i].lock != lock) continue;
      // Within a step it ends nothing.
      Node made = node(Node::Kind::kRelease, section_, span);
      made.lock = held_[i];
      add(std::move(made));
      held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
    g_.problems.push_back("'" + m_.locks[lock].name + "' is released where it is not held");
  }

  void retry(const Retry& n, base::Span span, const Renames& r) {
    restarts_ = true;
    label_ = "retry";
    const auto again = [&] {
      add(node(Node::Kind::kRestart, 0, span));
      open_.clear();
    };
    if (n.cond == kNoId) return again();
    const NodeId at = branch(copy(n.cond, r), section_of(is_shared(n.cond)), span);
    two_ways(at, again, [] {});
  }

  // ---- Loops ----
  // A bound that can be read again: a constant or a local.
  ExprId bound(ExprId id, const std::string& name, base::Span span, const Renames& r) {
    const Op what = m_.exprs[id].op;
    if (what == Op::kConst || what == Op::kVar) return copy(id, r);
    const VarId var = add_local(g_.locals, name, m_.exprs[id].type);
    label_ = name;
    op(Assign{var, copy(id, r)}, section_of(is_shared(id)), span);
    return build_.var(g_.locals, var);
  }

  NodeId loop(ExprId goes_on, std::uint32_t section, base::Span span) {
    const NodeId head = branch(goes_on, section, span);
    g_.nodes[head].loop_head = true;
    return head;
  }

  void scan(const Scan& n, base::Span span, const Renames& r) {
    const std::string name = g_.locals[renamed(n.binder.var, r)].name;
    const ExprId start = bound(n.binder.lo, name + ".start", span, r);
    const ExprId end = bound(n.binder.hi, name + ".end", span, r);
    const VarId cursor = add_local(g_.locals, name, n.binder.type);
    op(Assign{cursor, build_.copy(start)}, 0, span);
    label_ = n.label;
    const ExprId at = build_.var(g_.locals, cursor);
    const NodeId head = loop(build_.lt(at, build_.copy(end)), 0, span);
    g_.nodes[head].name = n.label;
    Renames inner = r;
    inner.insert(inner.begin(), {n.binder.var, cursor});
    ScanLoop info{head, cursor, start, end, {}};
    for (const StmtId id : n.body)
      info.exits.push_back(copy(std::get<Guard>(m_.stmts[id].node).cond, inner));
    g_.scans.push_back(std::move(info));
    two_ways(
        head,
        [&] {
          block(n.body, inner);
          const ExprId one = build_.constant(n.binder.type, 1);
          op(Assign{cursor, build_.arith(Op::kAdd, build_.var(g_.locals, cursor), one)}, 0, span);
          back_to(head);
        },
        [] {});
  }

  void back_to(NodeId head) {
    for (const Edge& e : open_)
      (e.other ? g_.nodes[e.from].other : g_.nodes[e.from].next) = head;
    open_.clear();
    joining_.clear();
  }

  void each(const Each& n, base::Span span, const Renames& r) {
    const std::string name = g_.locals[renamed(n.binder.var, r)].name;
    EachLoop info;
    info.binder = {add_local(g_.locals, name, n.binder.type), n.binder.type, kNoId, kNoId};
    if (n.binder.lo != kNoId) {
      info.binder.lo = bound(n.binder.lo, name + ".start", span, r);
      info.binder.hi = bound(n.binder.hi, name + ".end", span, r);
    }
    info.visited = visited_state(name, n.binder.type);
    Renames inner = r;
    inner.insert(inner.begin(), {n.binder.var, info.binder.var});
    info.where = copy(n.where, inner);
    if (depth_of_loops_ > 0) {
      // Of an earlier round.
      Update clear;
      const VarId all = add_local(g_.locals, name, n.binder.type);
      clear.binders.push_back({all, n.binder.type, kNoId, kNoId});
      clear.assigns.push_back(
          {info.visited, {self(), build_.var(g_.locals, all)}, build_.boolean(false)});
      op(std::move(clear), 0, span);
    }
    label_ = n.label.empty() ? "each_" + name : n.label;
    const std::string label = label_;
    const std::uint32_t section = ++last_section_;
    const NodeId head = loop(some_left(info), section, span);
    info.head = head;
    g_.eaches.push_back(info);
    ++depth_of_loops_;
    two_ways(
        head,
        [&] {
          label_ = label;
          const ExprId fresh = left(info, info.binder.var);
          op(Choose{info.binder.var, copy(info.binder.lo, {}), copy(info.binder.hi, {}), fresh},
             section, span);
          Update visit;
          visit.assigns.push_back({info.visited,
                                   {self(), build_.var(g_.locals, info.binder.var)},
                                   build_.boolean(true)});
          op(std::move(visit), 0, span);
          block(n.body, inner);
          back_to(head);
        },
        [] {});
    --depth_of_loops_;
  }

  ExprId self() { return build_.node(Op::kSelf, handle_type(call_domain(m_))); }

  StateId visited_state(const std::string& name, const Type& type) {
    State state;
    state.name = action_.name + ".visited_" + name + "_" + std::to_string(m_.states.size());
    state.keys = {handle_type(call_domain(m_)), type};
    state.type = bool_type();
    m_.states.push_back(std::move(state));
    return static_cast<StateId>(m_.states.size() - 1);
  }

  /// The element satisfies the loop's condition and was not visited.
  ExprId left(const EachLoop& loop, VarId element) {
    const ExprId seen = build_.read(loop.visited, {self(), build_.var(g_.locals, element)});
    const ExprId fresh = build_.negate(seen);
    if (loop.where == kNoId) return fresh;
    return build_.both(build_.copy(loop.where, {{loop.binder.var, element}}), fresh);
  }

  ExprId some_left(const EachLoop& loop) {
    const VarId any = add_local(g_.locals, g_.locals[loop.binder.var].name, loop.binder.type);
    const Binder binder{any, loop.binder.type, copy(loop.binder.lo, {}), copy(loop.binder.hi, {})};
    const ExprId body = left(loop, any);
    return build_.exists({binder}, body);
  }

  Module& m_;
  ExprBuilder build_;
  const std::vector<bool>& fixed_;
  const Action action_;  // by value: the graph may be made while actions are added
  Graph g_;
  std::vector<Edge> open_;       // what goes to the next node
  std::vector<NodeId> joining_;  // branches that meet there
  std::vector<Held> held_;
  std::vector<Frame> frames_;
  std::uint32_t section_ = 0, last_section_ = 0;
  std::string step_name_, label_;
  bool restarts_ = false;
  int depth_of_loops_ = 0;
};

}  // namespace

bool has_steps(const Module& module, const Callable& callable) {
  bool found = false;
  for_each_stmt(module, callable.body, [&](StmtId, const Stmt& s) {
    if (std::holds_alternative<Step>(s.node) || std::holds_alternative<Acquire>(s.node) ||
        std::holds_alternative<Release>(s.node) || std::holds_alternative<Scan>(s.node) ||
        std::holds_alternative<Each>(s.node) || std::holds_alternative<Await>(s.node) ||
        std::holds_alternative<Sample>(s.node) || std::holds_alternative<Retry>(s.node))
      found = true;
    if (const auto* call = std::get_if<Call>(&s.node))
      found = found || has_steps(module, module.procs[call->proc]);
    for_each_expr(s, [&](ExprId id) {
      found = found || has_node(module, id, false, [](const Expr& e) { return e.op == Op::kSelf; });
    });
  });
  return found;
}

std::vector<bool> fixed_states(const Module& module) {
  std::vector<bool> fixed(module.states.size(), true);
  const std::vector<bool> of_calls = states_of_calls(module);
  const auto look_at = [&](const Callable& callable) {
    std::set<VarId> created;
    for_each_stmt(module, callable.body, [&](StmtId, const Stmt& s) {
      if (const auto* create = std::get_if<Create>(&s.node)) created.insert(create->var);
      const auto* update = std::get_if<Update>(&s.node);
      if (update == nullptr) return;
      for (const Update::One& one : update->assigns) {
        const bool is_new = std::any_of(one.keys.begin(), one.keys.end(), [&](ExprId key) {
          const Expr& e = module.exprs[key];
          return e.op == Op::kVar && created.count(e.ref) != 0;
        });
        if (!is_new) fixed[one.state] = false;
      }
    });
  };
  for (const Callable& proc : module.procs)
    look_at(proc);
  for (const Action& action : module.actions)
    look_at(action);
  for (StateId id = 0; id < module.states.size(); ++id)
    if (of_calls[id]) fixed[id] = false;
  return fixed;
}

std::vector<NodeId> successors(const Graph& graph, NodeId id) {
  const Node& n = graph.nodes[id];
  if (n.kind == Node::Kind::kLeave) return {};
  if (n.kind == Node::Kind::kRestart) return {graph.entry};
  if (n.kind == Node::Kind::kBranch) return {n.next, n.other};
  return {n.next};
}

Graph make_graph(Module& module, const Action& action, const std::vector<bool>& fixed) {
  return GraphBuilder(module, action, fixed).run();
}

}  // namespace gms::ir::stepwise
