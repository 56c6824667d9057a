// Accesses of a guest: one vCPU in flat protected mode without paging, which runs a few
// instructions of ordinary memory. It tells that it has come to the end by writing to a port.
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/ops.h"
#include "runner/uapi.h"

enum { MAX_MMIO_EXITS = 4, MAX_INTERRUPTS = 100, NO_EXIT_REASON = 0xffff };

#ifdef __x86_64__

enum { ROUTINE_SIZE = 16, REAL_MODE_FLAGS = 2 };

// esi: the address; cl: the byte to store; al: the byte that was loaded.
static const uint8_t kCode[][ROUTINE_SIZE] = {
    [GM_GUEST_READ] = {0x8a, 0x06,   // mov al, [esi]
                       0xe6, 0xe9,   // out 0xe9, al
                       0xeb, 0xfe},  // jmp itself
    [GM_GUEST_WRITE] = {0x88, 0x0e,  // mov [esi], cl
                        0xe6, 0xe9, 0xeb, 0xfe},
    [GM_GUEST_RMW] = {0x8a, 0x06, 0x88, 0x0e, 0xe6, 0xe9, 0xeb, 0xfe},
};

static int enter_flat_mode(int vcpu) {
  struct kvm_sregs special;
  if (ioctl(vcpu, KVM_GET_SREGS, &special) != 0) return -1;
  struct kvm_segment flat;
  memset(&flat, 0, sizeof flat);
  flat.limit = UINT32_MAX;
  flat.present = flat.s = flat.g = flat.db = 1;
  flat.type = 3;  // data, writable, accessed
  flat.selector = 0x10;
  special.ds = special.es = special.fs = special.gs = special.ss = flat;
  flat.type = 11;  // code, readable, accessed
  flat.selector = 0x08;
  special.cs = flat;
  const uint64_t kProtected = 1, kNoCache = (uint64_t)3 << 29;
  special.cr0 = (special.cr0 | kProtected) & ~kNoCache;
  return ioctl(vcpu, KVM_SET_SREGS, &special);
}

static int give_code(struct gm_vcpu* vcpu, int vm) {
  vcpu->code = mmap(NULL, GM_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (vcpu->code == MAP_FAILED) return -1;
  memcpy(vcpu->code, kCode, sizeof kCode);
  struct kvm_userspace_memory_region code;
  memset(&code, 0, sizeof code);
  code.slot = GM_CODE_SLOT;
  code.guest_phys_addr = GM_CODE_GPA;
  code.memory_size = GM_PAGE_SIZE;
  code.userspace_addr = (uintptr_t)vcpu->code;
  return ioctl(vm, KVM_SET_USER_MEMORY_REGION, &code);
}

static int set_up(struct gm_vcpu* vcpu, int vm, unsigned number) {
  const int size = ioctl(gm_context.kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
  if (size < (int)sizeof(struct kvm_run)) return -1;
  vcpu->run_size = (size_t)size;
  if (number == 0 && give_code(vcpu, vm) != 0) return -1;
  vcpu->fd = ioctl(vm, KVM_CREATE_VCPU, (unsigned long)number);
  if (vcpu->fd < 0) return -1;
  vcpu->run = mmap(NULL, vcpu->run_size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0);
  return vcpu->run == MAP_FAILED ? -1 : enter_flat_mode(vcpu->fd);
}

static int start_at(const struct gm_vcpu* vcpu, enum gm_guest_access access, uint64_t gpa,
                    uint8_t value) {
  struct kvm_regs registers;
  memset(&registers, 0, sizeof registers);
  registers.rip = GM_CODE_GPA + (uint64_t)access * ROUTINE_SIZE;
  registers.rsi = gpa;
  registers.rcx = value;
  registers.rflags = REAL_MODE_FLAGS;
  return ioctl(vcpu->fd, KVM_SET_REGS, &registers);
}

#else

static int set_up(struct gm_vcpu* vcpu, int vm, unsigned number) {
  (void)vcpu, (void)vm, (void)number;
  errno = EOPNOTSUPP;
  return -1;
}

static int start_at(const struct gm_vcpu* vcpu, enum gm_guest_access access, uint64_t gpa,
                    uint8_t value) {
  (void)vcpu, (void)access, (void)gpa, (void)value;
  errno = EOPNOTSUPP;
  return -1;
}

#endif

int gm_vcpu_open(struct gm_vcpu* vcpu, int vm) {
  return gm_vcpu_add(vcpu, vm, 0);
}

int gm_vcpu_add(struct gm_vcpu* vcpu, int vm, unsigned number) {
  *vcpu = (struct gm_vcpu){.fd = -1};
  if (set_up(vcpu, vm, number) == 0) return 0;
  const int error = errno;
  if (vcpu->fd >= 0) close(vcpu->fd);
  vcpu->fd = -1;
  errno = error;
  return -1;
}

// Reads of memory that no slot covers are answered with 0.
static void note_mmio(struct kvm_run* run, struct gm_result* result) {
  result->has_mmio = true;
  result->mmio_gpa = run->mmio.phys_addr;
  result->mmio_length = run->mmio.len;
  result->mmio_is_write = run->mmio.is_write != 0;
  if (!result->mmio_is_write) memset(run->mmio.data, 0, sizeof run->mmio.data);
}

static int run_to_end(const struct gm_vcpu* vcpu, struct gm_result* result) {
  struct kvm_run* const run = vcpu->run;
  int mmio_exits = 0, interrupts = 0;
  for (;;) {
    run->exit_reason = NO_EXIT_REASON;
    const int ret = ioctl(vcpu->fd, KVM_RUN, 0);
    if (ret < 0 && errno == EINTR && interrupts++ < MAX_INTERRUPTS) continue;
    if (ret != 0 || run->exit_reason != KVM_EXIT_MMIO || mmio_exits++ == MAX_MMIO_EXITS) return ret;
    note_mmio(run, result);
  }
}

void gm_guest(const struct gm_vcpu* vcpu, enum gm_guest_access access, uint64_t gpa, uint8_t value,
              struct gm_result* result) {
  struct kvm_run* const run = vcpu->run;
  const int ready = start_at(vcpu, access, gpa, value);
  gm_begin(result);
  gm_end(result, ready != 0 ? -1 : run_to_end(vcpu, result));
  result->exit = GM_EXIT_OTHER;
  result->exit_reason = run->exit_reason;
  if (result->ret == 0 && run->exit_reason == KVM_EXIT_IO) {
    result->exit = result->has_mmio ? GM_EXIT_MMIO : GM_EXIT_OK;
    result->value = *((const uint8_t*)run + run->io.data_offset);
    // The write to the port is still under way; another entry that ends at once completes it.
    run->immediate_exit = 1;
    ioctl(vcpu->fd, KVM_RUN, 0);
    run->immediate_exit = 0;
  } else if (result->ret < 0 && run->exit_reason == KVM_EXIT_MEMORY_FAULT) {
    struct gm_uapi_fault fault;
    memcpy(&fault, run->padding, sizeof fault);
    result->exit = GM_EXIT_MEMORY_FAULT;
    result->fault_flags = fault.flags;
    result->fault_gpa = fault.gpa;
    result->fault_size = fault.size;
  } else if (run->exit_reason == KVM_EXIT_INTERNAL_ERROR) {
    result->suberror = run->internal.suberror;
  }
}

void gm_prefault(const struct gm_vcpu* vcpu, uint64_t gpa, uint64_t size,
                 struct gm_result* result) {
  struct gm_uapi_pre_fault range;
  memset(&range, 0, sizeof range);
  range.gpa = gpa;
  range.size = size;
  gm_begin(result);
  gm_end(result, ioctl(vcpu->fd, KVM_PRE_FAULT_MEMORY, &range));
  result->gpa_out = range.gpa;
  result->size_out = range.size;
}
