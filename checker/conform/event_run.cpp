#include "checker/conform/event_run.h"

#include <algorithm>

#include "checker/conform/messages.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

using base::make_diagnostic;

bool is_true(const Datum& value) {
  return value.known && !value.none && value.bits != 0;
}

/// Whether a value that the model gives may be the observed one.
bool may_equal(const Datum& model, const Datum& observed) {
  return !model.known || !observed.known || (model.none == observed.none && model.bits == observed.bits);
}

}  // namespace

bool EventRunner::fail(base::Diagnostic problem) {
  result_.problem = std::move(problem);
  return false;
}

base::Span EventRunner::field_span(std::uint32_t field) const {
  return find_value(event_->text, event_->event().fields[field].name);
}

// ---- What the names and defaults of the event mean in one state ----

bool EventRunner::bind_name(const NamedField& named, Path& path) {
  const FieldPlan& plan = event_->plan->fields[named.field];
  const ir::EventField& decl = *plan.decl;
  if (decl.var == ir::kNoId) return true;
  const ir::DomainId domain = event_->event().locals[decl.var].type.decl;
  std::uint32_t handle = path.world.names.find(domain, named.name);
  const auto no_handle = [&] { path.locals[decl.var] = {0, true, true}; };
  if (handle == 0 && decl.on_missing != ir::kNoId && !introduced(named.name)) {
    std::vector<Datum> args;
    for (const ir::ExprId arg : decl.on_missing_args)
      args.push_back(arg == ir::kNoId ? Datum{0, false, false}
                                      : engine_->eval(*path.world.state, arg, path.locals));
    engine_->outcomes(*path.world.state, decl.on_missing, args, [&](const Outcome& outcome) {
      if (outcome.result != 0 || outcome.outputs.empty() || outcome.outputs[0].none) return Visit::kNext;
      handle = static_cast<std::uint32_t>(outcome.outputs[0].bits);
      return Visit::kKeep;
    });
    if (handle != 0) path.world.names.bind(domain, named.name, handle);
  }
  if (handle != 0) {
    if (engine_->live(*path.world.state, domain, handle)) {
      path.locals[decl.var] = {handle, false, true};
    } else {
      no_handle();
    }
    return true;
  }
  const ir::DomainId other = path.world.names.other_domain(named.name, domain);
  const ir::Module& module = table_.module();
  if (other != ir::kNoId && !plan.bound_here) {
    return fail(make_diagnostic(diag::wrong_type, field_span(named.field), decl.name,
                                "the name of a " + module.domains[domain].name,
                                "the name of a " + module.domains[other].name));
  }
  if (!plan.bound_here && !introduced(named.name)) {
    return fail(make_diagnostic(diag::unknown_object, field_span(named.field), decl.name,
                                names_.text(named.name)));
  }
  no_handle();
  return true;
}

bool EventRunner::enter(Path& path) {
  path.locals = event_->locals;
  path.calls = 0;
  for (const NamedField& named : event_->names) {
    if (!bind_name(named, path)) return false;
  }
  for (const std::uint32_t field : event_->defaults) {
    const ir::EventField& decl = event_->event().fields[field];
    if (decl.var != ir::kNoId)
      path.locals[decl.var] = engine_->eval(*path.world.state, decl.default_value, path.locals);
  }
  return true;
}

// ---- One call ----

void EventRunner::prepare(const ir::EventCall& call, const Path& path) {
  args_.clear();
  observed_.clear();
  for (const ir::ExprId arg : call.args)
    args_.push_back(arg == ir::kNoId ? Datum{0, false, false}
                                     : engine_->eval(*path.world.state, arg, path.locals));
  for (const ir::EventCall::Observe& observe : call.observes) {
    if (observe.when != ir::kNoId && !is_true(engine_->eval(*path.world.state, observe.when, path.locals)))
      continue;
    observed_.push_back({observe.output, engine_->eval(*path.world.state, observe.value, path.locals)});
  }
}

bool EventRunner::agrees(const Outcome& outcome) const {
  for (const Mismatch::Observed& one : observed_) {
    if (one.output == ir::kNoId) {
      if (one.value.known && one.value.bits != outcome.result) return false;
    } else if (!may_equal(outcome.outputs[one.output], one.value)) {
      return false;
    }
  }
  return true;
}

/// What an outcome that was chosen means for the names: created handles get theirs.
bool EventRunner::settle(const ir::EventCall& call, const Outcome& outcome, Path& path) {
  ++path.calls;
  if (!outcome.exact) path.world.exact = false;
  for (const ir::EventCall::Bind& bind : call.binds) {
    const Datum& handle = outcome.outputs[bind.output];
    if (handle.none || handle.bits == 0) continue;
    const std::optional<NameId> name = event_->name_in(bind.field);
    if (!name) continue;
    const ir::DomainId domain = output_type(table_.module().actions[call.action], bind.output).decl;
    const std::uint32_t old = path.world.names.find(domain, *name);
    if (old != 0 && old != handle.bits && engine_->live(*path.world.state, domain, old)) {
      return fail(make_diagnostic(diag::name_in_use, field_span(bind.field), names_.text(*name),
                                  table_.module().domains[domain].name));
    }
    path.world.names.bind(domain, *name, static_cast<std::uint32_t>(handle.bits));
  }
  return true;
}

bool EventRunner::step(const ir::EventCall& call, Path& path, Paths& out) {
  prepare(call, path);
  std::vector<std::uint32_t> matches;
  std::uint32_t number = 0;
  bool kept = false, good = true;
  const auto count = [&](ir::ClauseId clause) {
    if (coverage_ != nullptr && clause < coverage_->size()) ++(*coverage_)[clause];
  };
  // Most calls have one outcome, which is then kept at once.
  engine_->outcomes(*path.world.state, call.action, args_, [&](const Outcome& outcome) {
    const std::uint32_t mine = number++;
    if (!agrees(outcome)) return Visit::kNext;
    if (!outcome.last || !matches.empty()) {
      matches.push_back(mine);
      return Visit::kNext;
    }
    kept = true;
    count(outcome.clause);
    good = settle(call, outcome, path);
    return Visit::kKeep;
  });
  if (kept) {
    if (good) out.push_back(std::move(path));
    return good;
  }
  if (matches.empty()) return true;
  // Otherwise they are gone through again; the last match takes the state, the others copies of it.
  number = 0;
  std::size_t next = 0;
  engine_->outcomes(*path.world.state, call.action, args_, [&](const Outcome& outcome) {
    if (number++ != matches[next]) return Visit::kNext;
    count(outcome.clause);
    if (++next == matches.size()) {
      good = settle(call, outcome, path);
      return Visit::kKeep;
    }
    Path copy{{engine_->clone(*path.world.state), path.world.names, path.world.exact}, path.locals, path.calls};
    good = settle(call, outcome, copy);
    out.push_back(std::move(copy));
    return good ? Visit::kNext : Visit::kStop;
  });
  if (good) out.push_back(std::move(path));
  return good;
}

/// Nothing explains the call: notes what was allowed, and goes on with the outcome that is nearest.
bool EventRunner::recover(const ir::EventCall& call, Path path, Paths& out) {
  prepare(call, path);
  Mismatch mismatch;
  mismatch.call = &call;
  mismatch.call_number = path.calls;
  mismatch.args = args_;
  mismatch.observed = observed_;
  mismatch.before = {engine_->clone(*path.world.state), path.world.names, path.world.exact};
  std::size_t best_score = 0;
  engine_->outcomes(*path.world.state, call.action, args_, [&](const Outcome& outcome) {
    Allowed allowed{outcome.clause, outcome.result, {outcome.outputs.begin(), outcome.outputs.end()}, {}, true};
    std::size_t score = 1;
    for (const Mismatch::Observed& one : observed_) {
      const bool result = one.output == ir::kNoId;
      const bool same = result ? !one.value.known || one.value.bits == outcome.result
                               : may_equal(outcome.outputs[one.output], one.value);
      allowed.agrees.push_back(same);
      if (result) {
        allowed.result_agrees = same;
        // The same error first; else at least the same kind of ending, as that decides the effects.
        if (same) score += 1000;
        if ((one.value.bits == 0) == (outcome.result == 0)) score += 100;
      } else if (same) {
        ++score;
      }
    }
    if (score > best_score) {
      best_score = score;
      mismatch.nearest = mismatch.allowed.size();
    }
    mismatch.allowed.push_back(std::move(allowed));
    return Visit::kNext;
  });
  const std::size_t nearest = mismatch.nearest;
  if (!result_.mismatch) result_.mismatch = std::move(mismatch);
  std::size_t number = 0;
  bool good = true;
  engine_->outcomes(*path.world.state, call.action, args_, [&](const Outcome& outcome) {
    if (number++ != nearest) return Visit::kNext;
    good = settle(call, outcome, path);
    return Visit::kKeep;
  });
  if (good) out.push_back(std::move(path));
  return good;
}

bool EventRunner::run_call(const ir::EventCall& call, Paths& paths, bool resync) {
  Paths out;
  out.swap(next_);
  out.clear();
  for (Path& path : paths) {
    if (!step(call, path, out)) return false;
  }
  if (out.empty() && resync && !paths.empty()) {
    // The path that has come furthest; all are at the same call here.
    if (!recover(call, std::move(paths.front()), out)) return false;
  }
  paths.swap(out);
  next_.swap(out);
  return true;
}

// ---- The event's body ----

bool EventRunner::run_branch(const ir::EventStmt::Branch& branch, Paths& paths, bool resync) {
  Paths yes, no;
  for (Path& path : paths) {
    const bool taken = is_true(engine_->eval(*path.world.state, branch.cond, path.locals));
    (taken ? yes : no).push_back(std::move(path));
  }
  // When both sides are open, one that fails does not matter unless the other does as well.
  const bool alone = yes.empty() || no.empty();
  Paths spare;
  if (!alone && resync) {
    for (const Path& path : yes)
      spare.push_back({{engine_->clone(*path.world.state), path.world.names, path.world.exact}, path.locals, path.calls});
  }
  if (!run_block(branch.then_body, yes, resync && alone)) return false;
  if (!run_block(branch.else_body, no, resync && alone)) return false;
  if (yes.empty() && no.empty() && !spare.empty()) {
    if (!run_block(branch.then_body, spare, true)) return false;
    yes = std::move(spare);
  }
  paths = std::move(yes);
  std::move(no.begin(), no.end(), std::back_inserter(paths));
  return true;
}

bool EventRunner::run_loop(const ir::EventStmt::ForEach& loop, Paths& paths, bool resync) {
  const auto array = std::find_if(event_->arrays.begin(), event_->arrays.end(),
                                  [&](const ArrayField& one) { return one.field == loop.field; });
  if (array == event_->arrays.end()) return true;
  const FieldPlan& plan = event_->plan->fields[loop.field];
  for (std::size_t i = 0; i < array->size; ++i) {
    for (Path& path : paths) {
      if (loop.index != ir::kNoId) path.locals[loop.index] = {i, false, true};
      for (std::size_t c = 0; c < plan.columns.size(); ++c)
        path.locals[plan.columns[c].var] = array->columns[c][i];
    }
    if (!run_block(loop.body, paths, resync)) return false;
  }
  return true;
}

bool EventRunner::run_block(const std::vector<ir::EventStmt>& body, Paths& paths, bool resync) {
  for (const ir::EventStmt& stmt : body) {
    if (paths.empty()) return true;
    const bool good = std::visit(
        ir::Overloaded{
            [&](const ir::EventCall& call) { return run_call(call, paths, resync); },
            [&](const ir::EventStmt::Branch& branch) { return run_branch(branch, paths, resync); },
            [&](const ir::EventStmt::ForEach& loop) { return run_loop(loop, paths, resync); },
            [&](const ir::EventStmt::Reject& reject) {
              return fail(make_diagnostic(diag::rejected_event, find_value(event_->text, "op"),
                                          event_->event().op, reject.why));
            },
        },
        stmt.node);
    if (!good) return false;
  }
  return true;
}

void EventRunner::drop_equal(Paths& paths) const {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (std::size_t j = paths.size() - 1; j > i; --j) {
      World &a = paths[i].world, &b = paths[j].world;
      if (!(a.names == b.names) || !engine_->equal(*a.state, *b.state)) continue;
      a.exact = a.exact && b.exact;
      paths.erase(paths.begin() + static_cast<std::ptrdiff_t>(j));
    }
  }
}

void EventRunner::introduce(const Decoded& event) {
  for (const NamedField& named : event.names) {
    if (!event.plan->fields[named.field].bound_here) continue;
    if (named.name >= introduced_.size()) introduced_.resize(named.name + 1);
    introduced_[named.name] = true;
  }
}

EventResult EventRunner::run(const Engine& engine, const Decoded& event, std::vector<World>& worlds) {
  engine_ = &engine;
  event_ = &event;
  result_ = {};
  paths_.resize(worlds.size());
  for (std::size_t i = 0; i < worlds.size(); ++i) {
    paths_[i].world = std::move(worlds[i]);
    if (!enter(paths_[i])) return std::move(result_);
  }
  if (!run_block(event.event().body, paths_, true)) return std::move(result_);
  if (paths_.size() > 1) drop_equal(paths_);
  if (paths_.size() > kMaxWorlds) {
    paths_.resize(kMaxWorlds);
    for (Path& path : paths_)
      path.world.exact = false;
  }
  worlds.resize(paths_.size());
  for (std::size_t i = 0; i < paths_.size(); ++i)
    worlds[i] = std::move(paths_[i].world);
  return std::move(result_);
}

}  // namespace gms::check
