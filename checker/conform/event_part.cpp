// Events one call at a time, for when calls of other events may come in between.
#include <algorithm>

#include "checker/conform/event_run.h"
#include "checker/conform/messages.h"
#include "ir/walk.h"

namespace gms::check {

bool Progress::same(const Progress& other) const {
  if (begun != other.begun || frames != other.frames) return false;
  if (finished()) return true;
  const auto equal = [](const Datum& a, const Datum& b) { return a == b; };
  return calls == other.calls &&
         std::equal(locals.begin(), locals.end(), other.locals.begin(), other.locals.end(), equal);
}

/// The loop's variables for one element. False if there is none.
bool EventRunner::set_round(const ir::EventStmt::ForEach& loop, std::size_t round,
                            std::vector<Datum>& locals) const {
  const auto array = std::find_if(event_->arrays.begin(), event_->arrays.end(),
                                  [&](const ArrayField& one) { return one.field == loop.field; });
  if (array == event_->arrays.end() || round >= array->size) return false;
  const FieldPlan& plan = event_->plan->fields[loop.field];
  if (loop.index != ir::kNoId) locals[loop.index] = Datum::known(round);
  for (std::size_t c = 0; c < plan.columns.size(); ++c)
    locals[plan.columns[c].var] = array->columns[c][round];
  return true;
}

/// Leaves bodies of which nothing is left.
void EventRunner::leave_frames(Progress& progress) const {
  while (!progress.frames.empty()) {
    Progress::Frame& frame = progress.frames.back();
    if (frame.at < frame.body->size()) return;
    if (frame.loop != nullptr && set_round(*frame.loop, frame.round + 1, progress.locals)) {
      ++frame.round;
      frame.at = 0;
      return;
    }
    progress.frames.pop_back();
  }
}

/// Goes on to the next call; null: there is none. False: a problem.
bool EventRunner::to_call(Path& path, Progress& progress, const ir::EventCall*& call) {
  call = nullptr;
  if (!progress.begun) {
    if (!enter(path)) return false;
    progress.begun = true;
    progress.locals = path.locals;
    progress.frames = {{&event_->event().body, 0, nullptr, 0}};
  }
  path.locals = progress.locals;
  path.calls = progress.calls;
  for (leave_frames(progress); !progress.frames.empty(); leave_frames(progress)) {
    path.locals = progress.locals;
    Progress::Frame& frame = progress.frames.back();
    const ir::EventStmt& stmt = (*frame.body)[frame.at++];
    if (const auto* found = std::get_if<ir::EventCall>(&stmt.node)) {
      call = found;
      leave_frames(progress);
      return true;
    }
    if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&stmt.node)) {
      const bool taken = eval(path, branch->cond).is_true();
      progress.frames.push_back({taken ? &branch->then_body : &branch->else_body, 0, nullptr, 0});
    } else if (const auto* loop = std::get_if<ir::EventStmt::ForEach>(&stmt.node)) {
      if (set_round(*loop, 0, progress.locals))
        progress.frames.push_back({&loop->body, 0, loop, 0});
    } else {
      return fail(base::make_diagnostic(diag::rejected_event, find_value(event_->text, "op"),
                                        event_->event().op,
                                        std::get<ir::EventStmt::Reject>(stmt.node).why));
    }
  }
  return true;
}

bool EventRunner::advance(const Engine& engine, const Decoded& event, const World& world,
                          const Progress& progress, std::vector<Advance>& out) {
  engine_ = &engine;
  event_ = &event;
  result_ = {};
  Path path;
  path.world = copy_of(engine, world);
  Progress next = progress;
  const ir::EventCall* call = nullptr;
  if (!to_call(path, next, call)) return false;
  if (call == nullptr) {
    out.push_back({std::move(path.world), std::move(next), ir::kNoId});
    return true;
  }
  Paths paths;
  one_call_ = true;
  const bool good = step(*call, path, paths);
  one_call_ = false;
  if (!good) return false;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Progress one = next;
    one.calls = paths[i].calls;
    out.push_back({std::move(paths[i].world), std::move(one), result_.clauses[i]});
  }
  return true;
}

std::optional<Mismatch> EventRunner::mismatch(const Engine& engine, const Decoded& event,
                                              const World& world, const Progress& progress,
                                              Advance& nearest) {
  engine_ = &engine;
  event_ = &event;
  result_ = {};
  Path path;
  path.world = copy_of(engine, world);
  Progress next = progress;
  const ir::EventCall* call = nullptr;
  if (!to_call(path, next, call) || call == nullptr) return std::nullopt;
  Paths paths;
  if (!recover(*call, std::move(path), paths) || paths.empty()) return std::nullopt;
  next.calls = paths.front().calls;
  nearest = {std::move(paths.front().world), std::move(next), ir::kNoId};
  return std::move(result_.mismatch);
}

void EventRunner::collect_calls(const std::vector<ir::EventStmt>& body, Path& path,
                                std::vector<RacingCall>& out) {
  for (const ir::EventStmt& stmt : body) {
    std::visit(ir::Overloaded{
                   [&](const ir::EventCall& call) {
                     RacingCall one{call.action, {}};
                     for (const ir::ExprId arg : call.args)
                       one.args.push_back(eval(path, arg));
                     out.push_back(std::move(one));
                   },
                   // What the state will be when the call is made is not known here.
                   [&](const ir::EventStmt::Branch& branch) {
                     collect_calls(branch.then_body, path, out);
                     collect_calls(branch.else_body, path, out);
                   },
                   [&](const ir::EventStmt::ForEach& loop) {
                     for (std::size_t i = 0; set_round(loop, i, path.locals); ++i)
                       collect_calls(loop.body, path, out);
                   },
                   [](const ir::EventStmt::Reject&) {},
               },
               stmt.node);
  }
}

std::vector<RacingCall> EventRunner::calls_of(const Engine& engine, const Decoded& event,
                                              const World& world) {
  engine_ = &engine;
  event_ = &event;
  result_ = {};
  std::vector<RacingCall> calls;
  Path path;
  path.world = copy_of(engine, world);
  only_calls_ = true;
  if (enter(path)) collect_calls(event.event().body, path, calls);
  only_calls_ = false;
  result_ = {};
  return calls;
}

}  // namespace gms::check
