#include "runner/kselftest/write_vector.h"

#include <gtest/gtest.h>

#include "runner/kselftest/c_text.h"
#include "runner/kselftest/expected.h"

namespace gms::runner {
namespace {

VectorInC written(std::initializer_list<const char*> texts) {
  std::vector<Line> lines;
  for (const char* text : texts)
    lines.push_back(Line::parse(text));
  return write_vector(lines, check_sequence(lines));
}

constexpr const char* kVm = R"({"op":"create_vm","vm":"v","type":0,"errno":null})";
constexpr const char* kGmem =
    R"({"op":"create_gmem","vm":"v","gmem":"g","size":8192,"flags":3,"errno":null})";

TEST(CText, IsTextOfC) {
  EXPECT_EQ(c_number(9), "9");
  EXPECT_EQ(c_number(4096), "0x1000");
  EXPECT_EQ(c_number_signed(-1), "-1");
  EXPECT_EQ(c_number_signed(std::numeric_limits<std::int64_t>::min()), "(-0x7fffffffffffffff - 1)");
  EXPECT_EQ(c_string("a\"\\?\n"), R"("a\"\\\?\\n")");
  EXPECT_EQ(c_string("\xc3\xa4"), R"("\303\244")");
  EXPECT_EQ(c_comment("ends with \\", 80), "ends with /");
  EXPECT_EQ(c_comment("too long", 3), "too...");
  EXPECT_EQ(c_word("create_vm.ok 2"), "create_vm_ok_2");
}

TEST(WriteVector, WritesCallsAndWhatTheyMustEndWith) {
  const VectorInC vector = written({
      R"({"op":"meta","vector":"fallocate.ok","shows":["create_vm.ok","fallocate.ok","a \\"],)"
      R"("clauses":["create_vm.ok"]})",
      kVm,
      kGmem,
      R"({"op":"note","also_allowed":["ret=-1 errno=EINTR"]})",
      R"({"op":"fallocate","gmem":"g","mode":1,"offset":0,"length":4096,"ret":0,"errno":null})",
  });
  EXPECT_EQ(vector.problem, "");
  EXPECT_EQ(vector.comment, "// - fallocate.ok\n// - create_vm.ok\n// - a /\n");
  EXPECT_EQ(vector.body, R"(  int fd_v = -1;
  int fd_g = -1;
  struct gm_result r;

  gv_call(2, "create_vm.ok", "create_vm vm=v type=0");
  gm_create_vm(0, &r);
  gv_take(&fd_v, &r);
  GV_CHECK(gv_ok(&r), "errno=null");

  gv_call(3, NULL, "create_gmem vm=v gmem=g size=8192 flags=3");
  gv_needs((3 & ~gv_host.gmem_flags) == 0, "the flags 3 of guest_memfd");
  gm_create_gmem(fd_v, 0x2000, 3, -1, (struct gm_place){GM_POINTER_OK, 0}, &r);
  gv_take(&fd_g, &r);
  GV_CHECK(gv_ok(&r), "errno=null");

  gv_call(5, NULL, "fallocate gmem=g mode=1 offset=0 length=4096");
  gm_fallocate(fd_g, 1, 0, 0x1000, &r);
  GV_CHECK(gv_ok(&r) || gv_failed(&r, EINTR), "errno=null, or errno=EINTR");
)");
}

TEST(WriteVector, EndsAfterAWayForWhichTheRestIsNot) {
  const VectorInC vector = written({
      kVm,
      R"({"op":"note","also_allowed":["ret=-1 errno=EMFILE"]})",
      kGmem,
      R"({"op":"note","also_allowed":["ret=-1 errno=EINTR"]})",
      R"({"op":"fsync","gmem":"g","errno":null})",
  });
  EXPECT_NE(vector.body.find("  GV_NEED(gv_ok(&r),"), std::string::npos) << vector.body;
  EXPECT_TRUE(vector.body.ends_with(
      "  GV_CHECK(gv_ok(&r) || gv_failed(&r, EINTR), \"errno=null, or errno=EINTR\");\n"))
      << vector.body;
}

TEST(WriteVector, AsksForWhatAnEarlierCallMayNotHaveMade) {
  const VectorInC perhaps = written({kVm, R"({"op":"create_gmem","vm":"v","gmem":"g","size":8192})",
                                     R"({"op":"fsync","gmem":"g","errno":null})"});
  EXPECT_NE(perhaps.body.find("GV_NEED(fd_g >= 0, \"'g' does not exist\");"), std::string::npos)
      << perhaps.body;
  const VectorInC never =
      written({kVm, R"({"op":"create_gmem","vm":"v","gmem":"g","size":1,"errno":"EINVAL"})",
               R"({"op":"fsync","gmem":"g","errno":null})"});
  EXPECT_TRUE(never.body.ends_with(R"(  gv_skip("%s", "'g' does not exist");
  GV_END();
)")) << never.body;
}

TEST(WriteVector, WritesNoCallOfWhatNoHostIsAskedToDo) {
  const VectorInC vector = written(
      {kVm, kGmem, R"({"op":"mmap","gmem":"g","map":"m","length":1,"prot":1,"flags":1,"offset":0})",
       R"({"op":"madvise","map":"m","page":0,"advice":100})"});
  EXPECT_EQ(vector.body, R"(  gv_skip("%s", "line 4: madvise 100 would take memory from the host");
  GV_END();
)");
}

TEST(Expected, IsAConditionForEachWay) {
  const auto condition = [](const char* text, const std::vector<Line>& others = {}) {
    const Expected expected = expected_of(Line::parse(text), others);
    return expected.problem.empty() ? expected.condition : expected.problem;
  };
  EXPECT_EQ(condition(R"({"op":"fallocate"})"), "");
  EXPECT_EQ(condition(R"({"op":"fallocate","ret":-1})"), "!gv_ok(&r)");
  EXPECT_EQ(condition(R"({"op":"host_read","result":"ok","value":5,"errno":null})",
                      {Line::parse(R"({"result":"SIGBUS","value":null})")}),
            "(gv_ok(&r) && r.signal == 0 && r.value == 5) || (gv_ok(&r) && r.signal == SIGBUS)");
  EXPECT_EQ(condition(R"({"op":"pagemap","ptes":[{"page":3,"present":true,"pfn":77}]})"),
            "r.count == 1 && r.ptes[0].present == 1");
  EXPECT_EQ(condition(R"({"op":"guest_read","result":"memory_fault","fault":{"gpa":4096}})"),
            "r.exit == GM_EXIT_MEMORY_FAULT && r.fault_gpa == 0x1000");
  EXPECT_EQ(condition(R"({"op":"set_attr2","error_offset":18446744073709551615})"),
            "r.error_offset == 0xffffffffffffffff");
  const Line question = Line::parse(R"({"op":"check_extension","ret":3,"errno":null})");
  EXPECT_EQ(expected_of(question, {}).condition, "gv_ok(&r) && r.ret == 3");
  EXPECT_EQ(expected_of(question, {}, false).condition, "gv_ok(&r)");
  EXPECT_EQ(condition(R"({"op":"fsync","errno":"EFOO"})"), "field 'errno': 'EFOO' is no error");
  EXPECT_EQ(condition(R"({"op":"host_read","value":256})"), "field 'value': no call gives 256");
  EXPECT_EQ(condition(R"({"op":"host_read","result":"SIGILL"})"),
            "field 'result': no call ends with \"SIGILL\"");
}

TEST(WriteVector, NoThreads) {
  const VectorInC vector = write_vector(
      {{{"op", "create_vm"}, {"vm", "v1"}, {"type", 0}, {"ret", 3}},
       {{"op", "check_extension"}, {"on", "v1"}, {"cap", 236}, {"tid", 1}, {"ret", 0}}},
      std::nullopt);
  EXPECT_EQ(vector.problem, "calls of several threads at the same time are not written in C");
  EXPECT_EQ(vector.bad_index, 1U);
}

}  // namespace
}  // namespace gms::runner
