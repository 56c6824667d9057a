// The stepwise reading of a small conversion: which steps there are, that the result is
// well-formed, and that what concerns calls is gone from the atomic reading.
#include "ir/stepwise/stepwise.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/source.h"
#include "ir/atomic.h"
#include "ir/calls.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "ir/verify.h"

namespace gms::ir {
namespace {

Module conversion(std::string_view store = "(step \"store\"") {
  base::SourceSet sources;
  base::DiagSink sink;
  std::string text(testing::kConversion);
  const std::string_view as_written = "(step \"store\"";
  text.replace(text.find(as_written), as_written.size(), store);
  const base::FileId file = sources.add("conversion.gir", text);
  std::optional<Module> module = parse(sources.file(file).text(), file, sink);
  EXPECT_TRUE(module.has_value());
  return module ? *module : Module();
}

bool has_action(const Module& module, std::string_view name) {
  return std::any_of(module.actions.begin(), module.actions.end(),
                     [&](const Action& a) { return a.name == name; });
}

TEST(Stepwise, EachStepIsAnAction) {
  const Module module = conversion();
  if (module.actions.empty()) return;
  const Stepwise stepwise = to_stepwise(module);
  ASSERT_TRUE(stepwise.problems.empty());
  base::DiagSink sink;
  EXPECT_TRUE(verify(stepwise.module, sink));
  for (const char* name : {"create", "fault.begin", "fault.is_private", "fault.find",
                           "fault.install", "convert.begin", "convert.zap", "convert.busy"})
    EXPECT_TRUE(has_action(stepwise.module, name)) << name;
  // The scan's end and the store are one step: the cursor is the call's own.
  EXPECT_FALSE(has_action(stepwise.module, "convert.store"));
  EXPECT_TRUE(stepwise.module.locks.empty());
  EXPECT_EQ(stepwise.origins.size(), stepwise.module.actions.size());
  EXPECT_LT(stepwise.first_candidate, stepwise.module.properties.size());
}

TEST(Stepwise, WhereAStepLeads) {
  const Module module = conversion();
  if (module.actions.empty()) return;
  const Stepwise stepwise = to_stepwise(module);
  ASSERT_EQ(stepwise.places_after.size(), stepwise.module.actions.size());
  const auto number = [&](std::string_view name) -> std::size_t {
    for (std::size_t a = 0; a < stepwise.module.actions.size(); ++a)
      if (stepwise.module.actions[a].name == name) return a;
    ADD_FAILURE() << name;
    return 0;
  };
  // The place that a step leaves is one that another leads to.
  const auto leads = [&](std::string_view from, std::string_view to) {
    return stepwise.places_after[number(from)].count(stepwise.place_of_action[number(to)]) == 1;
  };
  EXPECT_TRUE(leads("fault.begin", "fault.is_private"));
  EXPECT_TRUE(leads("fault.find", "fault.install"));
  EXPECT_FALSE(leads("fault.begin", "fault.install"));
  EXPECT_TRUE(stepwise.places_after[number("create")].empty()) << "it is over in one step";
}

bool has_claim(const Stepwise& stepwise, std::string_view name) {
  return std::any_of(stepwise.module.properties.begin(),
                     stepwise.module.properties.begin() + stepwise.first_candidate,
                     [&](const Property& p) { return p.name == name; });
}

TEST(Stepwise, WhatAMarkedStepClaims) {
  const Module module = conversion("(step \"store\" linearize");
  if (module.actions.empty()) return;
  const Stepwise stepwise = to_stepwise(module);
  // The store is the end of the scan's step, and the scan's test must still hold with it.
  for (const char* name : {"convert.takes_effect_once.busy", "convert.still_busy.busy"})
    EXPECT_TRUE(has_claim(stepwise, name)) << name;
  // A step that neither writes what the store writes nor fails can do nothing wrong.
  EXPECT_FALSE(has_claim(stepwise, "convert.takes_effect_once.zap"));
  EXPECT_FALSE(has_claim(to_stepwise(conversion()), "convert.takes_effect_once.busy"));
}

TEST(Stepwise, AMarkedStepStandsInAnAction) {
  Module module = conversion("(step \"store\" linearize");
  if (module.actions.empty()) return;
  for (const Action& action : module.actions)
    if (action.name == "convert") module.procs.push_back(action);
  const Stepwise stepwise = to_stepwise(module);
  ASSERT_EQ(stepwise.problems.size(), 1u);
  EXPECT_EQ(stepwise.problems[0], "convert: a step of a procedure is marked 'linearize'");
}

TEST(Stepwise, TheAtomicReadingKnowsNoCalls) {
  const Module module = conversion();
  if (module.actions.empty()) return;
  const Module atomic = to_atomic(module);
  EXPECT_EQ(call_domain(atomic), kNoId);
  EXPECT_EQ(atomic.states.size(), 2u);
  base::DiagSink sink;
  EXPECT_TRUE(verify(atomic, sink));
  for (const base::Diagnostic& d : sink.sorted())
    ADD_FAILURE() << d.message();
}

}  // namespace
}  // namespace gms::ir
