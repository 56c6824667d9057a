#include "ir/interp/eval.h"

#include <array>
#include <bit>
#include <utility>

#include "ir/arith.h"

namespace gms::ir::interp {
namespace {

constexpr std::uint64_t kLastPosition = ~std::uint64_t{0};

Type number_type(const Node& node) {
  return int_type(node.width, node.is_signed);
}

// The last position of the run that holds `position`; at the far end one less than it might be.
std::uint64_t run_end(const Runs& runs, std::uint64_t position, Value& value) {
  std::uint64_t end = position;
  if (position == kLastPosition) {
    value = runs.get(position);
    return end;
  }
  runs.for_each_run(position, kLastPosition,
                    [&](std::uint64_t, std::uint64_t to, const Value& here) {
                      end = to - 1;
                      value = here;
                      return false;
                    });
  return end;
}

}  // namespace

Value Evaluator::eval(ExprId id) {
  const Node& node = p_.nodes[id];
  switch (node.op) {
    case Op::kConst:
    case Op::kNone:
    case Op::kParam: return node.constant;
    case Op::kVar: {
      const Value v = local(node.ref);
      // Properties read locals that the path did not assign.
      return v.tag == Tag::kUnset ? node.constant : v;
    }
    case Op::kState: return read_state(node);
    case Op::kCall: return call(node);
    case Op::kLive: {
      const Value v = eval(node.a);
      note_live(node.ref, v.bits);
      return Value::boolean((node.primed ? after_ : state_)->is_live(node.ref, v.bits));
    }
    case Op::kSelf: break;  // of the stepwise reading
    case Op::kResult: return Value::known(ending_->result);
    case Op::kExit: return Value::boolean(ending_->clause == node.ref);
    case Op::kNot: {
      Value v = eval(node.a);
      if (v.is_unknown()) return Value::unknown();
      return Value::boolean(v.bits == 0);
    }
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies: return logic(node);
    case Op::kIte: {
      const Value c = eval(node.a);
      if (!c.is_unknown()) return eval(c.bits != 0 ? node.b : node.c);
      Value a = eval(node.b), b = eval(node.c);
      pin(a);
      pin(b);
      return a == b && !a.each ? a : Value::unknown();
    }
    case Op::kEq: {
      const Value a = eval(node.a);
      return equal(node, a, eval(node.b));
    }
    case Op::kLt:
    case Op::kLe: {
      const Value a = eval(node.a);
      const Value b = eval(node.b);
      if (a.is_unknown() || b.is_unknown()) return Value::unknown();
      return order(node.op, node, a, b);
    }
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr: return binary(node);
    case Op::kNeg:
    case Op::kBitNot: {
      Value v = eval(node.a);
      pin(v);
      if (v.is_unknown()) return Value::unknown();
      return Value::known(*arith(node.op, number_type(node), v.bits, 0));
    }
    case Op::kCast: return cast(node, eval(node.a));
    case Op::kSome: {
      Value v = eval(node.a);
      if (v.tag == Tag::kUnknown) v.tag = Tag::kUnknownSome;
      return v;
    }
    case Op::kIsSome: {
      const Value v = eval(node.a);
      if (v.tag == Tag::kUnknown) return Value::unknown();
      return Value::boolean(v.tag != Tag::kNone);
    }
    case Op::kUnwrap: {
      Value v = eval(node.a);
      if (v.tag == Tag::kNone) return node.constant;
      if (v.tag == Tag::kUnknown) return Value::unknown();  // none would give the zero value
      if (v.tag == Tag::kUnknownSome) v.tag = Tag::kUnknown;
      return v;
    }
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: return quantifier(node);
  }
  return {};
}

Value Evaluator::logic(const Node& node) {
  const Value a = eval(node.a);
  // Left operands that decide: false and, true or, false implies.
  const bool decides = node.op == Op::kOr ? a.is_true() : a.is_false();
  if (decides) return Value::boolean(node.op != Op::kAnd);
  const Value b = eval(node.b);
  if (!a.is_unknown()) return b.is_unknown() ? Value::unknown() : Value::boolean(b.bits != 0);
  const bool right_decides = node.op == Op::kAnd ? b.is_false() : b.is_true();
  return right_decides ? Value::boolean(node.op != Op::kAnd) : Value::unknown();
}

// ---- Numbers that follow a loop -----------------------------------------------------------------

Value Evaluator::order(Op op, const Node& node, Value a, Value b) {
  std::uint64_t x = a.bits, y = b.bits;
  if (node.is_signed) {
    // In the order of the bits; a value that follows a loop may not pass the greatest number.
    const std::uint64_t sign = (node.mask >> 1) + 1;
    x ^= sign;
    y ^= sign;
    limit(a, node.mask - x);
    limit(b, node.mask - y);
  }
  const bool result = op == Op::kLt ? x < y : op == Op::kLe ? x <= y : x == y;
  if (in_step(a, b)) return Value::boolean(result);
  // How far one side may grow while the other stays. Two loops at once: what a grows towards is
  // where b is at least, and the other way round, so the limits hold together. One loop: no such
  // argument.
  std::uint64_t grow_a = ~std::uint64_t{0}, grow_b = grow_a;
  if (a.affine == b.affine || (op == Op::kEq && x == y)) {
    grow_a = grow_b = 0;
  } else if (op == Op::kEq) {
    (x < y ? grow_a : grow_b) = x < y ? y - x - 1 : x - y - 1;
  } else if (op == Op::kLt) {
    (x < y ? grow_a : grow_b) = x < y ? y - 1 - x : x - y;
  } else {
    (x <= y ? grow_a : grow_b) = x <= y ? y - x : x - y - 1;
  }
  limit(a, grow_a);
  limit(b, grow_b);
  return Value::boolean(result);
}

Value Evaluator::equal(const Node& node, Value a, Value b) {
  if (a.is_unknown() || b.is_unknown()) {
    if (a.tag == b.tag && a.symbol != 0 && a.symbol == b.symbol && !a.each && !b.each) {
      return Value::boolean(true);
    }
    const bool differ = (a.tag == Tag::kNone && b.tag == Tag::kUnknownSome) ||
                        (b.tag == Tag::kNone && a.tag == Tag::kUnknownSome);
    return differ ? Value::boolean(false) : Value::unknown();
  }
  if (a.tag != b.tag) return Value::boolean(false);  // none and some
  if (a.affine == 0 && b.affine == 0) return Value::boolean(a.bits == b.bits);
  return order(Op::kEq, node, a, b);
}

Value Evaluator::add(const Node& node, Value a, Value b) {
  // What follows two loops keeps to the inner one, which is the one that runs.
  if (a.affine != 0 && b.affine != 0) {
    if (a.affine >= b.affine) pin(b);
    if (a.affine <= b.affine) pin(a);
  }
  Value r = a.affine != 0 ? a : b;
  r.bits = (a.bits + b.bits) & node.mask;
  limit(r, node.mask - r.bits);
  return r;
}

Value Evaluator::subtract(const Node& node, Value a, Value b) {
  const std::uint64_t bits = (a.bits - b.bits) & node.mask;
  if (in_step(a, b)) return Value::known(bits);
  pin(b);
  a.bits = bits;
  limit(a, node.mask - bits);
  return a;
}

bool Evaluator::affine_constant(const Node& node, Value a, Value b, Value& out) {
  if (node.op == Op::kMul && a.affine == 0) std::swap(a, b);
  if (a.affine == 0 || b.affine != 0 || node.is_signed) return false;
  const std::uint64_t v = a.bits, c = b.bits;
  Growth growth = Growth::of(a);
  out = a;
  const auto constant_for = [&](std::uint64_t bits, std::uint64_t room) {
    limit(a, room);
    out = Value::known(bits);
    return true;
  };
  const auto multiply = [&](unsigned k) {
    if (growth.up + k >= 64) return false;
    growth.up = static_cast<std::uint8_t>(growth.up + k);
    growth.give(out);
    out.bits = (v << k) & node.mask;
    limit(out, node.mask - out.bits);
    return true;
  };
  const auto divide = [&](unsigned k) {
    out.bits = v >> k;
    if (growth.up >= k) {
      growth.up = static_cast<std::uint8_t>(growth.up - k);
    } else {
      const unsigned more = k - growth.up;
      if (growth.down + more > Growth::kMaxDown) {
        return constant_for(v >> k, mask_of(k) - (v & mask_of(k)));
      }
      const std::uint64_t low = (v >> growth.up) & mask_of(more);
      growth.rest += static_cast<std::uint32_t>(low << growth.down);
      growth.down = static_cast<std::uint8_t>(growth.down + more);
      growth.up = 0;
    }
    growth.give(out);
    return true;
  };
  const auto remainder = [&](std::uint64_t by) {
    if (std::has_single_bit(by) && growth.up >= std::countr_zero(by)) {
      out = Value::known(v % by);
    } else {
      out.bits = v % by;
      limit(out, by - 1 - out.bits);
    }
    return true;
  };
  const bool power = std::has_single_bit(c);
  const auto bit = static_cast<unsigned>(power ? std::countr_zero(c) : 0);
  if (node.op == Op::kMul) return power && multiply(bit);
  if (node.op == Op::kShl) return c < node.width && multiply(static_cast<unsigned>(c));
  if (node.op == Op::kShr) {
    if (c == 0) return true;
    return c < node.width && divide(static_cast<unsigned>(c));
  }
  if (node.op == Op::kDiv) {
    if (c == 0) return false;
    if (!power) return constant_for(v / c, c - 1 - v % c);
    return bit == 0 || divide(bit);
  }
  if (node.op == Op::kRem) return c != 0 && remainder(c);
  if (node.op != Op::kBitAnd) return false;
  if (c == node.mask) return true;
  if (std::has_single_bit(c + 1)) return c != 0 && remainder(c + 1);
  // Ones above zeros: rounds down.
  const std::uint64_t low = ~c & node.mask;
  if (!std::has_single_bit(low + 1)) return false;
  const auto k = static_cast<unsigned>(std::popcount(low));
  if (!divide(k)) return false;
  if (out.affine == 0) {
    out.bits = v & c;
    return true;
  }
  growth = Growth::of(out);
  growth.up = static_cast<std::uint8_t>(growth.up + k);
  growth.give(out);
  out.bits = v & c;
  return true;
}

Value Evaluator::binary(const Node& node) {
  Value a = eval(node.a);
  Value b = eval(node.b);
  if (a.is_unknown() || b.is_unknown()) {
    pin(a);
    pin(b);
    return Value::unknown();
  }
  if (node.op == Op::kAdd) return add(node, a, b);
  if (node.op == Op::kSub) return subtract(node, a, b);
  if (a.affine != 0 || b.affine != 0) {
    Value r;
    if (affine_constant(node, a, b, r)) return r;
    pin(a);
    pin(b);
  }
  return Value::known(*arith(node.op, number_type(node), a.bits, b.bits));
}

Value Evaluator::cast(const Node& node, Value a) {
  if (a.is_unknown()) return Value::unknown();
  const std::uint64_t from_mask = mask_of(node.from_width);
  if (node.is_signed) {
    // Sign extension jumps where the sign changes.
    const std::uint64_t top = from_mask >> 1;
    limit(a, (a.bits <= top ? top : from_mask) - a.bits);
  }
  a.bits = cast_bits(int_type(node.from_width, node.is_signed), int_type(node.width), a.bits);
  limit(a, node.mask - a.bits);
  return a;
}

// ---- State --------------------------------------------------------------------------------------

Value Evaluator::read_state(const Node& node) {
  const State& state = node.primed ? *after_ : *state_;
  const StateShape& shape = p_.shape.states[node.ref];
  const ExprId* keys = p_.args.data() + node.first_arg;
  HandleKey key;
  std::size_t i = 0;
  for (; i < shape.domains.size(); ++i) {
    key.handles[i] = static_cast<std::uint32_t>(eval(keys[i]).bits);
  }
  std::uint64_t position = 0;
  std::array<Value, kMaxFlatKeys> flat;
  bool moving = false;
  for (std::size_t k = 0; k < shape.flat.size(); ++k) {
    flat[k] = eval(keys[i + k]);
    position |= flat[k].bits << shape.flat[k].shift;
    moving = moving || flat[k].affine != 0;
  }
  Value value = shape.initial;
  if (!moving) {
    value = state.get(node.ref, key, position);
    if (footprint != nullptr) footprint->read(node.ref, key, position, position);
  } else if (const Runs* runs = state.runs(node.ref, key)) {
    const std::uint64_t end = run_end(*runs, position, value);
    // A box of positions inside the run: keys to the right may take their greatest value.
    std::uint64_t room = end - position;
    for (std::size_t k = shape.flat.size(); k-- > 0;) {
      const Value& v = flat[k];
      if (v.affine == 0) continue;
      bool twice = false;
      for (std::size_t other = 0; other < k; ++other) {
        twice = twice || flat[other].affine == v.affine;
      }
      limit(v, twice ? 0 : room >> shape.flat[k].shift);
      const std::uint64_t growth = (mask_of(shape.flat[k].width) - v.bits) << shape.flat[k].shift;
      room = room > growth ? room - growth : 0;
    }
  }
  if (moving && footprint != nullptr) {
    // Up to where the loops may still go with what was found here.
    std::uint64_t last = position;
    for (std::size_t k = 0; k < shape.flat.size(); ++k) {
      const Value& v = flat[k];
      if (v.affine == 0) continue;
      const Loop& loop = loops_[v.affine - 1];
      const std::uint64_t most = mask_of(shape.flat[k].width) - v.bits;
      last += std::min(most, Growth::of(v).after(loop.horizon - loop.at)) << shape.flat[k].shift;
    }
    footprint->read(node.ref, key, position, last);
  }
  if (value.is_unknown() && keep_origins) {
    origins.push_back({node.ref, key, position});
    value.bits = origins.size();
  }
  return value;
}

void Evaluator::note_live(DomainId domain, std::uint64_t handle) {
  if (footprint != nullptr) footprint->read_live(domain, static_cast<std::uint32_t>(handle));
}

/// Whether the quantifier's answer would be the same with one more handle, at whose points nothing
/// was ever written. What it looks at for that is looked at for all handles.
bool Evaluator::is_neutral(const Node& node, std::size_t depth) {
  local(p_.ranges[node.binders][depth].var) = Value::known(Footprint::kAnyHandle);
  const Value v = quantify(node, depth + 1);
  return v.is_known() && (v.bits != 0) == (node.op == Op::kForall);
}

Value Evaluator::call(const Node& node) {
  const Callable& fn = p_.module.fns[node.ref];
  // The new frame is filled while the arguments are still evaluated in the old one.
  const std::size_t frame = top_;
  top_ += fn.locals.size();
  if (stack_.size() < top_) stack_.resize(2 * top_ + 64);
  for (std::uint32_t i = 0; i < node.arg_count; ++i) {
    const Value v = eval(p_.args[node.first_arg + i]);
    stack_[frame + fn.params[i]] = v;
  }
  const std::size_t saved = base_;
  base_ = frame;
  const Value result = eval(fn.expr);
  base_ = saved;
  top_ = frame;
  return result;
}

// ---- Quantifiers --------------------------------------------------------------------------------

Value Evaluator::quantifier(const Node& node) {
  return quantify(node, 0);
}

Value Evaluator::quantify(const Node& node, std::size_t depth) {
  const std::vector<Range>& ranges = p_.ranges[node.binders];
  if (depth == ranges.size()) return eval(node.a);
  const bool forall = node.op == Op::kForall;
  const bool first = node.op == Op::kFirst;
  Value result = first ? Value::none() : Value::boolean(forall);
  if (footprint != nullptr && ranges[depth].kind == Range::Kind::kHandles &&
      (first || !is_neutral(node, depth)))
    footprint->read_live(ranges[depth].domain, Footprint::kAnyHandle);
  for_each(
      ranges[depth],
      [&](const Value& x) {
        const Value v = quantify(node, depth + 1);
        if (v.is_unknown()) {
          result = Value::unknown();
          return true;
        }
        if ((v.bits != 0) == forall) return true;
        if (!first) {
          result = v;
        } else if (!result.is_unknown()) {
          result = x;
        }
        return false;
      },
      [](std::uint64_t) {});
  return result;
}

}  // namespace gms::ir::interp
