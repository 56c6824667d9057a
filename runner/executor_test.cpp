#include "runner/executor.h"

#include <gtest/gtest.h>

#include "runner/isolate.h"
#include "runner/sequence.h"

namespace gms::runner {
namespace {

/// Lines written as they stand in a vector.
std::vector<Line> lines(std::initializer_list<const char*> texts) {
  std::vector<Line> result;
  for (const char* text : texts)
    result.push_back(Line::parse(text));
  return result;
}

constexpr const char* kVm = R"({"op":"create_vm","vm":"v","type":0})";
constexpr const char* kGmem = R"({"op":"create_gmem","vm":"v","gmem":"g","size":8192,"flags":3})";
constexpr const char* kMap =
    R"({"op":"mmap","gmem":"g","map":"m","length":8192,"prot":3,"flags":1,"offset":0})";

std::string problem(std::initializer_list<const char*> texts) {
  const auto stop = check_sequence(lines(texts));
  return stop ? std::to_string(stop->index + 1) + ": " + stop->message : "";
}

TEST(Executor, FindsWhatIsNoCall) {
  EXPECT_EQ(problem({kVm, kGmem, kMap}), "");
  EXPECT_EQ(problem({"7"}), "1: a line is an object with the field 'op'");
  EXPECT_EQ(problem({R"({"vm":"v"})"}), "1: the field 'op' is missing");
  EXPECT_EQ(problem({R"({"op":"creat_vm"})"}),
            "1: there is no op 'creat_vm'; did you mean 'create_vm'?");
  EXPECT_EQ(problem({R"({"op":"create_vm","vm":"v"})"}), "1: the field 'type' is missing");
  EXPECT_EQ(problem({R"({"op":"create_vm","vm":"v","typ":0})"}),
            "1: the op 'create_vm' has no field 'typ'; did you mean 'type'?");
  EXPECT_EQ(problem({R"({"op":"create_vm","vm":"v","type":"x"})"}),
            "1: field 'type': expected a whole number, found \"x\"");
  EXPECT_EQ(problem({R"({"op":"create_vm","vm":7,"type":0})"}),
            "1: field 'vm': expected a text, found 7");
  EXPECT_EQ(problem({kVm, R"({"op":"create_gmem","vm":"v","gmem":"g","size":-1})"}),
            "2: field 'size': -1 is not between 0 and 18446744073709551615");
}

TEST(Executor, FindsNamesThatNothingMade) {
  EXPECT_EQ(problem({kVm, R"({"op":"fstat","gmem":"g"})"}),
            "2: field 'gmem': no earlier call made 'g'");
  EXPECT_EQ(problem({kVm, kGmem, kMap, R"({"op":"host_read","map":"g","page":0})"}),
            "4: field 'map': 'g' is a descriptor, expected a mapping");
  EXPECT_EQ(
      problem({kVm, kGmem, kMap, R"({"op":"host_read","map":"m","page":0,"process":"child"})"}),
      "4: field 'process': no earlier call made a child");
  EXPECT_EQ(problem({R"({"op":"guest_read","gpa":0})"}), "1: no earlier call made a VM");
}

TEST(Executor, FindsWordsAndValuesThatMeanNothing) {
  EXPECT_EQ(
      problem({kVm, kGmem,
               R"({"op":"set_attr2","gmem":"g","offset":0,"size":0,"attributes":0,"ptr":"x"})"}),
      "3: field 'ptr': 'x' is no pointer that is known here");
  EXPECT_EQ(problem({kVm, R"({"op":"guest_read","gpa":4294967296})"}),
            "2: the guest reaches addresses below 4 GiB only");
  EXPECT_EQ(problem({kVm, kGmem,
                     R"({"op":"set_region2","vm":"v","slot":1,"flags":4,"gpa":0,"size":4096,)"
                     R"("hva":"m+x","gmem":"g","gmem_offset":0})"}),
            "3: field 'hva': 'm+x' has an offset that is no number below 2^64");
}

/// What the lines ask for that no host is asked to do.
std::string refused(std::initializer_list<const char*> texts) {
  const auto stop = check_sequence(lines(texts));
  if (!stop) return "";
  EXPECT_EQ(stop->why, Stop::Why::kLacking) << stop->message;
  return std::to_string(stop->index + 1) + ": " + stop->message;
}

TEST(Executor, SparesTheHost) {
  constexpr const char* kLarge =
      R"({"op":"create_gmem","vm":"v","gmem":"g","size":1099511627776,"flags":3})";
  const std::string much = " would take more memory than a test may";
  EXPECT_EQ(refused({kVm, kLarge,
                     R"({"op":"fallocate","gmem":"g","mode":1,"offset":0,"length":1073745920})"}),
            "3: fallocate" + much);
  // Half of what is allowed, twice, by another name, and once more.
  constexpr const char* kHalf =
      R"({"op":"fallocate","gmem":"h","mode":1,"offset":0,"length":536870912})";
  constexpr const char* kDup = R"({"op":"dup","gmem":"g","new":"h"})";
  EXPECT_EQ(refused({kVm, kLarge, kDup, kHalf, kHalf}), "");
  EXPECT_EQ(refused({kVm, kLarge, kDup, kHalf, kHalf, kHalf}), "6: fallocate" + much);
  EXPECT_EQ(refused({kVm, kLarge,
                     R"({"op":"mmap","gmem":"g","map":"m","length":1073745920,"prot":3,)"
                     R"("flags":32769,"offset":0})"}),
            "3: mmap" + much);
  EXPECT_EQ(refused({kVm, kGmem, kMap,
                     R"({"op":"pin","pin":"p","map":"m","page":0,)"
                     R"("npages":4503599627370497})"}),
            "4: pin" + much);
  EXPECT_EQ(refused({kVm, R"({"op":"set_region2","vm":"v","slot":1,"flags":0,"gpa":0,)"
                          R"("size":68719480832,"hva":"0","gmem":"none","gmem_offset":0})"}),
            "2: set_region2" + much);
  EXPECT_EQ(refused({kVm, kGmem, kMap, R"({"op":"madvise","map":"m","page":0,"advice":100})"}),
            "4: madvise 100 would take memory from the host");
}

TEST(Executor, KnowsWhatACallMakesThatIsNotMadeHere) {
  EXPECT_EQ(refused({kVm, R"({"op":"create_gmem","vm":"v","gmem":"g","size":4096,"fail_nth":3})",
                     R"({"op":"close","obj":"g"})"}),
            "2: faults are not injected into calls here");
}

TEST(Executor, MakesCallsThatFailBeforeTheyTakeMemory) {
  EXPECT_EQ(refused({kVm, kGmem,
                     R"({"op":"fallocate","gmem":"g","mode":1,"offset":0,"length":1073745920})",
                     R"({"op":"fallocate","gmem":"g","mode":3,"offset":0,"length":1073745920})"}),
            "");
  EXPECT_EQ(refused({kVm, R"({"op":"set_region2","vm":"v","slot":1,"flags":0,"gpa":0,)"
                          R"("size":8796093022208,"hva":"0","gmem":"none","gmem_offset":0})"}),
            "");
}

TEST(Executor, FieldsThatHaveADefaultMayBeMissing) {
  EXPECT_EQ(problem({kVm, R"({"op":"create_gmem","vm":"v","gmem":"g"})",
                     R"({"op":"mmap","gmem":"g","map":"m","length":1,"prot":1,"flags":1,)"
                     R"("offset":0})",
                     R"({"op":"pagemap","map":"m","page":0})",
                     R"({"op":"io_uring_unregister_buffers"})"}),
            "");
}

TEST(Executor, KnowsErrorsByName) {
  EXPECT_EQ(error_name(EINVAL), "EINVAL");
  EXPECT_EQ(error_name(4000), "E4000");
  EXPECT_TRUE(lists("a bc d", "bc"));
  EXPECT_FALSE(lists("a bc d", "b"));
  EXPECT_FALSE(lists("", ""));
}

class OnKernel : public testing::Test {
 protected:
  void SetUp() override {
    const SequenceRun run = perform({kVm, kGmem, kMap});
    if (run.stop)
      GTEST_SKIP() << "this machine offers no guest_memfd that the host maps: "
                   << run.stop->message;
  }
  static SequenceRun perform(std::initializer_list<const char*> texts) {
    return run_sequence(lines(texts), {}, std::chrono::seconds(10));
  }
};

TEST_F(OnKernel, RecordsAsTracesDo) {
  const SequenceRun run = perform({
      kVm,
      kGmem,
      kMap,
      R"({"op":"host_write","map":"m","page":1,"byte":5,"value":7,"result":"SIGBUS"})",
      R"({"op":"host_read","map":"m","page":1,"byte":5})",
      R"({"op":"host_read","map":"m","page":2})",
      R"({"op":"fallocate","gmem":"g","mode":3,"offset":-1,"length":4096})",
  });
  ASSERT_FALSE(run.stop) << run.stop->message;
  ASSERT_EQ(run.performed.size(), 7U);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(run.performed[i].line["seq"], i);
    EXPECT_LE(run.performed[i].line["t_begin"], run.performed[i].line["t_end"]);
  }
  EXPECT_EQ(run.performed[3].line["result"], "ok");
  EXPECT_EQ(run.performed[4].line["value"], 7);
  EXPECT_EQ(run.performed[5].line["result"], "SIGSEGV");
  EXPECT_EQ(run.performed[5].line["si_code"], 1);
  EXPECT_EQ(run.performed[5].line["si_addr_page"], 2);
  EXPECT_EQ(run.performed[6].line["ret"], -1);
  EXPECT_EQ(run.performed[6].line["errno"], "EINVAL");
}

TEST_F(OnKernel, KeepsWhatWasRecordedBeforeAStop) {
  const SequenceRun run = perform({
      kVm,
      kGmem,
      R"({"op":"mmap","gmem":"g","map":"m","length":0,"prot":3,"flags":1,"offset":0})",
      R"({"op":"host_read","map":"m","page":0})",
      R"({"op":"close","obj":"g"})",
  });
  ASSERT_TRUE(run.stop);
  EXPECT_EQ(run.performed.size(), 3U);
  EXPECT_EQ(run.stop->why, Stop::Why::kLacking);
  EXPECT_EQ(run.stop->index, 3U);
  EXPECT_EQ(run.stop->message, "'m' does not exist: mmap ended with EINVAL");
}

TEST_F(OnKernel, AClosedDescriptorNeverMeansAnotherFile) {
  const SequenceRun run = perform({
      kVm,
      kGmem,
      R"({"op":"close","obj":"g"})",
      R"({"op":"create_gmem","vm":"v","gmem":"g2","size":4096,"flags":3})",
      R"({"op":"fstat","gmem":"g"})",
      R"({"op":"close","obj":"g"})",
  });
  ASSERT_FALSE(run.stop) << run.stop->message;
  EXPECT_EQ(run.performed[4].line["errno"], "EBADF");
  EXPECT_EQ(run.performed[5].line["errno"], "EBADF");
}

TEST_F(OnKernel, TheChildHasWhatWasMappedBeforeTheFork) {
  const SequenceRun run = perform({
      kVm,
      kGmem,
      kMap,
      R"({"op":"fork"})",
      R"({"op":"mmap","gmem":"g","map":"later","length":8192,"prot":3,"flags":1,"offset":0})",
      R"({"op":"host_write","map":"m","page":0,"value":9})",
      R"({"op":"host_read","map":"m","page":0,"process":"child"})",
      R"({"op":"host_read","map":"later","page":0,"process":"child"})",
  });
  ASSERT_FALSE(run.stop) << run.stop->message;
  EXPECT_EQ(run.performed[6].line["value"], 9);
  EXPECT_EQ(run.performed[6].line["tid"], 100);
  EXPECT_EQ(run.performed[7].line["result"], "SIGSEGV");
}

TEST_F(OnKernel, DoesNotTouchWhatIsNotOurs) {
  const SequenceRun run =
      perform({kVm, kGmem, kMap, R"({"op":"host_write","map":"m","page":1000000000,"value":1})"});
  ASSERT_TRUE(run.stop);
  EXPECT_EQ(run.stop->why, Stop::Why::kLacking);
  const SequenceRun other = perform(
      {kVm, kGmem, kMap, R"({"op":"munmap","map":"m","map_offset":0,"length":68719476736})"});
  ASSERT_TRUE(other.stop);
  EXPECT_EQ(other.stop->why, Stop::Why::kLacking);
}

TEST_F(OnKernel, ShowsTheCheckerWhatAHostAccessExplains) {
  Traits emulated;
  emulated.guest_uses_userspace_addr = true;
  const SequenceRun run = run_sequence(
      lines({kVm, kGmem, kMap,
             R"({"op":"set_region2","vm":"v","slot":1,"flags":4,"gpa":268435456,"size":8192,)"
             R"("hva":"m","gmem":"g","gmem_offset":0})",
             R"({"op":"guest_write","gpa":268439555,"write_value":8})",
             R"({"op":"guest_read","gpa":4096000})"}),
      emulated, std::chrono::seconds(10));
  if (run.stop) GTEST_SKIP() << "no guest runs here: " << run.stop->message;
  ASSERT_EQ(run.performed.size(), 6U);
  EXPECT_TRUE(run.performed[3].judged.is_null());
  if (run.performed[4].line["result"] == "ok") {
    EXPECT_EQ(run.performed[4].judged["op"], "host_write");
    EXPECT_EQ(run.performed[4].judged["page"], 1);
    EXPECT_EQ(run.performed[4].judged["byte"], 3);
  }
  EXPECT_EQ(run.performed[5].line["result"], "mmio");
  EXPECT_EQ(run.performed[5].judged["op"], "note");
}

}  // namespace
}  // namespace gms::runner
