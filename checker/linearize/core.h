// Why an event of a window cannot be placed: the few events that alone fail in the same way, and
// whether that is a range operation that took effect at one place before and at another after.
#pragma once

#include <span>
#include <vector>

#include "checker/linearize/frontier.h"

namespace gms::check::linearize {

/// Fills `core` and `torn`, if that takes no longer than a few seconds. `worlds`: before the
/// window.
void explain_stuck(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
                   const std::vector<World>& worlds, const Limits& limits, Stuck& stuck);

}  // namespace gms::check::linearize
