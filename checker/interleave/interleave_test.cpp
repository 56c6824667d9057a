#include "checker/interleave/interleave.h"

#include <gmock/gmock.h>

#include "base/source.h"
#include "checker/interleave/lanes.h"
#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

using ::testing::HasSubstr;

/// Two calls that take two locks, each in another order.
constexpr std::string_view kLocks = R"gir(
(module locks)
(enum Errno (ok 0))
(domain Call)
(lock first ())
(lock second ())
(state n () u8 0)
(clause ok action up ok)
(clause ok action down ok)
(action up
  (body (acquire exclusive first) (acquire exclusive second)
    (step "add" (update (put [n] (add [n] 1:u8))))
    (release second) (release first))
  (end ok))
(action down
  (body (acquire exclusive second) (acquire exclusive first)
    (step "clear" (update (put [n] 0:u8)))
    (release first) (release second))
  (end ok))
(property small invariant (that (lt [n] 200:u8)))
)gir";

/// Two cells that are written together and read together, in two steps each.
constexpr std::string_view kCells = R"gir(
(module cells)
(enum Errno (ok 0))
(domain Call)
(lock both ())
(state x () u8 0)
(state y () u8 0)
(clause ok action put ok)
(clause ok action get ok)
(action put
  (body
    (acquire exclusive both)
    (step "first" (update (put [x] 1:u8)))
    (step "second" (update (put [y] 1:u8)))
    (release both))
  (end ok))
(action get
  (locals (a u8) (b u8))
  (outputs a b)
  (body
    (acquire exclusive both)
    (step "first" (set a [x]))
    (step "second" (set b [y]))
    (release both))
  (end ok))
(property small invariant (that (lt [x] 200:u8)))
)gir";

std::string without(std::string_view text, std::string_view part, std::string_view instead = "") {
  std::string result(text);
  const std::size_t at = result.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return at == std::string::npos ? result : result.replace(at, part.size(), instead);
}

struct Found {
  ir::Module atomic;
  ir::Stepwise stepwise;
  Interleavings all;

  const Run* run(std::string_view property) const {
    for (const Reached& reached : all.found.goals)
      if (stepwise.module.properties[reached.goal.id].name == property && reached.run)
        return &*reached.run;
    return nullptr;
  }
};

Found search(const std::string& text) {
  Found found;
  base::SourceSet sources;
  base::DiagSink sink;
  const base::FileId file = sources.add("test.gir", text);
  std::optional<ir::Module> module = ir::parse(sources.file(file).text(), file, sink);
  EXPECT_TRUE(module.has_value());
  if (!module) return found;
  found.atomic = ir::to_atomic(*module);
  std::optional<ir::Stepwise> stepwise = ir::checked_stepwise(*module, sink);
  EXPECT_TRUE(stepwise.has_value());
  if (!stepwise) return found;
  found.stepwise = std::move(*stepwise);
  found.stepwise.module.properties.resize(found.stepwise.first_candidate);
  std::vector<std::uint32_t> properties;
  for (std::uint32_t p = 0; p < found.stepwise.module.properties.size(); ++p)
    properties.push_back(p);
  InterleaveOptions options;
  options.valuations = {{}};
  options.max_steps = 20'000;
  found.all = interleave(found.atomic, found.stepwise, properties, options);
  return found;
}

TEST(Interleave, WhatHoldsIsNotBroken) {
  const Found found = search(std::string(ir::testing::kConversion));
  EXPECT_EQ(found.run("no_private_mapping"), nullptr);
  EXPECT_NE(found.run("on_its_way"), nullptr) << "or nothing was looked at";
  EXPECT_GT(found.all.found.bound.groups, 0u);
  EXPECT_FALSE(found.all.stuck);
}

TEST(Interleave, AMissingReferenceIsFoundWithTheShortestRun) {
  const Found found =
      search(without(ir::testing::kConversion, "(exists ((c)) [found c i p])", "false"));
  const auto* const run = found.run("no_private_mapping");
  ASSERT_NE(run, nullptr);
  const std::string text = lanes_text(found.stepwise, *run);
  EXPECT_THAT(text, HasSubstr("1. create() = ok, i=inode1\n2. at the same time:\n"));
  EXPECT_THAT(text, HasSubstr("found[A, inode1, 0] = true"));
  EXPECT_THAT(text, HasSubstr("B holds invalidate[inode1]"));
  EXPECT_THAT(text, HasSubstr("private[inode1, 0] = true"));
  for (const Reached& reached : found.all.found.goals) {
    if (!reached.run) continue;
    EXPECT_TRUE(replays(found.stepwise.module, *reached.run, reached.goal));
  }
}

TEST(Interleave, AMissingLockIsFound) {
  std::string text = without(ir::testing::kConversion, "(acquire shared invalidate i)");
  text = without(text, "(release invalidate i)");
  EXPECT_NE(search(text).run("no_private_mapping"), nullptr);
}

TEST(Interleave, CallsThatWaitForEachOtherAreFound) {
  const Found found = search(std::string(kLocks));
  ASSERT_TRUE(found.all.stuck);
  const std::string text = lanes_text(found.stepwise, *found.all.stuck);
  EXPECT_THAT(text, HasSubstr("A holds first"));
  EXPECT_THAT(text, HasSubstr("B holds second"));
  EXPECT_FALSE(
      search(without(without(kLocks, "(acquire exclusive second) (acquire exclusive first)",
                             "(acquire exclusive first) (acquire exclusive second)"),
                     "(release first) (release second)", "(release second) (release first)"))
          .all.stuck);
}

TEST(Interleave, ACallThatWaitsForNobodyIsTold) {
  // Alone nothing is awaited; step by step the call stays there.
  std::string text = without(kCells, "(release both)", "(await (eq [x] 200:u8)) (release both)");
  text = without(text, "(put [x] 1:u8)", "(put [x] (add [x] 1:u8))");
  const Found found = search(text);
  ASSERT_TRUE(found.all.not_lifted);
  EXPECT_EQ(found.atomic.actions[found.all.not_lifted->calls.back().action].name, "put");
  EXPECT_FALSE(search(std::string(kCells)).all.not_lifted);
}

TEST(Interleave, CallsUnderALockEndAsInSomeOrder) {
  const Found found = search(std::string(kCells));
  EXPECT_GT(found.all.ends, 0u);
  EXPECT_TRUE(found.all.no_order.empty());
}

TEST(Interleave, ATornReadIsThatOfNoOrder) {
  std::string text(kCells);
  for (int n = 0; n < 2; ++n)
    text = without(without(text, "(acquire exclusive both)"), "(release both)");
  const Found found = search(text);
  ASSERT_EQ(found.all.no_order.size(), 1u);
  const NoOrder& odd = found.all.no_order.front();
  EXPECT_EQ(odd.first + ' ' + odd.second, "put get");
  EXPECT_TRUE(odd.results);
  const std::string run = lanes_text(found.stepwise, odd.run);
  EXPECT_TRUE(run.find("a=1, b=0") != std::string::npos ||
              run.find("a=0, b=1") != std::string::npos)
      << run;
}

}  // namespace
}  // namespace gms::check
