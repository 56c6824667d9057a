// The calls that a trace can hold, made on the real kernel: one function for each kind of call.
// Each fills a gm_result and decides nothing: what a result means is the caller's business.
//
// Plain C on libc alone, so that these files can be pasted into a test that stands for itself;
// whoever does so leaves out the lines with #pragma once and #include "...". The globals are
// gm_context and, for each thread, gm_self, because a signal handler is handed nothing.
#pragma once

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  GM_PAGE_SIZE = 4096,
  GM_MAX_VALUES = 64,  // pages that one pin_read reports
  GM_MAX_PTES = 512,   // entries that one pagemap reports
  GM_MAX_LINK = 64,
  GM_CODE_SLOT = 31,         // the guest's own code
  GM_CODE_GPA = 0x70000000,  // above what tests of guest memory usually take
};

// What an access of the guest ended with.
enum gm_exit { GM_EXIT_OK, GM_EXIT_MEMORY_FAULT, GM_EXIT_MMIO, GM_EXIT_OTHER };

struct gm_pte {
  bool present;
  uint64_t pfn;
};

// Only the parts that a call has are filled; everything else is zero.
struct gm_result {
  uint64_t begin, end;  // CLOCK_MONOTONIC in ns, just before and just after the call
  int64_t ret;
  int error;  // errno if ret is negative, else 0

  // host_read, host_write
  int signal;  // 0, SIGBUS or SIGSEGV
  int si_code;
  int64_t si_addr_page;  // relative to the mapping
  uint8_t value;         // also of guest_read and guest_rmw

  // set_attr2
  uint64_t error_offset;
  bool other_fields_changed;

  // fstat, open_proc_fd, mincore, pin_read, pagemap
  uint64_t st_size, st_blocks, st_nlink;
  uint32_t st_mode;
  char link[GM_MAX_LINK];
  bool resident;
  unsigned count;  // of values or ptes
  uint8_t values[GM_MAX_VALUES];
  struct gm_pte ptes[GM_MAX_PTES];

  // The guest
  enum gm_exit exit;
  uint64_t fault_flags, fault_gpa, fault_size;
  bool has_mmio, mmio_is_write;
  uint64_t mmio_gpa;
  uint32_t mmio_length, exit_reason, suberror;

  // prefault
  uint64_t gpa_out, size_out;
};

struct gm_mapping {
  uint8_t* base;    // null: not mapped
  uint64_t length;  // as it was asked for
  uint64_t reach;   // addresses from base on that nothing else will ever use
};

struct gm_pin {
  int pipe;  // its end for reading
};

struct gm_vcpu {
  int fd;  // -1: none
  uint8_t* code;
  struct kvm_run* run;
  size_t run_size;
};

// The forked process that accesses mappings when it is told to.
struct gm_child {
  pid_t pid;  // 0: none
  int to, from;
};

struct gm_context {
  int kvm, pagemap, self_mem, zero;
  int uring;               // the newest, -1: none
  struct gm_child child;   // the newest
  uintptr_t next_address;  // mappings never reuse an address, so that a stale one is seen as such
  struct gm_mapping anon;  // ordinary memory for slots
};
extern struct gm_context gm_context;

// What each thread has of its own.
struct gm_thread {
  int pipe[2];              // for a byte that the kernel takes from a page
  struct gm_mapping words;  // one page for structs, nothing behind it
  // Where an access that is expected to fault continues, and what the handler saw.
  volatile sig_atomic_t armed;
  sigjmp_buf resume;
  int fault_signal, fault_code;
  uintptr_t fault_address;
};
extern __thread struct gm_thread gm_self;

// Opens what calls need, those of this thread too, and takes SIGBUS and SIGSEGV. -1 with errno if
// /dev/kvm cannot be opened.
int gm_open(void);
// For another thread, which makes calls in between. -1 with errno.
int gm_thread_open(void);
void gm_thread_close(void);

// For the other files: the clock and the result around a call.
uint64_t gm_now(void);
void gm_begin(struct gm_result* result);
void gm_end(struct gm_result* result, int64_t ret);
// A range of `length` bytes mapped where no earlier mapping was. MAP_FAILED with errno.
struct gm_mapping gm_map_fresh(uint64_t length, int prot, int flags, int fd, uint64_t offset);
// Ordinary memory.
struct gm_mapping gm_map_anonymous(uint64_t length);

// ---- Virtual machines, slots, attributes ----

// Which pointer an ioctl is given for its struct.
enum gm_pointer {
  GM_POINTER_OK,
  GM_POINTER_AT_END,     // the struct ends where its memory ends
  GM_POINTER_READ_ONLY,  // in a page that may only be read
  GM_POINTER_CROSSES,    // into memory that is not mapped
  GM_POINTER_NUMBER,     // an address without memory
};
struct gm_place {
  enum gm_pointer kind;
  uintptr_t number;  // of GM_POINTER_NUMBER
};

void gm_create_vm(int64_t type, struct gm_result* result);
void gm_check_extension(int fd, uint32_t capability, struct gm_result* result);
// `reserved`: which reserved word is not zero, -1: none.
void gm_create_gmem(int vm, uint64_t size, uint64_t flags, int reserved, struct gm_place place,
                    struct gm_result* result);
void gm_set_region2(int vm, uint32_t slot, uint32_t flags, uint64_t gpa, uint64_t size,
                    uint64_t userspace_addr, int gmem, uint64_t gmem_offset,
                    struct gm_result* result);
void gm_set_attr1(int fd, uint64_t address, uint64_t size, uint64_t attributes, uint64_t flags,
                  struct gm_result* result);
void gm_set_attr2(int fd, uint64_t offset, uint64_t size, uint64_t attributes, uint64_t flags,
                  int reserved, uint64_t error_offset, struct gm_place place,
                  struct gm_result* result);

enum gm_ioctl {
  GM_IOCTL_ATTRIBUTES2_120,  // KVM_SET_MEMORY_ATTRIBUTES2 with another size of its struct
  GM_IOCTL_ATTRIBUTES2_136,
  GM_IOCTL_CHECK_EXTENSION,
  GM_IOCTL_GET_API_VERSION,
};
void gm_ioctl_other(int fd, enum gm_ioctl request, struct gm_result* result);

// ---- Files and mappings ----

enum gm_file_op {
  GM_FILE_READ,
  GM_FILE_WRITE,
  GM_FILE_PREAD,
  GM_FILE_PWRITE,
  GM_FILE_LSEEK_SET,
  GM_FILE_LSEEK_END,
  GM_FILE_LSEEK_DATA,
  GM_FILE_LSEEK_HOLE,
  GM_FILE_FTRUNCATE,
  GM_FILE_FCHMOD,
  GM_FILE_FSYNC,
  GM_FILE_ADD_SEALS,
  GM_FILE_GETFD,
  GM_FILE_GETFL,
  GM_FILE_FADVISE,
  GM_FILE_DUP,
  GM_FILE_CLOSE,
};
// `length` is that of ftruncate.
void gm_file_call(int fd, enum gm_file_op call, uint64_t length, struct gm_result* result);
// open of /proc/self/fd/N; `link` says where that points. A descriptor that comes out is closed.
void gm_open_proc_fd(int fd, struct gm_result* result);
void gm_fstat(int fd, struct gm_result* result);
void gm_fallocate(int fd, int mode, int64_t offset, int64_t length, struct gm_result* result);
void gm_mmap(struct gm_mapping* map, int fd, uint64_t length, int prot, int flags, uint64_t offset,
             struct gm_result* result);
void gm_munmap(const struct gm_mapping* map, uint64_t offset, uint64_t length,
               struct gm_result* result);
void gm_pagemap(const struct gm_mapping* map, uint64_t page, unsigned npages,
                struct gm_result* result);

// ---- Accesses of the host ----

void gm_host_access(const struct gm_mapping* map, uint64_t page, unsigned byte, bool write,
                    uint8_t value, struct gm_result* result);
void gm_fork(struct gm_result* result);
// As gm_host_access, by the newest child. False if there is none or it has ended.
bool gm_child_access(const struct gm_mapping* map, uint64_t page, unsigned byte, bool write,
                     uint8_t value, struct gm_result* result);

// One page of a mapping is given to a system call.
enum gm_page_op {
  GM_PAGE_WRITE_FROM,  // the kernel reads one byte of it
  GM_PAGE_READ_INTO,   // the kernel writes one byte into it
  GM_PAGE_PROCESS_VM_READV,
  GM_PAGE_PROCESS_VM_WRITEV,
  GM_PAGE_PROC_MEM_PREAD,
  GM_PAGE_PROC_MEM_PWRITE,
  GM_PAGE_MLOCK,
  GM_PAGE_MUNLOCK,
  GM_PAGE_MSYNC,
  GM_PAGE_MINCORE,
  GM_PAGE_MADVISE,
  GM_PAGE_MPROTECT,
};
// `argument`: the advice of madvise, the protection of mprotect.
void gm_page_call(const struct gm_mapping* map, uint64_t page, enum gm_page_op call, int argument,
                  struct gm_result* result);

// vmsplice of the pages into a new pipe. If that fails there is no pin.
void gm_pin_pages(struct gm_pin* pin, const struct gm_mapping* map, uint64_t page, uint64_t npages,
                  struct gm_result* result);
void gm_pin_read(const struct gm_pin* pin, struct gm_result* result);
void gm_unpin(struct gm_pin* pin, struct gm_result* result);
void gm_io_uring_setup(struct gm_result* result);
// Sets io_uring up unless that was done before. False with errno.
bool gm_uring_ready(void);
void gm_io_uring_register(const struct gm_mapping* map, uint64_t page, uint64_t npages,
                          struct gm_result* result);
void gm_io_uring_unregister(struct gm_result* result);

// ---- The guest ----

// The first vCPU and the code page. -1 with errno if this VM or this machine allows none.
int gm_vcpu_open(struct gm_vcpu* vcpu, int vm);
// Another vCPU, with a number above 0, that runs the same code.
int gm_vcpu_add(struct gm_vcpu* vcpu, int vm, unsigned number);

enum gm_guest_access { GM_GUEST_READ, GM_GUEST_WRITE, GM_GUEST_RMW };
// `gpa` below 4 GiB.
void gm_guest(const struct gm_vcpu* vcpu, enum gm_guest_access access, uint64_t gpa, uint8_t value,
              struct gm_result* result);
void gm_prefault(const struct gm_vcpu* vcpu, uint64_t gpa, uint64_t size, struct gm_result* result);

// ---- What this kernel offers ----

struct gm_host {
  uint32_t vm_types;    // bit N: a VM of type N can be made
  uint64_t gmem_flags;  // that a VM of some type allows
  bool gmem;
  bool vm_attributes;            // KVM_SET_MEMORY_ATTRIBUTES
  bool gmem_attributes;          // KVM_SET_MEMORY_ATTRIBUTES2
  bool pre_fault;                // KVM_PRE_FAULT_MEMORY
  bool binds_past_signed_range;  // as before 7.1: offset + size is not seen to overflow
  bool ksm;
  bool vcpu;                       // a vCPU can be made and runs
  bool guest_uses_userspace_addr;  // KVM emulates the guest's accesses, past guest_memfd
  bool frames_hidden;              // pagemap shows no frame numbers to this user
};
// By asking and by a few calls on VMs of their own. The second may not come back, if the guest does
// not.
void gm_probe_calls(struct gm_host* host);
void gm_probe_guest(struct gm_host* host);
