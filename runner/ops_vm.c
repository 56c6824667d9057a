// Virtual machines, slots and attributes: calls on /dev/kvm, on a VM and on a guest_memfd.
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "runner/ops.h"
#include "runner/uapi.h"

enum { RESERVED_VALUE = 1, CROSSING_BYTES = 40 };

// Puts the struct where the caller wants it. What is handed to the kernel may be no memory at all.
static void* place_struct(void* bytes, size_t size, struct gm_place place) {
  uint8_t* const page = gm_self.words.base;
  uint8_t* at = page;
  switch (place.kind) {
    case GM_POINTER_OK: return bytes;
    case GM_POINTER_NUMBER: return (void*)place.number;
    case GM_POINTER_AT_END: at = page + GM_PAGE_SIZE - size; break;
    case GM_POINTER_CROSSES: at = page + GM_PAGE_SIZE - CROSSING_BYTES; break;
    case GM_POINTER_READ_ONLY: break;
  }
  memcpy(at, bytes, place.kind == GM_POINTER_CROSSES ? (size_t)CROSSING_BYTES : size);
  if (place.kind == GM_POINTER_READ_ONLY) mprotect(page, GM_PAGE_SIZE, PROT_READ);
  return at;
}

// Takes back what the kernel left there, and makes the page ready for the next struct.
static void take_struct(void* bytes, size_t size, const void* at, struct gm_place place) {
  if (place.kind == GM_POINTER_AT_END || place.kind == GM_POINTER_READ_ONLY)
    memcpy(bytes, at, size);
  if (place.kind == GM_POINTER_READ_ONLY)
    mprotect(gm_self.words.base, GM_PAGE_SIZE, PROT_READ | PROT_WRITE);
}

void gm_create_vm(int64_t type, struct gm_result* result) {
  gm_begin(result);
  gm_end(result, ioctl(gm_context.kvm, KVM_CREATE_VM, type));
}

void gm_check_extension(int fd, uint32_t capability, struct gm_result* result) {
  gm_begin(result);
  gm_end(result, ioctl(fd, KVM_CHECK_EXTENSION, (unsigned long)capability));
}

void gm_create_gmem(int vm, uint64_t size, uint64_t flags, int reserved, struct gm_place place,
                    struct gm_result* result) {
  struct gm_uapi_create create;
  memset(&create, 0, sizeof create);
  create.size = size;
  create.flags = flags;
  if (reserved >= 0) create.reserved[reserved] = RESERVED_VALUE;
  void* const at = place_struct(&create, sizeof create, place);
  gm_begin(result);
  gm_end(result, ioctl(vm, KVM_CREATE_GUEST_MEMFD, at));
  take_struct(&create, sizeof create, at, place);
}

void gm_set_region2(int vm, uint32_t slot, uint32_t flags, uint64_t gpa, uint64_t size,
                    uint64_t userspace_addr, int gmem, uint64_t gmem_offset,
                    struct gm_result* result) {
  struct gm_uapi_region region;
  memset(&region, 0, sizeof region);
  region.slot = slot;
  region.flags = flags;
  region.gpa = gpa;
  region.size = size;
  region.userspace_addr = userspace_addr;
  region.gmem_fd = (uint32_t)gmem;
  region.gmem_offset = gmem_offset;
  gm_begin(result);
  gm_end(result, ioctl(vm, KVM_SET_USER_MEMORY_REGION2, &region));
}

void gm_set_attr1(int fd, uint64_t address, uint64_t size, uint64_t attributes, uint64_t flags,
                  struct gm_result* result) {
  struct gm_uapi_attributes set = {address, size, attributes, flags};
  gm_begin(result);
  gm_end(result, ioctl(fd, KVM_SET_MEMORY_ATTRIBUTES, &set));
}

void gm_set_attr2(int fd, uint64_t offset, uint64_t size, uint64_t attributes, uint64_t flags,
                  int reserved, uint64_t error_offset, struct gm_place place,
                  struct gm_result* result) {
  struct gm_uapi_attributes2 set;
  memset(&set, 0, sizeof set);
  set.offset = offset;
  set.size = size;
  set.attributes = attributes;
  set.flags = flags;
  set.error_offset = error_offset;
  if (reserved >= 0) set.reserved[reserved] = RESERVED_VALUE;
  struct gm_uapi_attributes2 before = set;
  void* const at = place_struct(&set, sizeof set, place);
  gm_begin(result);
  gm_end(result, ioctl(fd, KVM_SET_MEMORY_ATTRIBUTES2, at));
  take_struct(&set, sizeof set, at, place);
  result->error_offset = set.error_offset;
  before.error_offset = set.error_offset;
  result->other_fields_changed = memcmp(&set, &before, sizeof set) != 0;
}

void gm_ioctl_other(int fd, enum gm_ioctl request, struct gm_result* result) {
  unsigned char bytes[136];
  struct gm_uapi_attributes2 set;
  memset(&set, 0, sizeof set);
  memset(bytes, 0, sizeof bytes);
  set.size = GM_PAGE_SIZE;
  memcpy(bytes, &set, sizeof set);
  gm_begin(result);
  int ret = -1;
  switch (request) {
    case GM_IOCTL_ATTRIBUTES2_120: ret = ioctl(fd, _IOWR(KVMIO, 0xd2, char[120]), bytes); break;
    case GM_IOCTL_ATTRIBUTES2_136: ret = ioctl(fd, _IOWR(KVMIO, 0xd2, char[136]), bytes); break;
    case GM_IOCTL_CHECK_EXTENSION:
      ret = ioctl(fd, KVM_CHECK_EXTENSION, KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES);
      break;
    case GM_IOCTL_GET_API_VERSION: ret = ioctl(fd, KVM_GET_API_VERSION, 0); break;
  }
  gm_end(result, ret);
}
