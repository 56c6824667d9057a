// Diagnostics for other programs. One object for each: severity, code, name, message, args,
// location (null without a place), notes, hint (null if none). Lines and columns count from 1,
// `begin` and `end` are byte offsets, `end` exclusive. Bytes that are not UTF-8 become U+FFFD.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"

namespace gms::base {

nlohmann::ordered_json to_json(Span span, const SourceSet& sources);
nlohmann::ordered_json to_json(const Diagnostic& diagnostic, const SourceSet& sources);

// {"diagnostics": [...], "errors": n, "warnings": n, "not_shown": n} and a line end. The counts
// include what is not shown.
std::string render_json(const DiagSink& sink, const SourceSet& sources);

}  // namespace gms::base
