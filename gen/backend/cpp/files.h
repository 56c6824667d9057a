// The files of a model, one function for each kind.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/backend/cpp/emit.h"
#include "gen/backend/cpp/unit.h"

namespace gms::gen::cpp {

/// In front of the files, which tell what is needed.
void add_type_files(const Unit& unit, std::vector<EmittedFile>& files);
void add_state_files(const Unit& unit, std::vector<EmittedFile>& out);
EmittedFile functions_file(const Unit& unit);
void add_procedure_files(const Unit& unit, std::vector<EmittedFile>& out);
void add_action_files(const Unit& unit, std::vector<EmittedFile>& out);
void add_event_files(const Unit& unit, std::vector<EmittedFile>& out);
void add_model_files(const Unit& unit, std::vector<EmittedFile>& out);

/// The text with each @KEY@ replaced; a skeleton starts with a line end, which is dropped.
std::string fill(std::string_view skeleton,
                 const std::vector<std::pair<std::string, std::string>>& values);

/// All fields of all events, and what each event may carry, as numbers of `names`.
struct Slots {
  explicit Slots(const ir::Module& module);
  std::vector<std::string> names;
  std::vector<std::string> constants;             // kSlotFaultFlags
  std::vector<std::vector<std::size_t>> allowed;  // by event
  std::size_t find(const std::string& name) const;
};

}  // namespace gms::gen::cpp
