// The parts of an explorer's text, in the order in which they are written.
#pragma once

#include <functional>

#include "base/source.h"
#include "base/text_writer.h"
#include "gen/backend/explore/unit.h"

namespace gms::gen::explore {

using Places = std::function<std::string(base::Span)>;

/// Tables of enums, the fields of a state, their access, handles.
void write_state(const Unit& u, base::TextWriter& out);
/// Putting states that differ in the names of handles together.
void write_symmetry(const Unit& u, base::TextWriter& out);
/// Functions, procedures, properties of states, actions.
void write_calls(const Unit& u, const Places& places, base::TextWriter& out);
/// Every call with every argument; main.
void write_model(const Unit& u, base::TextWriter& out);

/// Whether the property is one of calls that this action makes; of a state: no action.
bool is_of_calls(const ir::Property& property);
bool is_of_call(const ir::Property& property, ir::ActionId action);
bool has_symmetry(const Unit& u);

}  // namespace gms::gen::explore
