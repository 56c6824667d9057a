#include "runner/line_run.h"

#include <vector>

#include "base/spelling.h"

namespace gms::runner {
namespace {

// What every line of a trace may have, whatever its op.
constexpr std::string_view kCommon = "op seq tid round t_begin t_end ret errno";
constexpr std::string_view kInjection = "fail_nth injected";

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

int thread_of(const Line& line) {
  // The forked child has a number in traces, but its calls are asked for by thread 0.
  if (!line.is_object() || line.contains("process")) return 0;
  const auto tid = line.find("tid");
  if (tid == line.end()) return 0;
  if (!tid->is_number_integer() || *tid < 0 || *tid > kMaxThreads) return -1;
  return tid->get<int>();
}

bool is_no_call(const Line& line) {
  const auto op = line.is_object() ? line.find("op") : line.end();
  return op != line.end() && (*op == "meta" || *op == "note");
}

LineRun::LineRun(const Line& line, Objects& objects, bool perform, int thread)
    : line_(line), perform_(perform) {
  check_fields();
  if (kind_ == Step::Kind::kRecorded && !(injection_ && perform))
    call_ = std::make_unique<Call>(line, objects, perform, thread);
}

void LineRun::check_fields() {
  const auto broken = [&](std::string message) {
    kind_ = Step::Kind::kBroken;
    message_ = std::move(message);
  };
  if (!line_.is_object()) return broken("a line is an object with the field 'op'");
  const auto op = line_.find("op");
  if (op == line_.end() || !op->is_string()) return broken("the field 'op' is missing");
  if (thread_of(line_) < 0)
    return broken("field 'tid': expected the number of a thread, 0 to " +
                  std::to_string(kMaxThreads));
  const std::string name = op->get<std::string>();
  entry_ = find_entry(name);
  if (entry_ == nullptr) return broken(unknown_op(name));
  if (thread_of(line_) > 0 && !entry_->fields.alone.empty())
    return broken(std::string(entry_->fields.alone) + ", so only thread 0 makes this call");
  for (const auto& [key, value] : line_.items()) {
    injection_ = injection_ || (lists(kInjection, key) && value != 0 && value != false);
    if (!lists(kCommon, key) && !lists(kInjection, key) && !lists(entry_->fields.inputs, key) &&
        !lists(entry_->fields.outputs, key))
      return broken(unknown_field(entry_->fields, key));
  }
}

bool LineRun::make() {
  if (call_ != nullptr) {
    entry_->perform(*call_, entry_->variant);
    message_ = call_->lacking_message();
    if (!message_.empty()) {
      kind_ = Step::Kind::kLacking;
    } else if (call_->broken()) {
      kind_ = Step::Kind::kBroken;
      message_ = call_->broken_message();
    }
  }
  // Only now, so that the names that it makes are known.
  if (kind_ == Step::Kind::kRecorded && injection_) {
    kind_ = Step::Kind::kLacking;
    message_ = "faults are not injected into calls here";
  }
  return kind_ == Step::Kind::kRecorded;
}

Step LineRun::step(std::uint64_t seq, const Traits& traits) const {
  if (kind_ != Step::Kind::kRecorded) return {kind_, {}, {}, message_};
  if (!perform_) return {Step::Kind::kRecorded, {}, {}, {}};
  Line out = recorded(seq);
  Line other = judged(out, traits);
  return {Step::Kind::kRecorded, std::move(out), std::move(other), {}};
}

Line LineRun::recorded(std::uint64_t seq) const {
  const OpFields& op = entry_->fields;
  Line out{{"seq", seq},
           {"tid", call_->tid},
           {"t_begin", call_->result.begin},
           {"t_end", call_->result.end},
           {"op", op.op}};
  for (const auto& [key, value] : line_.items())
    if (lists(op.inputs, key)) out[key] = value;
  out.update(call_->filled);
  out.update(call_->outputs);
  out["ret"] = call_->result.ret;
  out["errno"] = call_->ok() ? Line(nullptr) : Line(error_name(call_->result.error));
  return out;
}

Line LineRun::judged(const Line& line, const Traits& traits) const {
  const std::string op = line["op"].get<std::string>();
  const bool guest = op.starts_with("guest_");
  if (!(guest && traits.guest_uses_userspace_addr) && !(op == "pagemap" && traits.frames_hidden))
    return nullptr;
  Line out{{"seq", line["seq"]},
           {"tid", line["tid"]},
           {"t_begin", line["t_begin"]},
           {"t_end", line["t_end"]}};
  const auto place = guest && line["result"] == "ok"
                         ? host_place(call_->objects(), line["gpa"].get<std::uint64_t>())
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

}  // namespace gms::runner
