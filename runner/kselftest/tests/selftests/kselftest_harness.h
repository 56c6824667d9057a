// Stands in for the header of a kernel tree: only what tests made by gmemspec use of it. Each test
// has a process of its own there as well.
#pragma once

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

struct __test_metadata {
  const char* name;
  void (*fn)(struct __test_metadata* _metadata);
  int exit_code;
  struct __test_metadata* next;
};
static struct __test_metadata* __test_first;
static struct __test_metadata** __test_end = &__test_first;

#define TEST(test_name)                                                                   \
  static void test_name(struct __test_metadata* _metadata);                               \
  static struct __test_metadata _##test_name##_object = {#test_name, test_name, 0, NULL}; \
  __attribute__((constructor)) static void _register_##test_name(void) {                  \
    *__test_end = &_##test_name##_object;                                                 \
    __test_end = &_##test_name##_object.next;                                             \
  }                                                                                       \
  static void test_name(struct __test_metadata* _metadata __attribute__((unused)))

#define SKIP(statement, ...)  \
  do {                        \
    printf("# ");             \
    printf(__VA_ARGS__);      \
    printf("\n");             \
    _metadata->exit_code = 4; \
    statement;                \
  } while (0)

#define ASSERT_NE(unwanted, seen)               \
  do {                                          \
    if ((unwanted) == (seen)) {                 \
      printf("# %s is %s\n", #seen, #unwanted); \
      fflush(stdout);                           \
      _exit(1);                                 \
    }                                           \
  } while (0)

static int test_harness_run(int argc, char** argv) {
  int number = 0, failed = 0;
  (void)argc, (void)argv;
  printf("TAP version 13\n");
  for (struct __test_metadata* t = __test_first; t != NULL; t = t->next) {
    int status = 0;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      t->fn(t);
      fflush(stdout);
      _exit(t->exit_code);
    }
    waitpid(child, &status, 0);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    printf("%s %d %s%s\n", code == 0 || code == 4 ? "ok" : "not ok", ++number, t->name,
           code == 4 ? " # SKIP" : "");
    if (code != 0 && code != 4) failed = 1;
  }
  printf("1..%d\n", number);
  return failed;
}
