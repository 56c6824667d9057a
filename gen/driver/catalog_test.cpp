// Every message of gen/sema is shown by a case, so that each has been read at least once.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "base/file_system.h"
#include "gen/sema/messages.h"

namespace gms::gen {
namespace {

TEST(SemaCatalog, EachMessageHasACase) {
  std::string shown;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("gen/tests")) {
    if (entry.path().extension() != ".expect") continue;
    shown += base::read_file(entry.path().string()).text.value_or("");
  }
  for (const base::DiagInfo& info : sema::diag::kCatalog)
    EXPECT_NE(shown.find("[" + std::string(info.code) + "]"), std::string::npos)
        << info.code << " " << info.slug << " is in no .expect file below gen/tests";
}

TEST(SemaCatalog, CodesAreUniqueAndAscending) {
  std::string last;
  for (const base::DiagInfo& info : sema::diag::kCatalog) {
    EXPECT_LT(last, std::string(info.code.substr(1))) << info.slug;
    last = info.code.substr(1);
  }
}

}  // namespace
}  // namespace gms::gen
