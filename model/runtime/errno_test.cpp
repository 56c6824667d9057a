// The names against the C library's, which is generated from the same kernel headers.
#include <errno.h>  // first, to see that its macros do not disturb ours

#include "model/runtime/errno.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <string.h>

#include <string>

namespace gms::model {
namespace {

TEST(Errno, AgreesWithTheSystem) {
  int assigned = 0;
  for (int number = 1; number <= 200; ++number) {
    const char* expected = strerrorname_np(number);
    EXPECT_EQ(errno_name(number), expected == nullptr ? "" : expected) << number;
    if (expected == nullptr) continue;
    ++assigned;
    EXPECT_EQ(errno_number(expected), number);
  }
  EXPECT_EQ(assigned, 131);
}

TEST(Errno, SignalsAgreeWithTheSystem) {
  for (int number = 1; number <= kLastSignal; ++number) {
    const std::string name = std::string("SIG") + sigabbrev_np(number);
    EXPECT_EQ(signal_number(name), number) << name;
    EXPECT_EQ(signal_number(signal_name(number)), number);
  }
}

TEST(Errno, WhatHasNoNameOrNumber) {
  for (const int number : {-1, 0, 41, 58, 134, 512, 1 << 30}) {
    EXPECT_EQ(errno_name(number), "") << number;
  }
  for (const int number : {-1, 0, 32, 64})
    EXPECT_EQ(signal_name(number), "") << number;
  for (const char* name : {"", "E", "einval", "EINVAL ", "EFOO"}) {
    EXPECT_EQ(errno_number(name), std::nullopt) << name;
  }
  EXPECT_EQ(signal_number("BUS"), std::nullopt);
}

TEST(Errno, AliasesAndEnumerators) {
  EXPECT_EQ(errno_number("EWOULDBLOCK"), EAGAIN);
  EXPECT_EQ(errno_number("EDEADLOCK"), EDEADLK);
  EXPECT_EQ(errno_number("ENOTSUP"), EOPNOTSUPP);
  EXPECT_EQ(signal_number("SIGIOT"), SIGABRT);
  EXPECT_EQ(signal_number("SIGCLD"), SIGCHLD);
  EXPECT_EQ(signal_number("SIGPOLL"), SIGPOLL);
  EXPECT_EQ(static_cast<int>(Errno::kEHWPOISON), EHWPOISON);
  EXPECT_EQ(static_cast<int>(Errno::kEINVAL), EINVAL);
  EXPECT_EQ(static_cast<int>(Signal::kSIGBUS), SIGBUS);
}

}  // namespace
}  // namespace gms::model
