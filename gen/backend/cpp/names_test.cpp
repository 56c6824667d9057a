#include "gen/backend/cpp/names.h"

#include <gtest/gtest.h>

namespace gms::gen::cpp {
namespace {

TEST(CppNames, Cases) {
  EXPECT_EQ(to_pascal("read_lock"), "ReadLock");
  EXPECT_EQ(to_pascal("EPERM.1"), "EPERM1");
  EXPECT_EQ(to_snake("ReadLock"), "read_lock");
  EXPECT_EQ(to_snake("pages.lo"), "pages_lo");
  EXPECT_EQ(to_snake("9p"), "n9p");
}

TEST(CppNames, ScopesKeepNamesApartAndLegal) {
  Scope scope({"s"});
  EXPECT_EQ(scope.add("s"), "s_2");
  EXPECT_EQ(scope.add("errno"), "errno_");
  EXPECT_EQ(scope.add("switch"), "switch_");
  EXPECT_EQ(scope.add("switch"), "switch_2");
  const Scope::Mark mark = scope.mark();
  EXPECT_EQ(scope.add("p"), "p");
  EXPECT_EQ(scope.add("p"), "p_2");
  scope.back_to(mark);
  EXPECT_EQ(scope.add("p"), "p");
}

TEST(CppNames, WholeWords) {
  EXPECT_TRUE(mentions("f(s, t)", "s"));
  EXPECT_FALSE(mentions("first(this)", "s"));
}

}  // namespace
}  // namespace gms::gen::cpp
