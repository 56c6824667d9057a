#include "checker/conform/event_run.h"

#include <algorithm>
#include <limits>

#include "checker/conform/messages.h"
#include "ir/walk.h"

namespace gms::check {
using base::make_diagnostic;

World copy_of(const Engine& engine, const World& world) {
  return {engine.clone(*world.state), world.names, world.exact};
}

bool EventRunner::fail(base::Diagnostic problem) {
  result_.problem = std::move(problem);
  return false;
}

base::Span EventRunner::field_span(std::uint32_t field) const {
  return find_value(event_->text, event_->event().fields[field].name);
}

// ---- What the names and defaults of the event mean in one state ----

Datum EventRunner::eval(const Path& path, ir::ExprId expr) const {
  return expr == ir::kNoId ? Datum::unknown() : engine_->eval(*path.world.state, expr, path.locals);
}

std::uint32_t EventRunner::find_name(const Path& path, ir::DomainId domain, NameId name) const {
  if (footprint_ != nullptr) footprint_->read_name(name);
  return path.world.names.find(domain, name);
}

void EventRunner::give_name(Path& path, ir::DomainId domain, NameId name,
                            std::uint32_t handle) const {
  if (footprint_ != nullptr) footprint_->write_name(name);
  path.world.names.bind(domain, name, handle);
}

bool EventRunner::is_live(const Path& path, ir::DomainId domain, std::uint32_t handle) const {
  if (footprint_ != nullptr) footprint_->read_live(domain, handle);
  return engine_->live(*path.world.state, domain, handle);
}

/// Among calls that overlap, objects have the numbers of their event's line, so that states are the
/// same in whichever order objects were made. Each line has room for kNumbers.
void EventRunner::number_from(std::uint32_t offset) const {
  constexpr std::uint64_t kNumbers = 256;
  const bool fits = event_->line < std::numeric_limits<std::uint32_t>::max() / kNumbers - 1;
  if (one_call_ && fits)
    engine_->number_from(static_cast<std::uint32_t>(event_->line * kNumbers) + offset);
}

/// The object of a name that no event made, where the declaration says how to make it. 0 if that
/// fails.
std::uint32_t EventRunner::make_missing(const ir::EventField& field, Path& path) const {
  std::vector<Datum> args;
  for (const ir::ExprId arg : field.on_missing_args)
    args.push_back(eval(path, arg));
  std::uint32_t handle = 0;
  constexpr std::uint32_t kBehindCalls = 128;
  number_from(kBehindCalls + static_cast<std::uint32_t>(&field - event_->event().fields.data()));
  engine_->outcomes(*path.world.state, field.on_missing, args, nullptr, [&](Outcome&& outcome) {
    if (outcome.result != 0 || outcome.outputs.empty() || is_none(outcome.outputs[0])) return true;
    handle = static_cast<std::uint32_t>(outcome.outputs[0].bits);
    path.world.state = std::move(outcome.next);
    return false;
  });
  engine_->number_from(std::nullopt);
  return handle;
}

bool EventRunner::bind_name(const NamedField& named, Path& path) {
  const FieldPlan& plan = event_->plan->fields[named.field];
  const ir::EventField& decl = *plan.decl;
  if (decl.var == ir::kNoId) return true;
  const ir::DomainId domain = event_->event().locals[decl.var].type.decl;
  const auto no_handle = [&] { path.locals[decl.var] = Datum::none(); };
  if (only_calls_ && plan.bound_here) {
    no_handle();
    return true;
  }
  std::uint32_t handle = find_name(path, domain, named.name);
  if (handle == 0 && decl.on_missing != ir::kNoId && !introduced(named.name)) {
    handle = make_missing(decl, path);
    if (handle != 0) give_name(path, domain, named.name, handle);
  }
  if (handle != 0) {
    if (is_live(path, domain, handle)) {
      path.locals[decl.var] = Datum::known(handle);
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
    if (decl.var != ir::kNoId) path.locals[decl.var] = eval(path, decl.default_value);
  }
  return true;
}

// ---- One call ----

void EventRunner::prepare(const ir::EventCall& call, const Path& path) {
  args_.clear();
  observed_.clear();
  for (const ir::ExprId arg : call.args)
    args_.push_back(eval(path, arg));
  for (const ir::EventCall::Observe& observe : call.observes) {
    if (observe.when != ir::kNoId && !eval(path, observe.when).is_true()) continue;
    observed_.push_back({observe.output, eval(path, observe.value)});
  }
}

/// The path takes the outcome; created handles get their names.
bool EventRunner::settle(const ir::EventCall& call, Outcome& outcome, Path& path) {
  ++path.calls;
  path.world.state = std::move(outcome.next);
  path.world.exact = path.world.exact && engine_->exact(*path.world.state);
  for (const ir::EventCall::Bind& bind : call.binds) {
    const Datum& handle = outcome.outputs[bind.output];
    if (is_none(handle) || handle.bits == 0) continue;
    const std::optional<NameId> name = event_->name_in(bind.field);
    if (!name) continue;
    const ir::DomainId domain = output_type(table_.module().actions[call.action], bind.output).decl;
    const std::uint32_t old = find_name(path, domain, *name);
    if (old != 0 && old != handle.bits && is_live(path, domain, old)) {
      return fail(make_diagnostic(diag::name_in_use, field_span(bind.field), names_.text(*name),
                                  table_.module().domains[domain].name));
    }
    give_name(path, domain, *name, static_cast<std::uint32_t>(handle.bits));
  }
  return true;
}

bool EventRunner::step(const ir::EventCall& call, Path& path, Paths& out) {
  prepare(call, path);
  outcomes_.clear();
  number_from(2 * path.calls);
  const bool all =
      engine_->outcomes(*path.world.state, call.action, args_, &observed_, [&](Outcome&& outcome) {
        outcomes_.push_back(std::move(outcome));
        return outcomes_.size() < kMaxOutcomes;
      });
  engine_->number_from(std::nullopt);
  result_.undecided = engine_->undecided();
  if (!result_.undecided.empty()) return false;
  if (!all || outcomes_.size() == kMaxOutcomes) path.world.exact = false;
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    if (coverage_ != nullptr) ++(*coverage_)[outcomes_[i].clause];
    result_.clauses.push_back(outcomes_[i].clause);
    // The last one takes the path, the others copies of it.
    Path copy;
    const bool last = i + 1 == outcomes_.size();
    if (!last) copy = {{nullptr, path.world.names, path.world.exact}, path.locals, path.calls};
    Path& next = last ? path : copy;
    if (settle(call, outcomes_[i], next)) {
      out.push_back(std::move(next));
    } else if (one_call_) {
      // Among calls that overlap, one may have been taken for another: a way that is none.
      result_.problem.reset();
      result_.clauses.pop_back();
    } else {
      return false;
    }
  }
  return true;
}

/// Nothing explains the call: notes what was allowed, and goes on with the outcome that is nearest.
bool EventRunner::recover(const ir::EventCall& call, Path path, Paths& out) {
  prepare(call, path);
  Mismatch mismatch;
  mismatch.call = &call;
  mismatch.call_number = path.calls;
  mismatch.args = args_;
  mismatch.observed = observed_;
  mismatch.before = copy_of(*engine_, path.world);
  std::size_t best_score = 0;
  std::optional<Outcome> nearest;
  engine_->outcomes(*path.world.state, call.action, args_, nullptr, [&](Outcome&& outcome) {
    Allowed allowed{outcome.clause, outcome.result, outcome.outputs, {}, true};
    std::size_t score = 1;
    for (const Seen& one : observed_) {
      const bool result = one.output == ir::kNoId;
      const bool same = result ? !one.value.is_known() || one.value.bits == outcome.result
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
      nearest = std::move(outcome);
    }
    mismatch.allowed.push_back(std::move(allowed));
    return mismatch.allowed.size() < kMaxOutcomes;
  });
  if (!result_.mismatch) result_.mismatch = std::move(mismatch);
  if (nearest && !settle(call, *nearest, path)) return false;
  out.push_back(std::move(path));
  return true;
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
    const bool taken = eval(path, branch.cond).is_true();
    (taken ? yes : no).push_back(std::move(path));
  }
  // When both sides are open, one that fails does not matter unless the other does as well.
  const bool alone = yes.empty() || no.empty();
  Paths spare;
  if (!alone && resync) {
    for (const Path& path : yes)
      spare.push_back({copy_of(*engine_, path.world), path.locals, path.calls});
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
      if (loop.index != ir::kNoId) path.locals[loop.index] = Datum::known(i);
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
    if (event.plan->fields[named.field].bound_here) introduce(named.name);
  }
}

void EventRunner::introduce(NameId name) {
  if (name >= introduced_.size()) introduced_.resize(name + 1);
  introduced_[name] = true;
}

EventResult EventRunner::run(const Engine& engine, const Decoded& event,
                             std::vector<World>& worlds) {
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
  if (paths_.size() > max_worlds_) {
    paths_.resize(max_worlds_);
    for (Path& path : paths_)
      path.world.exact = false;
  }
  worlds.resize(paths_.size());
  for (std::size_t i = 0; i < paths_.size(); ++i)
    worlds[i] = std::move(paths_[i].world);
  return std::move(result_);
}

}  // namespace gms::check
