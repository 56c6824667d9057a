// What this kernel offers, found out by asking and by a few calls on VMs of our own.
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "runner/ops.h"
#include "runner/uapi.h"

enum {
  PROBED_TYPES = 8,  // types that have been given out so far, and some more
  PROBE_BYTE = 0x5a,
};
static const uint64_t kProbeGpa = 0x10000000;
// Added to a page's size it is 2^63: no file is so long, and a signed sum does not see it.
static const uint64_t kLastSignedPage = 0x7ffffffffffff000;

static uint64_t capability(int fd, uint32_t which) {
  struct gm_result result;
  gm_check_extension(fd, which, &result);
  return result.ret > 0 ? (uint64_t)result.ret : 0;
}

static bool has_ksm(void) {
  struct gm_mapping memory = gm_map_anonymous(GM_PAGE_SIZE);
  struct gm_result result;
  if (memory.base == NULL) return false;
  gm_page_call(&memory, 0, GM_PAGE_MADVISE, MADV_MERGEABLE, &result);
  return result.ret == 0;
}

// The one binding that tells 6.18 from 7.1.
static bool binds_past_signed_range(int vm, int file) {
  struct gm_result region;
  gm_set_region2(vm, 1, KVM_MEM_GUEST_MEMFD, kProbeGpa, GM_PAGE_SIZE, 0, file, kLastSignedPage,
                 &region);
  return region.ret == 0;
}

void gm_probe_calls(struct gm_host* host) {
  const struct gm_place place = {GM_POINTER_OK, 0};
  bool bound = false;
  for (int type = 0; type < PROBED_TYPES; ++type) {
    struct gm_result vm, file;
    gm_create_vm(type, &vm);
    if (vm.ret < 0) continue;
    const int fd = (int)vm.ret;
    host->vm_types |= 1u << type;
    host->gmem |= capability(fd, KVM_CAP_GUEST_MEMFD) != 0;
    host->gmem_flags |= capability(fd, KVM_CAP_GUEST_MEMFD_FLAGS);
    host->gmem_attributes |= capability(fd, KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES) != 0;
    gm_create_gmem(fd, GM_PAGE_SIZE, 0, -1, place, &file);
    if (file.ret >= 0 && !bound) {
      host->binds_past_signed_range = binds_past_signed_range(fd, (int)file.ret);
      bound = true;
    }
    if (file.ret >= 0) close((int)file.ret);
    close(fd);
  }
  host->vm_attributes = capability(gm_context.kvm, KVM_CAP_MEMORY_ATTRIBUTES) != 0;
  host->pre_fault = capability(gm_context.kvm, KVM_CAP_PRE_FAULT_MEMORY) != 0;
  host->ksm = has_ksm();
}

// A byte that only the guest_memfd holds: what does a guest see whose slot names other memory?
void gm_probe_guest(struct gm_host* host) {
  const struct gm_place place = {GM_POINTER_OK, 0};
  struct gm_result vm, file, result;
  struct gm_mapping map;
  struct gm_vcpu vcpu;
  gm_create_vm(0, &vm);
  gm_create_gmem((int)vm.ret, GM_PAGE_SIZE, GUEST_MEMFD_FLAG_MMAP | GUEST_MEMFD_FLAG_INIT_SHARED,
                 -1, place, &file);
  if (file.ret < 0) return;
  gm_mmap(&map, (int)file.ret, GM_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, 0, &result);
  if (result.ret < 0) return;
  gm_host_access(&map, 0, 0, true, PROBE_BYTE, &result);
  gm_pagemap(&map, 0, 1, &result);
  host->frames_hidden = result.ptes[0].pfn == 0;
  gm_set_region2((int)vm.ret, 1, KVM_MEM_GUEST_MEMFD, kProbeGpa, GM_PAGE_SIZE,
                 (uintptr_t)gm_context.anon.base, (int)file.ret, 0, &result);
  if (gm_vcpu_open(&vcpu, (int)vm.ret) != 0) return;
  gm_guest(&vcpu, GM_GUEST_READ, kProbeGpa, 0, &result);
  host->vcpu = true;
  // With a defect of some kernels the access faults; then nothing passes guest_memfd by.
  host->guest_uses_userspace_addr = result.exit == GM_EXIT_OK && result.value != PROBE_BYTE;
}
