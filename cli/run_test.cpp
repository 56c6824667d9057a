#include "cli/run.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "cli/catalogs.h"
#include "cli/command.h"
#include "cli/embedded.h"

namespace gms::cli {
namespace {

using base::ExitStatus;

struct Outcome {
  ExitStatus status;
  std::string out, err;
};

Outcome run_with(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  const ExitStatus status = run(arguments, out, err);
  return {status, out.str(), err.str()};
}

TEST(Run, help_is_a_success_on_standard_output) {
  const Outcome outcome = run_with({"--help"});
  EXPECT_EQ(outcome.status, ExitStatus::kOk);
  for (const Command& command : commands()) {
    EXPECT_NE(outcome.out.find(command.name), std::string::npos) << command.name;
  }
  EXPECT_EQ(outcome.err, "");
}

TEST(Run, each_command_has_help) {
  for (const Command& command : commands()) {
    EXPECT_EQ(run_with({std::string(command.name), "--help"}).status, ExitStatus::kOk);
  }
}

TEST(Run, wrong_usage_is_status_2_with_a_hint) {
  const std::vector<std::vector<std::string>> wrong{
      {}, {"nonsense"}, {"--nonsense"}, {"version", "x"}, {"--color=pink", "version"}};
  for (const auto& arguments : wrong) {
    const Outcome outcome = run_with(arguments);
    EXPECT_EQ(outcome.status, ExitStatus::kUsage);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("hint: "), std::string::npos);
  }
}

TEST(Catalogs, codes_and_names_are_unique) {
  std::set<std::string_view> seen;
  for (const base::DiagInfo& info : all_messages()) {
    EXPECT_TRUE(seen.insert(info.code).second) << info.code;
    EXPECT_TRUE(seen.insert(info.slug).second) << info.slug;
    const char letter = info.severity == base::Severity::kError ? 'E' : 'W';
    EXPECT_EQ(info.code.size(), 5U) << info.code;
    EXPECT_EQ(info.code[0], letter) << info.code;
  }
}

TEST(Catalogs, no_explanation_is_left_over) {
  for (const EmbeddedFile& file : explanations()) {
    bool known = false;
    for (const base::DiagInfo& info : all_messages()) {
      known |= file.name == std::string(info.code) + ".md";
    }
    EXPECT_TRUE(known) << "docs/diagnostics/" << file.name
                       << " explains a code that does not exist";
  }
}

}  // namespace
}  // namespace gms::cli
