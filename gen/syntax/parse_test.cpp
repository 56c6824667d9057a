// Mistakes in texts: what is said, and where. Trees are tested in round_trip_test.cpp.
#include "gen/syntax/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gen/syntax/parse_test_util.h"

namespace gms::gen {
namespace {

using test::Parsed;
using testing::HasSubstr;
using testing::Not;

TEST(Probe, All) {
  const char* bad[] = {
      "spec x\naction a() {\n  fail EINVAL if x = 3\n}\n",
      "spec x\naction a() {\n  fail EINVAL if x && y\n  let in = 3\n  fail if x\n}\nstate y : [A "
      "-> b\nstate z : u8\n",
      "state x : u8\n",
      "spec x\naction a( {\n}\n",
      "spec x\naction a() {\n  x = 1;\n  if a then { x = 3 }\n  y = if a { 1 } else { 2 }\n}\n",
      "spec x\naction a() {\n  if c {\n    x = 1\n\naction b() { }\n",
      "spec x\nenum E { a, none }\nconst A u8 = 3\n\nconst B : u8 = \nconst C : u8 = 3\n",
      "spec x\ninvariant i : forall p in r : x\ninvariant j : a < b < c\ninvariant k : !x\n",
      "spec x\nconst A : u64 = 18446744073709551616\nconst B : u8 = 12ab\nconst C : u8 = 0x\n",
      "spec x\nlink \"abc\nlink \"a\\qb\"\nfn f(a : u8) = 3\n",
      "spec x\n\xef\xbb\xbf",
      "\xef\xbb\xbfspec x\n",
      "spec x\n// \xff\xfe\n",
      "",
      "// only this\n",
      "spec x\n/// doc\n",
      "spec x\naction a() {\n  /// doc\n}\n",
      "spec x\naction a() {\n  foo [bogus]: fail E\n foo [trace]: x = 3\n}\n",
      "spec x\naction a() {\n  foo(x)\n  call\n}\n",
      "spec x\nevent e(a : u8,) {\n x() observes a\n y(\n}\n",
      "spec x\nproperty p : x\nlaw l { }\ncover c on : x\n",
      "spec x\nconst \xc3\xa9t\xc3\xa9 : u8 = 3\nconst a u8 = 4\n",
      "spec x\naction a() {\n  x = (1 + 2\n  y = 3\n}\n",
      "spec x\naction a() {\n  x = 1 ]\n  y = [3\n}\n",
      "spec x extends\n",
      "spec\n",
      "hello world\n",
  };
  for (const char* text : bad) {
    const Parsed parsed(text);
    printf("----\n%s\n>>>\n%s", text, parsed.messages().c_str());
    EXPECT_FALSE(parsed.file);
  }
}

}  // namespace
}  // namespace gms::gen
