#include "runner/kselftest/write_vector.h"

#include <sys/mman.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "runner/kselftest/c_text.h"
#include "runner/kselftest/expected.h"
#include "runner/kselftest/write_call.h"
#include "runner/other_ways.h"

namespace gms::runner {
namespace {

constexpr std::size_t kShown = 4;  // lines of a comment
constexpr std::size_t kCommentColumns = 92;

/// Parameters that a kernel can be asked for, and the calls that end otherwise by them.
struct Parameter {
  std::string_view name, asked, ops;
};
constexpr Parameter kParameters[] = {
    {"sw_protected_vm", "(gv_host.vm_types >> 1 & 1)", "create_vm check_extension set_attr1"},
    {"tdp", "gv_host.pre_fault", "check_extension prefault"},
    {"ksm", "gv_host.ksm", "madvise"},
};

bool is_call(const Line& line) {
  const Line& op = line["op"];
  return op != "meta" && op != "note";
}

const Line* member(const Line& line, const char* name) {
  const auto found = line.find(name);
  return found != line.end() ? &*found : nullptr;
}

/// First what it shows of the action that it is named after, not of the calls that lead there.
std::vector<std::string> shown(const Line& meta) {
  std::vector<std::string> texts;
  const Line* const shows = member(meta, "shows");
  if (shows == nullptr || !shows->is_array()) return texts;
  for (const Line& one : *shows)
    if (one.is_string()) texts.push_back(one.get<std::string>());
  const Line* const name = member(meta, "vector");
  if (name == nullptr || !name->is_string()) return texts;
  const std::string text = name->get<std::string>();
  const std::string action = text.substr(0, text.find('.'));
  std::stable_partition(texts.begin(), texts.end(),
                        [&](const std::string& one) { return one.starts_with(action); });
  return texts;
}

std::string comment_of(const Line& meta) {
  std::string text;
  if (const Line* why = member(meta, "why"); why != nullptr && why->is_string())
    text += "// " + c_comment(why->get<std::string>(), kCommentColumns) + '\n';
  const std::vector<std::string> shows = shown(meta);
  for (std::size_t i = 0; i < std::min(kShown, shows.size()); ++i)
    text += "// - " + c_comment(shows[i], kCommentColumns) + '\n';
  if (shows.size() > kShown)
    text += "// - and " + std::to_string(shows.size() - kShown) + " more\n";
  return text;
}

/// The call for who reads a report: "fallocate mode=1 offset=0 length=4096".
std::string call_text(const Line& line, const OpFields& op) {
  std::string text(op.op);
  for (const auto& [field, value] : line.items())
    if (lists(op.inputs, field))
      text += ' ' + field + '=' + (value.is_string() ? value.get<std::string>() : value.dump());
  return text;
}

bool depends(const Line& line, std::string_view name, std::string_view ops) {
  if (!lists(ops, line["op"].get<std::string>())) return false;
  if (name == "sw_protected_vm" && line["op"] == "create_vm") return line["type"] == 1;
  // Without KSM there are no such advices.
  return name != "ksm" || line["advice"] == MADV_MERGEABLE || line["advice"] == MADV_UNMERGEABLE;
}

void write_parameters(Writer& out, const Line& meta, const Line& line) {
  const Line* const params = member(meta, "params");
  if (params == nullptr || !params->is_object()) return;
  for (const Parameter& one : kParameters) {
    const std::string name(one.name);
    const Line* const value = member(*params, name.c_str());
    if (value == nullptr || !value->is_boolean() || !depends(line, name, one.ops)) continue;
    const bool wanted = value->get<bool>();
    out.say("gv_made_for(" + std::string(wanted ? "" : "!") + std::string(one.asked) + ", " +
            c_string(name + '=' + (wanted ? "true" : "false")) + ");");
  }
}

/// The clause of the spec by which a call ends, if the vector says it.
std::string clause_of(const Line& meta, std::size_t call) {
  const Line* const clauses = member(meta, "clauses");
  const bool there = clauses != nullptr && clauses->is_array() && call < clauses->size() &&
                     (*clauses)[call].is_string();
  return there ? c_string((*clauses)[call].get<std::string>()) : "NULL";
}

}  // namespace

VectorInC write_vector(const std::vector<Line>& lines, const std::optional<Stop>& lacking) {
  VectorInC result;
  const Line none = Line::object();
  const Line& meta = lines.front()["op"] == "meta" ? lines.front() : none;
  result.comment = comment_of(meta);
  Writer out;
  if (lacking) {
    out.skip("line " + std::to_string(lacking->index + 1) + ": " + lacking->message);
    result.body = out.text();
    return result;
  }
  Objects unused;
  std::size_t calls = 0;
  for (std::size_t i = 0; i < lines.size() && !out.over(); ++i) {
    const Line& line = lines[i];
    if (!is_call(line)) continue;
    if (Executor::race_length({&line, 1}) != 0) {
      result.problem = "calls of several threads at the same time are not written in C";
      result.bad_index = i;
      return result;
    }
    const Expected expected = expected_of(
        line, i == 0 ? std::vector<Line>{} : other_ways(lines[i - 1]), meta.contains("params"));
    if (!expected.problem.empty()) {
      result.problem = expected.problem;
      result.bad_index = i;
      return result;
    }
    const OpEntry& op = *find_entry(line["op"].get<std::string>());
    if (calls != 0) out.blank_line();
    out.say("gv_call(" + std::to_string(i + 1) + ", " + clause_of(meta, calls++) + ", " +
            c_string(call_text(line, op.fields)) + ");");
    write_parameters(out, meta, line);
    out.begin(expected);
    Call call(line, unused, false);
    write_call(out, call, op);
    const bool guest = op.fields.op.starts_with("guest_");
    if (!expected.condition.empty()) out.check(guest ? "GV_CHECK_GUEST" : "GV_CHECK", expected);
    const bool last =
        std::none_of(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(), is_call);
    // Later calls rest on this one.
    if (!expected.usual.empty() && !last)
      out.need(
          guest ? "gv_host.guest_uses_userspace_addr || (" + expected.usual + ')' : expected.usual,
          "line " + std::to_string(i + 1) +
              " ended in another way that is allowed, for which the rest is not");
  }
  result.body = out.text();
  return result;
}

}  // namespace gms::runner
