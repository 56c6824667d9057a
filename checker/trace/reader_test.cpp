#include "checker/trace/reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gms::check {
namespace {

constexpr std::string_view kNames[] = {"seq", "ret", "errno"};

const FieldTable& table() {
  static const FieldTable result = std::get<FieldTable>(FieldTable::make(kNames));
  return result;
}

using Steps = std::vector<std::string>;

// The ops of good lines and the errors, in their order.
struct Reading {
  Steps steps;
  ReadCounts counts;
  bool can_continue = true;
};

Reading read(ByteSource source, std::size_t max_line = 1000) {
  TraceReader reader(table(), std::move(source), {.max_line = max_line});
  Reading reading;
  for (;;) {
    const ReadStatus status = reader.next();
    if (status == ReadStatus::kEnd) break;
    EXPECT_TRUE(reading.can_continue) << "nothing comes after an error that ends the stream";
    if (status == ReadStatus::kRecord) {
      reading.steps.push_back(std::to_string(reader.record().line) + "@" +
                              std::to_string(reader.record().offset) + " " +
                              std::string(reader.record().op));
    } else {
      reading.steps.push_back(reader.error().to_string("t"));
      reading.can_continue = reader.error().can_continue;
    }
  }
  EXPECT_EQ(reader.next(), ReadStatus::kEnd);
  reading.counts = reader.counts();
  EXPECT_EQ(reading.counts.records + reading.counts.bad_lines, reading.counts.lines);
  return reading;
}

Steps steps(std::string_view bytes) {
  return read(ByteSource::from_memory(bytes)).steps;
}

TEST(TraceReader, GoodLinesWithAndWithoutAFinalLineFeed) {
  EXPECT_EQ(steps("{\"op\":\"a\"}\n{\"op\":\"b\"}\n"), (Steps{"1@0 a", "2@11 b"}));
  EXPECT_EQ(steps("{\"op\":\"a\"}\r\n{\"op\":\"b\"}"), (Steps{"1@0 a", "2@12 b"}));
}

TEST(TraceReader, ReadingGoesOnAfterABadLine) {
  const Reading reading = read(ByteSource::from_memory(
      "{\"op\":\"a\"}\noops\n\n{\"op\":\"b\",\"ret\":1.5}\n{\"op\":\"c\"}\n"));
  EXPECT_EQ(reading.steps,
            (Steps{"1@0 a", "t:2:1: a JSON object is expected, found 'o'",
                   "t:3:1: an empty line, where a JSON object is expected",
                   "t:4:17: a number with a fraction or an exponent; fields hold integers only",
                   "5@38 c"}));
  EXPECT_EQ(reading.counts.lines, 5u);
  EXPECT_EQ(reading.counts.records, 2u);
  EXPECT_EQ(reading.counts.bad_lines, 3u);
  EXPECT_TRUE(reading.can_continue);
}

TEST(TraceReader, ATruncatedLastLineIsToldFromABadOne) {
  const std::string line = R"({"op":"a","ret":-1,"errno":"EIO"})";
  for (std::size_t size = 1; size < line.size(); ++size) {
    const Steps result = steps(line + "\n" + line.substr(0, size));
    ASSERT_EQ(result.size(), 2u);
    EXPECT_NE(result[1].find("truncated: the last line stops in the middle ("), std::string::npos)
        << result[1];
  }
  EXPECT_EQ(steps("{\"op\":\"a\"}\n{\"op\":\"b").at(1),
            "t:2:7: truncated: the last line stops in the middle (a string is not closed before "
            "the line ends)");
  EXPECT_EQ(steps("{\"op\":\"b\n{\"op\":\"a\"}\n").at(0),
            "t:1:7: a string is not closed before the line ends");
  EXPECT_EQ(steps("{\"op\":\"a\"} x").at(0), "t:1:12: nothing may follow the object, found 'x'");
}

TEST(TraceReader, AnEmptyStreamIsAnError) {
  const Reading reading = read(ByteSource::from_memory(""));
  EXPECT_EQ(reading.steps, Steps{"t: is empty; a trace has at least one line"});
  EXPECT_FALSE(reading.can_continue);
  EXPECT_EQ(reading.counts.lines, 0u);
}

TEST(TraceReader, AFileThatCannotBeOpenedIsOneError) {
  const Reading reading = read(ByteSource::open("no/such/file.jsonl"));
  EXPECT_EQ(reading.steps, Steps{"t: cannot be opened: No such file or directory"});
  EXPECT_FALSE(reading.can_continue);
}

TEST(TraceReader, LongLinesAreReportedAndPassedOver) {
  const std::string padding(1000, ' ');
  EXPECT_EQ(steps("{\"op\":\"a\"" + padding + "}\n{\"op\":\"b\"}\n"),
            (Steps{"t:1:1001: a line of more than 1000 bytes", "2@1011 b"}));
}

TEST(TraceReader, ABrokenStreamEndsWithAnErrorAfterItsGoodLines) {
  // One stored block that announces more bytes than there are.
  const std::string text = "{\"op\":\"a\"}\n{\"op\":";
  const std::string packed = std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\xff\0\0\xff", 15) + text;
  const Reading reading = read(ByteSource::from_memory(packed));
  EXPECT_EQ(reading.steps, (Steps{"1@0 a",
                                  "t:2:7: truncated gzip data: the file ends inside a compressed "
                                  "stream (at byte 32 of the compressed data)"}));
  EXPECT_FALSE(reading.can_continue);
  EXPECT_EQ(reading.counts.bad_lines, 1u);
}

TEST(TraceReader, SlotsOfARecordAreFreshOnEachLine) {
  TraceReader reader(
      table(), ByteSource::from_memory(
                   "{\"op\":\"a\",\"ret\":1}\n{\"op\":\"b\",\"seq\":2}\nx\n{\"op\":\"c\"}\n"));
  ASSERT_EQ(reader.next(), ReadStatus::kRecord);
  EXPECT_EQ(reader.record()[1].as_u64(), 1u);
  ASSERT_EQ(reader.next(), ReadStatus::kRecord);
  EXPECT_FALSE(reader.record()[1].present());
  EXPECT_EQ(reader.record()[0].as_u64(), 2u);
  ASSERT_EQ(reader.next(), ReadStatus::kError);
  EXPECT_EQ(reader.error().text, "x");
  ASSERT_EQ(reader.next(), ReadStatus::kRecord);
  EXPECT_EQ(reader.record().order.size(), 1u);
  EXPECT_EQ(reader.record().offset, 40u);
}

TEST(TraceReader, AReaderCanBeMoved) {
  TraceReader first(table(), ByteSource::from_memory("{\"op\":\"a\"}\n{\"op\":\"b\"}\n"));
  ASSERT_EQ(first.next(), ReadStatus::kRecord);
  TraceReader second(std::move(first));
  ASSERT_EQ(second.next(), ReadStatus::kRecord);
  EXPECT_EQ(second.record().op, "b");
}

}  // namespace
}  // namespace gms::check
