#include "checker/trace/line_shape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gms::check {
namespace {

constexpr std::string_view kNames[] = {
    "seq",        "ret",       "values",   "fault.gpa",
    "fault.size", "ptes.page", "ptes.pfn", "a_name_that_is_too_long_to_be_in_a_shape"};

const FieldTable& table() {
  static const FieldTable result = std::get<FieldTable>(FieldTable::make(kNames));
  return result;
}

FieldIndex index(std::string_view name) {
  return table().find(name);
}

class LineShapesTest : public testing::Test {
 protected:
  // `text` itself up to where reading stopped; or "otherwise".
  std::string read(std::string_view text) {
    buffer_ = std::string(text) + '\n' + std::string(LineShapes::kPadding, '}');
    const LineShapes::Reading reading = shapes_.read(buffer_.data());
    if (reading.end == nullptr) return "otherwise";
    order_.assign(reading.shape->order().begin(), reading.shape->order().end());
    slots_.assign(reading.shape->slots().begin(), reading.shape->slots().end());
    return std::string(static_cast<const char*>(buffer_.data()), reading.end);
  }

  // The slots need hold no more than which kind a value has.
  void learn(std::string_view op, const std::vector<std::string_view>& names) {
    std::vector<FieldIndex> order;
    std::vector<Value> slots(table().size());
    for (const std::string_view name : names) {
      order.push_back(index(name));
      slots[order.back()] = name == "fault"  ? Value::object(2)
                            : name == "ptes" ? Value::object_array(1)
                                             : Value::null();
    }
    shapes_.learn(op, order, slots);
  }

  LineShapes shapes_{table()};
  std::vector<Value> slots_;
  std::string buffer_;
  std::vector<FieldIndex> order_;
};

TEST_F(LineShapesTest, OnlyWhatWasLearntIsRead) {
  const std::string line = R"({"seq":1,"op":"x","ret":0})";
  EXPECT_EQ(read(line), "otherwise");
  learn("x", {"seq", "op", "ret"});
  EXPECT_EQ(read(line), line);
  EXPECT_EQ(order_, (std::vector<FieldIndex>{index("seq"), index("op"), index("ret")}));
  EXPECT_EQ(slots_[index("seq")].as_u64(), 1u);
  EXPECT_EQ(slots_[index("op")].as_string(), "x");
  // Another op and other values do not matter, another order does.
  EXPECT_EQ(read(R"({"seq":"a","op":"yy","ret":[1,-2]})"), R"({"seq":"a","op":"yy","ret":[1,-2]})");
  EXPECT_EQ(read(R"({"op":"x","seq":1,"ret":0})"), "otherwise");
  EXPECT_EQ(read(R"({"seq":1,"op":"x"})"), "otherwise");
}

TEST_F(LineShapesTest, WhatFollowsIsForTheCallerToSee) {
  learn("x", {"op"});
  EXPECT_EQ(read(R"({"op":"x"}} )"), R"({"op":"x"})");
}

TEST_F(LineShapesTest, ShapesOfAnOpThatBeginAlike) {
  const std::string lines[] = {R"({"op":"x","seq":1,"ret":0})", R"({"op":"x","seq":1})",
                               R"({"op":"x","seq":1,"values":[]})",
                               R"({"op":"x","ret":0,"seq":1})"};
  learn("x", {"op", "seq", "ret"});
  learn("x", {"op", "seq"});
  learn("x", {"op", "seq", "values"});
  learn("x", {"op", "ret", "seq"});
  for (const std::string& first : lines) {
    for (const std::string& second : lines) {
      EXPECT_EQ(read(first), first);
      EXPECT_EQ(read(second), second);
    }
  }
}

TEST_F(LineShapesTest, WhatComesBeforeTheOpMayVary) {
  learn("x", {"seq", "op"});
  learn("x", {"ret", "op"});
  learn("x", {"seq", "ret", "op"});
  for (const std::string line :
       {R"({"seq":1,"op":"x"})", R"({"ret":1,"op":"x"})", R"({"seq":1,"ret":1,"op":"x"})"})
    EXPECT_EQ(read(line), line);
}

TEST_F(LineShapesTest, ContainersAndTheirMembers) {
  learn("x", {"op", "fault", "fault.gpa", "fault.size", "ret"});
  EXPECT_EQ(read(R"({"op":"x","fault":{"gpa":1,"size":2},"ret":0})"),
            R"({"op":"x","fault":{"gpa":1,"size":2},"ret":0})");
  EXPECT_EQ(slots_[index("fault")].size(), 2u);
  EXPECT_EQ(slots_[index("fault.size")].as_u64(), 2u);
  learn("x", {"op", "ptes", "ptes.page", "ptes.pfn"});
  EXPECT_EQ(read(R"({"op":"x","ptes":[{"page":1,"pfn":2},{"page":3,"pfn":4}]})"),
            R"({"op":"x","ptes":[{"page":1,"pfn":2},{"page":3,"pfn":4}]})");
  EXPECT_EQ(slots_[index("ptes")].size(), 2u);
  ASSERT_EQ(slots_[index("ptes.pfn")].elements().size(), 2u);
  EXPECT_EQ(slots_[index("ptes.pfn")].elements()[1].as_u64(), 4u);
  for (const char* line :
       {R"({"op":"x","fault":{"gpa":1,"size":2,"ret":0}})", R"({"op":"x","fault":{},"ret":0})",
        R"({"op":"x","fault":},"ret":0})", R"({"op":"x","fault":"gpa":1,"size":2},"ret":0})",
        R"({"op":"x","fault":{"gpa":{},"size":2},"ret":0})",
        R"({"op":"x","fault":{"gpa":1,"size":2,"ret":0})", R"({"op":"x","ptes":[]})",
        R"({"op":"x","ptes":[{"page":1,"pfn":2},]})", R"({"op":"x","ptes":[{"page":1,"pfn":2})",
        R"({"op":"x","ptes":[{"page":1,"pfn":2}}})", R"({"op":"x","ptes":{"page":1,"pfn":2}})",
        R"({"op":"x","ptes":[{"page":1,"pfn":2}{"page":1,"pfn":2}]})",
        R"({"op":"x","ptes":[{"page":1,"pfn":2},{"page":1}]})",
        R"({"op":"x","ptes":[{"page":1,"pfn":[2]}]})"})
    EXPECT_EQ(read(line), "otherwise") << line;
}

TEST_F(LineShapesTest, ContainersWithoutMembersHaveNoShape) {
  learn("x", {"op", "fault"});
  learn("x", {"op", "ptes", "ret"});
  for (const char* line : {R"({"op":"x","fault":{}})", R"({"op":"x","fault":}})",
                           R"({"op":"x","ptes":[{}],"ret":0})", R"({"op":"x","ptes":[}],"ret":0})"})
    EXPECT_EQ(read(line), "otherwise") << line;
}

TEST_F(LineShapesTest, ArraysOfScalars) {
  learn("x", {"op", "values"});
  for (const std::string line :
       {R"({"op":"x","values":[]})", R"({"op":"x","values":[null,"a",-1]})"})
    EXPECT_EQ(read(line), line);
  EXPECT_EQ(slots_[index("values")].elements()[2].as_i64(), -1);
  for (const char* line :
       {R"({"op":"x","values":[1,]})", R"({"op":"x","values":[,1]})", R"({"op":"x","values":[1)",
        R"({"op":"x","values":[1}})", R"({"op":"x","values":[[1]]})",
        R"({"op":"x","values":[{"page":1}]})", R"({"op":["x"],"values":[]})"})
    EXPECT_EQ(read(line), "otherwise") << line;
}

TEST_F(LineShapesTest, LongKeysHaveNoShape) {
  learn("x", {"op", "a_name_that_is_too_long_to_be_in_a_shape"});
  EXPECT_EQ(read(R"({"op":"x","a_name_that_is_too_long_to_be_in_a_shape":1})"), "otherwise");
}

TEST_F(LineShapesTest, OldShapesMakeRoom) {
  const std::vector<std::vector<std::string_view>> orders = {
      {"op"},           {"op", "seq"},           {"op", "ret"},
      {"op", "values"}, {"op", "seq", "values"}, {"op", "ret", "values"}};
  const std::string last = R"({"op":"x","ret":0,"values":0})";
  for (int round = 0; round < 3; ++round) {
    for (const auto& order : orders)
      learn("x", order);
    EXPECT_EQ(read(last), last);
    EXPECT_EQ(read(R"({"op":"x"})"), "otherwise");
  }
}

}  // namespace
}  // namespace gms::check
