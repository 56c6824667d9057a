#include "gen/backend/cpp/emit.h"

#include "gen/backend/cpp/files.h"

namespace gms::gen::cpp {

std::string fill(std::string_view skeleton,
                 const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text(skeleton.substr(skeleton.starts_with('\n') ? 1 : 0));
  for (const auto& [key, value] : values) {
    const std::string mark = '@' + key + '@';
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  }
  return text;
}

Emitted emit(const ir::Module& module, const std::function<std::string(base::Span)>& places) {
  const Unit unit(module, places);
  std::vector<EmittedFile> files;
  add_state_files(unit, files);
  files.push_back(functions_file(unit));
  add_procedure_files(unit, files);
  add_action_files(unit, files);
  add_event_files(unit, files);
  add_model_files(unit, files);
  add_type_files(unit, files);
  return {std::move(files), unit.problems};
}

}  // namespace gms::gen::cpp
