#include "cli/command.h"

namespace gms::cli {

#define GMS_COMMAND(name, summary) Run setup_##name(CLI::App& app);
#include "cli/commands.def"
#undef GMS_COMMAND

std::span<const Command> commands() {
#define GMS_COMMAND(name, summary) {#name, summary, setup_##name},
  static constexpr Command kCommands[] = {
#include "cli/commands.def"
  };
#undef GMS_COMMAND
  return kCommands;
}

}  // namespace gms::cli
