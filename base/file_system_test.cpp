#include "base/file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace gms::base {
namespace {

namespace fs = std::filesystem;

class FileSystem : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "gms_fs_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(root_), fs::directory_iterator()));
  }

  fs::path root_;
};

TEST_F(FileSystem, reads_what_it_wrote) {
  const std::string text("a\0b\n", 4);
  EXPECT_EQ(write_file(path("f"), text), std::nullopt);
  EXPECT_EQ(read_file(path("f")).text, text);
  EXPECT_EQ(entries(), 1U) << "no temporary file stays behind";
}

TEST_F(FileSystem, says_why_a_file_cannot_be_read) {
  EXPECT_EQ(read_file(path("none")).error, "No such file or directory");
  EXPECT_EQ(read_file(root_.string()).error, "Is a directory");
  EXPECT_FALSE(read_file(path("none")).text.has_value());
}

TEST_F(FileSystem, refuses_files_that_are_too_large) {
  ASSERT_EQ(write_file(path("f"), "12345"), std::nullopt);
  EXPECT_EQ(read_file(path("f"), 5).text, "12345");
  EXPECT_EQ(read_file(path("f"), 4).error, "larger than 4 bytes");
  EXPECT_EQ(read_file("/dev/zero", 1 << 20).error, "larger than 1048576 bytes");
}

TEST_F(FileSystem, replaces_through_a_symbolic_link_and_keeps_the_mode) {
  ASSERT_EQ(write_file(path("f"), "old"), std::nullopt);
  ASSERT_EQ(chmod(path("f").c_str(), 0640), 0);
  fs::create_symlink("f", path("link"));
  EXPECT_EQ(write_file(path("link"), "new"), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(read_file(path("f")).text, "new");
  struct stat info {};
  ASSERT_EQ(stat(path("f").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0640U);
}

TEST_F(FileSystem, leaves_an_equal_file_untouched) {
  ASSERT_EQ(write_file(path("f"), "same"), std::nullopt);
  struct stat before {
  }, after{};
  ASSERT_EQ(stat(path("f").c_str(), &before), 0);
  ASSERT_EQ(write_file(path("f"), "same"), std::nullopt);
  ASSERT_EQ(stat(path("f").c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(FileSystem, says_why_a_file_cannot_be_written) {
  EXPECT_EQ(write_file(path("no/such/folder"), "x"), "No such file or directory");
  EXPECT_EQ(write_file(root_.string(), "x"), "Is a directory");
  EXPECT_EQ(write_file("/dev/full", "x"), "No space left on device");
  EXPECT_EQ(write_file("/dev/null", "x"), std::nullopt);
}

TEST_F(FileSystem, makes_folders_with_their_parents) {
  EXPECT_EQ(make_folder(path("a/b/c")), std::nullopt);
  EXPECT_EQ(make_folder(path("a/b/c")), std::nullopt);
  ASSERT_EQ(write_file(path("file"), "x"), std::nullopt);
  EXPECT_NE(make_folder(path("file/sub")), std::nullopt);
}

}  // namespace
}  // namespace gms::base
