#include "flow/places.h"

#include <fmt/format.h>

#include <filesystem>

namespace gms::flow {

std::string place_text(const base::SourceSet& sources, base::Span span) {
  if (!span.has_place()) return "a place that the .gir does not name";
  const base::SourceFile& file = sources.file(span.file);
  const base::Position at = file.position(span.begin);
  std::string text(sources.text(span));
  if (const std::size_t end = text.find('\n'); end != std::string::npos)
    text = text.substr(0, end) + " ...";
  return fmt::format("{}:{}:{} `{}`", std::filesystem::path(file.name()).filename().string(),
                     at.line, at.column, text);
}

}  // namespace gms::flow
