// What stands around the calls of a vector in a test that stands for itself: which call is made,
// what this kernel lacks for it, and whether it ended as it must. The macro GV_END leaves the test
// after it has failed or is to be skipped.
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runner/ops.h"

#define GV_UNUSED __attribute__((unused))

enum gv_verdict { GV_PASSED, GV_FAILED, GV_SKIPPED };

struct gv_state {
  enum gv_verdict verdict;
  char reason[200];  // why it failed or is skipped
  unsigned line;     // of the vector, of the call
  const char* clause;
  const char* call;
  const char* lacking;       // what this kernel lacks for the call
  const char* other_kernel;  // a parameter by which the call ends otherwise on this kernel
};
static struct gv_state gv_state;
static struct gm_host gv_host;

#define GV_CHECK(as_expected, expected)                     \
  do {                                                      \
    if (!gv_judge((as_expected), (expected), &r)) GV_END(); \
  } while (0)
// Where KVM emulates the guest, its accesses go past guest_memfd: they are made but say nothing.
#define GV_CHECK_GUEST(as_expected, expected) \
  GV_CHECK(gv_host.guest_uses_userspace_addr || (as_expected), (expected))
#define GV_NEED(there, lacking) \
  do {                          \
    if (!(there)) {             \
      gv_skip("%s", (lacking)); \
      GV_END();                 \
    }                           \
  } while (0)

static void gv_end(enum gv_verdict verdict, const char* format, va_list values) {
  gv_state.verdict = verdict;
  vsnprintf(gv_state.reason, sizeof gv_state.reason, format, values);
}

static GV_UNUSED __attribute__((format(printf, 1, 2))) void gv_skip(const char* format, ...) {
  va_list values;
  va_start(values, format);
  gv_end(GV_SKIPPED, format, values);
  va_end(values);
}

static GV_UNUSED __attribute__((format(printf, 1, 2))) void gv_fail(const char* format, ...) {
  va_list values;
  va_start(values, format);
  gv_end(GV_FAILED, format, values);
  va_end(values);
}

// The call ends as expected on kernels that have a parameter so.
static GV_UNUSED void gv_made_for(bool so, const char* parameter) {
  if (!so && gv_state.other_kernel == NULL) gv_state.other_kernel = parameter;
}

// Names the call that follows. `clause`: that of the spec by which it ends; null: not known.
static GV_UNUSED void gv_call(unsigned line, const char* clause, const char* call) {
  gv_state.line = line;
  gv_state.clause = clause;
  gv_state.call = call;
  gv_state.lacking = NULL;
  gv_state.other_kernel = NULL;
}

// If the call does not end as expected, that says nothing where this is lacking.
static GV_UNUSED void gv_needs(bool there, const char* what) {
  if (!there) gv_state.lacking = what;
}

static const char* gv_error_name(int error) {
  const char* const name = error == 0 ? "null" : strerrorname_np(error);
  return name != NULL ? name : "unknown";
}

// All that came of the call and is not zero.
static void gv_show(const struct gm_result* r) {
  static const char* const kExits[] = {"ok", "memory_fault", "mmio", "exit"};
  printf("# came: ret=%lld errno=%s", (long long)r->ret, gv_error_name(r->error));
  if (r->signal != 0)
    printf(" result=%s si_code=%d si_addr_page=%lld", r->signal == SIGBUS ? "SIGBUS" : "SIGSEGV",
           r->si_code, (long long)r->si_addr_page);
  if (r->exit != GM_EXIT_OK) printf(" result=%s", kExits[r->exit]);
  if (r->exit == GM_EXIT_OTHER) printf(" exit_reason=%u suberror=%u", r->exit_reason, r->suberror);
  if (r->fault_size != 0)
    printf(" fault={flags=%#llx gpa=%#llx size=%#llx}", (unsigned long long)r->fault_flags,
           (unsigned long long)r->fault_gpa, (unsigned long long)r->fault_size);
  if (r->has_mmio)
    printf(" mmio={phys_addr=%#llx len=%u is_write=%d}", (unsigned long long)r->mmio_gpa,
           r->mmio_length, r->mmio_is_write);
  if (r->value != 0) printf(" value=%u", r->value);
  if (r->st_nlink != 0)
    printf(" st_size=%llu st_blocks=%llu st_mode=%u st_nlink=%llu", (unsigned long long)r->st_size,
           (unsigned long long)r->st_blocks, r->st_mode, (unsigned long long)r->st_nlink);
  if (r->resident) printf(" vec0=1");
  if (r->error_offset != 0) printf(" error_offset=%#llx", (unsigned long long)r->error_offset);
  if (r->other_fields_changed) printf(" other_fields_changed=1");
  for (unsigned i = 0; i < r->count; ++i)
    printf(" [%u]={value=%u present=%d}", i, i < GM_MAX_VALUES ? r->values[i] : 0,
           r->ptes[i].present);
  if (r->size_out != 0 || r->gpa_out != 0)
    printf(" gpa_out=%#llx size_out=%#llx", (unsigned long long)r->gpa_out,
           (unsigned long long)r->size_out);
  printf("\n");
}

// False if the test has come to its end: the call ended otherwise.
static GV_UNUSED bool gv_judge(bool as_expected, const char* expected, const struct gm_result* r) {
  const struct gv_state* const s = &gv_state;
  if (as_expected) return true;
  if (s->lacking != NULL) {
    gv_skip("line %u: this kernel lacks %s", s->line, s->lacking);
  } else if (s->other_kernel != NULL) {
    gv_skip("line %u: it is for a kernel with %s", s->line, s->other_kernel);
  } else {
    printf("# line %u: %s\n", s->line, s->call);
    printf("# expected: %s", expected);
    if (s->clause != NULL) printf(", by %s", s->clause);
    printf("\n");
    gv_show(r);
    gv_fail("line %u did not end as expected", s->line);
  }
  return false;
}

static GV_UNUSED bool gv_ok(const struct gm_result* r) {
  return r->ret >= 0;
}

static GV_UNUSED bool gv_failed(const struct gm_result* r, int error) {
  return r->ret < 0 && r->error == error;
}

// Keeps the descriptor that a call made; -1 if it made none.
static GV_UNUSED void gv_take(int* descriptor, const struct gm_result* r) {
  *descriptor = gv_ok(r) ? (int)r->ret : -1;
}

static GV_UNUSED uint64_t gv_address(const struct gm_mapping* map, uint64_t offset) {
  return (uintptr_t)map->base + offset;
}

// Whether a mapping exists and the range lies in addresses that belong to it alone.
static GV_UNUSED bool gv_reaches(const struct gm_mapping* map, uint64_t offset, uint64_t length) {
  return map->base != NULL && offset <= map->reach && length <= map->reach - offset;
}

// A vCPU, made when it is first needed.
static GV_UNUSED bool gv_vcpu(struct gm_vcpu* vcpu, int vm) {
  return vcpu->fd >= 0 || gm_vcpu_open(vcpu, vm) == 0;
}

// Before the first call: -1 if no call can be made here, with the reason.
static GV_UNUSED int gv_open(void) {
  if (gm_open() == 0) return 0;
  gv_skip("cannot open /dev/kvm or prepare calls: %s", gv_error_name(errno));
  return -1;
}
