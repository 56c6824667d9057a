#include <nlohmann/json.hpp>

#include "checker/exhaust/found.h"

namespace gms::check {
namespace {

using Json = nlohmann::json;

std::optional<std::uint64_t> value_of(const Json& j) {
  if (j.is_null()) return std::nullopt;
  return j.get<std::uint64_t>();
}

std::vector<std::optional<std::uint64_t>> values_of(const Json& j) {
  std::vector<std::optional<std::uint64_t>> out;
  for (const Json& one : j)
    out.push_back(value_of(one));
  return out;
}

PackedState state_of(const Json& j) {
  PackedState out;
  for (const Json& live : j.at("live"))
    out.live.push_back(live.get<std::vector<std::uint64_t>>());
  for (const Json& p : j.at("points"))
    out.points.push_back({p.at(0).get<std::uint32_t>(), p.at(1).get<std::vector<std::uint64_t>>(),
                          value_of(p.at(2))});
  return out;
}

PackedCall call_of(const Json& j) {
  PackedCall out;
  out.action = j.at("action").get<std::uint32_t>();
  out.clause = j.at("clause").get<std::uint32_t>();
  out.args = values_of(j.at("args"));
  for (const Json& c : j.at("created"))
    out.created.emplace_back(c.at(0).get<std::uint32_t>(), c.at(1).get<std::uint64_t>());
  out.after = state_of(j.at("state"));
  return out;
}

std::vector<bool> flags_of(const Json& j) {
  std::vector<bool> out;
  for (const Json& one : j)
    out.push_back(one.get<std::uint64_t>() != 0);
  return out;
}

}  // namespace

std::optional<Exhausted> read_exhausted(std::string_view text) {
  try {
    const Json j = Json::parse(text);
    Exhausted out;
    const auto ending = j.at("ending").get<std::string>();
    out.ending = ending == "complete"    ? ExhaustEnding::kComplete
                 : ending == "violation" ? ExhaustEnding::kViolation
                                         : ExhaustEnding::kMemory;
    const auto number = [&](const char* name) { return j.at(name).get<std::uint64_t>(); };
    out.states = number("states");
    out.transitions = number("transitions");
    out.loops = number("loops");
    out.cuts = number("cuts");
    out.depth = number("depth");
    out.bytes = number("bytes");
    out.words = number("words");
    out.seconds = static_cast<double>(number("microseconds")) * 1e-6;
    out.cpu_seconds = static_cast<double>(number("cpu_microseconds")) * 1e-6;
    out.cut_by = j.at("cut_by").get<std::vector<std::uint64_t>>();
    out.fired = flags_of(j.at("fired"));
    out.levels = j.at("levels").get<std::vector<std::uint64_t>>();
    out.undetermined = flags_of(j.at("undetermined"));
    for (const Json& f : j.at("found")) {
      std::vector<PackedCall> calls;
      for (const Json& call : f.at("run"))
        calls.push_back(call_of(call));
      out.found.emplace_back(f.at("property").get<std::uint32_t>(), std::move(calls));
    }
    if (j.contains("states_seen")) {
      for (const Json& s : j.at("states_seen"))
        out.seen.push_back(state_of(s));
      for (const Json& e : j.at("edges"))
        out.edges.push_back({e.at(0).get<std::uint32_t>(), e.at(1).get<std::uint32_t>(),
                             e.at(2).get<std::uint32_t>(), e.at(3).get<std::uint32_t>(),
                             values_of(e.at(4))});
    }
    return out;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace gms::check
