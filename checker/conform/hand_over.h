// Carries what is known in the middle of a trace from a compiled model to the interpreter and back:
// the state, and what the names of the trace mean in it.
#pragma once

#include <memory>
#include <optional>

#include "checker/conform/engine.h"
#include "checker/conform/event_run.h"
#include "checker/conform/names.h"
#include "model/runtime/engine.h"

namespace gms::check {

/// The model's state as one of `engine`, which is an interpreter's. Handles get the numbers that
/// the interpreter would have given them; names that are new to `names` are added in the model's
/// order, and the runner is told which of them have been introduced. The model is exact and has no
/// open event.
World to_interpreter(const model::Model& model, const ir::Module& module, const Engine& engine,
                     NameTable& names, EventRunner& runner);

/// Fills a fresh model. False, with the model spoilt, if it cannot hold the state: something was
/// copied while it was unknown, or the state is not exact.
bool to_compiled(const World& world, const ir::Module& module, const NameTable& names,
                 const EventRunner& runner, model::Model& model);

}  // namespace gms::check
