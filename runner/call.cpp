#include "runner/call.h"

#include <algorithm>
#include <vector>

#include "base/spelling.h"

namespace gms::runner {
namespace {

std::string_view kind_name(Object::Kind kind) {
  switch (kind) {
    case Object::Kind::kDescriptor: return "descriptor";
    case Object::Kind::kMapping: return "mapping";
    case Object::Kind::kPin: return "pin";
  }
  return "object";
}

/// As traces spell them.
constexpr Word<FdWord> kFdWords[] = {
    {"fd -1", FdWord::kNone},     {"none", FdWord::kNone},
    {"dev-kvm", FdWord::kDevice}, {"/dev/kvm", FdWord::kDevice},
    {"kvm", FdWord::kDevice},     {"vm-fd", FdWord::kVm},
    {"vm fd", FdWord::kVm},       {"fd 0 (not gmem)", FdWord::kOther},
};

constexpr Word<gm_place> kPlaces[] = {
    {"ok", {GM_POINTER_OK, 0}},
    {"struct ends at end of mapping", {GM_POINTER_AT_END, 0}},
    {"struct in read-only memory (success expected to need no write)", {GM_POINTER_READ_ONLY, 0}},
    {"struct in read-only memory, EAGAIN case", {GM_POINTER_READ_ONLY, 0}},
    {"struct crosses into unmapped page", {GM_POINTER_CROSSES, 0}},
    {"0x8", {GM_POINTER_NUMBER, 8}},
    {"0x10", {GM_POINTER_NUMBER, 16}},
    {"NULL", {GM_POINTER_NUMBER, 0}},
    {"kernel address", {GM_POINTER_NUMBER, std::uintptr_t{0xffff800000000000}}},
    {"top of user", {GM_POINTER_NUMBER, std::uintptr_t{0x7ffffffff000}}},
};

// What all calls of a vector together may allocate, so that vectors run on any machine that runs
// guests, beside other programs.
constexpr std::uint64_t kMaxMemory = std::uint64_t{1} << 30;
// The largest range for whose pages KVM may allocate arrays: they have 8 bytes and more for each
// page, and filling those of a terabyte takes longer than any patience.
constexpr std::uint64_t kMaxTables = std::uint64_t{64} << 30;

constexpr std::string_view kTooMuch = "would take more memory than a test may";

std::string in_quotes(std::string_view text) {
  return "'" + std::string(text) + "'";
}

}  // namespace

std::optional<FdWord> fd_word(std::string_view text) {
  for (const Word<FdWord>& one : kFdWords)
    if (one.text == text) return one.value;
  return std::nullopt;
}

void Call::fail(std::string message) {
  if (!broken()) broken_ = std::move(message);
}

void Call::lack(std::string message) {
  if (!broken()) lacking_ = std::move(message);
}

void Call::take_memory(std::uint64_t bytes) {
  std::uint64_t& taken = objects_.memory;
  if (bytes > kMaxMemory || taken > kMaxMemory - bytes) {
    lack(text("op") + ' ' + std::string(kTooMuch));
  } else if (!broken()) {
    taken += bytes;
  }
}

void Call::take_tables(std::uint64_t bytes) {
  if (bytes > kMaxTables) lack(text("op") + ' ' + std::string(kTooMuch));
}

std::uint64_t Call::bytes_in_file(std::string_view field, std::uint64_t offset,
                                  std::uint64_t length) {
  const Object* const file = broken() ? nullptr : find_object(text(field));
  if (file == nullptr || offset >= file->file_size) return 0;
  return std::min(length, file->file_size - offset);
}

const Line* Call::find(std::string_view field) {
  const auto found = line_.find(field);
  if (found != line_.end()) return &*found;
  fail("the field " + in_quotes(field) + " is missing");
  return nullptr;
}

void Call::bad_type(std::string_view field, std::string_view expected) {
  fail("field " + in_quotes(field) + ": expected " + std::string(expected) + ", found " +
       find(field)->dump(-1, ' ', false, Line::error_handler_t::replace));
}

std::optional<std::pair<bool, std::uint64_t>> Call::integer(std::string_view field,
                                                            const Line& value) {
  if (value.is_boolean()) return std::pair{false, std::uint64_t{value.get<bool>()}};
  if (value.is_number_unsigned()) return std::pair{false, value.get<std::uint64_t>()};
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    return std::pair{number < 0, static_cast<std::uint64_t>(number)};
  }
  bad_type(field, "a whole number");
  return std::nullopt;
}

bool Call::flag(std::string_view field, bool fallback) {
  return number<std::uint8_t>(field, std::uint8_t{fallback}) != 0;
}

std::string Call::text(std::string_view field) {
  const Line* value = find(field);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  bad_type(field, "a text");
  return {};
}

gm_place Call::place(std::string_view field) {
  if (has(field)) return word<gm_place>(field, kPlaces, "pointer that is known here");
  return {GM_POINTER_OK, 0};
}

std::string Call::new_name(std::string_view field, Object::Kind kind) {
  std::string name = text(field);
  use.opens = use.opens || kind != Object::Kind::kMapping;
  if (broken()) return name;
  if (perform_) {
    const auto found = objects_.by_name.find(name);
    if (found != objects_.by_name.end() && found->second.state == Object::State::kLive)
      fail("field " + in_quotes(field) + ": " + in_quotes(name) + " already names a " +
           std::string(kind_name(found->second.kind)));
    return name;
  }
  Object& declared = objects_.by_name[name];
  declared.kind = kind;
  declared.state = Object::State::kDeclared;
  return name;
}

Object* Call::find_object(const std::string& name) {
  const auto found = objects_.by_name.find(name);
  return found == objects_.by_name.end() ? nullptr : &found->second;
}

Object* Call::usable(std::string_view field, const std::string& name, Object::Kind kind) {
  if (broken()) return nullptr;
  Object* const found = find_object(name);
  if (found == nullptr) {
    std::vector<std::string_view> known;
    for (const auto& [other, object] : objects_.by_name)
      if (object.kind == kind) known.push_back(other);
    const auto close = base::closest_name(name, known);
    fail("field " + in_quotes(field) + ": no earlier call made " + in_quotes(name) +
         (close ? "; did you mean " + in_quotes(*close) + "?" : ""));
    return nullptr;
  }
  if (found->kind != kind) {
    fail("field " + in_quotes(field) + ": " + in_quotes(name) + " is a " +
         std::string(kind_name(found->kind)) + ", expected a " + std::string(kind_name(kind)));
    return nullptr;
  }
  if (found->state == Object::State::kNotMade) {
    lack(in_quotes(name) + " does not exist: " + found->failure);
    return nullptr;
  }
  return found;
}

Object* Call::object(std::string_view field, Object::Kind kind) {
  return usable(field, text(field), kind);
}

Object* Call::vm(std::string_view field) {
  Object* const found = object(field, Object::Kind::kDescriptor);
  if (found != nullptr && perform_ && found->vm == nullptr && found->fd >= 0)
    fail("field " + in_quotes(field) + ": " + in_quotes(text(field)) + " is no VM");
  return broken() ? nullptr : found;
}

int Call::descriptor(std::string_view field, bool words_too) {
  const std::string name = text(field);
  const std::optional<FdWord> word = words_too ? fd_word(name) : std::nullopt;
  if (!word) {
    const Object* const found = usable(field, name, Object::Kind::kDescriptor);
    return found != nullptr ? found->fd : -1;
  }
  switch (*word) {
    case FdWord::kNone: return -1;
    case FdWord::kDevice: return gm_context.kvm;
    case FdWord::kOther: return 0;
    case FdWord::kVm: return newest_vm_fd();
  }
  return -1;
}

std::shared_ptr<Vm> Call::newest_vm() {
  if (!objects_.declared_vm) fail("no earlier call made a VM");
  if (perform_ && objects_.newest_vm == nullptr) lack("no VM could be made");
  return objects_.newest_vm;
}

int Call::newest_vm_fd() {
  use.unnamed = true;
  const std::shared_ptr<Vm> vm = newest_vm();
  if (vm == nullptr) return -1;
  if (const int fd = vm->fd; fd >= 0) return fd;
  for (const auto& [name, other] : objects_.by_name)
    if (other.vm == vm && other.state == Object::State::kLive) return other.fd;
  if (ready()) lack("no descriptor of the newest VM is open");
  return -1;
}

const gm_mapping* Call::pages(std::string_view field, std::uint64_t first, std::uint64_t count) {
  const Object* const found = object(field, Object::Kind::kMapping);
  if (found == nullptr || !perform_) return nullptr;
  const std::uint64_t there = found->mapping.reach / GM_PAGE_SIZE;
  if (count <= there && first <= there - count) return &found->mapping;
  lack("page " + std::to_string(first) + " of " + in_quotes(text(field)) +
       ": addresses so far behind a mapping are not touched");
  return nullptr;
}

Object& Call::bind(const std::string& name, Object::Kind kind) {
  Object& made = objects_.by_name[name];
  made = Object{};
  made.kind = kind;
  if (ok()) return made;
  made.state = Object::State::kNotMade;
  made.failure = text("op") + " ended with " + error_name(result.error);
  return made;
}

}  // namespace gms::runner
