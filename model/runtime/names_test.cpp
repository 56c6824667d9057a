#include "model/runtime/names.h"

#include <gtest/gtest.h>

#include <array>

namespace gms::model {
namespace {

TEST(NameTable, BindsByDomainAndForgetsOnRollback) {
  NameTable names(2);
  Journal journal;
  const NameTable::Id g1 = names.intern("g1");
  EXPECT_EQ(names.intern("g1"), g1);
  EXPECT_TRUE(names.handle(0, g1).is_none());
  names.bind(0, g1, HandleId{3, 1}, &journal);
  EXPECT_EQ(names.handle(0, g1), (HandleId{3, 1}));
  EXPECT_TRUE(names.handle(1, g1).is_none());
  EXPECT_TRUE(names.is_bound_outside(1, g1));
  journal.rollback();
  EXPECT_TRUE(names.handle(0, g1).is_none());
}

TEST(NameTable, HoldsManyNames) {
  NameTable names(1);
  for (int i = 0; i < 5000; ++i)
    names.bind(0, names.intern("n" + std::to_string(i)), HandleId{static_cast<std::uint32_t>(i), 1},
               nullptr);
  for (int i = 0; i < 5000; ++i)
    EXPECT_EQ(names.handle(0, names.intern("n" + std::to_string(i))).slot,
              static_cast<std::uint32_t>(i));
  EXPECT_EQ(names.size(), 5000u);
}

TEST(WordTable, FindsWholeWordsOnly) {
  static constexpr auto kWords =
      std::to_array<Spelling>({{"fd -1", 0}, {"", 4}, {"dev-kvm", 1}, {"none", 9}});
  const WordTable words(kWords);
  EXPECT_EQ(words.find("fd -1"), std::uint64_t{0});
  EXPECT_EQ(words.find("none"), std::uint64_t{9});
  EXPECT_EQ(words.find(""), std::uint64_t{4});
  EXPECT_FALSE(words.find("fd"));
  EXPECT_FALSE(words.find("dev-kvm "));
}

}  // namespace
}  // namespace gms::model
