#include "ir/interp/footprint.h"

#include <gtest/gtest.h>

#include "gen/compile.h"
