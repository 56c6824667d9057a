#include "checker/prove/prove.h"

#include <gtest/gtest.h>

#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

ir::Module module_of(std::string_view text) {
  base::DiagSink sink;
  auto module = ir::parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return ir::to_atomic(*module);
}

Verdict verdict(const ir::Module& m, const ProveReport& report, std::string_view name) {
  for (const PropertyVerdict& v : report.properties)
    if (m.properties[v.property].name == name) return v.verdict;
  ADD_FAILURE() << name << " has no verdict";
  return Verdict::kUnknown;
}

std::string dump(const ir::Module& m, const ProveReport& r) {
  std::string out;
  for (const PropertyVerdict& v : r.properties)
    out += m.properties[v.property].name + " " + std::to_string(static_cast<int>(v.verdict)) + " " +
           v.reason + "\n";
  for (const Obligation& o : r.obligations)
    if (o.verdict != Verdict::kProved)
      out +=
          "  " + o.name + " " + std::to_string(static_cast<int>(o.verdict)) + " " + o.reason + "\n";
  for (const std::string& e : r.errors)
    out += "  error " + e + "\n";
  return out;
}

TEST(Prove, TheLockIsExclusive) {
  const ir::Module m = module_of(ir::testing::kLock);
  const ProveReport r = prove(m, {});
  EXPECT_EQ(verdict(m, r, "exclusive"), Verdict::kProved) << dump(m, r);
  EXPECT_EQ(verdict(m, r, "unlock_frees"), Verdict::kProved) << dump(m, r);
  EXPECT_EQ(verdict(m, r, "can_wait"), Verdict::kProved) << dump(m, r);
  EXPECT_TRUE(r.errors.empty()) << dump(m, r);
  EXPECT_TRUE(r.dead_clauses.empty()) << dump(m, r);
}

TEST(Prove, SolversAgree) {
  if (!program_version("cvc5")) GTEST_SKIP() << "cvc5 is not installed";
  const ir::Module m = module_of(ir::testing::kPages);
  ProveOptions options;
  options.cvc5 = true;
  const ProveReport r = prove(m, options);
  EXPECT_TRUE(r.disagreements.empty());
  EXPECT_TRUE(r.errors.empty()) << dump(m, r);
  for (const Obligation& o : r.obligations)
    EXPECT_EQ(o.answers.at("z3"), o.answers.at("cvc5")) << o.name;
  for (const PropertyVerdict& v : r.properties)
    EXPECT_EQ(v.verdict, Verdict::kProved) << dump(m, r);
  // One is expected to be refuted: that it is proved is no success.
  for (const PropertyVerdict& v : r.properties)
    EXPECT_EQ(v.as_expected, !m.properties[v.property].expect_refuted) << dump(m, r);
}

}  // namespace
}  // namespace gms::check
