#include "ir/interp/interpreter.h"

#include <gtest/gtest.h>

#include "ir/atomic.h"
#include "ir/taint.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "ir/verify.h"

namespace gms::ir::interp {
namespace {

// A spec at work: actions by name, one known outcome at a time.
class Machine {
 public:
  explicit Machine(std::string_view text, Valuation valuation = {})
      : module_(load(text)),
        interpreter_(module_, valuation.empty() ? default_valuation(module_) : valuation),
        state_(interpreter_.fresh()) {}

  std::vector<Outcome> all(std::string_view action, std::vector<Value> args,
                           RunOptions options = {}) {
    return interpreter_.outcomes(state_, id(action), args, options);
  }

  // "result outputs" of all outcomes, in the order of their texts.
  std::string texts(std::string_view action, std::vector<Value> args, RunOptions options = {}) {
    std::vector<std::string> lines;
    for (const Outcome& o : all(action, std::move(args), options))
      lines.push_back(text(o));
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines)
      out += (out.empty() ? "" : " | ") + line;
    return out;
  }

  // Makes the call; it must have one outcome. Its text.
  std::string call(std::string_view action, std::vector<Value> args, RunOptions options = {}) {
    auto outcomes = all(action, std::move(args), options);
    if (outcomes.size() != 1) return std::to_string(outcomes.size()) + " outcomes";
    state_ = std::move(outcomes[0].next);
    return text(outcomes[0]);
  }

  // Takes the outcome that fits what was seen.
  std::string see(std::string_view action, std::vector<Value> args, std::vector<Value> outputs) {
    Observed observed{0, std::move(outputs)};
    RunOptions options;
    options.observed = &observed;
    return call(action, std::move(args), options);
  }

  std::string text(const Outcome& o) const {
    std::string out = module_.clauses[o.clause].label;
    for (const Value& v : o.outputs) {
      out += v.tag == Tag::kUnset  ? " -"
             : v.is_unknown()      ? " ?"
             : v.tag == Tag::kNone ? " none"
                                   : " " + std::to_string(v.bits);
    }
    return out;
  }

  ActionId id(std::string_view action) const {
    for (ActionId i = 0; i < module_.actions.size(); ++i) {
      if (module_.actions[i].name == action) return i;
    }
    ADD_FAILURE() << "no action " << action;
    return 0;
  }
  std::string violated() {
    const auto found = interpreter_.first_violated_invariant(state_);
    return found ? module_.properties[*found].name : "";
  }
  std::string dump() const { return state_text(module_, state_); }

  static Module load(std::string_view text) {
    base::DiagSink sink;
    auto module = parse(text, base::FileId{0}, sink);
    EXPECT_TRUE(module && verify(*module, sink));
    for (const base::Diagnostic& d : sink.sorted())
      ADD_FAILURE() << d.message();
    Module atomic = to_atomic(*module);
    mark_observe_only(atomic);
    return atomic;
  }

  Module module_;
  Interpreter interpreter_;
  State state_;
};

Value n(std::uint64_t bits) {
  return Value::known(bits);
}

TEST(Interpreter, runs_the_lock) {
  Machine run(testing::kLock);
  EXPECT_EQ(run.call("spawn", {}), "ok 1");
  EXPECT_EQ(run.call("spawn", {}), "ok 2");
  EXPECT_EQ(run.call("read_lock", {Value::none()}), "bad_thread");
  EXPECT_EQ(run.call("read_lock", {n(1)}), "ok");
  EXPECT_EQ(run.call("read_lock", {n(1)}), "again");
  EXPECT_EQ(run.call("write_lock", {n(2)}), "queued");
  EXPECT_EQ(
      run.dump(),
      "Thread#1 is live\nThread#2 is live\nmode[Thread#1] = reading\nwaiting[Thread#2] = true\n");
  EXPECT_EQ(run.call("spawn", {}), "ok 3");
  EXPECT_EQ(run.call("read_lock", {n(3)}), "wait");
  EXPECT_EQ(run.call("unlock", {n(1)}), "ok");
  EXPECT_EQ(run.call("write_lock", {n(2)}), "ok");
  EXPECT_EQ(run.violated(), "");
}

TEST(Interpreter, forgets_destroyed_handles) {
  Machine run(testing::kLock);
  run.call("spawn", {});
  run.call("read_lock", {n(1)});
  EXPECT_EQ(run.call("leave", {n(1)}), "ok");
  EXPECT_EQ(run.dump(), "");
  EXPECT_EQ(run.call("unlock", {n(1)}), "EPERM.1");  // reads the initial value
  EXPECT_EQ(run.call("read_lock", {n(1)}), "ok");    // and writing changes nothing
  EXPECT_EQ(run.dump(), "");
  EXPECT_EQ(run.call("spawn", {}), "ok 2");  // numbers are not used again
}

TEST(Interpreter, checks_properties_of_an_execution) {
  Machine run(testing::kLock);
  run.call("spawn", {});
  run.call("write_lock", {n(1)});
  RunOptions options;
  options.keep_locals = true;
  const auto unlock = run.all("unlock", {n(1)}, options);
  ASSERT_EQ(unlock.size(), 1U);
  EXPECT_TRUE(run.interpreter_.holds(1, run.state_, unlock[0]).is_true());
  Outcome broken = unlock[0];
  broken.next = run.state_;
  EXPECT_TRUE(run.interpreter_.holds(1, run.state_, broken).is_false());
  EXPECT_TRUE(
      run.interpreter_.holds(2, run.state_, run.all("write_lock", {n(1)}, options)[0]).is_false());
}

TEST(Interpreter, converts_ranges_of_pages) {
  Machine run(testing::kPages);
  constexpr std::uint64_t kHuge = std::uint64_t{1} << 40;
  EXPECT_EQ(run.call("create", {n(kHuge)}), "ok 1");
  EXPECT_EQ(run.call("spawn", {}), "ok 1");
  EXPECT_EQ(run.call("map", {n(1), n(1), n(0), n(kHuge)}), "ok");
  EXPECT_EQ(run.call("convert", {n(1), n(5), n(5), n(1)}), "bad_range -");
  EXPECT_EQ(run.call("convert", {n(1), n(0), n(8), n(0)}), "equal -");
  EXPECT_EQ(run.call("convert", {n(1), n(4), n(kHuge / 2), n(1)}), "ok -");
  EXPECT_EQ(run.dump(),
            "Inode#1 is live\nProcess#1 is live\n"
            "npages[Inode#1] = 1099511627776\n"
            "sharing[Inode#1, 4..549755813887] = private\n"
            "mapped[Process#1, Inode#1, 0..3] = true\n"
            "mapped[Process#1, Inode#1, 549755813888..1099511627775] = true\n"
            "newest = Inode#1\n");
  EXPECT_EQ(run.violated(), "");
  run.state_.set(2 - 1, {{1}}, 3, 3, n(1));
  EXPECT_EQ(run.violated(), "mapped_is_shared");
}

TEST(Interpreter, keeps_effects_before_a_failure_and_names_the_first_page) {
  Machine run(testing::kPages);
  run.call("create", {n(100)});
  run.call("spawn", {});
  run.call("map", {n(1), n(1), n(0), n(100)});
  EXPECT_EQ(run.call("pin", {n(1), n(30), n(32)}), "ok 1");
  EXPECT_EQ(run.call("convert", {n(1), n(10), n(50), n(1)}), "busy 30");
  EXPECT_NE(run.dump().find("mapped[Process#1, Inode#1, 0..9] = true\n"), std::string::npos);
  EXPECT_EQ(run.dump().find("sharing["), std::string::npos);
  EXPECT_EQ(run.call("unpin", {n(1)}), "ok");
  EXPECT_EQ(run.call("convert", {n(1), n(10), n(50), n(1)}), "ok -");
}

TEST(Interpreter, uses_the_valuation) {
  // order = 2: pages are busy in groups of four.
  Machine run(testing::kPages, {2, 0});
  run.call("create", {n(100)});
  run.call("pin", {n(1), n(30), n(32)});
  EXPECT_EQ(run.call("convert", {n(1), n(10), n(50), n(1)}), "busy 28");
}

TEST(Interpreter, visits_every_choice) {
  Machine run(testing::kPages, {0, 1});
  run.call("create", {n(100)});
  // Up to three pages, then interrupted or not; or out of memory at any count.
  EXPECT_EQ(run.texts("allocate", {n(1), n(10), n(12)}),
            "EINTR.1 0 | EINTR.1 1 | ENOMEM.1 - | ENOMEM.1 - | ENOMEM.1 - | ok 2");
  Observed observed{4, {}};
  RunOptions options;
  options.observed = &observed;
  EXPECT_EQ(run.texts("allocate", {n(1), n(10), n(12)}, options), "EINTR.1 0 | EINTR.1 1");
  observed.outputs = {n(1)};
  EXPECT_EQ(run.call("allocate", {n(1), n(10), n(12)}, options), "EINTR.1 1");
  EXPECT_NE(run.dump().find("cached[Inode#1, 10] = true\n"), std::string::npos);
  options = {};
  options.allow_raced = true;
  EXPECT_EQ(run.texts("convert", {n(1), n(10), n(12), n(1)}, options), "ok - | raced -");
  // A choice too wide to be tried.
  options.max_candidates = 10;
  const Completeness c = run.interpreter_.outcomes(run.state_, run.id("allocate"),
                                                   std::vector<Value>{n(1), n(0), n(100)}, options,
                                                   [](Outcome&&) { return true; });
  EXPECT_EQ(c, Completeness::kCut);
}

TEST(Interpreter, learns_unknown_values) {
  Machine run(testing::kPages);
  run.call("create", {n(100)});
  Observed all{0, {n(8)}};
  RunOptions options;
  options.observed = &all;
  EXPECT_EQ(run.call("allocate", {n(1), n(0), n(8)}, options), "ok 8");
  EXPECT_NE(run.dump().find("frame[Inode#1, 0..7] = ?\n"), std::string::npos) << run.dump();
  EXPECT_EQ(run.call("show", {n(1), n(9)}), "ok none");
  EXPECT_EQ(run.call("show", {n(1), n(3)}), "ok ?");
  EXPECT_EQ(run.see("show", {n(1), n(3)}, {n(77)}), "ok 77");
  EXPECT_EQ(run.call("show", {n(1), n(3)}), "ok 77");
  EXPECT_EQ(run.see("show", {n(1), n(3)}, {n(78)}), "0 outcomes");
  EXPECT_NE(run.dump().find("frame[Inode#1, 0..2] = ?\nframe[Inode#1, 3] = 77\n"),
            std::string::npos);
  EXPECT_TRUE(run.state_.exact());
}

TEST(Interpreter, remembers_that_copies_are_equal) {
  Machine run(testing::kPages);
  run.call("create", {n(100)});
  Observed all{0, {n(8)}};
  RunOptions options;
  options.observed = &all;
  run.call("allocate", {n(1), n(0), n(8)}, options);
  // A byte that the log lacks; then the pin of a punched page keeps it.
  EXPECT_EQ(run.call("write", {n(1), n(3), n(0), Value::unknown()}), "ok");
  run.call("pin", {n(1), n(2), n(5)});
  EXPECT_EQ(run.call("punch", {n(1), n(3), n(4)}), "ok");
  EXPECT_NE(run.dump().find("orphan_byte[Pin#1, 3] = ?\n"), std::string::npos) << run.dump();
  EXPECT_TRUE(run.state_.exact());

  // Two places, one value: seeing one tells the other.
  Machine two(testing::kPages);
  two.call("create", {n(100)});
  two.call("allocate", {n(1), n(0), n(8)}, options);
  two.call("pin", {n(1), n(3), n(4)});
  two.call("write", {n(1), n(3), n(0), Value::unknown()});
  const State before = two.state_;
  two.call("punch", {n(1), n(3), n(4)});
  // Put the page's byte back as it was, so that both show the value.
  State joined = two.state_;
  joined.set(2, {{1}}, 3, 3, n(1));
  joined.set(3, {{1}}, 3 * 4096, 3 * 4096, before.get(3, {{1}}, 3 * 4096));
  two.state_ = joined;
  ASSERT_TRUE(two.state_.get(7, {{1}}, 3).is_unknown());
  EXPECT_EQ(two.see("read", {n(1), n(3), n(0)}, {n(5)}), "ok 5");
  EXPECT_EQ(two.state_.get(7, {{1}}, 3).bits, 5U);
  EXPECT_EQ(two.dump().find('='), two.dump().find("= 100"));
}

TEST(Interpreter, compares_states_up_to_symbols) {
  Machine a(testing::kPages), b(testing::kPages);
  for (Machine* run : {&a, &b})
    run->call("create", {n(100)});
  a.state_.new_symbol();
  for (Machine* run : {&a, &b}) {
    run->call("write", {n(1), n(3), n(0), Value::unknown()});
    run->call("write", {n(1), n(4), n(0), Value::unknown()});
  }
  EXPECT_TRUE(a.state_ == b.state_);
  EXPECT_EQ(a.state_.hash(), b.state_.hash());
  // One value at two places is another state than two values.
  State same = b.state_;
  same.set(3, {{1}}, 4 * 4096, 4 * 4096, same.get(3, {{1}}, 3 * 4096));
  EXPECT_FALSE(same == a.state_);
  EXPECT_FALSE(a.state_ == same);
}

TEST(Interpreter, gives_up_on_loops_without_end) {
  // p * p has no runs to jump over.
  Machine run(R"gir(
(module m)
(enum Errno (ok 0))
(index Page 52)
(state f (Page) bool false)
(property slow invariant (locals (p Page))
  (that (forall ((p)) (not (eq (mul p p) 3:Page)))))
(property quick invariant (locals (p Page) (q Page))
  (that (forall ((p) (q)) (implies (and [f p] (eq (shr p 9:Page) q)) (lt q 100:Page)))))
)gir");
  EXPECT_TRUE(run.interpreter_.holds(0, run.state_).is_unknown());
  EXPECT_TRUE(run.interpreter_.holds(1, run.state_).is_true());
  run.state_.set(0, {}, 100 << 9, 100 << 9, n(1));
  EXPECT_TRUE(run.interpreter_.holds(1, run.state_).is_false());
}

}  // namespace
}  // namespace gms::ir::interp
