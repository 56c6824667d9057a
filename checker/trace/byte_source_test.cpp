#include "checker/trace/byte_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace gms::check {
namespace {

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string numbered_lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += "line " + std::to_string(i * 7919 % 10007) + "\n";
  return text;
}

struct Outcome {
  std::string bytes;
  std::string failure;  // empty at a regular end
  bool failed_to_open = false;
};

Outcome drain(ByteSource source, std::size_t step = 1000) {
  Outcome outcome;
  std::string buffer(step, '\0');
  while (const std::size_t got = source.read(buffer.data(), step))
    outcome.bytes.append(buffer, 0, got);
  EXPECT_EQ(source.read(buffer.data(), step), 0u) << "a stream that is over stays over";
  outcome.failure = source.failure().value_or("");
  outcome.failed_to_open = source.failed_to_open();
  return outcome;
}

class ByteSourceTest : public testing::Test {
 protected:
  ByteSourceTest() : folder_(testing::TempDir() + "byte_source_" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~ByteSourceTest() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, std::string_view bytes) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string folder_;
};

TEST_F(ByteSourceTest, PlainAndPackedFilesReadAlike) {
  const std::string text = numbered_lines(100000);
  for (const std::size_t step : {std::size_t{1} << 20, std::size_t{4096}, std::size_t{1}}) {
    const std::string part = step == 1 ? text.substr(0, 5000) : text;
    EXPECT_EQ(drain(ByteSource::open(file("plain.jsonl", part)), step).bytes, part);
    EXPECT_EQ(drain(ByteSource::open(file("packed.jsonl.gz", gzip(part))), step).bytes, part);
    EXPECT_EQ(drain(ByteSource::from_memory(gzip(part)), step).bytes, part);
  }
}

TEST_F(ByteSourceTest, GzipIsKnownByItsBytesNotItsName) {
  const Outcome outcome = drain(ByteSource::open(file("plain.jsonl", gzip("hello\n"))));
  EXPECT_EQ(outcome.bytes, "hello\n");
  EXPECT_EQ(outcome.failure, "");
}

TEST_F(ByteSourceTest, ANameThatSaysGzipMustHoldGzip) {
  Outcome outcome = drain(ByteSource::open(file("a.gz", "{}\n")));
  EXPECT_EQ(outcome.failure,
            "is not gzip data, though its name says so; a plain trace needs a name without .gz");
  EXPECT_TRUE(outcome.failed_to_open);
  EXPECT_EQ(outcome.bytes, "");
  outcome = drain(ByteSource::open(file("b.gz", "")));
  EXPECT_EQ(outcome.failure, "is empty, though its name says gzip");
}

TEST_F(ByteSourceTest, WhatCannotBeOpenedSaysWhy) {
  EXPECT_EQ(drain(ByteSource::open(folder_ + "/none.jsonl")).failure,
            "cannot be opened: No such file or directory");
  const Outcome outcome = drain(ByteSource::open(folder_));
  EXPECT_EQ(outcome.failure, "is a directory, not a trace");
  EXPECT_TRUE(outcome.failed_to_open);
}

TEST_F(ByteSourceTest, OtherFormatsAreNamed) {
  const auto refusal = [](std::string_view bytes) {
    return drain(ByteSource::from_memory(bytes)).failure;
  };
  const std::string rest = "; traces are read as UTF-8 JSON lines, plain or gzip-compressed";
  EXPECT_EQ(refusal("\x28\xb5\x2f\xfd...."), "is a zstd file" + rest);
  EXPECT_EQ(refusal(std::string_view("\xfd"
                                     "7zXZ\0...",
                                     9)),
            "is an xz file" + rest);
  EXPECT_EQ(refusal("BZh91AY"), "is a bzip2 file" + rest);
  EXPECT_EQ(refusal("PK\x03\x04...."), "is a zip archive" + rest);
  EXPECT_EQ(refusal(std::string_view("\xff\xfe{\0", 4)), "is UTF-16 text" + rest);
}

TEST_F(ByteSourceTest, MembersOfAGzipFileFollowEachOther) {
  EXPECT_EQ(drain(ByteSource::from_memory(gzip("one\n") + gzip("") + gzip("two\n"))).bytes,
            "one\ntwo\n");
  const Outcome padded = drain(ByteSource::from_memory(gzip("one\n") + std::string(1000, '\0')));
  EXPECT_EQ(padded.bytes, "one\n");
  EXPECT_EQ(padded.failure, "");
  const Outcome garbage = drain(ByteSource::from_memory(gzip("one\n") + "garbage"));
  EXPECT_EQ(garbage.bytes, "one\n");
  EXPECT_EQ(garbage.failure,
            "something that is not gzip data follows the compressed stream (at byte 24 of the "
            "compressed data)");
}

TEST_F(ByteSourceTest, EveryCutOfAGzipFileIsNoticed) {
  const std::string text = numbered_lines(50);
  const std::string packed = gzip(text);
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const Outcome outcome =
        drain(ByteSource::from_memory(std::string_view(packed).substr(0, size)));
    EXPECT_EQ(outcome.failure,
              "truncated gzip data: the file ends inside a compressed stream (at byte " +
                  std::to_string(size) + " of the compressed data)");
    EXPECT_TRUE(text.starts_with(outcome.bytes));
    EXPECT_FALSE(outcome.failed_to_open);
  }
}

TEST_F(ByteSourceTest, DamageOfAGzipFileIsNoticed) {
  const std::string text = numbered_lines(50);
  const std::string packed = gzip(text);
  std::string crc = packed;
  crc[crc.size() - 8] = static_cast<char>(crc[crc.size() - 8] ^ 1);
  const Outcome outcome = drain(ByteSource::from_memory(crc));
  EXPECT_EQ(outcome.bytes, text);
  EXPECT_TRUE(outcome.failure.starts_with("corrupt gzip data: incorrect data check (at byte "))
      << outcome.failure;
  std::string length = packed;
  length[length.size() - 1] = 1;
  EXPECT_TRUE(drain(ByteSource::from_memory(length))
                  .failure.starts_with("corrupt gzip data: incorrect length check"));
  // A flip behind the header ends in a failure, unless it hits one of the bits that mean nothing.
  for (std::size_t at = 10; at < packed.size(); ++at) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const Outcome flipped = drain(ByteSource::from_memory(damaged));
    EXPECT_TRUE(!flipped.failure.empty() || flipped.bytes == text) << at;
  }
}

TEST_F(ByteSourceTest, PipesThatGiveLittleAtATime) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string packed = gzip("hello\n");
  ASSERT_EQ(::write(ends[1], packed.data(), packed.size()), static_cast<ssize_t>(packed.size()));
  ::close(ends[1]);
  const Outcome outcome = drain(ByteSource::open("/proc/self/fd/" + std::to_string(ends[0])));
  ::close(ends[0]);
  EXPECT_EQ(outcome.bytes, "hello\n");
}

}  // namespace
}  // namespace gms::check
