// Pieces of the written text; the whole text for the specs of model/tests is kept in
// model/generated and compared by the test generated.up_to_date.
#include "gen/backend/cpp/emit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "ir/atomic.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"

namespace gms::gen::cpp {
namespace {

using testing::HasSubstr;
using testing::Not;

ir::Module read(std::string_view text) {
  base::DiagSink sink;
  std::optional<ir::Module> module = ir::parse(text, base::kNoFile, sink);
  EXPECT_TRUE(module.has_value());
  return module ? ir::to_atomic(*module) : ir::Module{};
}

std::string text_of(const Emitted& emitted, std::string_view name) {
  for (const EmittedFile& file : emitted.files) {
    if (file.name == name) return file.text;
  }
  return "";
}

/// A spec with one file, one action `go` on it and a function of its pages.
std::string with_body(const std::string& locals, const std::string& body) {
  return R"((module m)
(enum Errno (ok 0) (EAGAIN 11))
(domain File)
(index Page 52)
(state a (File Page) u8 0)
(state b (File Page) u8 0)
(clause ok action go ok)
(action go (locals (f File) (lo Page) (hi Page) )" +
         locals + ") (params f lo hi) (body " + body + ") (end ok))\n";
}

TEST(EmitCpp, TheSameModuleGivesTheSameText) {
  const ir::Module module = read(ir::testing::kPages);
  const Emitted a = emit(module, {}), b = emit(module, {});
  EXPECT_TRUE(a.problems.empty());
  ASSERT_EQ(a.files.size(), b.files.size());
  for (std::size_t i = 0; i < a.files.size(); ++i)
    EXPECT_EQ(a.files[i].text, b.files[i].text);
}

TEST(EmitCpp, ChecksHaveTheirLabelAndPlace) {
  const Emitted emitted =
      emit(read(ir::testing::kLock), [](base::Span) { return std::string("lock.gms:7"); });
  const std::string text = text_of(emitted, "actions.cpp");
  EXPECT_THAT(text, HasSubstr("/// down_read\n"));
  EXPECT_THAT(text, HasSubstr("  // again, lock.gms:7\n  if (s.mode(me) != Mode::kIdle) return "
                              "Clause::kReadLockAgain;\n"));
}

TEST(EmitCpp, ARangeWithoutConditionsIsWrittenAsAWhole) {
  const std::string text = text_of(
      emit(read(with_body("(p Page)", "(update (for ((p lo hi))) (put [a f p] 1:u8))")), {}),
      "actions.cpp");
  EXPECT_THAT(text, HasSubstr("s.a.at(f, stretch(lo, hi)) = 1;"));
  EXPECT_THAT(text, Not(HasSubstr("for_each_stretch")));
}

TEST(EmitCpp, ReadsAtTheWrittenPointNeedNoWaiting) {
  const std::string text =
      text_of(emit(read(with_body("(p Page)",
                                  "(update (for ((p lo hi))) (where (eq [a f p] 0:u8)) (put "
                                  "[a f p] 1:u8) (put [b f p] [a f p]))")),
                   {}),
              "actions.cpp");
  EXPECT_THAT(text, HasSubstr("for_each_stretch(stretch(lo, hi), [&](Cursor p) {"));
  EXPECT_THAT(text, HasSubstr("new_b = s.a(f, p);"));
  EXPECT_THAT(text, Not(HasSubstr("Deferred")));
}

TEST(EmitCpp, ReadsElsewhereMakeTheWritesWait) {
  const std::string text =
      text_of(emit(read(with_body("(p Page)",
                                  "(update (for ((p lo hi))) (put [a f p] [a f (add p 1:Page)]))")),
                   {}),
              "actions.cpp");
  EXPECT_THAT(text, HasSubstr("Deferred later;"));
  EXPECT_THAT(text, HasSubstr("p_covered = p.covered()] { s.a.at(f, p_covered) = new_a; });"));
  EXPECT_THAT(text, HasSubstr("later.run();"));
}

TEST(EmitCpp, WhatIsWrittenInAnEmptyRangeIsGuarded) {
  const std::string text = text_of(
      emit(read(with_body("(p Page)",
                          "(update (for ((p lo hi))) (put [a f p] 1:u8) (put [b f lo] 2:u8))")),
           {}),
      "actions.cpp");
  EXPECT_THAT(text, HasSubstr("if (!p.empty()) s.b.at(f, lo) = 2;"));
}

}  // namespace
}  // namespace gms::gen::cpp
