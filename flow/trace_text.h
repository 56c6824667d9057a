// Traces as text: reading one whole, and its calls for people.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "checker/conform/trace_run.h"

namespace gms::flow {

/// A file, plain or gzip, or "-". Nothing, and why, if it cannot be read.
std::optional<std::string> read_trace(const std::string& path, std::string& error);
/// The same; nothing after a reported error.
std::optional<std::string> read_trace(const std::string& path, base::DiagSink& sink);

/// A text at hand as a trace. It is plain, also if the name says otherwise, which then loses its
/// .gz.
check::TraceInput plain_input(std::string name, std::string text);

/// host_read(map=m3, page=0, byte=0, value=0) = ok
std::string call_text(const nlohmann::ordered_json& event);

}  // namespace gms::flow
