// Runs something in a process of its own, so that a crash or a call that never returns ends that
// process only.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  GV_PATIENCE_MS = 20000,  // with one vector
  GV_PATIENCE_WITH_KILLED_MS = 5000,
};

// What the processes share.
struct gv_shared {
  struct gm_host host;
  bool host_known;
  bool ended;  // the vector came to an end
  enum gv_verdict verdict;
  char reason[sizeof gv_state.reason];
};

// False if the process is still there after so long. One that is stuck in the kernel does not even
// end when it is killed.
static bool gv_wait(pid_t child, int* status, int patience) {
  const uint64_t end = gm_now() + (uint64_t)patience * 1000000u;
  while (waitpid(child, status, WNOHANG) == 0) {
    if (gm_now() > end) return false;
    poll(NULL, 0, 1);
  }
  return true;
}

// Runs `body` as a group of its own, so that processes which it forks end with it.
static void gv_isolate(void (*body)(struct gv_shared*), struct gv_shared* shared) {
  int status = 0;
  shared->ended = false;
  fflush(stdout);
  const pid_t child = fork();
  if (child < 0) {
    snprintf(shared->reason, sizeof shared->reason, "no process can be made");
    return;
  }
  if (child == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    body(shared);
    fflush(stdout);
    _exit(0);
  }
  setpgid(child, child);
  const bool in_time = gv_wait(child, &status, GV_PATIENCE_MS);
  kill(-child, SIGKILL);
  if (!in_time) gv_wait(child, &status, GV_PATIENCE_WITH_KILLED_MS);
  if (!in_time)
    snprintf(shared->reason, sizeof shared->reason, "a call did not return in time");
  else if (WIFSIGNALED(status))
    snprintf(shared->reason, sizeof shared->reason, "a call was ended by signal %d",
             WTERMSIG(status));
}

static void gv_ask_host(struct gv_shared* shared) {
  if (gv_open() != 0) {
    snprintf(shared->reason, sizeof shared->reason, "%s", gv_state.reason);
    return;
  }
  gm_probe_calls(&shared->host);
  shared->host_known = true;
  gm_probe_guest(&shared->host);
}

// Null if there is no memory.
static struct gv_shared* gv_share(void) {
  void* const at = mmap(NULL, sizeof(struct gv_shared), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return at != MAP_FAILED ? at : NULL;
}
