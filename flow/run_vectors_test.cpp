// Vectors from files to verdicts. What needs a kernel is skipped where there is none.
#include "flow/run_vectors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/file_system.h"
#include "base/render_text.h"
#include "flow/compare_results.h"
#include "flow/render_run.h"
#include "flow/spec_store.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
using runner::Line;

class RunVectors : public testing::Test {
 protected:
  RunVectors() : folder_(fs::temp_directory_path() / ("run_vectors." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~RunVectors() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string file(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }
  RunReport run(RunOptions options, runner::Host (*probe)() = runner::probe_host) {
    const RunReport report = run_vectors(options, sources_, sink_, probe);
    diagnostics_ = base::render_text(sink_, sources_, {});
    return report;
  }

  fs::path folder_;
  base::SourceSet sources_;
  base::DiagSink sink_;
  std::string diagnostics_;
};

constexpr const char* kGood =
    R"({"op":"create_vm","vm":"v","type":0,"errno":null}
{"op":"create_gmem","vm":"v","gmem":"g","size":4096,"flags":3,"ret":77,"errno":null}
{"op":"mmap","gmem":"g","map":"m","length":4096,"prot":3,"flags":1,"offset":0,"errno":null}
{"op":"host_write","map":"m","page":0,"byte":0,"value":5,"result":"ok"}
{"op":"host_read","map":"m","page":0,"byte":0,"result":"ok","value":)";

TEST_F(RunVectors, SaysWhyNothingCanBeRun) {
  RunOptions options;
  options.vectors = {file("good.jsonl", std::string(kGood) + "5}\n")};
  const RunReport report = run(options, [] {
    runner::Host host;
    host.problem = "cannot open /dev/kvm: No such file or directory";
    return host;
  });
  EXPECT_EQ(report.status(), base::ExitStatus::kUnknown);
  EXPECT_EQ(diagnostics_,
            "error[E1103]: nothing can be run here: cannot open /dev/kvm: No such file or "
            "directory\n");
}

TEST_F(RunVectors, ABrokenVectorDoesNotStopTheOthers) {
  RunOptions options;
  options.vectors = {file("bad.jsonl", "{\"op\":\"nothing\"}\n"),
                     file("good.jsonl", std::string(kGood) + "5}\n")};
  const RunReport report = run(options);
  ASSERT_EQ(report.vectors.size(), 2U);
  EXPECT_EQ(report.vectors[0].verdict, RunVerdict::kBroken);
  EXPECT_EQ(report.vectors[0].line, 1U);
  EXPECT_EQ(report.status(), base::ExitStatus::kUsage);
  if (!report.host->usable()) GTEST_SKIP() << report.host->problem;
  EXPECT_NE(report.vectors[1].verdict, RunVerdict::kBroken);
}

TEST_F(RunVectors, JudgesWhatItRecords) {
  RunOptions options;
  options.vectors = {file("good.jsonl", std::string(kGood) + "5}\n"),
                     file("differs.jsonl", std::string(kGood) + "6}\n"),
                     file("no_type.jsonl",
                          "{\"op\":\"create_vm\",\"vm\":\"v\",\"type\":77}\n"
                          "{\"op\":\"create_gmem\",\"vm\":\"v\",\"size\":4096}\n")};
  options.output = (folder_ / "traces").string();
  const RunReport report = run(options);
  if (!report.host->usable()) GTEST_SKIP() << report.host->problem;
  if ((report.host->gmem_flags & 3) != 3) GTEST_SKIP() << "the host maps no guest_memfd here";
  ASSERT_EQ(report.vectors.size(), 3U);
  EXPECT_EQ(report.vectors[0].verdict, RunVerdict::kPass) << render_text(report, {});
  EXPECT_EQ(report.vectors[0].calls, 5U);
  EXPECT_EQ(report.vectors[1].verdict, RunVerdict::kDiffers);
  EXPECT_EQ(report.vectors[1].line, 5U);
  EXPECT_EQ(report.vectors[1].reason, "host_read: value is 5, the vector has 6");
  EXPECT_EQ(report.vectors[2].verdict, RunVerdict::kSkip);
  EXPECT_EQ(report.vectors[2].line, 2U);
  EXPECT_EQ(report.status(), base::ExitStatus::kUnknown);
  const base::ReadResult trace = base::read_file(options.output + "/good.jsonl");
  ASSERT_TRUE(trace.text);
  EXPECT_EQ(std::count(trace.text->begin(), trace.text->end(), '\n'), 5);
  EXPECT_TRUE(Line::accept(render_json(report)));
}

TEST_F(RunVectors, HandWrittenVectorsPass) {
  RunOptions options;
  options.vectors = {"runner/tests/good"};
  const RunReport report = run(options);
  if (!report.host->usable()) GTEST_SKIP() << report.host->problem;
  EXPECT_EQ(report.vectors.size(), 4U);
  for (const VectorReport& one : report.vectors)
    EXPECT_TRUE(one.verdict == RunVerdict::kPass || one.verdict == RunVerdict::kSkip)
        << render_text(report, {});
}

TEST_F(RunVectors, WrongOptionsAreNoVerdict) {
  for (const bool spec : {true, false}) {
    RunOptions options;
    options.vectors = {file("good.jsonl", std::string(kGood) + "5}\n")};
    if (spec) options.spec = "no_such";
    if (!spec) options.params = {"no_value"};
    const RunReport report = run(options);
    if (!report.host->usable()) GTEST_SKIP() << report.host->problem;
    EXPECT_EQ(report.vectors[0].verdict, RunVerdict::kUnknown);
    EXPECT_EQ(report.status(), base::ExitStatus::kUsage);
  }
}

TEST_F(RunVectors, TwoTracesNeedTwoNames) {
  fs::create_directories(folder_ / "other");
  RunOptions options;
  options.vectors = {file("same.jsonl", std::string(kGood) + "5}\n"),
                     file("other/same.jsonl", std::string(kGood) + "5}\n")};
  options.output = (folder_ / "traces").string();
  EXPECT_EQ(run(options).status(), base::ExitStatus::kUsage);
  EXPECT_NE(diagnostics_.find("would be the same file"), std::string::npos);
}

TEST(CompareResults, LeavesOutWhatNoTwoRunsShare) {
  const auto differs = [](const char* expected, const char* got) {
    const auto found = first_difference({Line::parse(expected)}, {{Line::parse(got), nullptr}});
    return found ? found->text : "";
  };
  EXPECT_EQ(differs(R"({"op":"dup","gmem":"g","new":"h","ret":5,"t_end":1})",
                    R"({"op":"dup","gmem":"g","new":"h","ret":9,"t_end":2,"errno":null})"),
            "");
  EXPECT_EQ(differs(R"({"op":"pagemap","ptes":[{"page":0,"present":1,"pfn":4}]})",
                    R"({"op":"pagemap","ptes":[{"page":0,"present":true,"pfn":7}],"ret":8})"),
            "");
  EXPECT_EQ(differs(R"({"op":"pagemap","ptes":[{"page":0,"present":1,"pfn":4}]})",
                    R"({"op":"pagemap","ptes":[{"page":0,"present":0,"pfn":0}],"ret":8})"),
            R"(pagemap: ptes is [{"page":0,"present":0,"pfn":0}], the vector has )"
            R"([{"page":0,"present":1,"pfn":4}])");
  EXPECT_EQ(differs(R"({"op":"fallocate","ret":0})", R"({"op":"fallocate","ret":-1})"),
            "fallocate: ret is -1, the vector has 0");
  EXPECT_EQ(differs(R"({"op":"proc_mem_pread","ret":0})", R"({"op":"proc_mem_pread","ret":1})"),
            "");
  EXPECT_EQ(differs(R"({"op":"host_read","value":1})", R"({"op":"host_read","result":"SIGBUS"})"),
            "host_read: value is not there, the vector has 1");
}

TEST(CompareResults, ANoteSaysHowElseTheNextCallMayEnd) {
  const auto differs = [](const char* got) {
    const auto found = first_difference(
        {Line::parse(
             R"({"op":"note","also_allowed":["ret=-1 errno=EINTR","errno=ENOMEM ret=-1"]})"),
         Line::parse(R"({"op":"fallocate","ret":0,"errno":null})")},
        {{Line{{"op", "note"}}, nullptr}, {Line::parse(got), nullptr}});
    return found ? found->text : "";
  };
  EXPECT_EQ(differs(R"({"op":"fallocate","ret":0,"errno":null})"), "");
  EXPECT_EQ(differs(R"({"op":"fallocate","ret":-1,"errno":"ENOMEM"})"), "");
  EXPECT_EQ(differs(R"({"op":"fallocate","ret":-1,"errno":"EIO"})"),
            "fallocate: errno is \"EIO\", the vector has null");
}

/// A new event of a spec must fail here until the executor performs it.
TEST(Specs, EveryEventCanBePerformed) {
  base::SourceSet sources;
  base::DiagSink sink;
  SpecStore store(sources, sink);
  for (const std::string& name : SpecStore::shipped()) {
    const LoadedSpec* const spec = store.load(name);
    ASSERT_NE(spec, nullptr) << name;
    EXPECT_GT(spec->events.events().size(), 50U) << name;
    for (const check::EventPlan& plan : spec->events.events()) {
      const std::string op(plan.event->op);
      if (plan.event->ignored) continue;
      const runner::OpFields* const known = runner::find_op(op);
      ASSERT_NE(known, nullptr) << name << ": the runner cannot perform '" << op << "'";
      for (const std::string_view key : spec->events.keys(plan)) {
        const std::string_view field = key.substr(0, key.find('.'));
        constexpr std::string_view kCommon =
            "op seq tid round t_begin t_end ret errno injected fail_nth vcpu";
        EXPECT_TRUE(runner::lists(kCommon, field) || runner::lists(known->inputs, field) ||
                    runner::lists(known->outputs, field))
            << name << ": the runner does not know the field '" << field << "' of '" << op << "'";
      }
    }
  }
}

}  // namespace
}  // namespace gms::flow
