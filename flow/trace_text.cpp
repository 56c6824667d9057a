#include "flow/trace_text.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "checker/conform/messages.h"
#include "checker/trace/byte_source.h"

namespace gms::flow {

std::optional<std::string> read_trace(const std::string& path, std::string& error) {
  check::ByteSource source = check::ByteSource::open(path);
  std::string text;
  std::array<char, 1 << 16> buffer{};
  while (const std::size_t count = source.read(buffer.data(), buffer.size()))
    text.append(buffer.data(), count);
  if (!source.failure()) return text;
  error = *source.failure();
  return std::nullopt;
}

std::optional<std::string> read_trace(const std::string& path, base::DiagSink& sink) {
  std::string error;
  auto text = read_trace(path, error);
  if (!text) sink.report(check::diag::unreadable_trace, {}, path, error);
  return text;
}

check::TraceInput plain_input(std::string name, std::string text) {
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  check::TraceInput input{std::move(name)};
  input.bytes = std::move(text);
  return input;
}

std::string call_text(const nlohmann::ordered_json& event) {
  std::string text = event.value("op", "?") + '(';
  bool first = true;
  for (const auto& [key, value] : event.items()) {
    if (key == "op" || key == "seq" || key == "ret" || key == "errno") continue;
    text += fmt::format("{}{}={}", first ? "" : ", ", key,
                        value.is_string() ? value.get<std::string>() : value.dump());
    first = false;
  }
  text += ')';
  const auto error = event.find("errno");
  if (error == event.end()) return text;
  return text + " = " + (error->is_string() ? error->get<std::string>() : "ok");
}

}  // namespace gms::flow
