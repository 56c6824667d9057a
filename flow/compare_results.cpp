#include "flow/compare_results.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "runner/other_ways.h"

namespace gms::flow {
namespace {

using runner::Line;

/// Traces spell some truth values as 0 and 1.
Line plain(const Line& value) {
  return value.is_boolean() ? Line(value.get<bool>() ? 1 : 0) : value;
}

/// Of page-table entries only whether they are there.
Line presence(const Line& entries) {
  Line result = Line::array();
  for (const Line& entry : entries)
    result.push_back(entry.is_object() && entry.contains("present") ? plain(entry["present"])
                                                                    : Line(nullptr));
  return result;
}

bool failed(const Line& ret) {
  return ret.is_number() && ret < 0;
}

bool same(const std::string& field, const Line& expected, const Line& got) {
  // What a call returns when it succeeds is the spec's business.
  if (field == "ret") return failed(expected) == failed(got);
  if (field == "link") return true;  // kernels word it differently
  if (field == "ptes") return presence(expected) == presence(got);
  if (!expected.is_object() || !got.is_object()) return plain(expected) == plain(got);
  for (const auto& [key, value] : expected.items())
    if (!got.contains(key) || plain(value) != plain(got[key])) return false;
  return true;
}

std::optional<std::string> difference(const Line& expected, const Line& got) {
  const runner::OpFields* const op = runner::find_op(got["op"].get<std::string>());
  if (op == nullptr) return std::nullopt;  // a note
  const auto differs = [&](const std::string& field, const Line& value) {
    return !same(field, value, got.contains(field) ? got[field] : Line());
  };
  const auto tell = [&](const std::string& field, const Line& value) {
    return std::string(op->op) + ": " + field + " is " +
           (got.contains(field) ? got[field].dump() : "not there") + ", the vector has " +
           value.dump();
  };
  for (const auto& [field, value] : expected.items())
    if ((runner::lists(op->outputs, field) || field == "errno") && differs(field, value))
      return tell(field, value);
  // Last, because of a call that failed it says least.
  const auto ret = expected.find("ret");
  if (ret != expected.end() && differs("ret", *ret)) return tell("ret", *ret);
  return std::nullopt;
}

}  // namespace

std::optional<Difference> first_difference(const std::vector<Line>& expected,
                                           const std::vector<runner::Performed>& performed) {
  // Behind calls of several threads at the same time a vector knows no results.
  const auto sequential = [&](std::size_t i) {
    return runner::Executor::race_length(std::span(expected).subspan(i)) == 0;
  };
  for (std::size_t i = 0; i < performed.size() && sequential(i); ++i) {
    if (!performed[i].judged.is_null()) continue;
    auto text = difference(expected[i], performed[i].line);
    if (!text) continue;
    const std::vector<Line> others =
        i == 0 ? std::vector<Line>{} : runner::other_ways(expected[i - 1]);
    const bool allowed = std::any_of(others.begin(), others.end(), [&](const Line& way) {
      Line other = expected[i];
      other.update(way);
      return !difference(other, performed[i].line);
    });
    if (!allowed) return Difference{i, *text};
  }
  return std::nullopt;
}

}  // namespace gms::flow
