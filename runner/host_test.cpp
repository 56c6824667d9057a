#include "runner/host.h"

#include <gtest/gtest.h>

namespace gms::runner {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

TEST(Host, NamesTheSpecThatFits) {
  Host host;
  host.binds_past_signed_range = true;
  EXPECT_EQ(host.spec(), "linux_6_18");
  host.binds_past_signed_range = false;
  host.vm_types = {0, 1};
  host.pre_fault = true;
  EXPECT_EQ(host.spec(), "linux_7_1");
  EXPECT_EQ(host.params(),
            (Params{{"sw_protected_vm", "true"}, {"tdp", "true"}, {"ksm", "false"}}));
  host.gmem_attributes = true;
  EXPECT_EQ(host.spec(), "inplace_v7");
  EXPECT_EQ(host.params().back(),
            (std::pair<std::string, std::string>{"vm_memory_attributes", "false"}));
}

TEST(Host, SaysWhatALineNeeds) {
  Host host;
  host.vm_types = {0};
  host.gmem_flags = 1;
  const auto lacks = [&](const char* text) { return host.lacks(Line::parse(text)); };
  EXPECT_EQ(lacks(R"({"op":"create_vm","type":0})"), "");
  EXPECT_EQ(lacks(R"({"op":"create_vm","type":1})"), "VM type 1");
  EXPECT_EQ(lacks(R"({"op":"create_gmem","flags":1})"), "");
  EXPECT_EQ(lacks(R"({"op":"create_gmem","flags":3})"), "the flags 3 of guest_memfd");
  EXPECT_EQ(lacks(R"({"op":"set_attr2"})"), "KVM_SET_MEMORY_ATTRIBUTES2");
  EXPECT_EQ(lacks(R"({"op":"fstat"})"), "");
}

TEST(Host, IsAskedWithoutHarm) {
  const Host host = probe_host();
  if (!host.usable()) GTEST_SKIP() << host.problem;
  EXPECT_TRUE(host.vm_types.contains(0));
  EXPECT_FALSE(host.kernel.empty());
}

}  // namespace
}  // namespace gms::runner
