// Expressions on a concrete state. Quantifiers over indices visit one index for each stretch on
// which the body cannot change, so that their cost is that of the state's runs and not of the sort;
// the answer is that of visiting every index.
//
// How: while the body is evaluated at an index x, every operation that depends on x lowers the
// loop's horizon to the last index up to which it gives the same result; the loop goes on behind
// the horizon. A value that follows x (x itself, x + c, x * 2^k, x / 2^k, conversions and chains of
// these) is marked `affine` and changes nothing until it meets a key, a comparison or another
// operation. A short inner loop whose bounds follow x in step, as the pages of x's folio do, is a
// window that moves with x.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/interp/footprint.h"
#include "ir/interp/program.h"

namespace gms::ir::interp {

/// How an action ended, for `result` and `exit`.
struct Ending {
  ClauseId clause = kNoId;
  std::uint64_t result = 0;
};

/// How an affine value grows when its loop's index is d further: by ((d + rest) >> down) << up.
struct Growth {
  std::uint8_t up = 0;
  std::uint8_t down = 0;   // at most kMaxDown
  std::uint32_t rest = 0;  // below 2^down
  static constexpr unsigned kMaxDown = 26;

  static Growth of(const Value& v) {
    return {v.scale, static_cast<std::uint8_t>(v.symbol >> kMaxDown),
            v.symbol & ((1U << kMaxDown) - 1)};
  }
  void give(Value& v) const {
    v.scale = up;
    v.symbol = static_cast<std::uint32_t>(down) << kMaxDown | rest;
  }
  /// By how much the value has grown when the index is d further; what is too much is all that
  /// fits.
  std::uint64_t after(std::uint64_t d) const {
    const std::uint64_t all = ~std::uint64_t{0};
    const std::uint64_t n = (d > all - rest ? all : d + rest) >> down;
    return up >= 64 || n > all >> up ? all : n << up;
  }
  /// The largest d for which the value grows by at most this much.
  std::uint64_t steps(std::uint64_t growth) const {
    const std::uint64_t n = up >= 64 ? 0 : growth >> up;
    if (n >= (~std::uint64_t{0} >> down) - 1) return ~std::uint64_t{0};
    return ((n + 1) << down) - 1 - rest;
  }
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
      limit(v, 0);
      v.affine = v.scale = 0;
      v.symbol = 0;
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

  /// If not null, what is looked at is added.
  Footprint* footprint = nullptr;

 private:
  static constexpr std::size_t kMaxLoops = 200;  // that are tracked; deeper ones visit every index
  static constexpr std::uint64_t kMaxWindow = 1024;

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
  // The value may grow by this much and no further.
  void limit(const Value& v, std::uint64_t growth) {
    if (v.affine == 0) return;
    Loop& loop = loops_[v.affine - 1];
    const std::uint64_t extra = Growth::of(v).steps(growth);
    if (extra < loop.horizon - loop.at) loop.horizon = loop.at + extra;
  }
  // Both follow one loop in the same way: their distance stays.
  static bool in_step(const Value& a, const Value& b) {
    return a.affine == b.affine && (a.affine == 0 || (a.scale == b.scale && a.symbol == b.symbol));
  }

  Value read_state(const Node& node);
  void note_live(DomainId domain, std::uint64_t handle);
  bool is_neutral(const Node& node, std::size_t depth);
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
  // Of an affine value and a constant: a multiple, a quotient, a remainder.
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
  const auto one = [&](const Value& x) {
    if (!step()) return false;
    local(range.var) = x;
    const bool go_on = fn(x);
    done(x.bits);
    return go_on;
  };
  switch (range.kind) {
    case Range::Kind::kHandles:
      // The state does not change while an expression is evaluated.
      for (std::uint32_t handle : state_->live(range.domain)) {
        if (!one(Value::known(handle))) return;
      }
      return;
    case Range::Kind::kMembers:
      for (std::uint64_t member : range.members) {
        if (!one(Value::known(member))) return;
      }
      return;
    case Range::Kind::kNumbers: break;
  }
  // Positions in the order of the numbers: the sign bit is flipped.
  std::uint64_t at = 0, last = range.max;
  const bool jumps = !visit_all && range.sign == 0;
  if (range.lo != kNoId) {
    Value lo = eval(range.lo), hi = eval(range.hi);
    if (!lo.is_known() || !hi.is_known()) {
      pin(lo);
      pin(hi);
      saw_unknown = true;
      return;
    }
    if (lo.affine != 0 && jumps && range.may_move && in_step(lo, hi) &&
        (lo.bits >= hi.bits || hi.bits - lo.bits <= kMaxWindow)) {
      for (Value x = lo; x.bits < hi.bits; ++x.bits) {
        if (!one(x)) return;
      }
      return;
    }
    pin(lo);
    pin(hi);
    at = lo.bits ^ range.sign;
    last = hi.bits ^ range.sign;
    if (at >= last) return;
    --last;
  }
  const bool tracked = jumps && loops_.size() < kMaxLoops;
  for (;; ++at) {
    const Value here = Value::known(at ^ range.sign);
    if (!tracked) {
      if (!one(here) || at == last) return;
      continue;
    }
    if (!step()) return;
    loops_.push_back({at, last});
    Value& x = local(range.var) = here;
    x.affine = static_cast<std::uint8_t>(loops_.size());
    const bool go_on = fn(here);
    const std::uint64_t end = loops_.back().horizon;
    loops_.pop_back();
    done(end);
    if (!go_on || end >= last) return;
    at = end;
  }
}

}  // namespace gms::ir::interp
