// Calls on /dev/kvm, on VMs and on guest_memfds.
#include <unistd.h>

#include <algorithm>

#include "runner/perform.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;

constexpr std::uint32_t kSlotIds = 1U << 16;  // above them stands the address space
// KVM_MEM_MAX_NR_PAGES: what is larger is refused before anything is allocated for it.
constexpr std::uint64_t kMaxSlot = ((std::uint64_t{1} << 31) - 1) * GM_PAGE_SIZE;

#define REQUEST(name) \
  { name, #name }
constexpr Word<Request> kIoctls[] = {
    {"0xd2 with size 120", REQUEST(GM_IOCTL_ATTRIBUTES2_120)},
    {"0xd2 with size 136", REQUEST(GM_IOCTL_ATTRIBUTES2_136)},
    {"KVM_CHECK_EXTENSION", REQUEST(GM_IOCTL_CHECK_EXTENSION)},
    {"KVM_GET_API_VERSION", REQUEST(GM_IOCTL_GET_API_VERSION)},
};
#undef REQUEST

enum class On { kGmem, kVm };
constexpr Word<On> kOn[] = {{"gmem", On::kGmem}, {"vm", On::kVm}};
constexpr Word<On> kOnGmem[] = {{"gmem", On::kGmem}};

/// The newest of its kind: a line that says "vm" or "gmem" names none.
int newest(Call& call, On on) {
  call.use.unnamed = true;
  if (on == On::kVm) return call.newest_vm_fd();
  const Object* gmem = call.named(call.objects().newest_gmem);
  if (gmem != nullptr && gmem->state == Object::State::kGone) {
    // Any other one will do: what is asked is the same of all.
    for (const auto& [name, other] : call.objects().by_name)
      if (other.kind == Object::Kind::kDescriptor && other.vm == nullptr &&
          other.state == Object::State::kLive)
        gmem = &other;
  }
  if (gmem == nullptr) {
    call.fail("no earlier call made a guest_memfd");
    return -1;
  }
  if (gmem->state == Object::State::kNotMade)
    call.lack("there is no guest_memfd: " + gmem->failure);
  if (call.ready() && gmem->fd < 0) call.lack("no guest_memfd is open");
  return gmem->fd;
}

/// userspace_addr: a mapping and an offset, or a word.
struct Address {
  std::uint64_t number = 0;
  std::string map;
  std::uint64_t offset = 0;
};

std::uint64_t address_number(const gm_mapping& mapping) {
  return reinterpret_cast<std::uintptr_t>(mapping.base);
}

/// A mapping that no call made is ordinary memory, which becomes known by that name.
const gm_mapping* ordinary_memory(Call& call, const std::string& name, std::uint64_t length) {
  Object& made = call.objects().by_name[name];
  made = Object{};
  made.kind = Kind::kMapping;
  made.state = call.performs() ? Object::State::kLive : Object::State::kDeclared;
  if (!call.performs()) return &made.mapping;
  made.mapping = gm_map_anonymous(std::max(length, std::uint64_t{GM_PAGE_SIZE}));
  if (made.mapping.base == nullptr) call.lack("there is no memory for '" + name + "'");
  return &made.mapping;
}

constexpr std::string_view kNewestMapping = "gmem mapping";

Address address(Call& call, std::uint64_t size) {
  const std::string text = call.text("hva");
  if (call.broken()) return {};
  const std::uint64_t anon = address_number(gm_context.anon);
  if (text == "0") return {};
  if (text == "anon") return {anon, {}, 0};
  if (text == "anon+1") return {anon + 1, {}, 0};
  std::string name = text;
  std::uint64_t offset = 0;
  if (text == kNewestMapping) {
    if (call.thread() != 0)
      call.fail("field 'hva': '" + text +
                "' means the newest one, and a thread knows only its own");
    // If there is none, memory like any other, but not what another word means.
    if (!call.objects().newest_mapping.empty()) name = call.objects().newest_mapping;
  } else if (const std::size_t plus = text.find('+'); plus != std::string::npos) {
    name = text.substr(0, plus);
    const std::string digits = text.substr(plus + 1);
    const bool good = !digits.empty() && digits.size() < 20 &&
                      digits.find_first_not_of("0123456789") == std::string::npos;
    if (!good) call.fail("field 'hva': '" + text + "' has an offset that is no number below 2^64");
    if (good) offset = std::stoull(digits);
  }
  if (call.broken()) return {};
  const Object* const found = call.named(name);
  if (found != nullptr && found->kind != Kind::kMapping)
    call.fail("field 'hva': '" + name + "' is no mapping");
  if (call.broken()) return {};
  if (found != nullptr && found->state == Object::State::kNotMade)
    call.lack("there is no mapping: " + found->failure);
  if (call.broken()) return {};
  const bool there = found != nullptr && found->state != Object::State::kNotMade;
  const gm_mapping* const mapping =
      there ? &found->mapping : ordinary_memory(call, name, offset + size);
  // A trace knows no mapping by the word.
  return {address_number(*mapping) + offset, name == kNewestMapping ? "" : name, offset};
}

void remember_slot(Vm& vm, std::uint32_t slot, std::uint64_t gpa, std::uint64_t size,
                   const Address& address) {
  const std::lock_guard lock(vm.slots_mutex);
  if (size == 0) {
    vm.slots.erase(slot);
  } else {
    vm.slots[slot] = {gpa, size, address.map, address.offset};
  }
}

}  // namespace

void create_vm(Call& call, int) {
  const std::string name = call.new_name("vm", Kind::kDescriptor);
  const auto type = call.number<std::int64_t>("type");
  call.objects().declared_vm = true;
  if (!call.ready()) return;
  gm_create_vm(type, &call.result);
  Object& made = call.bind(name, Kind::kDescriptor);
  if (!call.ok()) return;
  made.fd = static_cast<int>(call.result.ret);
  made.vm = std::make_shared<Vm>();
  made.vm->fd = made.fd;
  call.objects().newest_vm = made.vm;
}

void check_extension(Call& call, int) {
  const int fd = call.descriptor("on", true);
  const auto capability = call.number<std::uint32_t>("cap");
  if (call.ready()) gm_check_extension(fd, capability, &call.result);
}

void create_gmem(Call& call, int) {
  const int vm = call.descriptor("vm", true);
  const std::string name = call.has("gmem") ? call.new_name("gmem", Kind::kDescriptor) : "";
  call.use.opens = true;
  const auto size = call.number<std::uint64_t>("size", 0);
  const auto flags = call.number<std::uint64_t>("flags", 0);
  const int reserved = call.has("reserved_index") ? call.number<int>("reserved_index") : -1;
  if (reserved < -1 || reserved > 5) call.fail("field 'reserved_index': expected 0 to 5");
  const gm_place place = call.place("ptr");
  if (!name.empty()) call.objects().newest_gmem = name;
  if (!name.empty() && !call.broken() && !call.performs()) call.named(name)->file_size = size;
  if (!call.ready()) return;
  gm_create_gmem(vm, size, flags, reserved, place, &call.result);
  if (!name.empty()) {
    Object& made = call.bind(name, Kind::kDescriptor);
    if (call.ok()) made.fd = static_cast<int>(call.result.ret);
    made.file_size = size;
  } else if (call.ok()) {
    close(static_cast<int>(call.result.ret));
  }
}

bool takes_guest_code(std::uint32_t slot, std::uint64_t gpa, std::uint64_t size) {
  const bool covers = size != 0 && gpa < GM_CODE_GPA + GM_PAGE_SIZE && gpa + size > GM_CODE_GPA;
  return slot % kSlotIds == GM_CODE_SLOT || covers;
}

void set_region2(Call& call, int) {
  const Object* const vm = call.vm("vm");
  const auto slot = call.number<std::uint32_t>("slot");
  const auto flags = call.number<std::uint32_t>("flags");
  const auto gpa = call.number<std::uint64_t>("gpa");
  const auto size = call.number<std::uint64_t>("size");
  const int gmem = call.descriptor("gmem", true);
  const auto gmem_offset = call.number<std::uint64_t>("gmem_offset");
  const Address hva = address(call, size);
  if (size <= kMaxSlot) call.take_tables(size);
  if (!call.ready()) return;
  Vm* const machine = vm->vm.get();  // null: what is closed may have been anything
  if (machine != nullptr && !machine->vcpus.empty() && takes_guest_code(slot, gpa, size)) {
    call.lack(kGuestCodeTaken);
    return;
  }
  gm_set_region2(vm->fd, slot, flags, gpa, size, hva.number, gmem, gmem_offset, &call.result);
  if (call.ok() && machine != nullptr) remember_slot(*machine, slot, gpa, size, hva);
}

void set_attr1(Call& call, int) {
  const On on = call.word<On>("on", kOn, "descriptor; expected gmem or vm");
  const auto address = call.number<std::uint64_t>("address");
  const auto size = call.number<std::uint64_t>("size");
  const auto attributes = call.number<std::uint64_t>("attributes");
  const auto flags = call.number<std::uint64_t>("flags", 0);
  const int fd = newest(call, on);
  // 0 is what all pages have, unless an earlier call changed so many.
  if (attributes != 0 && address + size > address) call.take_tables(size);
  if (call.ready()) gm_set_attr1(fd, address, size, attributes, flags, &call.result);
}

void set_attr2(Call& call, int) {
  const int fd = call.descriptor("gmem", true);
  const auto offset = call.number<std::uint64_t>("offset");
  const auto size = call.number<std::uint64_t>("size");
  const auto attributes = call.number<std::uint64_t>("attributes");
  const auto flags = call.number<std::uint64_t>("flags", 0);
  const auto nonzero = call.has("reserved_nonzero") && call.flag("reserved_nonzero", false);
  const auto reserved = call.number<int>("reserved_index", nonzero ? 0 : -1);
  if (reserved < -1 || reserved > 10) call.fail("field 'reserved_index': expected -1 to 10");
  if (call.flag("reserved_nonzero", reserved >= 0) != (reserved >= 0))
    call.fail("the fields 'reserved_nonzero' and 'reserved_index' contradict each other");
  const gm_place place = call.place("ptr");
  if (!call.has("ptr")) call.filled["ptr"] = "ok";
  const auto error_offset = call.number<std::uint64_t>("error_offset_in", kErrorOffset);
  if (!call.ready()) return;
  gm_set_attr2(fd, offset, size, attributes, flags, reserved, error_offset, place, &call.result);
  call.outputs["error_offset"] = call.result.error_offset;
  call.outputs["other_fields_changed"] = call.result.other_fields_changed;
}

Request request_of(Call& call) {
  return call.word<Request>("request", kIoctls, "request that is known here");
}

void ioctl_other(Call& call, int) {
  call.word<On>("on", kOnGmem, "descriptor; expected gmem");
  const Request request = request_of(call);
  const int fd = newest(call, On::kGmem);
  if (call.ready()) gm_ioctl_other(fd, request.number, &call.result);
}

}  // namespace gms::runner
