#include "base/style.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace gms::base {
namespace {

TEST(Style, plain_by_default) {
  EXPECT_EQ(Style().paint(Tone::kError, "x"), "x");
}

TEST(Style, resets_after_each_piece) {
  EXPECT_EQ(Style(true).paint(Tone::kStrong, "x"), "\x1b[1mx\x1b[0m");
}

TEST(Style, a_pipe_gets_no_colour_unless_forced) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_FALSE(style_for(ends[1]).color());
  EXPECT_TRUE(style_for(ends[1], ColorChoice::kAlways).color());
  EXPECT_FALSE(style_for(ends[1], ColorChoice::kNever).color());
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace gms::base
