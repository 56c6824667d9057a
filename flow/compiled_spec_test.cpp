#include "flow/compiled_spec.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file_system.h"
#include "flow/spec_store.h"
#include "gen/driver/pipeline.h"
#include "ir/atomic.h"
#include "ir/text/digest.h"
#include "ir/text/print.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

TEST(CompiledSpec, IsWhatTheCompilerMakesOfTheText) {
  // Both after other texts: places must be those of the right file.
  base::SourceSet compiled, read;
  base::DiagSink sink;
  for (base::SourceSet* sources : {&compiled, &read})
    sources->add("other", "text\n");
  for (const std::string& name : SpecStore::shipped()) {
    const std::string path = spec_folder() + '/' + name + ".gms";
    const auto from_text = gen::compile(path, compiled, sink, spec_folder());
    const auto as_committed = read_compiled(path, read);
    ASSERT_TRUE(from_text && as_committed) << name;
    EXPECT_EQ(ir::print(as_committed->module), ir::print(*from_text)) << name;
    EXPECT_EQ(as_committed->digest, ir::digest(ir::to_atomic(*from_text))) << name;
    ASSERT_EQ(read.size(), compiled.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      const auto id = static_cast<base::FileId>(i);
      EXPECT_EQ(read.file(id).name(), compiled.file(id).name());
      EXPECT_EQ(read.file(id).text(), compiled.file(id).text());
    }
  }
}

TEST(CompiledSpec, IsNotUsedForAChangedText) {
  const fs::path folder = fs::temp_directory_path() / "gmemspec_compiled_spec_test";
  fs::remove_all(folder);
  fs::copy(spec_folder(), folder, fs::copy_options::recursive);
  const std::string path = (folder / "inplace_v7.gms").string();
  base::SourceSet sources;
  // A copy elsewhere is the same spec.
  EXPECT_TRUE(read_compiled(path, sources));
  const std::size_t files = sources.size();

  const std::string part = (folder / "linux_6_18/pins.gms").string();
  const std::string text = *base::read_file(part).text;
  ASSERT_FALSE(base::write_file(part, text + " "));
  EXPECT_FALSE(read_compiled(path, sources));
  fs::remove(part);
  EXPECT_FALSE(read_compiled(path, sources));
  ASSERT_FALSE(base::write_file(part, text));
  EXPECT_TRUE(read_compiled(path, sources));
  EXPECT_EQ(sources.size(), 2 * files);

  EXPECT_FALSE(read_compiled((folder / "no_such_spec.gms").string(), sources));
  EXPECT_FALSE(read_compiled((folder / "linux_6_18/pins.gms").string(), sources));
  fs::remove_all(folder);
}

TEST(CompiledSpec, OriginsAreOnlyOfOneFolder) {
  base::SourceSet sources;
  sources.add("a/b/x.gms", "spec x");
  sources.add("a/b/x/more.gms", "");
  EXPECT_EQ(origin_of("x", 0x123, "(module x)", "a/b/x.gms", sources),
            "0000000000000123 x\n"
            "71d878d49758cdfe x.gir\n"
            "af9ee08e0bfa2fe6 x.gms\n"
            "cbf29ce484222325 x/more.gms\n");
  sources.add("a/y.gms", "");
  EXPECT_FALSE(origin_of("x", 0x123, "(module x)", "a/b/x.gms", sources));
}

}  // namespace
}  // namespace gms::flow
