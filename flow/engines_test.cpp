// `check` by the compiled models and by the interpreter prints the same report, byte for byte: of
// all bundled traces by the kernel they name, and of some where all shipped specs are tried.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "checker/report/render_check.h"
#include "flow/check.h"
#include "flow/spec_store.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

std::string report(CheckOptions options, const std::string& engine) {
  options.engine = engine;
  base::SourceSet sources;
  base::DiagSink sink;
  const check::CheckReport report = check_traces(options, sources, sink);
  EXPECT_FALSE(report.traces.empty());
  return check::render_json(report) + check::render_text(report);
}

void compare(const CheckOptions& options) {
  EXPECT_EQ(report(options, "compiled"), report(options, "interpreter"));
}

TEST(Engines, AgreeOnAllBundledTraces) {
  std::size_t folders = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator("traces")) {
    if (!entry.is_directory()) continue;
    ++folders;
    CheckOptions options;
    options.traces = {entry.path().string()};
    options.coverage = true;
    SCOPED_TRACE(options.traces.front());
    compare(options);
  }
  EXPECT_GE(folders, 4U);
}

TEST(Engines, AgreeOnAViolation) {
  // Recorded with a known defect of that kernel, which the kernel.json beside it names: without it
  // the defect's events are violations.
  const fs::path folder = fs::temp_directory_path() / "gmemspec_engines_test";
  fs::create_directories(folder);
  const fs::path copy = folder / "trace.jsonl.gz";
  fs::copy_file("traces/v7/scn_mmio_then_rebind.jsonl.gz", copy,
                fs::copy_options::overwrite_existing);
  CheckOptions options;
  options.traces = {copy.string()};
  compare(options);  // by which kernel is not said
  options.spec = "inplace_v7";
  options.params = {"vm_memory_attributes=false"};
  compare(options);
  options.params = {};
  options.spec = "linux_7_1";
  compare(options);
  fs::remove_all(folder);
}

TEST(Engines, ShippedSpecsHaveModels) {
  base::SourceSet sources;
  base::DiagSink sink;
  SpecStore store(sources, sink);
  for (const std::string& name : SpecStore::shipped()) {
    const LoadedSpec* spec = store.load(name);
    ASSERT_NE(spec, nullptr);
    EXPECT_TRUE(spec->models) << name << " is not what model/generated was made from";
  }
}

TEST(Engines, AnotherSpecHasNone) {
  base::SourceSet sources;
  base::DiagSink sink;
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load("checker/tests/lock.gir");
  ASSERT_NE(spec, nullptr);
  EXPECT_FALSE(spec->models);
}

}  // namespace
}  // namespace gms::flow
