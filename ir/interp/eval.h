// Expressions on a concrete state. Quantifiers over indices visit one index for each stretch on
// which the body cannot change, so that their cost is that of the state's runs and not of the sort;
// the answer is that of visiting every index.
//
// How: while the body is evaluated at an index x, every operation that depends on x lowers the
// loop's horizon to the last index up to which it gives the same result; the loop goes on behind
// the horizon. A value that follows x (x itself, x + c, x * 2^k, a conversion) is marked `affine`
// and changes nothing until it meets a key, a comparison or another operation.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/interp/program.h"

namespace gms::ir::interp {

/// How an action ended, for `result` and `exit`.
struct Ending {
  ClauseId clause = kNoId;
  std::uint64_t result = 0;
};

class Evaluator {
 public:
  explicit Evaluator(const Program& program) : p_(program) {}

  /// What the next evaluations read. `after` and `ending` may be null where nothing is primed. The
  /// states must stay where they are.
  void set_states(const State* before, const State* after = nullptr,
                  const Ending* ending = nullptr) {
    state_ = before;
    after_ = after;
    ending_ = ending;
  }

  // ---- Locals: frames of a callable's locals on a stack ----
  std::size_t push_frame(std::size_t size) {
    const std::size_t saved = base_;
    base_ = top_;
    top_ += size;
    if (stack_.size() < top_) stack_.resize(2 * top_ + 64);
    for (std::size_t i = base_; i < top_; ++i)
      stack_[i] = Value{};
    return saved;
  }
  void pop_frame(std::size_t saved) {
    top_ = base_;
    base_ = saved;
  }
  Value& local(VarId var) { return stack_[base_ + var]; }
  std::span<const Value> frame(std::size_t size) const { return {stack_.data() + base_, size}; }
  void reset() { base_ = top_ = 0; }

  Value eval(ExprId id);
  /// A condition: unknown counts as `if_unknown`, and is remembered by saw_unknown.
  bool test(ExprId id, bool if_unknown) {
    const Value v = eval(id);
    if (v.is_unknown()) saw_unknown = true;
    return v.is_unknown() ? if_unknown : v.bits != 0;
  }

  // ---- Loops ----
  /// Calls fn(x) with the local of the range set, for one representative of each stretch; fn
  /// returns false to stop. After each call done(x, last) tells up to where everything is as at x.
  template <class Fn, class Done>
  void for_each(const Range& range, Fn&& fn, Done&& done);

  /// The value is used as it is: it may not change up to the horizon.
  void pin(Value& v) {
    if (v.affine != 0) {
      limit(v.affine, 0);
      v.affine = v.scale = 0;
    }
  }

  /// How many steps of loops may be made until `out_of_steps`; then loops end early and what was
  /// computed is worth nothing.
  std::uint64_t steps = 0;
  bool out_of_steps = false;
  bool saw_unknown = false;

  /// Visits every index, as the definition says: for tests.
  bool visit_all = false;

  /// Where unknown values were read, if `keep_origins`: Value::bits - 1 is an index.
  struct Origin {
    StateId state;
    HandleKey key;
    std::uint64_t position;
  };
  bool keep_origins = false;
  std::vector<Origin> origins;

 private:
  static constexpr std::size_t kMaxLoops = 200;  // that are tracked; deeper ones visit every index

  struct Loop {
    std::uint64_t at = 0;
    std::uint64_t horizon = 0;
  };

  bool step() {
    if (steps == 0) {
      out_of_steps = true;
      return false;
    }
    --steps;
    return true;
  }
  void limit(std::uint8_t affine, std::uint64_t extra) {
    Loop& loop = loops_[affine - 1];
    if (extra < loop.horizon - loop.at) loop.horizon = loop.at + extra;
  }
  Value read_state(const Node& node);
  Value compare(const Node& node);
  Value equal(const Node& node, Value a, Value b);
  Value order(Op op, const Node& node, Value a, Value b);
  Value binary(const Node& node);
  Value add(const Node& node, Value a, Value b);
  Value subtract(const Node& node, Value a, Value b);
  Value cast(const Node& node, Value a);
  Value logic(const Node& node);
  Value quantifier(const Node& node);
  Value quantify(const Node& node, std::size_t depth);
  Value call(const Node& node);
  // A power of two times an affine value; a quotient or remainder of one.
  bool affine_constant(const Node& node, Value a, Value b, Value& out);

  const Program& p_;
  const State* state_ = nullptr;
  const State* after_ = nullptr;
  const Ending* ending_ = nullptr;
  std::vector<Value> stack_;
  std::size_t base_ = 0, top_ = 0;
  std::vector<Loop> loops_;
};

template <class Fn, class Done>
void Evaluator::for_each(const Range& range, Fn&& fn, Done&& done) {
  const auto one = [&](std::uint64_t value) {
    if (!step()) return false;
    local(range.var) = Value::known(value);
    const bool go_on = fn(value);
    done(value, value);
    return go_on;
  };
  switch (range.kind) {
    case Range::Kind::kHandles:
      // The state does not change while an expression is evaluated.
      for (std::uint32_t handle : state_->live(range.domain)) {
        if (!one(handle)) return;
      }
      return;
    case Range::Kind::kMembers:
      for (std::uint64_t member : range.members) {
        if (!one(member)) return;
      }
      return;
    case Range::Kind::kNumbers: break;
  }
  // Positions in the order of the numbers: the sign bit is flipped.
  std::uint64_t at = 0, last = range.max;
  if (range.lo != kNoId) {
    Value lo = eval(range.lo), hi = eval(range.hi);
    pin(lo);
    pin(hi);
    if (!lo.is_known() || !hi.is_known()) {
      saw_unknown = true;
      return;
    }
    at = lo.bits ^ range.sign;
    last = hi.bits ^ range.sign;
    if (at >= last) return;
    --last;
  }
  const bool tracked = !visit_all && range.sign == 0 && loops_.size() < kMaxLoops;
  for (;; ++at) {
    if (!tracked) {
      if (!one(at ^ range.sign) || at == last) return;
      continue;
    }
    if (!step()) return;
    loops_.push_back({at, last});
    Value x = Value::known(at);
    x.affine = static_cast<std::uint8_t>(loops_.size());
    local(range.var) = x;
    const bool go_on = fn(at);
    const std::uint64_t end = loops_.back().horizon;
    loops_.pop_back();
    done(at, end);
    if (!go_on || end >= last) return;
    at = end;
  }
}

}  // namespace gms::ir::interp
