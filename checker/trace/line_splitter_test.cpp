#include "checker/trace/line_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gms::check {
namespace {

// Each step as "number@offset text", with what is special about it, up to the end.
std::vector<std::string> split(std::string_view bytes, std::size_t max_line = 1000) {
  LineSplitter splitter(ByteSource::from_memory(bytes), max_line);
  std::vector<std::string> steps;
  for (;;) {
    Line line;
    const SplitStatus status = splitter.next(line);
    std::string step = std::to_string(line.number) + "@" + std::to_string(line.offset) + " ";
    step += line.text.size() > 40 ? std::to_string(line.text.size()) + " bytes"
                                  : std::string(line.text);
    switch (status) {
      case SplitStatus::kLine: steps.push_back(step + (line.terminated ? "" : " (open)")); break;
      case SplitStatus::kTooLong: steps.push_back(step + " (too long)"); break;
      case SplitStatus::kBroken: steps.push_back(step + " (broken)"); return steps;
      case SplitStatus::kEnd: return steps;
    }
  }
}

using Steps = std::vector<std::string>;

TEST(LineSplitter, LineEnds) {
  EXPECT_EQ(split(""), Steps());
  EXPECT_EQ(split("a\nbc\n"), (Steps{"1@0 a", "2@2 bc"}));
  EXPECT_EQ(split("a\n\n\nb"), (Steps{"1@0 a", "2@2 ", "3@3 ", "4@4 b (open)"}));
  EXPECT_EQ(split("a\r\nb\r\r\n\r\n"), (Steps{"1@0 a", "2@3 b\r", "3@7 "}));
  EXPECT_EQ(split("\n"), (Steps{"1@0 "}));
}

TEST(LineSplitter, LongLinesArePassedOverAndCounted) {
  const std::string exact(1000, 'x');
  const std::string longer(1001, 'y');
  EXPECT_EQ(split(exact + "\n" + longer + "\nz\n"),
            (Steps{"1@0 1000 bytes", "2@1001 256 bytes (too long)", "3@2003 z"}));
  EXPECT_EQ(split(longer), (Steps{"1@0 256 bytes (too long)"}));
  // Over many chunks of the buffer.
  const std::string huge(3'000'000, 'h');
  EXPECT_EQ(split("a\n" + huge + "\nb\n" + huge),
            (Steps{"1@0 a", "2@2 256 bytes (too long)", "3@3000003 b",
                   "4@3000005 256 bytes (too long)"}));
  EXPECT_EQ(split("a\n" + huge + "\nb", 4'000'000),
            (Steps{"1@0 a", "2@2 3000000 bytes", "3@3000003 b (open)"}));
}

TEST(LineSplitter, LinesAcrossChunksAreWhole) {
  std::string bytes;
  std::vector<std::string> lines;
  for (int i = 0; i < 20000; ++i) {
    lines.push_back(std::string(static_cast<std::size_t>(i * 7919 % 301), 'a') + std::to_string(i));
    bytes += lines.back() + "\n";
  }
  LineSplitter splitter(ByteSource::from_memory(bytes), 1000);
  std::uint64_t offset = 0;
  for (const std::string& expected : lines) {
    Line line;
    ASSERT_EQ(splitter.next(line), SplitStatus::kLine);
    ASSERT_EQ(line.text, expected);
    ASSERT_EQ(line.offset, offset);
    ASSERT_EQ(line.text.data()[line.text.size()], '\n');
    offset += expected.size() + 1;
  }
}

TEST(LineSplitter, ALineThatIsAtHandCanBeTaken) {
  LineSplitter splitter(ByteSource::from_memory("ab\ncd\r\n\nefghi\njk"), 1000);
  Line line;
  EXPECT_EQ(*splitter.ahead(), '\n');  // nothing is at hand yet
  EXPECT_FALSE(splitter.take(splitter.ahead(), line));
  ASSERT_EQ(splitter.next(line), SplitStatus::kLine);
  EXPECT_FALSE(splitter.take(splitter.ahead() + 1, line));
  const auto take = [&](std::size_t size) {
    if (!splitter.take(splitter.ahead() + size, line)) return std::string("not taken");
    return std::to_string(line.number) + "@" + std::to_string(line.offset) + " " +
           std::string(line.text);
  };
  EXPECT_EQ(take(2), "2@3 cd");
  EXPECT_EQ(take(0), "3@7 ");
  EXPECT_EQ(take(4), "not taken");
  EXPECT_EQ(take(5), "4@8 efghi");
  // What follows may be more of the same line.
  EXPECT_EQ(take(2), "not taken");
  ASSERT_EQ(splitter.next(line), SplitStatus::kLine);
  EXPECT_EQ(line.text, "jk");
  EXPECT_FALSE(line.terminated);
  EXPECT_EQ(line.offset, 14u);
  EXPECT_EQ(take(0), "not taken");
  EXPECT_EQ(splitter.next(line), SplitStatus::kEnd);
}

TEST(LineSplitter, ALineThatIsTooLongIsNotTaken) {
  const std::string bytes = "a\n" + std::string(300, 'b') + "\nc\n";
  LineSplitter splitter(ByteSource::from_memory(bytes), 299);
  Line line;
  ASSERT_EQ(splitter.next(line), SplitStatus::kLine);
  EXPECT_FALSE(splitter.take(splitter.ahead() + 300, line));
  EXPECT_EQ(splitter.next(line), SplitStatus::kTooLong);
  EXPECT_TRUE(splitter.take(splitter.ahead() + 1, line));
  EXPECT_EQ(line.offset, 303u);
}

TEST(LineSplitter, ABrokenStreamKeepsWhatCameBefore) {
  // A stored gzip block, cut: header, block of 6 bytes, "a\nb\ncd".
  const std::string packed(
      "\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x06\0\xf9\xff"
      "a\nb\ncd",
      21);
  EXPECT_EQ(split(packed), (Steps{"1@0 a", "2@2 b", "3@4 cd (broken)"}));
}

}  // namespace
}  // namespace gms::check
