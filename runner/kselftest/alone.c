// Runs each vector in a process of its own and prints what came of it as KTAP.
#include <stdio.h>
#include <string.h>

enum { GV_EXIT_PASS = 0, GV_EXIT_FAIL = 1, GV_EXIT_SKIP = 4 };

static const struct gv_vector* gv_current;

static void gv_run_current(struct gv_shared* shared) {
  gv_host = shared->host;
  if (gv_open() == 0) gv_current->run();
  shared->verdict = gv_state.verdict;
  memcpy(shared->reason, gv_state.reason, sizeof shared->reason);
  shared->ended = true;
}

static bool gv_report(unsigned number, struct gv_shared* shared) {
  const char* const name = gv_vectors[number - 1].name;
  shared->reason[0] = '\0';
  gv_current = &gv_vectors[number - 1];
  gv_isolate(gv_run_current, shared);
  if (!shared->ended || shared->verdict == GV_FAILED) {
    printf("not ok %u %s # %s\n", number, name, shared->reason);
    return false;
  }
  if (shared->verdict == GV_SKIPPED)
    printf("ok %u %s # SKIP %s\n", number, name, shared->reason);
  else
    printf("ok %u %s\n", number, name);
  return true;
}

int main(void) {
  const unsigned count = sizeof gv_vectors / sizeof *gv_vectors;
  struct gv_shared* const shared = gv_share();
  if (shared == NULL) return GV_EXIT_FAIL;
  printf("TAP version 13\n");
  gv_isolate(gv_ask_host, shared);
  if (!shared->host_known || !shared->host.gmem) {
    printf("1..0 # SKIP %s\n",
           shared->host_known ? "KVM of this kernel has no guest_memfd" : shared->reason);
    return GV_EXIT_SKIP;
  }
  printf("1..%u\n", count);
  bool good = true;
  for (unsigned i = 1; i <= count; ++i)
    if (!gv_report(i, shared)) good = false;
  return good ? GV_EXIT_PASS : GV_EXIT_FAIL;
}
