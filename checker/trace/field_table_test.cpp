#include "checker/trace/field_table.h"

#include <gtest/gtest.h>

namespace gms::check {
namespace {

FieldTable make(std::vector<std::string_view> names) {
  auto result = FieldTable::make(names);
  return std::holds_alternative<FieldTable>(result) ? std::get<FieldTable>(std::move(result))
                                                    : std::get<FieldTable>(FieldTable::make({}));
}

std::string refusal(std::vector<std::string_view> names) {
  auto result = FieldTable::make(names);
  return std::holds_alternative<std::string>(result) ? std::get<std::string>(result) : "";
}

TEST(FieldTable, NamesKeepTheirPlaceAndWhatIsMissingComesAfter) {
  const FieldTable table = make({"seq", "fault.flags", "fault.gpa"});
  ASSERT_EQ(table.size(), 5u);
  EXPECT_EQ(table.find("seq"), 0);
  EXPECT_EQ(table.find("fault.flags"), 1);
  EXPECT_EQ(table.find("fault.gpa"), 2);
  EXPECT_EQ(table.name(3), "fault");
  EXPECT_EQ(table.container(1), 3);
  EXPECT_EQ(table.container(0), kNoField);
  EXPECT_EQ(table.op(), 4);
  EXPECT_EQ(table.name(1), "fault.flags");
}

TEST(FieldTable, AMemberIsFoundOnlyInItsContainer) {
  const FieldTable table = make({"page", "ptes.page", "ptes", "op"});
  EXPECT_EQ(table.size(), 4u);
  EXPECT_EQ(table.find(kNoField, "page"), 0);
  EXPECT_EQ(table.find(2, "page"), 1);
  EXPECT_EQ(table.find(kNoField, "ptes.page"), kNoField);
  EXPECT_EQ(table.find(0, "page"), kNoField);
  EXPECT_EQ(table.find("nothing.page"), kNoField);
  EXPECT_EQ(table.find(""), kNoField);
}

TEST(FieldTable, AKeyMatchesUpToItsQuote) {
  const FieldTable table =
      make({"ab", "exactly_15_chars", "exactly_15_char", "more_than_sixteen_characters"});
  const std::string padding(64, 'x');
  for (FieldIndex field = 0; field < 4; ++field) {
    const std::string& name = table.name(field);
    for (FieldIndex other = 0; other < 4; ++other)
      EXPECT_EQ(table.matches(other, kNoField, (name + '"' + padding).c_str()), field == other);
    EXPECT_FALSE(table.matches(field, kNoField, (name + "s\"" + padding).c_str()));
    EXPECT_FALSE(table.matches(field, kNoField, (name.substr(1) + '"' + padding).c_str()));
    EXPECT_FALSE(table.matches(field, 0, (name + '"' + padding).c_str()));
  }
  EXPECT_FALSE(table.matches(3, kNoField, ("more_than_sixteen_\"" + padding).c_str()));
}

TEST(FieldTable, ManyNamesAreAllFound) {
  std::vector<std::string> names;
  for (int i = 0; i < 2000; ++i)
    names.push_back("field_" + std::to_string(i * 7919));
  const FieldTable table = make({names.begin(), names.end()});
  for (std::size_t i = 0; i < names.size(); ++i)
    EXPECT_EQ(table.find(names[i]), i);
  EXPECT_EQ(table.find("field_1"), kNoField);
}

TEST(FieldTable, RefusesWhatNoKeyCanBe) {
  EXPECT_EQ(refusal({"a", "b", "a"}), "the field 'a' is listed twice");
  EXPECT_EQ(refusal({"a.b", "a.b"}), "the field 'a.b' is listed twice");
  for (const char* name : {"", ".", "a.", ".a", "a.b.c", "a\"b", "a\\b", "a b", "a\tb"})
    EXPECT_EQ(refusal({name}), "'" + std::string(name) + "' cannot name a field of a trace");
  const std::vector<std::string_view> many(30001, "x");
  EXPECT_EQ(refusal(many), "more than 30000 fields");
}

}  // namespace
}  // namespace gms::check
