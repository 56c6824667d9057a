#include "ir/verify.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "ir/build.h"
#include "ir/taint.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "ir/text/print.h"

namespace gms::ir {
namespace {

Module parse_good(std::string_view text) {
  base::DiagSink sink;
  auto module = parse(text, base::FileId{0}, sink);
  for (const base::Diagnostic& d : sink.sorted())
    ADD_FAILURE() << d.message();
  return module.value_or(Module{});
}

// The first message, or nothing.
std::string first_error(const Module& module) {
  base::DiagSink sink;
  const bool ok = verify(module, sink);
  EXPECT_EQ(ok, !sink.has_errors());
  return ok ? "" : sink.sorted().front().message();
}

// The message after one piece of a good text was replaced.
std::string after(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const std::size_t at = changed.find(from);
  if (at == std::string::npos) return "no such piece";
  changed.replace(at, from.size(), to);
  base::DiagSink sink;
  const auto module = parse(changed, base::FileId{0}, sink);
  if (!module) return "unreadable: " + sink.sorted().front().message();
  return first_error(*module);
}

TEST(Verify, accepts_the_test_modules) {
  EXPECT_EQ(first_error(parse_good(testing::kLock)), "");
  EXPECT_EQ(first_error(parse_good(testing::kPages)), "");
}

TEST(Verify, finds_mistakes) {
  const auto lock = [](std::string_view from, std::string_view to) {
    return after(testing::kLock, from, to);
  };
  const auto pages = [](std::string_view from, std::string_view to) {
    return after(testing::kPages, from, to);
  };
  const std::string in_read = "ill-formed intermediate form in action read_lock: ";
  EXPECT_EQ(lock("(let me (unwrap t))", "(require true)"),
            in_read + "'var' 'me' is read before it is assigned");
  EXPECT_EQ(lock("(let me (unwrap t))", "(let me t)"),
            in_read + "'me' has type Thread, its value Thread?");
  EXPECT_EQ(lock("(eq @34+5 [mode me] idle:Mode)", "(eq [mode me] true)"),
            in_read + "'eq' takes two values of one type");
  EXPECT_EQ(lock("[mode me] reading:Mode", "[mode] reading:Mode"),
            in_read + "an update with a wrong number of keys");
  EXPECT_EQ(lock("(put [mode me] reading:Mode)", "(put [mode me] any)"),
            "ill-formed intermediate form in state mode: 'any' is stored, but its values decide a "
            "branch");
  EXPECT_EQ(lock("(or (eq [mode o] writing:Mode) [waiting o])", "(eq [mode' o] writing:Mode)"),
            in_read + "'state' is primed where one state is");
  EXPECT_EQ(lock("(let me (unwrap t))", "(let me (unwrap t)) (require (live o))"),
            in_read + "'var' 'o' is read before it is assigned");
  EXPECT_EQ(lock("(update (put [mode me] reading:Mode))", "(require (live o))"),
            in_read + "'var' 'o' is read outside of its quantifier");
  EXPECT_EQ(
      lock("(state mode (Thread) Mode idle)", "(state mode (u8 Thread) Mode idle)"),
      "ill-formed intermediate form in state mode: keys are handles, then indices, then small "
      "scalars");
  EXPECT_EQ(lock("(left (do write_lock ok (args t)) ", "(left (do write_lock ok) "),
            "ill-formed intermediate form in property lock_unlock: a call with a wrong number of "
            "arguments or outputs");
  EXPECT_EQ(
      pages("(put [content i q b] 0:u8)", "(put [content i q 3:u12] (cast u8 b))"),
      "ill-formed intermediate form in procedure fill: a value depends on a binder that is no "
      "key");
  EXPECT_EQ(pages("(put [cached i q] true)", "(put [cached i (add q 1:Page)] true)"),
            "ill-formed intermediate form in procedure fill: a key is neither a binder nor free of "
            "binders");
  EXPECT_EQ(pages("(return (if was) true)", "(return (if was))"), "");
  EXPECT_EQ(
      pages("(set was (exists ((p lo hi)) [cached i p]))", "(require true)"),
      "ill-formed intermediate form in procedure fill: 'var' 'was' is read before it is assigned");
  EXPECT_EQ(
      pages("(add (sub hi lo) 1:Page)", "1:u64"),
      "ill-formed intermediate form in action allocate: a bound has type u64 instead of Page");
  EXPECT_EQ(pages("(exit busy (if (call busy i r)) (with at r))", "(require (call busy i r))"),
            "ill-formed intermediate form in action convert: a scan holds exits with a condition");
  EXPECT_EQ(pages("(where (live i))", "(where [mapped m i 0:Page])"), "");
  EXPECT_EQ(pages("(await (not moved))", "(require (not moved))"),
            "ill-formed intermediate form in action read: a sampled counter decides retries only");
  EXPECT_EQ(pages("(may_be_unlogged v)", "(may_be_unlogged p)"),
            "ill-formed intermediate form in event write: 'v' decides, so it is not any");
}

TEST(Taint, finds_what_never_decides) {
  Module m = parse_good(testing::kPages);
  mark_observe_only(m);
  std::string names;
  for (const State& s : m.states) {
    if (s.observe_only) names += s.name + " ";
  }
  EXPECT_EQ(names, "content frame orphan_byte mapped ");
  for (const Action& a : m.actions) {
    if (a.name == "write") {
      EXPECT_EQ(a.may_be_unlogged, (std::vector<bool>{false, false, false, true}));
    }
  }
}

TEST(Taint, follows_calls_and_later_flows) {
  // The byte decides in the procedure that gets it, so whatever flows into `content` does as well.
  std::string text(testing::kPages);
  const std::string_view from = "(set v (ite [cached i p] (some [content i p b]) none:u8?))";
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.insert(at + from.size(), "(require (not (eq (unwrap v) 3:u8)))");
  Module m = parse_good(text);
  mark_observe_only(m);
  std::string names;
  for (const State& s : m.states) {
    if (s.observe_only) names += s.name + " ";
  }
  EXPECT_EQ(names, "frame orphan_byte mapped ");
}

// Whatever the reader accepts, the verifier judges without harm; what it accepts prints stably.
TEST(Verify, survives_damaged_modules) {
  std::mt19937 random(11);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  int accepted = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    Module m = parse_good(round % 2 == 0 ? testing::kLock : testing::kPages);
    for (std::size_t edits = 1 + below(2); edits > 0; --edits) {
      Expr& e = m.exprs[below(m.exprs.size())];
      const Expr& other = m.exprs[below(m.exprs.size())];
      switch (below(8)) {
        case 0: e.op = static_cast<Op>(below(kOpInfo.size())); break;
        case 1: e.type = other.type; break;
        case 2: e.ref = static_cast<std::uint32_t>(below(20)) - 1; break;
        case 3: e.args = other.args; break;
        case 4: e.binders = static_cast<std::uint32_t>(below(40)) - 1; break;
        case 5: e.value = below(3); break;
        case 6:
          std::swap(m.stmts[below(m.stmts.size())].node, m.stmts[below(m.stmts.size())].node);
          break;
        default:
          m.actions[below(m.actions.size())].body.push_back(
              static_cast<StmtId>(below(m.stmts.size() + 2)));
          break;
      }
    }
    base::DiagSink sink;
    if (!verify(m, sink)) {
      ++refused;
      continue;
    }
    ++accepted;
    const std::string once = print(m);
    EXPECT_EQ(print(parse_good(once)), once);
  }
  EXPECT_GT(accepted, 50);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace gms::ir
