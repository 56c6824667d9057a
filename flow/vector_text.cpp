#include "flow/vector_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checker/vectors/requirements.h"
#include "ir/type.h"

namespace gms::flow {
namespace {

using Json = nlohmann::ordered_json;

Json params_json(const ir::Module& m, const check::Valuation& valuation) {
  Json params = Json::object();
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const ir::Param& param = m.params[p];
    if (param.is_quirk) continue;
    if (param.type.kind == ir::TypeKind::kBool) {
      params[param.name] = valuation[p] != 0;
    } else if (param.type.kind == ir::TypeKind::kEnum) {
      params[param.name] = ir::value_text(m, param.type, valuation[p]);
    } else {
      params[param.name] = valuation[p];
    }
  }
  return params;
}

/// "ret=-1 errno=ENOMEM": what the way has and the line has not.
std::string difference(const Json& way, const Json& line) {
  std::string text;
  const auto add = [&](const std::string& key, const Json& value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", key,
                        value.is_string() ? value.get<std::string>() : value.dump());
  };
  for (const auto& [key, value] : way.items())
    if (!line.contains(key) || line[key] != value) add(key, value);
  for (const auto& [key, value] : line.items())
    if (!way.contains(key)) add(key, nullptr);
  return text;
}

/// The spec's traces may have such lines, which no rule reads.
bool has_note(const ir::Module& m, std::string_view op) {
  return std::any_of(m.events.begin(), m.events.end(),
                     [&](const ir::Event& event) { return event.ignored && event.op == op; });
}

}  // namespace

std::string vector_text(const ir::Module& m, const check::TestVector& vector,
                        const std::vector<std::string>& shows) {
  Json meta{{"op", "meta"}, {"vector", vector.name}, {"spec", m.name}};
  meta["params"] = params_json(m, vector.valuation);
  meta["shows"] = shows;
  meta["clauses"] = Json::array();  // by which each call leaves
  for (const check::VectorLine& line : vector.lines)
    if (!line.event.is_null())
      meta["clauses"].push_back(check::clause_text(m, line.clauses.back()));
  std::string text = has_note(m, "meta") ? meta.dump() + '\n' : "";
  const bool notes = has_note(m, "note");
  const bool numbers =
      std::find(m.common_fields.begin(), m.common_fields.end(), "seq") != m.common_fields.end();
  std::uint64_t seq = 0;
  for (const check::VectorLine& line : vector.lines) {
    if (line.event.is_null()) continue;
    Json others = Json::array();
    for (const Json& way : line.allowed)
      if (way != line.event) others.push_back(difference(way, line.event));
    if (notes && !others.empty())
      text += Json{{"op", "note"}, {"also_allowed", others}}.dump() + '\n';
    Json numbered = Json::object();
    if (numbers) numbered["seq"] = seq++;
    numbered.update(line.event);
    text += numbered.dump() + '\n';
  }
  return text;
}

}  // namespace gms::flow
