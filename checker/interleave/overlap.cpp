#include "checker/interleave/overlap.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <utility>

#include "model/runtime/hash.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// Where a call is.
struct Lane {
  bool begun = false;
  std::uint32_t handle = 0;  // while it is on its way
  CallEnd end;               // after that

  bool has_ended() const { return begun && handle == 0; }
  friend bool operator==(const Lane& a, const Lane& b) {
    return a.begun == b.begun && a.handle == b.handle && a.end.result == b.end.result &&
           a.end.outputs == b.end.outputs;
  }
};

class Overlap {
 public:
  Overlap(const Steps& steps, interp::Interpreter& in, const std::vector<Intent>& calls,
          const OverlapOptions& options, const StepVisitor& visit)
      : steps_(steps), in_(in), calls_(calls), options_(options), visit_(visit) {}

  OverlapResult run(const interp::State& from) {
    keep({from, std::vector<Lane>(calls_.size()), 0, ir::kNoId, {}});
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
      const std::vector<Lane> lanes = nodes_[at].lanes;
      bool waits = false, moves = false;
      for (std::size_t c = 0; c < calls_.size(); ++c) {
        moves = step(at, c) || moves;
        waits = waits || lanes[c].handle != 0;
      }
      if (waits && !moves && !result_.stuck) result_.stuck = way_to(at);
      if (options_.on_end && std::all_of(lanes.begin(), lanes.end(),
                                         [](const Lane& lane) { return lane.has_ended(); })) {
        std::vector<CallEnd> ends;
        for (const Lane& lane : lanes)
          ends.push_back(lane.end);
        options_.on_end({nodes_[at].state, ends, [this, at] { return way_to(at); }});
      }
    }
    result_.states = nodes_.size();
    return std::move(result_);
  }

 private:
  struct Node {
    interp::State state;
    std::vector<Lane> lanes;
    std::size_t depth = 0;
    std::uint32_t parent = ir::kNoId;
    RunCall step;
  };

  /// Whether the call could move at all.
  bool step(std::uint32_t at, std::size_t number) {
    const Lane lane = nodes_[at].lanes[number];
    if (lane.has_ended()) return false;
    const interp::State before = nodes_[at].state;
    const bool whole = steps_.is_whole(calls_[number].action);
    ir::ActionId action = ir::kNoId;
    std::vector<Datum> args;
    std::uint32_t handle = lane.handle;
    if (lane.begun) {
      action = steps_.next(before, handle);
      args = {Datum::known(handle)};
    } else {
      action = steps_.first(calls_[number].action);
      args = calls_[number].args;
      handle = whole ? 0 : steps_.next_call(before);
    }
    bool moved = false;
    for (StepTaken& taken : steps_.take(in_, before, action, args)) {
      moved = true;
      ++result_.steps;
      const std::size_t depth = nodes_[at].depth;
      if (!visit_({before, taken, depth, [this, at] { return way_to(at); }})) continue;
      Node next{std::move(taken.outcome.next), nodes_[at].lanes, depth + 1, at,
                std::move(taken.call)};
      Lane& now = next.lanes[number];
      now = {true, handle, {}};
      if (handle != 0 && !steps_.is_live(next.state, handle)) now.handle = 0;
      if (now.has_ended()) now.end = {next.step.result, next.step.outputs};
      keep(std::move(next));
    }
    return moved;
  }

  void keep(Node node) {
    std::uint64_t hash = node.state.hash();
    for (const Lane& lane : node.lanes)
      hash = model::hash_mix(hash, lane.handle * 2 + (lane.begun ? 1 : 0));
    std::vector<std::uint32_t>& same = seen_[hash];
    for (const std::uint32_t other : same)
      if (nodes_[other].lanes == node.lanes && nodes_[other].state == node.state) return;
    if (nodes_.size() >= options_.max_states) {
      result_.complete = false;
      return;
    }
    same.push_back(static_cast<std::uint32_t>(nodes_.size()));
    nodes_.push_back(std::move(node));
  }

  std::vector<RunCall> way_to(std::uint32_t at) const {
    std::vector<RunCall> steps;
    for (; nodes_[at].parent != ir::kNoId; at = nodes_[at].parent)
      steps.push_back(nodes_[at].step);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  const Steps& steps_;
  interp::Interpreter& in_;
  const std::vector<Intent>& calls_;
  const OverlapOptions& options_;
  const StepVisitor& visit_;
  OverlapResult result_;
  std::deque<Node> nodes_;  // in the order of their distance
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> seen_;
};

}  // namespace

OverlapResult overlap(const Steps& steps, interp::Interpreter& in, const interp::State& from,
                      const std::vector<Intent>& calls, const OverlapOptions& options,
                      const StepVisitor& visit) {
  return Overlap(steps, in, calls, options, visit).run(from);
}

}  // namespace gms::check
