// A spec that has nothing to do with memory goes all the way: proofs and the compiled model.
// tests/rwlock has what the commands print about it.
#include <gtest/gtest.h>

#include "checker/conform/event_table.h"
#include "checker/differential/trace_twin.h"
#include "flow/prove.h"
#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "model/generated/rwlock/model.h"

namespace gms::flow {
namespace {

std::map<std::string, check::PropertyReport> verdicts(const std::string& spec) {
  base::SourceSet sources;
  base::DiagSink sink;
  ProveOptions options;
  options.spec = spec;
  const auto proofs = prove_spec(options, sources, sink);
  std::map<std::string, check::PropertyReport> out;
  if (!proofs) return out;
  for (const check::PropertyReport& v : proofs->report.properties)
    out[v.name] = v;
  return out;
}

TEST(SecondSpec, IsProved) {
  const auto all = verdicts("tests/rwlock/rwlock.gms");
  EXPECT_EQ(all.size(), 3U);
  for (const auto& [name, v] : all) {
    EXPECT_EQ(v.verdict, check::Verdict::kProved) << name;
    EXPECT_TRUE(v.as_expected) << name;
    EXPECT_EQ(v.run.has_value(), v.is_cover) << name;
  }
}

TEST(SecondSpec, WhatItDoesNotPromiseIsRefuted) {
  const auto all = verdicts("tests/rwlock/refuted.gms");
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all.at("alone").verdict, check::Verdict::kRefuted);
  EXPECT_FALSE(all.at("alone").as_expected);
  ASSERT_TRUE(all.at("alone").run);
  EXPECT_EQ(all.at("alone").run->length, 4U);
  EXPECT_EQ(all.at("alone").run->breach, "call 4 breaks it, at a = thread1, b = thread2");
  EXPECT_EQ(all.at("told").verdict, check::Verdict::kRefuted);
  EXPECT_TRUE(all.at("told").as_expected);
  EXPECT_EQ(all.at("exclusive").verdict, check::Verdict::kProved);
}

TEST(SecondSpec, TheCompiledModelJudgesATrace) {
  base::DiagSink sink;
  const auto module = ir::parse(ir::testing::kLock, base::kNoFile, sink);
  ASSERT_TRUE(module.has_value());
  const ir::Module atomic = ir::to_atomic(*module);
  const auto made = check::EventTable::make(atomic);
  ASSERT_TRUE(std::holds_alternative<check::EventTable>(made));
  const auto model = model::rwlock::make_model();
  const check::TraceTwin twin = check::compare_on_trace(
      {"tests/rwlock/readers.jsonl", std::nullopt}, std::get<check::EventTable>(made), {}, *model);
  EXPECT_EQ(twin.difference, "");
  EXPECT_EQ(twin.conform, 5U) << twin.end;
  EXPECT_EQ(twin.refused, 1U);  // the second lock of b
}

}  // namespace
}  // namespace gms::flow
