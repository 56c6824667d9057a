// What a command is. A command's setup function declares its options and returns what to do after
// they were parsed; the work itself belongs to flow/, so that a command is options in, text out.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <iosfwd>
#include <span>
#include <string_view>

#include "base/exit_status.h"
#include "base/style.h"

namespace gms::cli {

// Where output goes: reports to `out`, diagnostics to `err`.
struct Context {
  std::ostream& out;
  std::ostream& err;
  base::Style out_style;
  base::Style err_style;
};

using Run = std::function<base::ExitStatus(Context&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  Run (*setup)(CLI::App& app);
};

// In the order of commands.def.
std::span<const Command> commands();

}  // namespace gms::cli
