// Calls whose footprints do not meet commute: random pairs of calls of a shipped spec, in random
// states, in both orders.
#include "ir/interp/footprint.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "checker/prove/random_walk.h"
#include "ir/atomic.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using interp::Footprint;

ir::Module shipped(const std::string& name) {
  std::ifstream in("model/generated/" + name + "/" + name + ".gir");
  std::ostringstream text;
  text << in.rdbuf();
  base::DiagSink sink;
  const auto module = ir::parse(text.str(), base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return ir::to_atomic(module.value_or(ir::Module{}));
}

/// A call, whose new objects have numbers of their own wherever it is made.
struct Numbered {
  ir::ActionId action = ir::kNoId;
  std::vector<interp::Value> args;
  std::uint32_t first_handle = 0;

  std::vector<interp::Outcome> from(interp::Interpreter& in, const interp::State& state) const {
    interp::RunOptions options;
    options.first_handle = first_handle;
    return in.outcomes(state, action, args, options);
  }
};

bool same_ending(const interp::Outcome& a, const interp::Outcome& b) {
  if (a.clause != b.clause || a.outputs.size() != b.outputs.size()) return false;
  for (std::size_t i = 0; i < a.outputs.size(); ++i) {
    const interp::Value &x = a.outputs[i], &y = b.outputs[i];
    if (x.tag != y.tag || (x.is_known() && x.bits != y.bits)) return false;
  }
  return true;
}

/// Both orders end in the same ways and the same states.
bool commute(interp::Interpreter& in, const interp::State& state, const Numbered& a,
             const Numbered& b) {
  const auto a_first = a.from(in, state), b_first = b.from(in, state);
  for (std::size_t i = 0; i < a_first.size(); ++i) {
    const auto then_b = b.from(in, a_first[i].next);
    if (then_b.size() != b_first.size()) return false;
    for (std::size_t k = 0; k < b_first.size(); ++k) {
      const auto then_a = a.from(in, b_first[k].next);
      if (then_a.size() != a_first.size() || !same_ending(then_b[k], b_first[k]) ||
          !same_ending(then_a[i], a_first[i]) || !(then_b[k].next == then_a[i].next))
        return false;
    }
  }
  return true;
}

class Walk {
 public:
  explicit Walk(const ir::Module& m) : values_(m), in_(m), state_(in_.fresh()) {}

  void advance() {
    const auto call = random_call(in_, values_, random_, state_);
    if (!call || call->outcomes.empty()) return;
    const interp::State& next = call->outcomes[random_.below(call->outcomes.size())].next;
    if (steps_++ % kWalk == 0) {
      state_ = in_.fresh();
    } else {
      state_ = interp::State(next);
    }
  }

  std::optional<Numbered> call(std::uint32_t first_handle, Footprint& footprint) {
    const auto drawn = random_call(in_, values_, random_, state_);
    if (!drawn || drawn->outcomes.empty() || drawn->outcomes.size() > 4) return std::nullopt;
    const Numbered one{drawn->action, drawn->args, first_handle};
    in_.record(&footprint);
    one.from(in_, state_);
    in_.record(nullptr);
    footprint.finish();
    return one;
  }

  interp::Interpreter& interpreter() { return in_; }
  const interp::State& state() const { return state_; }

 private:
  static constexpr std::size_t kWalk = 500;
  RandomValues values_;
  interp::Interpreter in_;
  Random random_{7};
  interp::State state_;
  std::size_t steps_ = 1;
};

TEST(Footprint, CallsThatDoNotMeetCommute) {
  constexpr int kPairs = 60000;
  const ir::Module m = shipped("inplace_v7");
  Walk walk(m);
  int apart = 0, apart_and_change = 0, meet = 0, meet_and_differ = 0;
  for (int i = 0; i < kPairs; ++i) {
    walk.advance();
    Footprint fa, fb;
    const auto a = walk.call(1'000'000, fa), b = walk.call(2'000'000, fb);
    if (!a || !b) continue;
    const bool same = commute(walk.interpreter(), walk.state(), *a, *b);
    if (fa.commutes(fb)) {
      ++apart;
      EXPECT_TRUE(same) << m.actions[a->action].name << " and " << m.actions[b->action].name
                        << ", pair " << i;
      const auto changes = [&](const Numbered& one) {
        return !(one.from(walk.interpreter(), walk.state()).front().next == walk.state());
      };
      apart_and_change += changes(*a) && changes(*b) ? 1 : 0;
    } else {
      ++meet;
      meet_and_differ += same ? 0 : 1;
    }
  }
  // Neither says always the same, and both answers are about something.
  EXPECT_GT(apart, 5000);
  EXPECT_GT(apart_and_change, 200);
  EXPECT_GT(meet, 200);
  EXPECT_GT(meet_and_differ, 30);
}

TEST(Footprint, WhatMeets) {
  Footprint read, write, all, opaque;
  read.read(3, {{7}}, 10, 20);
  write.write(3, {{7}}, 20, 30);
  all.read(3, {{Footprint::kAnyHandle}}, 25, 25);
  opaque.set_opaque();
  EXPECT_FALSE(read.commutes(write));
  EXPECT_FALSE(write.commutes(read));
  EXPECT_FALSE(write.commutes(all));
  EXPECT_TRUE(read.commutes(all));
  EXPECT_FALSE(write.commutes(write));
  EXPECT_FALSE(opaque.commutes(Footprint{}));
  Footprint other_row, behind, made, listed;
  other_row.write(3, {{8}}, 0, 99);
  behind.write(3, {{7}}, 21, 21);
  made.write_live(1, 5);
  listed.read_live(1, Footprint::kAnyHandle);
  EXPECT_TRUE(read.commutes(other_row));
  EXPECT_TRUE(read.commutes(behind));
  EXPECT_FALSE(made.commutes(listed));
  EXPECT_TRUE(listed.commutes(listed));
}

}  // namespace
}  // namespace gms::check
