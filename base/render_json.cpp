#include "base/render_json.h"

#include <nlohmann/json.hpp>

namespace gms::base {

using Json = nlohmann::ordered_json;

Json to_json(Span span, const SourceSet& sources) {
  if (!span.has_place()) return nullptr;
  const SourceFile& file = sources.file(span.file);
  const Position begin = file.position(span.begin);
  const Position end = file.position(span.end);
  return {{"file", file.name()},  {"line", begin.line},       {"column", begin.column},
          {"end_line", end.line}, {"end_column", end.column}, {"begin", span.begin},
          {"end", span.end}};
}

Json to_json(const Diagnostic& diagnostic, const SourceSet& sources) {
  Json notes = Json::array();
  for (const Note& note : diagnostic.notes) {
    notes.push_back(Json{{"message", note.text}, {"location", to_json(note.span, sources)}});
  }
  Json out;
  out["severity"] = severity_name(diagnostic.info.severity);
  out["code"] = diagnostic.info.code;
  out["name"] = diagnostic.info.slug;
  out["message"] = diagnostic.message();
  out["args"] = diagnostic.args;
  out["location"] = to_json(diagnostic.span, sources);
  out["notes"] = std::move(notes);
  out["hint"] = diagnostic.hint.empty() ? Json(nullptr) : Json(diagnostic.hint);
  return out;
}

std::string render_json(const DiagSink& sink, const SourceSet& sources) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : sink.sorted())
    list.push_back(to_json(diagnostic, sources));
  const Json out{{"diagnostics", std::move(list)},
                 {"errors", sink.error_count()},
                 {"warnings", sink.warning_count()},
                 {"not_shown", sink.dropped()}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::base
