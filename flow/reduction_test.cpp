// Leaving out orders of overlapping calls that lead to the same changes no verdict: recorded races,
// as they are and with one result exchanged, are judged with and without it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "checker/report/check_report.h"
#include "flow/check.h"
#include "flow/trace_files.h"
#include "flow/trace_text.h"

namespace gms::flow {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Json> lines_of(const std::string& path, std::size_t most) {
  std::string problem;
  const std::optional<std::string> text = read_trace(path, problem);
  EXPECT_TRUE(text) << problem;
  std::vector<Json> lines;
  std::istringstream in(text.value_or(""));
  for (std::string line; lines.size() < most && std::getline(in, line);)
    lines.push_back(Json::parse(line));
  return lines;
}

struct Judged {
  check::Verdict verdict = check::Verdict::kUnknown;
  std::vector<std::uint64_t> violations;  // lines
  bool operator==(const Judged&) const = default;
};

Judged judge(const std::vector<Json>& lines, const std::string& spec, bool reduce) {
  std::string text;
  for (const Json& line : lines)
    text += line.dump() + '\n';
  CheckOptions options;
  options.spec = spec;
  options.explain = false;
  options.linearize.reduce = reduce;
  base::SourceSet sources;
  base::DiagSink sink;
  const check::CheckReport report =
      check_inputs(options, {plain_input("trace", std::move(text))}, sources, sink);
  Judged judged;
  if (report.traces.size() != 1) return judged;
  judged.verdict = report.traces[0].verdict;
  for (const check::FindingReport& finding : report.traces[0].findings)
    judged.violations.push_back(finding.line);
  return judged;
}

/// One line's result becomes that of another line with the same op.
std::vector<Json> altered(std::vector<Json> lines, std::mt19937_64& random) {
  constexpr const char* kResults[] = {"ret", "errno", "result", "value", "error_offset", "si_code"};
  for (;;) {
    Json& one = lines[random() % lines.size()];
    const Json& other = lines[random() % lines.size()];
    if (one.value("tid", 0) == 0 || one["op"] != other["op"]) continue;
    const Json before = one;
    for (const char* field : kResults) {
      one.erase(field);
      if (other.contains(field)) one[field] = other[field];
    }
    if (one != before) return lines;
  }
}

struct Case {
  const char* path;
  const char* spec;
  std::size_t lines;
};

TEST(Reduction, ChangesNoVerdict) {
  constexpr Case kCases[] = {
      {"traces/threads/v7/mt_mix1_t3.smp2.jsonl.gz", "inplace_v7", 220},
      {"traces/threads/v7/litmus_three_conv.smp2.jsonl.gz", "inplace_v7", 150},
      {"traces/threads/linux-6.18/mt_mix2_t4.jsonl.gz", "linux_6_18", 220},
  };
  constexpr int kAltered = 25;
  std::size_t violations = 0, conforming = 0;
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.path);
    std::mt19937_64 random(1);
    const std::vector<Json> lines = lines_of(one.path, one.lines);
    EXPECT_EQ(judge(lines, one.spec, true).verdict, check::Verdict::kConforms);
    for (int i = 0; i < kAltered; ++i) {
      const std::vector<Json> other = altered(lines, random);
      const Judged with = judge(other, one.spec, true);
      EXPECT_EQ(with, judge(other, one.spec, false)) << "altered trace " << i;
      ++(with.verdict == check::Verdict::kConforms ? conforming : violations);
    }
  }
  EXPECT_GT(violations, 20U);
  EXPECT_GT(conforming, 3U);
}

}  // namespace
}  // namespace gms::flow
