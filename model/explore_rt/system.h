// Threads, locks and clocks of the system, without the headers of the standard library that are
// slow to compile: a generated explorer is compiled while somebody waits.
#pragma once

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <vector>

#include "model/explore_rt/field.h"

namespace gms::explore {

/// A number that several threads change. No order is kept between different ones.
class Shared {
 public:
  explicit Shared(u64 value = 0) : value_(value) {}
  u64 get() const { return __atomic_load_n(&value_, __ATOMIC_RELAXED); }
  void set(u64 value) { __atomic_store_n(&value_, value, __ATOMIC_RELAXED); }
  /// What it was before.
  u64 add(u64 more) { return __atomic_fetch_add(&value_, more, __ATOMIC_RELAXED); }

 private:
  u64 value_;
};

class Mutex {
 public:
  Mutex() { pthread_mutex_init(&mutex_, nullptr); }
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;
  ~Mutex() { pthread_mutex_destroy(&mutex_); }
  void lock() { pthread_mutex_lock(&mutex_); }
  void unlock() { pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_;
};

/// Calls work(0) .. work(jobs - 1), each in a thread of its own, and waits for all.
template <class Work>
void in_threads(unsigned jobs, Work& work) {
  struct Job {
    Work* work;
    unsigned number;
    pthread_t thread;
    bool started;
  };
  std::vector<Job> all(jobs);
  const auto run = [](void* argument) -> void* {
    Job& job = *static_cast<Job*>(argument);
    (*job.work)(job.number);
    return nullptr;
  };
  for (unsigned i = 1; i < jobs; ++i) {
    all[i] = {&work, i, {}, false};
    all[i].started = pthread_create(&all[i].thread, nullptr, run, &all[i]) == 0;
  }
  work(0);
  // What could not be started is left to those that could: work is taken, not assigned.
  for (unsigned i = 1; i < jobs; ++i)
    if (all[i].started) pthread_join(all[i].thread, nullptr);
}

/// Seconds, from some moment on; of the processor for all threads together.
inline double seconds_of(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}
inline double wall_seconds() {
  return seconds_of(CLOCK_MONOTONIC);
}
inline double cpu_seconds() {
  return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

}  // namespace gms::explore
