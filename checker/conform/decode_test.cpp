#include "checker/conform/decode.h"

#include "checker/conform/test_lock.h"

namespace gms::check {
namespace {

using testing::Lock;

class DecodeTest : public ::testing::Test {
 protected:
  /// The message for one line, or nothing if it decodes.
  std::string problem(const std::string& line) {
    lines_ = line + '\n';
    TraceReader reader(lock_.table.fields(), ByteSource::from_memory(lines_));
    if (reader.next() != ReadStatus::kRecord) return "unreadable: " + reader.error().message;
    Decoder decoder(lock_.table, lock_.names);
    auto found = decoder.decode(reader.record(), event_);
    if (!found) return "";
    place_ = std::string(line.substr(found->span.begin, found->span.end - found->span.begin));
    hint_ = found->hint;
    return found->message();
  }
  const Datum& local(const std::string& name) {
    const auto& locals = event_.event().locals;
    for (std::size_t i = 0; i < locals.size(); ++i) {
      if (locals[i].name == name) return event_.locals[i];
    }
    ADD_FAILURE() << "no local " << name;
    return event_.locals[0];
  }

  Lock lock_;
  Decoded event_;
  std::string lines_, place_, hint_;
};

TEST_F(DecodeTest, ReadsNamesWordsAndNumbers) {
  EXPECT_EQ(
      problem(
          R"({"seq":3,"tid":1,"t_begin":5,"t_end":9,"op":"write_lock","thread":"t1","flags":2,"errno":"EINTR"})"),
      "");
  EXPECT_EQ(event_.seq, 3U);
  EXPECT_EQ(event_.tid, 1U);
  EXPECT_EQ(event_.begin, 5U);
  EXPECT_EQ(event_.end, 9U);
  EXPECT_EQ(local("flags"), Datum::known(2));
  EXPECT_EQ(local("errno"), Datum::known(4));
  ASSERT_EQ(event_.names.size(), 1U);
  EXPECT_EQ(lock_.names.text(event_.names[0].name), "t1");
  EXPECT_EQ(event_.name_in(0), event_.names[0].name);
  EXPECT_EQ(event_.name_in(1), std::nullopt);
}

TEST_F(DecodeTest, TakesAFixedWordForAWordAndNullForNoError) {
  EXPECT_EQ(problem(R"({"op":"read_lock","thread":"pid 1","errno":null})"), "");
  EXPECT_EQ(local("word"), Datum::known(2));
  EXPECT_EQ(local("errno"), Datum::known(0));
  EXPECT_TRUE(event_.names.empty());
}

TEST_F(DecodeTest, LeavesAnAbsentDefaultToTheState) {
  EXPECT_EQ(problem(R"({"op":"write_lock","thread":"t1","errno":null})"), "");
  EXPECT_EQ(event_.defaults, std::vector<std::uint32_t>{1});
}

TEST_F(DecodeTest, ReadsArraysOfObjects) {
  EXPECT_EQ(
      problem(R"({"op":"count","modes":[{"mode":"idle","any":1},{"any":0,"mode":"writing"}]})"),
      "");
  ASSERT_EQ(event_.arrays.size(), 1U);
  EXPECT_EQ(event_.arrays[0].size, 2U);
  EXPECT_EQ(event_.arrays[0].columns[0][1], Datum::known(2));
  EXPECT_EQ(event_.arrays[0].columns[1][0], Datum::known(1));
  EXPECT_EQ(problem(R"({"op":"count","modes":[]})"), "");
  EXPECT_EQ(event_.arrays[0].size, 0U);
}

TEST_F(DecodeTest, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(problem(R"({"op":"spwan","thread":"t1"})"), "the spec 'lock' has no event 'spwan'");
  EXPECT_EQ(hint_, "did you mean 'spawn'?");
  EXPECT_EQ(place_, "\"spwan\"");
  EXPECT_EQ(problem(R"({"op":"spawn","thread":"t1","colour":1})"),
            "an event 'spawn' has no field 'colour'");
  EXPECT_EQ(place_, "1");
  // A field of another op is as unknown as one of none.
  EXPECT_EQ(problem(R"({"op":"spawn","thread":"t1","flags":1})"),
            "an event 'spawn' has no field 'flags'");
  EXPECT_EQ(problem(R"({"op":"count","modes":[{"mode":"idle","any":1,"no":0}]})"),
            "an event 'count' has no field 'modes.no'");
  EXPECT_EQ(problem(R"({"op":"read_lock","thread":"t1","errno":"EWHAT"})"),
            "field 'errno': 'EWHAT' is no Errno");
}

TEST_F(DecodeTest, RefusesWrongTypesAndRanges) {
  EXPECT_EQ(problem(R"({"op":"spawn","thread":7})"),
            "field 'thread': expected the name of a Thread, found a number");
  EXPECT_EQ(place_, "7");
  EXPECT_EQ(problem(R"({"op":"write_lock","thread":"t1","flags":"2","errno":null})"),
            "field 'flags': expected a number (u32), found a string");
  EXPECT_EQ(problem(R"({"op":"write_lock","thread":"t1","flags":4294967296,"errno":null})"),
            "field 'flags': 4294967296 does not fit u32");
  EXPECT_EQ(problem(R"({"op":"write_lock","thread":"t1","flags":-1,"errno":null})"),
            "field 'flags': -1 does not fit u32");
  EXPECT_EQ(problem(R"({"op":"write_lock","thread":"t1","flags":null,"errno":null})"),
            "field 'flags': expected a number (u32), found null");
  EXPECT_EQ(problem(R"({"op":"read_lock","thread":"t1","errno":11})"),
            "field 'errno': expected a word of Errno, found a number");
  EXPECT_EQ(problem(R"({"op":"count","modes":3})"),
            "field 'modes': expected an array of objects, found a number");
  EXPECT_EQ(problem(R"({"op":"count","modes":[{"mode":"idle"}]})"),
            "field 'modes.any': expected a number (u32), found nothing");
}

TEST_F(DecodeTest, RefusesMissingFields) {
  EXPECT_EQ(problem(R"({"op":"spawn"})"), "the event 'spawn' lacks its field 'thread'");
  EXPECT_EQ(problem(R"({"op":"read_lock","thread":"t1"})"),
            "the event 'read_lock' lacks its field 'errno'");
  EXPECT_EQ(problem(R"({"op":"unlock","thread":"t1"})"), "");  // its errno is not required
}

TEST_F(DecodeTest, AnIgnoredEventMayHoldAnything) {
  EXPECT_EQ(problem(R"({"op":"meta","thread":[1,2],"x":{"y":1}})"), "");
}

TEST(FindValueTest, FindsTheValueOfAKey) {
  const std::string line = R"({"a": "b", "b": {"c": [1, "]"], "d": 2}, "e" : 3})";
  const auto text = [&](std::string_view key) {
    const base::Span span = find_value(line, key);
    return line.substr(span.begin, span.end - span.begin);
  };
  EXPECT_EQ(text("a"), "\"b\"");
  EXPECT_EQ(text("b.c"), "[1, \"]\"]");
  EXPECT_EQ(text("b.d"), "2");
  EXPECT_EQ(text("e"), "3");
  EXPECT_EQ(text("f"), line);
}

}  // namespace
}  // namespace gms::check
