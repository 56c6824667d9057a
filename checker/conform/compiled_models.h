// Which specs have a compiled model, and how one is made that takes this checker's records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "checker/conform/event_table.h"
#include "checker/conform/valuation.h"
#include "model/runtime/engine.h"

namespace gms::check {

/// A fresh model for a kernel. An empty function: there is no compiled model.
using ModelFactory = std::function<std::unique_ptr<model::Model>(const Valuation&)>;

/// The models of the table's module (in its atomic reading) if one was compiled from exactly that:
/// the name and the file of a spec do not matter, only what it says. Otherwise empty. The table
/// need not outlive the factory.
ModelFactory compiled_models(const EventTable& table);
/// The same for who knows the digest (ir/text/digest.h) of that module.
ModelFactory compiled_models(const EventTable& table, std::uint64_t digest);

}  // namespace gms::check
