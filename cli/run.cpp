#include "cli/run.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <ostream>

#include "base/spelling.h"
#include "base/utf8.h"
#include "cli/command.h"

namespace gms::cli {
namespace {

using base::ColorChoice;
using base::ExitStatus;

constexpr const char* kFooter =
    "Exit status: 0 conforms, proved or compatible; 1 violation, refuted or breaking;\n"
    "2 wrong usage or unreadable input; 3 unknown.\n";

// Options of the program itself, and what the chosen command wants to do.
struct Parsed {
  ColorChoice color = ColorChoice::kAuto;
  Run run;
};

ColorChoice color_choice(std::string_view when) {
  if (when == "always") return ColorChoice::kAlways;
  return when == "never" ? ColorChoice::kNever : ColorChoice::kAuto;
}

void declare(CLI::App& app, Parsed& parsed) {
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", "gmemspec " GMS_VERSION, "Print the version");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(kFooter);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.add_option_function<std::string>(
         "--color", [&parsed](const std::string& when) { parsed.color = color_choice(when); },
         "When to use colour: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->footer(kFooter);
    const Run run = command.setup(*sub);
    sub->callback([&parsed, run] { parsed.run = run; });
  }
}

std::string did_you_mean(std::string_view word) {
  std::vector<std::string_view> names;
  for (const Command& command : commands())
    names.push_back(command.name);
  const auto close = base::closest_name(word, names);
  return close ? "; did you mean '" + std::string(*close) + "'?" : "";
}

// CLI11 names what is left over; without a command that is what should have been one.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (!app.get_subcommands().empty()) return error.what();
  for (const std::string& word : app.remaining()) {
    if (!word.starts_with('-')) return "there is no command '" + word + "'" + did_you_mean(word);
  }
  if (error.get_name() == "RequiredError") return "no command given";
  return error.what();
}

ExitStatus report_usage(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
                        std::ostream& err) {
  // Help and version arrive as "errors" with status 0.
  if (error.get_exit_code() == 0) {
    app.exit(error, out, err);
    return ExitStatus::kOk;
  }
  err << "gmemspec: " << base::printable(usage_error(app, error)) << "\nhint: try 'gmemspec";
  for (const CLI::App* sub : app.get_subcommands())
    err << ' ' << sub->get_name();
  err << " --help'\n";
  return ExitStatus::kUsage;
}

}  // namespace

ExitStatus run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  CLI::App app(
      "One specification of the guest_memfd shared/private ABI: read it, run it, prove it.",
      "gmemspec");
  Parsed parsed;
  try {
    declare(app, parsed);
    app.parse(std::vector<std::string>(arguments.rbegin(),
                                       arguments.rend()));  // CLI11 takes them from the back
  } catch (const CLI::ParseError& error) {
    return report_usage(app, error, out, err);
  }
  Context context{out, err, base::style_for(STDOUT_FILENO, parsed.color),
                  base::style_for(STDERR_FILENO, parsed.color)};
  try {
    return parsed.run(context);
  } catch (const std::exception& error) {
    // Only a bug or an exhausted machine gets here: no verdict was reached.
    err << "gmemspec: internal error: " << error.what() << '\n';
    return ExitStatus::kUnknown;
  }
}

}  // namespace gms::cli
