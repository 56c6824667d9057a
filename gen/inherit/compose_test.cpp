#include "gen/inherit/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/render_text.h"
#include "gen/ast/print.h"

namespace gms::gen {
namespace {

using testing::HasSubstr;

// Composes s/top.gms out of files that exist only here; the result's text, or the messages. The
// folder of shipped specs is `shipped`.
std::string compose_text(const std::map<std::string, std::string>& files) {
  base::SourceSet sources;
  base::DiagSink sink;
  const auto read = [&files](const std::string& path) -> base::ReadResult {
    const auto found = files.find(path);
    if (found == files.end()) return {std::nullopt, "No such file or directory"};
    return {found->second, ""};
  };
  const std::optional<ast::File> file = compose("s/top.gms", sources, sink, read, "shipped");
  EXPECT_EQ(file.has_value(), !sink.has_errors());
  const std::string messages = base::render_text(sink, sources);
  return file ? messages + ast::print(*file) : messages;
}

// The body of the action `act` of a base after edits.
std::string edited(const std::string& edits) {
  const std::string base =
      "spec base enum E { a } action act(x : u64) {\n"
      "  one: fail EINVAL if x == 1\n"
      "  fail EIO if x == 9\n"
      "  step work { two: fail EPERM if x == 2  if x == 4 { three: fail EBUSY } }\n"
      "  four: x = 4\n"
      "}\n";
  const std::string all = compose_text(
      {{"s/base.gms", base}, {"s/top.gms", "spec top extends base in act {\n" + edits + "\n}\n"}});
  const std::string head = "\naction act(x : u64) {\n";
  const std::size_t begin = all.find(head);
  return begin == std::string::npos ? all : all.substr(begin + head.size());
}

TEST(Compose, OneFile) {
  EXPECT_EQ(compose_text({{"s/top.gms", "spec top const A : u8 = 1"}}),
            "spec top\n\nconst A : u8 = 1\n");
}

TEST(Compose, IncludesRelativeToTheFile) {
  EXPECT_EQ(compose_text({{"s/top.gms", "spec top include \"parts/a.gms\" const C : u8 = 3"},
                          {"s/parts/a.gms", "const A : u8 = 1 include \"../b.gms\""},
                          {"s/b.gms", "const B : u8 = 2"}}),
            "spec top\n\nconst A : u8 = 1\nconst B : u8 = 2\nconst C : u8 = 3\n");
}

TEST(Compose, IncludeMistakes) {
  EXPECT_EQ(compose_text({{"s/top.gms", "spec top include \"top.gms\""}}),
            "s/top.gms:1:18: error[E0203]: 's/top.gms' includes itself\n"
            "    1 | spec top include \"top.gms\"\n"
            "      |                  ^~~~~~~~~\n");
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top include \"a.gms\" include \"./a.gms\""},
                            {"s/a.gms", "const A : u8 = 1"}}),
              HasSubstr("E0204]: 's/a.gms' is included twice"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top include \"a.gms\""},
                            {"s/a.gms", "include \"../s/./top.gms\""}}),
              HasSubstr("E0203"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top include \"none.gms\""}}),
              HasSubstr("E0201]: cannot read 's/none.gms': No such file or directory"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top include \"\""}}), HasSubstr("E0219"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top include \"a.gms\""}, {"s/a.gms", "spec a"}}),
              HasSubstr("hint: an included file has no `spec` line"));
}

TEST(Compose, MistakesOfAllFilesInOneRun) {
  const std::string messages =
      compose_text({{"s/top.gms", "spec top extends base include \"a.gms\" drop law x"},
                    {"s/a.gms", "const A = 1"},
                    {"s/base.gms", "spec base const B = 1"}});
  EXPECT_THAT(messages, HasSubstr("s/a.gms:1:9: error[E0101]"));
  EXPECT_THAT(messages, HasSubstr("s/base.gms:1:19: error[E0101]"));
}

TEST(Compose, ExtendsAChain) {
  EXPECT_EQ(compose_text({{"s/top.gms", "spec top extends mid state c : u8 state a : u16"},
                          {"s/mid.gms", "spec mid extends root state b : u8"},
                          {"s/root.gms", "spec root state a : u8"}}),
            "spec top extends mid\n\nstate a : u16\nstate b : u8\nstate c : u8\n");
}

TEST(Compose, ExtendsAShippedSpec) {
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top extends base"},
                            {"shipped/base.gms", "spec base include \"part.gms\""},
                            {"shipped/part.gms", "const A : u8 = 1"}}),
              HasSubstr("const A : u8 = 1"));
  // What is beside the spec comes first.
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top extends base"},
                            {"s/base.gms", "spec base const A : u8 = 2"},
                            {"shipped/base.gms", "spec base const A : u8 = 1"}}),
              HasSubstr("const A : u8 = 2"));
}

TEST(Compose, ExtendsMistakes) {
  EXPECT_EQ(compose_text({{"s/top.gms", "spec top extends b"}, {"s/b.gms", "spec b extends top"}}),
            "s/b.gms:1:16: error[E0202]: 'top' extends itself\n"
            "    1 | spec b extends top\n"
            "      |                ^~~\n"
            "note: the chain: s/top.gms -> s/b.gms -> s/top.gms\n");
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top extends top"}}), HasSubstr("E0202"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top extends b"}}), HasSubstr("E0201"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top extends b"}, {"s/b.gms", "spec c"}}),
              HasSubstr("E0206]: 's/b.gms' holds the spec 'c', not 'b'"));
  std::map<std::string, std::string> long_chain = {{"s/top.gms", "spec top extends x0"}};
  for (int i = 0; i < 100; ++i) {
    const std::string name = "x" + std::to_string(i);
    long_chain["s/" + name + ".gms"] = "spec " + name + " extends x" + std::to_string(i + 1);
  }
  EXPECT_THAT(compose_text(long_chain), HasSubstr("E0205"));
  EXPECT_THAT(compose_text({}), HasSubstr("E0201]: cannot read 's/top.gms'"));
}

TEST(Compose, Redeclarations) {
  const auto heir = [](const std::string& item) {
    return compose_text({{"s/top.gms", "spec top extends b " + item},
                         {"s/b.gms",
                          "spec b const A : u8 = 1 domain D, F index P : u8 invariant i : true "
                          "event e ignored action act() { }"}});
  };
  EXPECT_THAT(heir("const A : u8 = 2"), HasSubstr("\nconst A : u8 = 2\n"));
  EXPECT_THAT(heir("event e() { act() }"), HasSubstr("event e() {\n  act()\n}\n"));
  EXPECT_THAT(heir("fn A() -> u8 = 2"),
              HasSubstr("E0209]: 'A' is inherited as a constant, declared here as a function"));
  EXPECT_THAT(heir("domain G, F"), HasSubstr("E0208]: 'F' is inherited, and a domain cannot"));
  EXPECT_THAT(heir("invariant i : false"), HasSubstr("hint: `drop` the inherited one first"));
  EXPECT_THAT(heir("drop invariant i invariant i : false"), HasSubstr("invariant i :\n  false\n"));
  // An event and an action may share a name; that is usual.
  EXPECT_THAT(heir("event act() { act() }"), HasSubstr("action act() {\n}\n"));
}

TEST(Compose, EditsInsert) {
  EXPECT_EQ(
      edited("before one: x = 1 after one: x = 2 first: x = 0 last: x = 5"),
      "  x = 0\n  x = 1\n  one: fail EINVAL if x == 1\n  x = 2\n  fail EIO if x == 9\n"
      "  step work {\n    two: fail EPERM if x == 2\n    if x == 4 {\n      three: fail EBUSY\n"
      "    }\n  }\n  four: x = 4\n  x = 5\n}\n");
}

TEST(Compose, EditsReachInside) {
  EXPECT_EQ(
      edited("drop one after two: new: fail EAGAIN drop three"),
      "  fail EIO if x == 9\n  step work {\n    two: fail EPERM if x == 2\n    new: fail EAGAIN\n"
      "    if x == 4 {\n    }\n  }\n  four: x = 4\n}\n");
}

// Edits are carried out in order, each on the result of those before it.
TEST(Compose, EditsSeeEarlierEdits) {
  EXPECT_EQ(edited("drop work after one: fresh: x = 1 before fresh: x = 0 drop four"),
            "  one: fail EINVAL if x == 1\n  x = 0\n  fresh: x = 1\n  fail EIO if x == 9\n}\n");
}

TEST(Compose, EditsSwapAndReplace) {
  EXPECT_EQ(edited("swap one, two replace three: fail EIO replace four other: x = 3 "
                   "replace work: step { x = 8 }"),
            "  two: fail EPERM if x == 2\n  fail EIO if x == 9\n  step work {\n    x = 8\n  }\n"
            "  other: x = 3\n}\n");
  EXPECT_EQ(edited("drop work replace one: succeed drop four"),
            "  one: succeed\n  fail EIO if x == 9\n}\n");
}

TEST(Compose, EditMistakes) {
  const std::string unknown = edited("drop tow");
  EXPECT_THAT(unknown, HasSubstr("s/top.gms:2:6: error[E0211]: 'act' has no clause or step 'tow'"));
  EXPECT_THAT(unknown, HasSubstr("hint: did you mean 'two'?"));
  EXPECT_THAT(edited("drop EIO"), HasSubstr("hint: only clauses with a label of their own"));
  EXPECT_THAT(edited("last: one: x = 1 drop one"), HasSubstr("E0212"));
  EXPECT_THAT(edited("swap work, two"), HasSubstr("E0213]: 'two' stands inside 'work'"));
  EXPECT_THAT(edited("swap two, work"), HasSubstr("E0213]: 'two' stands inside 'work'"));
  // All of them are reported.
  const std::string both = edited("drop a drop b");
  EXPECT_THAT(both, HasSubstr("'a'"));
  EXPECT_THAT(both, HasSubstr("'b'"));
}

TEST(Compose, EditTargets) {
  const auto heir = [](const std::string& items) {
    return compose_text({{"s/top.gms", "spec top extends b " + items},
                         {"s/b.gms", "spec b const A : u8 = 1 procedure fill() { l: x = 1 }"}});
  };
  EXPECT_THAT(heir("/// More.\nin fill { drop l }"),
              HasSubstr("/// More.\nprocedure fill() {\n}\n"));
  EXPECT_THAT(heir("in fil { }"), HasSubstr("hint: did you mean 'fill'?"));
  EXPECT_THAT(heir("in A { }"), HasSubstr("note: this is a constant"));
  EXPECT_THAT(heir("procedure fill() { } in fill { }"), HasSubstr("declared by this spec itself"));
  EXPECT_THAT(compose_text({{"s/top.gms", "spec top in x { } drop law l expect proved l"}}),
              testing::AllOf(HasSubstr("nothing to change"), HasSubstr("nothing to drop"),
                             HasSubstr("nothing to expect")));
}

TEST(Compose, DropsAndExpectations) {
  const auto heir = [](const std::string& items) {
    return compose_text({{"s/top.gms", "spec top extends b " + items},
                         {"s/b.gms",
                          "spec b invariant i : true lemma l [expect refuted \"old\"] : true "
                          "cover c : true action act() { }"}});
  };
  EXPECT_EQ(heir("drop invariant i drop lemma l drop cover c drop action act"),
            "spec top extends b\n");
  EXPECT_THAT(heir("drop invariant l"), HasSubstr("note: this is a lemma"));
  EXPECT_THAT(heir("drop action atc"), HasSubstr("did you mean 'act'?"));
  EXPECT_THAT(heir("drop invariant i drop invariant i"), HasSubstr("E0214"));
  EXPECT_THAT(heir("expect refuted i \"why\""),
              HasSubstr("invariant i [expect refuted \"why\"] :\n"));
  EXPECT_THAT(heir("expect proved l"), HasSubstr("lemma l :\n"));
  EXPECT_THAT(heir("expect proved i"), HasSubstr("warning[W0218]"));
  EXPECT_THAT(heir("expect refuted i"), HasSubstr("E0216"));
  EXPECT_THAT(heir("expect refuted c \"x\""), HasSubstr("E0217"));
  EXPECT_THAT(heir("expect refuted nothing \"x\""), HasSubstr("E0215"));
  EXPECT_THAT(heir("law own() { { } } expect refuted own \"x\""),
              HasSubstr("hint: write `[expect refuted"));
}

}  // namespace
}  // namespace gms::gen
