// Stands in for the header of a kernel tree: only what tests made by gmemspec use of it.
#pragma once

#include <stdio.h>
#include <stdlib.h>

#define TEST_REQUIRE(condition)                                    \
  do {                                                             \
    if (!(condition)) {                                            \
      printf("1..0 # SKIP Requirement not met: %s\n", #condition); \
      exit(4);                                                     \
    }                                                              \
  } while (0)
