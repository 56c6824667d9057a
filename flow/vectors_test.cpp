#include "flow/vectors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "flow/check.h"
#include "flow/random_programs.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("gms_vectors_" + std::to_string(::getpid()))) {
    fs::remove_all(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::optional<VectorsReport> make(const std::string& folder,
                                  std::vector<std::string> criteria = {}) {
  base::SourceSet sources;
  base::DiagSink sink;
  VectorsOptions options;
  options.spec = "tests/rwlock/rwlock.gms";
  options.calls = 20'000;
  options.folder = folder;
  options.criteria = std::move(criteria);
  return make_vectors(options, sources, sink);
}

check::CheckReport judge(const fs::path& trace) {
  base::SourceSet sources;
  base::DiagSink sink;
  CheckOptions options;
  options.traces = {trace.string()};
  options.spec = "tests/rwlock/rwlock.gms";
  return check_traces(options, sources, sink);
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Vectors, Conform) {
  const Folder folder;
  const auto report = make(folder.path.string());
  ASSERT_TRUE(report);
  ASSERT_FALSE(report->vectors.empty());
  const check::CheckReport judged = judge(folder.path);
  EXPECT_EQ(judged.traces.size(), report->vectors.size());
  EXPECT_EQ(judged.status(), base::ExitStatus::kOk);
}

TEST(Vectors, WithAnotherResultDoNot) {
  const Folder folder;
  const auto report = make(folder.path.string(), {"clause"});
  ASSERT_TRUE(report);
  std::size_t changed = 0;
  for (const VectorSummary& vector : report->vectors) {
    const fs::path path = folder.path / vector.file;
    std::string text = text_of(path);
    const std::size_t at = text.rfind("\"errno\":null");
    if (at == std::string::npos) continue;
    text.replace(at, 12, "\"errno\":\"EPERM\"");
    std::ofstream(path) << text;
    EXPECT_EQ(judge(path).status(), base::ExitStatus::kFinding) << vector.name;
    ++changed;
  }
  EXPECT_GT(changed, 0U);
}

TEST(Vectors, AreTheSameForASeed) {
  const Folder folder;
  const auto a = make((folder.path / "a").string()), b = make((folder.path / "b").string());
  ASSERT_TRUE(a && b);
  EXPECT_EQ(render_json(*a), render_json(*b));
  for (const VectorSummary& vector : a->vectors)
    EXPECT_EQ(text_of(folder.path / "a" / vector.file), text_of(folder.path / "b" / vector.file));
}

TEST(RandomPrograms, ConformAndAreTheSameForASeed) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto make_some = [&](std::uint64_t seed) {
    return make_random_programs("tests/rwlock/rwlock.gms", {}, {}, {seed, 100, 0}, {}, sources,
                                sink);
  };
  const auto a = make_some(1), b = make_some(1), c = make_some(2);
  ASSERT_TRUE(a && b && c);
  ASSERT_EQ(a->size(), 3U);  // of 40 calls, the last one shorter
  EXPECT_EQ(a->front().text, b->front().text);
  EXPECT_NE(a->front().text, c->front().text);
  for (const RandomProgram& program : *a) {
    CheckOptions options;
    options.spec = "tests/rwlock/rwlock.gms";
    check::TraceInput input{program.name};
    input.bytes = program.text;
    EXPECT_EQ(check_inputs(options, {input}, sources, sink).status(), base::ExitStatus::kOk);
  }
}

TEST(Vectors, NoneShowsOnlyWhatOthersShow) {
  const Folder folder;
  const auto report = make(folder.path.string(), {"clause", "condition"});
  ASSERT_TRUE(report);
  for (const VectorSummary& one : report->vectors) {
    bool needed = false;
    for (const std::string& shown : one.shows) {
      bool elsewhere = false;
      for (const VectorSummary& other : report->vectors)
        elsewhere = elsewhere ||
                    (&other != &one &&
                     std::find(other.shows.begin(), other.shows.end(), shown) != other.shows.end());
      needed = needed || !elsewhere;
    }
    EXPECT_TRUE(needed) << one.name;
  }
}

}  // namespace
}  // namespace gms::flow
