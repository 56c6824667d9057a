// Loads and stores of this process and of a forked one, and what the kernel does with pages for
// them.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "runner/ops.h"

static uint8_t* address_of(const struct gm_mapping* map, uint64_t page) {
  return map->base + page * GM_PAGE_SIZE;
}

// A store has left the processor's buffer, and nothing behind it has begun.
static void fence(void) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#ifdef __x86_64__
  __builtin_ia32_lfence();
#endif
}

// A function of its own, so that nothing of the caller lives in registers across the jump.
static __attribute__((noinline)) void touch(volatile uint8_t* at, bool write, uint8_t value,
                                            struct gm_result* result) {
  struct gm_thread* const self = &gm_self;
  self->fault_signal = 0;
  gm_begin(result);
  self->armed = 1;
  if (sigsetjmp(self->resume, 1) == 0) {
    // The access happens between the two readings of the clock, for other processors too.
    fence();
    if (write) {
      *at = value;
    } else {
      result->value = *at;
    }
    fence();
  }
  self->armed = 0;
  gm_end(result, 0);
}

void gm_host_access(const struct gm_mapping* map, uint64_t page, unsigned byte, bool write,
                    uint8_t value, struct gm_result* result) {
  touch(address_of(map, page) + byte, write, value, result);
  if (gm_self.fault_signal == 0) return;
  result->signal = gm_self.fault_signal;
  result->si_code = gm_self.fault_code;
  result->si_addr_page =
      ((int64_t)gm_self.fault_address - (int64_t)(uintptr_t)map->base) / GM_PAGE_SIZE;
}

// ---- The forked process ----

struct order {
  struct gm_mapping map;
  uint64_t page;
  unsigned byte;
  bool write;
  uint8_t value;
};

static void obey(int orders, int answers) {
  struct order order;
  struct gm_result result;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (read(orders, &order, sizeof order) == (ssize_t)sizeof order) {
    gm_host_access(&order.map, order.page, order.byte, order.write, order.value, &result);
    // The fields that such an access has stand first.
    if (write(answers, &result, offsetof(struct gm_result, error_offset)) < 0) break;
  }
  _exit(0);
}

void gm_fork(struct gm_result* result) {
  int orders[2], answers[2];
  gm_begin(result);
  if (pipe(orders) != 0) {
    gm_end(result, -1);
    return;
  }
  if (pipe(answers) != 0) {
    gm_end(result, -1);
    close(orders[0]);
    close(orders[1]);
    return;
  }
  gm_begin(result);
  const pid_t pid = fork();
  if (pid == 0) {
    close(orders[1]);
    close(answers[0]);
    obey(orders[0], answers[1]);
  }
  gm_end(result, pid < 0 ? -1 : 0);
  close(orders[0]);
  close(answers[1]);
  if (pid < 0) {
    close(orders[1]);
    close(answers[0]);
    return;
  }
  // An earlier child keeps its end of the pipe, and so lives on with all that it refers to.
  gm_context.child = (struct gm_child){pid, orders[1], answers[0]};
}

bool gm_child_access(const struct gm_mapping* map, uint64_t page, unsigned byte, bool write_it,
                     uint8_t value, struct gm_result* result) {
  const struct gm_child* const child = &gm_context.child;
  const ssize_t wanted = (ssize_t)offsetof(struct gm_result, error_offset);
  struct order order;
  memset(&order, 0, sizeof order);
  order.map = *map;
  order.page = page;
  order.byte = byte;
  order.write = write_it;
  order.value = value;
  memset(result, 0, sizeof *result);
  return child->pid != 0 && write(child->to, &order, sizeof order) == (ssize_t)sizeof order &&
         read(child->from, result, (size_t)wanted) == wanted;
}

// ---- System calls that take a page ----

static int64_t call_page(uint8_t* page, enum gm_page_op call, int argument, uint8_t* byte) {
  const struct iovec here = {byte, 1}, there = {page, 1};
  const off_t at = (off_t)(uintptr_t)page;
  switch (call) {
    case GM_PAGE_WRITE_FROM: return write(gm_self.pipe[1], page, 1);
    case GM_PAGE_READ_INTO: return read(gm_context.zero, page, 1);
    case GM_PAGE_PROCESS_VM_READV: return process_vm_readv(getpid(), &here, 1, &there, 1, 0);
    case GM_PAGE_PROCESS_VM_WRITEV: return process_vm_writev(getpid(), &here, 1, &there, 1, 0);
    case GM_PAGE_PROC_MEM_PREAD: return pread(gm_context.self_mem, byte, 1, at);
    case GM_PAGE_PROC_MEM_PWRITE: return pwrite(gm_context.self_mem, byte, 1, at);
    case GM_PAGE_MLOCK: return mlock(page, GM_PAGE_SIZE);
    case GM_PAGE_MUNLOCK: return munlock(page, GM_PAGE_SIZE);
    case GM_PAGE_MSYNC: return msync(page, GM_PAGE_SIZE, MS_SYNC);
    case GM_PAGE_MINCORE: return mincore(page, GM_PAGE_SIZE, byte);
    case GM_PAGE_MADVISE: return madvise(page, GM_PAGE_SIZE, argument);
    case GM_PAGE_MPROTECT: return mprotect(page, GM_PAGE_SIZE, argument);
  }
  errno = ENOSYS;
  return -1;
}

void gm_page_call(const struct gm_mapping* map, uint64_t page, enum gm_page_op call, int argument,
                  struct gm_result* result) {
  uint8_t byte = 0;
  gm_begin(result);
  gm_end(result, call_page(address_of(map, page), call, argument, &byte));
  if (call == GM_PAGE_MINCORE && result->ret == 0) result->resident = (byte & 1) != 0;
  if (call == GM_PAGE_WRITE_FROM && result->ret > 0 && read(gm_self.pipe[0], &byte, 1) != 1)
    result->ret = -1;  // cannot be: the byte was just written
}

// ---- References that stay ----

void gm_pin_pages(struct gm_pin* pin, const struct gm_mapping* map, uint64_t page, uint64_t npages,
                  struct gm_result* result) {
  int ends[2] = {-1, -1};
  const struct iovec pages = {address_of(map, page), npages * GM_PAGE_SIZE};
  const int made = pipe(ends);
  gm_begin(result);
  gm_end(result, made != 0 ? -1 : vmsplice(ends[1], &pages, 1, SPLICE_F_NONBLOCK));
  *pin = (struct gm_pin){ends[0]};
  if (made != 0) return;
  // Nothing more will come, so that reading an empty pipe returns.
  close(ends[1]);
  if (result->ret < 0) close(ends[0]);
}

void gm_pin_read(const struct gm_pin* pin, struct gm_result* result) {
  static __thread uint8_t bytes[GM_MAX_VALUES * GM_PAGE_SIZE];
  gm_begin(result);
  gm_end(result, read(pin->pipe, bytes, sizeof bytes));
  for (int64_t at = 0; at < result->ret; at += GM_PAGE_SIZE)
    result->values[result->count++] = bytes[at];
}

void gm_unpin(struct gm_pin* pin, struct gm_result* result) {
  gm_begin(result);
  gm_end(result, close(pin->pipe));
  pin->pipe = -1;
}

void gm_io_uring_setup(struct gm_result* result) {
  struct io_uring_params params;
  memset(&params, 0, sizeof params);
  gm_begin(result);
  gm_end(result, syscall(SYS_io_uring_setup, 4, &params));
  if (result->ret >= 0) gm_context.uring = (int)result->ret;
}

bool gm_uring_ready(void) {
  struct gm_result setup;
  if (gm_context.uring >= 0) return true;
  gm_io_uring_setup(&setup);
  errno = setup.error;
  return setup.ret >= 0;
}

void gm_io_uring_register(const struct gm_mapping* map, uint64_t page, uint64_t npages,
                          struct gm_result* result) {
  const struct iovec pages = {address_of(map, page), npages * GM_PAGE_SIZE};
  gm_begin(result);
  gm_end(result,
         syscall(SYS_io_uring_register, gm_context.uring, IORING_REGISTER_BUFFERS, &pages, 1));
}

void gm_io_uring_unregister(struct gm_result* result) {
  gm_begin(result);
  gm_end(result,
         syscall(SYS_io_uring_register, gm_context.uring, IORING_UNREGISTER_BUFFERS, NULL, 0));
}
