// Prints what a diagnostic code means, from docs/diagnostics/CODE.md, or all codes with their
// messages.
#include <algorithm>
#include <cctype>
#include <memory>
#include <ostream>

#include "base/diagnostic.h"
#include "base/utf8.h"
#include "checker/diff/finding.h"
#include "cli/catalogs.h"
#include "cli/command.h"
#include "cli/embedded.h"

namespace gms::cli {
namespace {

using base::DiagInfo;
using base::ExitStatus;

void print_entry(const DiagInfo& info, Context& context) {
  context.out << info.code << ' ' << base::severity_name(info.severity) << ' ' << info.slug << ": "
              << info.format << '\n';
}

bool same_text(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

void print_rule(const diff::Rule& rule, Context& context) {
  std::string what(rule.what);
  if (const auto at = what.find("{0}"); at != std::string::npos) what.replace(at, 3, "NAME");
  context.out << rule.name << ' ' << diff::level_name(rule.level) << ": " << what << '\n';
}

ExitStatus explain(const std::string& code, Context& context) {
  if (const diff::Rule* rule = diff::find_rule(code)) {
    print_rule(*rule, context);
    context.out << "who: " << rule->who << ", direction: " << rule->direction
                << ", kind: " << rule->kind << "\n\n"
                << rule->why << '\n';
    return ExitStatus::kOk;
  }
  for (const DiagInfo& info : all_messages()) {
    if (!same_text(info.code, code) && !same_text(info.slug, code)) continue;
    print_entry(info, context);
    for (const EmbeddedFile& file : explanations()) {
      if (file.name == std::string(info.code) + ".md") context.out << '\n' << file.text;
    }
    return ExitStatus::kOk;
  }
  context.err << "gmemspec: no diagnostic or rule of diff has the code '" << base::printable(code)
              << "'\nhint: 'gmemspec explain' lists all codes\n";
  return ExitStatus::kUsage;
}

}  // namespace

Run setup_explain(CLI::App& app) {
  const auto code = std::make_shared<std::string>();
  app.add_option("code", *code,
                 "A code such as E0001, its name, or a rule of diff; without it all are listed");
  return [code](Context& context) {
    if (!code->empty()) return explain(*code, context);
    for (const DiagInfo& info : all_messages())
      print_entry(info, context);
    for (const diff::Rule& rule : diff::all_rules())
      print_rule(rule, context);
    return ExitStatus::kOk;
  };
}

}  // namespace gms::cli
