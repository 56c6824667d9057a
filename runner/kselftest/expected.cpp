#include "runner/kselftest/expected.h"

#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include "runner/call.h"
#include "runner/kselftest/c_text.h"

namespace gms::runner {
namespace {

// Values that are a number of gm_result. What every kernel words or chooses anew (link, frame
// numbers, descriptors) is in no table here.
struct Number {
  std::string_view field, member;
  std::int64_t least;
  std::uint64_t most;
};
constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
constexpr auto kMaxSigned = std::uint64_t{1} << 31;
constexpr Number kNumbers[] = {
    {"si_code", "r.si_code", -1000, kMaxSigned - 1},
    {"si_addr_page", "r.si_addr_page", 0, kMax >> 1},
    {"value", "r.value", 0, 255},
    {"error_offset", "r.error_offset", 0, kMax},
    {"other_fields_changed", "r.other_fields_changed", 0, 1},
    {"st_size", "r.st_size", 0, kMax},
    {"st_blocks", "r.st_blocks", 0, kMax},
    {"st_nlink", "r.st_nlink", 0, kMax},
    {"st_mode", "r.st_mode", 0, 0xffffffff},
    {"vec0", "r.resident", 0, 1},
    {"exit_reason", "r.exit_reason", 0, 0xffffffff},
    {"suberror", "r.suberror", 0, 0xffffffff},
    {"gpa_out", "r.gpa_out", 0, kMax},
    {"size_out", "r.size_out", 0, kMax},
    {"fault.flags", "r.fault_flags", 0, kMax},
    {"fault.gpa", "r.fault_gpa", 0, kMax},
    {"fault.size", "r.fault_size", 0, kMax},
    {"mmio.phys_addr", "r.mmio_gpa", 0, kMax},
    {"mmio.len", "r.mmio_length", 0, 0xffffffff},
    {"mmio.is_write", "r.mmio_is_write", 0, 1},
};

struct Choice {
  std::string_view text, condition;
};
constexpr Choice kSignals[] = {
    {"ok", "r.signal == 0"}, {"SIGBUS", "r.signal == SIGBUS"}, {"SIGSEGV", "r.signal == SIGSEGV"}};
constexpr Choice kExits[] = {{"ok", "r.exit == GM_EXIT_OK"},
                             {"memory_fault", "r.exit == GM_EXIT_MEMORY_FAULT"},
                             {"mmio", "r.exit == GM_EXIT_MMIO"},
                             {"exit", "r.exit == GM_EXIT_OTHER"}};

// Their values are answers; those of other calls are counts, positions and new descriptors.
constexpr std::string_view kAnswers = "check_extension fcntl_getfd";

constexpr int kErrors = 4096;

bool is_error(const std::string& name) {
  for (int error = 1; error < kErrors; ++error)
    if (error_name(error) == name && strerrorname_np(error) != nullptr) return true;
  return false;
}

/// "present=[1,0]"
std::string presence(const Line& entries) {
  Line all = Line::array();
  if (entries.is_array())
    for (const Line& entry : entries)
      all.push_back(entry.is_object() ? entry.value("present", Line()) : entry);
  return "present=" + all.dump();
}

/// The conditions of one way to end.
class Way {
 public:
  Way(const Line& line, bool same_kernel)
      : line_(line),
        op_(*find_op(line["op"].get<std::string>())),
        answers_(same_kernel && lists(kAnswers, op_.op)) {}

  std::string condition() {
    how_it_ended();
    for (const auto& [field, value] : line_.items())
      if (lists(op_.outputs, field) && !value.is_null()) output(field, value);
    return parts_;
  }
  std::string text() const {
    std::string result;
    for (const auto& [field, value] : line_.items()) {
      const bool answer = field == "ret" && answers_;
      if (field != "errno" && !answer && !lists(op_.outputs, field)) continue;
      if (field == "link") continue;
      if (field == "ptes") {
        result += (result.empty() ? "" : " ") + presence(value);
        continue;
      }
      result += (result.empty() ? "" : " ") + field + '=' +
                (value.is_string() ? value.get<std::string>() : value.dump());
    }
    return result;
  }
  std::string problem;
  std::optional<bool> fails;

 private:
  void add(const std::string& part) { parts_ += (parts_.empty() ? "" : " && ") + part; }

  void how_it_ended() {
    const auto error = line_.find("errno");
    const auto ret = line_.find("ret");
    if (error != line_.end() && error->is_string()) {
      const std::string name = error->get<std::string>();
      if (!is_error(name)) problem = "field 'errno': '" + name + "' is no error";
      fails = true;
      add("gv_failed(&r, " + name + ")");
    } else if (error != line_.end() && !error->is_null()) {
      problem = "field 'errno': expected a name or null, found " +
                error->dump(-1, ' ', false, Line::error_handler_t::replace);
    } else if (error != line_.end() || (ret != line_.end() && ret->is_number())) {
      fails = error == line_.end() && *ret < 0;
      add(*fails ? "!gv_ok(&r)" : "gv_ok(&r)");
    }
    if (ret != line_.end() && fails == false && answers_)
      if (const auto value = literal("ret", *ret, 0, kMax >> 1)) add("r.ret == " + *value);
  }

  void output(const std::string& field, const Line& value) {
    if (field == "result") return choice(field, value);
    if (field == "values") return list(field, value, "r.values[", "]", 255, GM_MAX_VALUES);
    if (field == "ptes") return list(field, value, "r.ptes[", "].present", 1, GM_MAX_PTES);
    if (!value.is_object()) return number(field, value);
    if (field == "mmio") add("r.has_mmio");
    for (const auto& [key, inner] : value.items())
      number(fmt::format("{}.{}", field, key), inner);
  }

  void choice(const std::string& field, const Line& value) {
    const bool guest = op_.op.starts_with("guest_");
    const std::span<const Choice> choices =
        guest ? std::span<const Choice>(kExits) : std::span<const Choice>(kSignals);
    for (const Choice& one : choices)
      if (value == one.text) return add(std::string(one.condition));
    problem = "field '" + field + "': no call ends with " + value.dump();
  }

  /// A number in the range that the result can hold; other comparisons would never be true.
  std::optional<std::string> literal(const std::string& field, const Line& value,
                                     std::int64_t least, std::uint64_t most) {
    if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
    // Compared as what it is: the library compares large numbers with 0 as signed ones.
    const bool negative =
        !value.is_number_unsigned() && value.is_number_integer() && value.get<std::int64_t>() < 0;
    if (negative && value.get<std::int64_t>() >= least)
      return c_number_signed(value.get<std::int64_t>());
    if (!negative && value.is_number_integer() && value.get<std::uint64_t>() <= most)
      return c_number(value.get<std::uint64_t>());
    problem = "field '" + field + "': no call gives " +
              value.dump(-1, ' ', false, Line::error_handler_t::replace);
    return std::nullopt;
  }

  void number(const std::string& field, const Line& value) {
    for (const Number& one : kNumbers) {
      if (one.field != field) continue;
      if (const auto text = literal(field, value, one.least, one.most))
        add(std::string(one.member) + " == " + *text);
    }
  }

  /// Of page-table entries only whether they are there.
  void list(const std::string& field, const Line& value, const std::string& before,
            const std::string& after, std::uint64_t most, std::size_t longest) {
    if (!value.is_array() || value.size() > longest) {
      problem = "field '" + field + "': expected a list of at most " + std::to_string(longest);
      return;
    }
    add("r.count == " + c_number(value.size()));
    for (std::size_t i = 0; i < value.size(); ++i) {
      const Line entry = value[i].is_object() ? value[i].value("present", Line()) : value[i];
      if (const auto text = literal(field, entry, 0, most))
        add(fmt::format("{}{}{} == {}", before, i, after, *text));
    }
  }

  const Line& line_;
  const OpFields& op_;
  bool answers_;  // what the call returns is compared
  std::string parts_;
};

}  // namespace

Expected expected_of(const Line& line, const std::vector<Line>& others, bool same_kernel) {
  Expected result;
  std::vector<Line> ways{line};
  for (const Line& other : others) {
    ways.push_back(line);
    ways.back().update(other);
  }
  result.may_fail = result.may_succeed = false;
  for (const Line& one : ways) {
    Way way(one, same_kernel);
    const std::string condition = way.condition();
    if (result.problem.empty()) result.problem = way.problem;
    result.may_fail = result.may_fail || way.fails.value_or(true);
    result.may_succeed = result.may_succeed || !way.fails.value_or(false);
    if (ways.size() > 1 && &one == &ways.front()) result.usual = condition;
    if (condition.empty()) continue;
    const bool several = ways.size() > 1 && condition.find("&&") != std::string::npos;
    result.condition +=
        (result.condition.empty() ? "" : " || ") + (several ? '(' + condition + ')' : condition);
    result.text += (result.text.empty() ? "" : ", or ") + way.text();
  }
  return result;
}

}  // namespace gms::runner
