#include "model/runtime/function.h"

#include <gtest/gtest.h>

namespace gms::model {
namespace {

struct FileTag;
struct UserTag;
using File = Handle<FileTag>;
using User = Handle<UserTag>;
using Base = StateBase<FileTag, UserTag>;

struct State : Base {
  Function<Base, int, File> size{*this, 7};
  Function<Base, bool, User, File, Bits<52>> mapped{*this, false};
  Function<Base, Lazy<std::uint8_t>, File, Bits<52>, Bits<12>> content{*this, 0};
  Function<Base, Optional<File>> newest{*this, Optional<File>{}};
  auto functions() { return std::tie(size, mapped, content, newest); }
};

TEST(Function, HasItsInitialValueWhereNothingIsWrittenOrNobodyLives) {
  State s;
  const File file = s.create<File>();
  EXPECT_EQ(s.size(file), 7);
  s.size.at(file) = 9;
  EXPECT_EQ(s.size(file), 9);
  EXPECT_EQ(s.size(File{}), 7);
  s.size.at(File{}) = 5;  // ignored
  EXPECT_EQ(s.size(File{}), 7);
  EXPECT_FALSE(s.newest().has_value());
}

TEST(Function, ADestroyedHandleTakesItsValuesAlong) {
  State s;
  const User user = s.create<User>();
  const File file = s.create<File>();
  s.size.at(file) = 9;
  s.mapped.at(user, file, Stretch{0, 99}) = true;
  s.newest.at() = file;
  destroy(s, file);
  EXPECT_EQ(s.size(file), 7);
  const File other = s.create<File>();  // in the same slot
  EXPECT_EQ(other.slot, file.slot);
  EXPECT_EQ(s.size(other), 7);
  EXPECT_FALSE(s.mapped(user, other, 5));
  EXPECT_EQ(s.newest(), Optional<File>(file));
  s.size.at(other) = 3;
  EXPECT_EQ(s.size(file), 7);
}

TEST(Function, WholeRowsAndSinglePoints) {
  State s;
  const File file = s.create<File>();
  s.content.at(file, Stretch{2, 4}, whole(12)) = 1;
  s.content.at(file, Stretch{3, 6}, 5) = 2;
  s.content.at(file, Stretch{}, whole(12)) = 9;
  EXPECT_EQ(s.content(file, 1, 4095).value(), 0);
  EXPECT_EQ(s.content(file, 2, 5).value(), 1);
  EXPECT_EQ(s.content(file, 4, 5).value(), 2);
  EXPECT_EQ(s.content(file, 4, 6).value(), 1);
  EXPECT_EQ(s.content(file, 6, 5).value(), 2);
  EXPECT_EQ(s.content(file, 6, 6).value(), 0);
}

TEST(Function, TheJournalTakesEverythingBack) {
  State s;
  Journal journal;
  const File file = s.create<File>();
  const User user = s.create<User>();
  s.size.at(file) = 9;
  s.use_journal(&journal);
  s.size.at(file) = 1;
  s.mapped.at(user, file, whole(52)) = true;
  s.newest.at() = s.create<File>();
  destroy(s, file);
  journal.rollback();
  EXPECT_EQ(s.all<File>().size(), 1u);
  EXPECT_EQ(s.size(file), 9);
  EXPECT_FALSE(s.mapped(user, file, 0));
  EXPECT_FALSE(s.newest().has_value());
}

TEST(Function, LearnsTheOneUnknownValueThatWasRead) {
  State s;
  const File file = s.create<File>();
  s.content.at(file, 1, whole(12)) = Lazy<std::uint8_t>::unknown();
  s.forget_reads();
  EXPECT_FALSE(s.content(file, 1, 3).is_known());
  EXPECT_EQ(s.learn(to_datum(std::uint8_t{8})), Learnt::kKnown);
  EXPECT_EQ(s.content(file, 1, 3), Lazy<std::uint8_t>(8));
  EXPECT_FALSE(s.content(file, 1, 4).is_known());
  EXPECT_TRUE(s.is_exact());

  s.forget_reads();
  static_cast<void>(s.content(file, 1, 5));
  EXPECT_EQ(s.learn({0, true, true}), Learnt::kContradicts);  // a byte is never none

  s.forget_reads();
  static_cast<void>(s.content(file, 1, 5));
  static_cast<void>(s.content(file, 1, 6));
  EXPECT_EQ(s.learn(to_datum(std::uint8_t{8})), Learnt::kLost);
  EXPECT_FALSE(s.is_exact());
}

}  // namespace
}  // namespace gms::model
