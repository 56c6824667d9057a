#include "flow/kselftest.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "flow/vector_file.h"
#include "runner/kselftest/c_text.h"
#include "runner/kselftest/write_vector.h"
#include "runner/messages.h"

namespace gms::flow {
namespace {

using runner::c_comment;
using runner::c_string;

constexpr std::string_view kCalls[] = {"uapi.h",      "ops.h",      "ops_core.c",  "ops_file.c",
                                       "ops_guest.c", "ops_host.c", "ops_probe.c", "ops_vm.c"};

constexpr std::string_view kAloneHead = R"(#define _GNU_SOURCE
)";
constexpr std::string_view kAloneEnd = R"(
#define GV_END() return
)";

constexpr std::string_view kInTreeHead = R"(#define _GNU_SOURCE
#include "kvm_util.h"
#include "test_util.h"

#include "../kselftest_harness.h"

)";
constexpr std::string_view kInTreeEnd = R"(
#define GV_END()                                                            \
  do {                                                                      \
    if (gv_state.verdict == GV_SKIPPED) SKIP(return, "%s", gv_state.reason); \
    ASSERT_NE(gv_state.verdict, GV_FAILED);                                 \
    return;                                                                 \
  } while (0)
)";
constexpr std::string_view kInTreeMain = R"(
int main(int argc, char *argv[]) {
  struct gv_shared *const shared = gv_share();
  TEST_REQUIRE(kvm_has_cap(KVM_CAP_GUEST_MEMFD));
  TEST_REQUIRE(shared != NULL);
  gv_isolate(gv_ask_host, shared);
  TEST_REQUIRE(shared->host_known);
  gv_host = shared->host;
  return test_harness_run(argc, argv);
}
)";

bool begins(std::string_view line, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view one) { return line.starts_with(one); });
}

/// Everything of a file becomes static, so that it can stand in a file with anything else.
std::string pasted(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (begins(line, {"#pragma once", "#include \"", "#define _GNU_SOURCE", "extern "})) continue;
    const bool function =
        begins(line, {"void gm_", "int gm_", "bool gm_", "uint64_t gm_", "struct gm_mapping gm_"});
    if (function) result += "__attribute__((unused)) ";
    if (function || begins(line, {"struct gm_context gm_context", "__thread "}))
      result += "static ";
    result += line;
  }
  return result;
}

class Kselftest {
 public:
  Kselftest(const KselftestOptions& options, const PartText& part, base::SourceSet& sources,
            base::DiagSink& sink)
      : options_(options), part_(part), sources_(sources), sink_(sink) {}

  std::optional<std::string> make() {
    bool good = true;
    for (const std::string& file : vector_files(options_.vectors))
      good = add(read_vector(file, sources_, sink_)) && good;
    if (!good) return std::nullopt;
    return options_.in_tree ? in_tree() : alone();
  }

 private:
  bool add(const Vector& vector) {
    if (!vector.problem.empty()) return false;
    const runner::VectorInC written = runner::write_vector(vector.lines, vector.lacking);
    if (!written.problem.empty()) {
      report_bad_line(vector, written.bad_index, written.problem, sources_, sink_);
      return false;
    }
    const std::string name = free_name(runner::c_word(vector.name));
    tests_ += "\n// " + c_comment(vector.name, 92) + '\n' + written.comment;
    tests_ += options_.in_tree ? "TEST(" + name + ") {\n  if (gv_open() != 0) GV_END();\n"
                               : "static void vector_" + name + "(void) {\n";
    tests_ += written.body + "}\n";
    table_ += "    {" + c_string(tap_name(vector.name)) + ", vector_" + name + "},\n";
    return true;
  }

  std::string free_name(const std::string& wish) {
    std::string name = wish;
    for (int i = 2; !names_.insert(name).second; ++i)
      name = wish + '_' + std::to_string(i);
    return name;
  }

  /// A '#' would begin a directive.
  static std::string tap_name(std::string name) {
    std::replace(name.begin(), name.end(), '#', '_');
    return name;
  }

  std::string calls() const {
    std::string text;
    for (const std::string_view name : kCalls)
      text += section(name);
    return text + section("vector.c");
  }
  std::string section(std::string_view name) const {
    return "\n// ======== " + std::string(name) + '\n' + pasted(part_(name));
  }

  std::string alone() const {
    return "// Made by gmemspec. Build it with: gcc -o test THIS_FILE\n" + std::string(kAloneHead) +
           calls() + std::string(kAloneEnd) + "\n// ======== vectors\n" + tests_ +
           "\nstruct gv_vector {\n  const char* name;\n  void (*run)(void);\n};\n" +
           "static const struct gv_vector gv_vectors[] = {\n" + table_ + "};\n" +
           section("isolate.c") + section("alone.c");
  }
  std::string in_tree() const {
    return "// Made by gmemspec, for tools/testing/selftests/kvm: add it to TEST_GEN_PROGS_x86 "
           "there.\n" +
           std::string(kInTreeHead) + calls() + std::string(kInTreeEnd) + section("isolate.c") +
           "\n// ======== vectors\n" + tests_ + std::string(kInTreeMain);
  }

  const KselftestOptions& options_;
  const PartText& part_;
  base::SourceSet& sources_;
  base::DiagSink& sink_;
  std::set<std::string> names_;
  std::string tests_, table_;
};

}  // namespace

std::optional<std::string> make_kselftest(const KselftestOptions& options, const PartText& part,
                                          base::SourceSet& sources, base::DiagSink& sink) {
  return Kselftest(options, part, sources, sink).make();
}

}  // namespace gms::flow
