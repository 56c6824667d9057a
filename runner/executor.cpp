#include "runner/executor.h"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <vector>

#include "base/spelling.h"
#include "runner/call.h"
#include "runner/op_table.h"

namespace gms::runner {
namespace {

// What every line of a trace may have, whatever its op.
constexpr std::string_view kCommon = "op seq tid round t_begin t_end ret errno";
constexpr std::string_view kInjection = "fail_nth injected";

Step broken(std::string message) {
  return {Step::Kind::kBroken, {}, {}, std::move(message)};
}

Step no_injection() {
  return {Step::Kind::kLacking, {}, {}, "faults are not injected into calls here"};
}

std::string unknown_op(const std::string& op) {
  std::vector<std::string_view> known{"meta", "note"};
  for (const OpFields& one : all_ops())
    known.push_back(one.op);
  const auto close = base::closest_name(op, known);
  return "there is no op '" + op + "'" +
         (close ? "; did you mean '" + std::string(*close) + "'?" : "");
}

std::string unknown_field(const OpFields& op, const std::string& field) {
  std::vector<std::string_view> known;
  for (std::string_view rest = op.inputs; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    known.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto close = base::closest_name(field, known);
  return "the op '" + std::string(op.op) + "' has no field '" + field + "'" +
         (close ? "; did you mean '" + std::string(*close) + "'?" : "");
}

/// A mapping and a page that the guest reaches through userspace_addr.
struct HostPlace {
  std::string map;
  std::uint64_t at = 0;
};

std::optional<HostPlace> host_place(const Objects& objects, std::uint64_t gpa) {
  if (objects.newest_vm == nullptr) return std::nullopt;
  for (const auto& [id, slot] : objects.newest_vm->slots) {
    if (gpa < slot.gpa || gpa - slot.gpa >= slot.size || slot.map.empty()) continue;
    return HostPlace{slot.map, slot.map_offset + (gpa - slot.gpa)};
  }
  return std::nullopt;
}

}  // namespace

struct Executor::State {
  Mode mode = Mode::kPerform;
  Traits traits;
  Objects objects;
  std::uint64_t seq = 0;

  Line note(const Line& given);
  Line recorded(const Line& given, const OpFields& op, Call& call);
  Line judged(const Line& line) const;
};

Executor::Executor(Mode mode, Traits traits) : state_(std::make_unique<State>()) {
  state_->mode = mode;
  state_->traits = traits;
}

Executor::~Executor() {
  if (state_->mode == Mode::kPerform && gm_context.child.pid > 0)
    kill(gm_context.child.pid, SIGKILL);
}

std::string Executor::open() {
  if (gm_open() == 0) return {};
  return std::string(gm_context.kvm < 0 ? "cannot open /dev/kvm: " : "cannot prepare calls: ") +
         std::strerror(errno);
}

Step Executor::call(const Line& line) {
  if (!line.is_object()) return broken("a line is an object with the field 'op'");
  const auto op = line.find("op");
  if (op == line.end() || !op->is_string()) return broken("the field 'op' is missing");
  const std::string name = op->get<std::string>();
  if (name == "meta") return {Step::Kind::kRecorded, line, {}, {}};
  if (name == "note") return {Step::Kind::kRecorded, state_->note(line), {}, {}};
  const OpEntry* const entry = find_entry(name);
  if (entry == nullptr) return broken(unknown_op(name));
  bool injection = false;
  for (const auto& [key, value] : line.items()) {
    injection = injection || (lists(kInjection, key) && value != 0 && value != false);
    if (!lists(kCommon, key) && !lists(kInjection, key) && !lists(entry->fields.inputs, key) &&
        !lists(entry->fields.outputs, key))
      return broken(unknown_field(entry->fields, key));
  }
  const bool perform = state_->mode == Mode::kPerform;
  if (injection && perform) return no_injection();
  Call call(line, state_->objects, perform);
  entry->perform(call, entry->variant);
  if (!call.lacking_message().empty())
    return {Step::Kind::kLacking, {}, {}, call.lacking_message()};
  if (call.broken()) return broken(call.broken_message());
  // Only now, so that the names that it makes are known.
  if (injection) return no_injection();
  if (!perform) return {Step::Kind::kRecorded, {}, {}, {}};
  Line out = state_->recorded(line, entry->fields, call);
  Line judged = state_->judged(out);
  return {Step::Kind::kRecorded, std::move(out), std::move(judged), {}};
}

/// It has its place among the calls, so it takes part in their numbers.
Line Executor::State::note(const Line& given) {
  const std::uint64_t now = gm_now();
  Line out{{"seq", seq++}, {"tid", 0}, {"t_begin", now}, {"t_end", now}, {"op", "note"}};
  for (const auto& [key, value] : given.items())
    if (!out.contains(key)) out[key] = value;
  return out;
}

Line Executor::State::recorded(const Line& given, const OpFields& op, Call& call) {
  Line out{{"seq", seq++},
           {"tid", call.tid},
           {"t_begin", call.result.begin},
           {"t_end", call.result.end},
           {"op", op.op}};
  for (const auto& [key, value] : given.items())
    if (lists(op.inputs, key)) out[key] = value;
  out.update(call.filled);
  out.update(call.outputs);
  out["ret"] = call.result.ret;
  out["errno"] = call.ok() ? Line(nullptr) : Line(error_name(call.result.error));
  return out;
}

/// Where the guest's accesses go through userspace_addr, they are accesses of the host to what is
/// mapped there. Whatever else means nothing becomes a note, so that lines keep their numbers.
Line Executor::State::judged(const Line& line) const {
  const std::string op = line["op"].get<std::string>();
  const bool guest = op.starts_with("guest_");
  if (!(guest && traits.guest_uses_userspace_addr) && !(op == "pagemap" && traits.frames_hidden))
    return nullptr;
  Line out{{"seq", line["seq"]},
           {"tid", line["tid"]},
           {"t_begin", line["t_begin"]},
           {"t_end", line["t_end"]}};
  const auto place = guest && line["result"] == "ok"
                         ? host_place(objects, line["gpa"].get<std::uint64_t>())
                         : std::nullopt;
  if (!place) {
    out["op"] = "note";
    out["text"] = op + " is not judged on this host";
    return out;
  }
  const bool write = op != "guest_read";
  out["op"] = write ? "host_write" : "host_read";
  out["map"] = place->map;
  out["page"] = place->at / GM_PAGE_SIZE;
  out["byte"] = place->at % GM_PAGE_SIZE;
  out["value"] = line[write ? "write_value" : "value"];
  out["result"] = "ok";
  out["ret"] = 0;
  out["errno"] = nullptr;
  return out;
}

std::string error_name(int error) {
  const char* const name = strerrorname_np(error);
  return name != nullptr ? name : "E" + std::to_string(error);
}

}  // namespace gms::runner
