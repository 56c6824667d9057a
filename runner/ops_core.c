// What every call rests on: the context, the clock, the signal handler, addresses that are used
// once.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "runner/ops.h"

struct gm_context gm_context = {.kvm = -1, .pagemap = -1, .self_mem = -1, .zero = -1, .uring = -1};
__thread struct gm_thread gm_self = {.pipe = {-1, -1}};

// What a mapping has to itself: its length and more, so that accesses behind it meet nothing.
static const uint64_t kStride = (uint64_t)4 << 20;
// Mappings stand where the kernel would put them, in the last 2^40 bytes of user space, but in a
// part of it that nothing else is near.
static const uintptr_t kUserEnd = (uintptr_t)0x7ffffffff000;
static const uintptr_t kAreaSize = (uintptr_t)1 << 37;
enum { AREAS = 7 };
static const uint64_t kAnonLength = (uint64_t)1 << 30;

uint64_t gm_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void gm_begin(struct gm_result* result) {
  memset(result, 0, sizeof *result);
  result->begin = gm_now();
  errno = 0;
}

void gm_end(struct gm_result* result, int64_t ret) {
  const int error = errno;
  result->end = gm_now();
  result->ret = ret;
  result->error = ret < 0 ? error : 0;
}

// Only an access that waits for a signal continues; any other fault is a bug of ours, which the
// default action shows when the instruction is tried again.
static void on_fault(int number, siginfo_t* info, void* unused) {
  (void)unused;
  if (!gm_self.armed) {
    signal(number, SIG_DFL);
    return;
  }
  gm_self.fault_signal = number;
  gm_self.fault_code = info->si_code;
  gm_self.fault_address = (uintptr_t)info->si_addr;
  siglongjmp(gm_self.resume, 1);
}

struct gm_mapping gm_map_fresh(uint64_t length, int prot, int flags, int fd, uint64_t offset) {
  struct gm_mapping map = {NULL, length, 0};
  const uint64_t pages = (length + GM_PAGE_SIZE - 1) & ~(uint64_t)(GM_PAGE_SIZE - 1);
  const uint64_t reach = ((pages + kStride - 1) & ~(kStride - 1)) + kStride;
  // The address is a wish: arguments are tested by the kernel as without it. Other threads may wish
  // for one at the same time; what fits in no area gets none to itself.
  uint8_t* wish = NULL;
  if (gm_context.next_address != 0 && pages < kAreaSize)
    wish = (uint8_t*)__atomic_fetch_add(&gm_context.next_address, reach, __ATOMIC_RELAXED);
  uint8_t* const base = mmap(wish, length, prot, flags, fd, (off_t)offset);
  if (base == MAP_FAILED) return map;
  map.base = base;
  map.reach = base == wish ? reach : pages;
  return map;
}

struct gm_mapping gm_map_anonymous(uint64_t length) {
  // Slots may be far larger than what is ever touched of their memory.
  const int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE;
  return gm_map_fresh(length, PROT_READ | PROT_WRITE, flags, -1, 0);
}

// An area in which nothing is mapped; 0, which wishes for nothing, if there is none.
static uintptr_t find_area(void) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  for (unsigned i = AREAS; i > 0; --i) {
    const uintptr_t start = (kUserEnd - i * kAreaSize) & ~(kStride - 1);
    void* const got = mmap((void*)start, kAreaSize, PROT_NONE, flags, -1, 0);
    if (got == MAP_FAILED) continue;
    munmap(got, kAreaSize);
    if ((uintptr_t)got == start) return start;
  }
  return 0;
}

static int open_files(void) {
  struct gm_context* const c = &gm_context;
  c->kvm = open("/dev/kvm", O_RDWR);
  if (c->kvm < 0) return -1;
  c->pagemap = open("/proc/self/pagemap", O_RDONLY);
  c->self_mem = open("/proc/self/mem", O_RDWR);
  c->zero = open("/dev/zero", O_RDONLY);
  return c->pagemap < 0 || c->self_mem < 0 || c->zero < 0 ? -1 : 0;
}

// Calls shall fail for reasons of the kernel, not of the shell that started us.
static void raise_limit(int which) {
  struct rlimit limit;
  if (getrlimit(which, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(which, &limit);
}

// If memory runs out, the kernel shall end the test and nothing else of this machine.
static void offer_to_oom_killer(void) {
  static const char kFirstToGo[] = "1000";
  const int score = open("/proc/self/oom_score_adj", O_WRONLY);
  if (score < 0) return;
  const ssize_t ignored = write(score, kFirstToGo, sizeof kFirstToGo - 1);
  (void)ignored;
  close(score);
}

int gm_thread_open(void) {
  gm_self.words = gm_map_anonymous(GM_PAGE_SIZE);
  if (gm_self.words.base == NULL) return -1;
  return pipe2(gm_self.pipe, O_NONBLOCK);
}

void gm_thread_close(void) {
  munmap(gm_self.words.base, GM_PAGE_SIZE);
  close(gm_self.pipe[0]);
  close(gm_self.pipe[1]);
}

int gm_open(void) {
  struct gm_context* const c = &gm_context;
  offer_to_oom_killer();
  if (open_files() != 0) return -1;
  c->next_address = find_area();
  if (gm_thread_open() != 0) return -1;
  c->anon = gm_map_anonymous(kAnonLength);
  if (c->anon.base == NULL) return -1;

  raise_limit(RLIMIT_NOFILE);
  raise_limit(RLIMIT_MEMLOCK);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  signal(SIGPIPE, SIG_IGN);
  return sigaction(SIGBUS, &action, NULL) || sigaction(SIGSEGV, &action, NULL) ? -1 : 0;
}
