#include "checker/vectors/premises.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ir/test_atomic.h"
#include "ir/test_modules.h"
#include "ir/verify.h"

namespace gms::check {
namespace {

TEST(Premises, AreThoseOfImplications) {
  const ir::Module module = ir::testing::atomic(ir::testing::kLock);
  const Premises premises = with_premises(module);
  base::DiagSink sink;
  EXPECT_TRUE(ir::verify(premises.module, sink));
  std::vector<std::string> names;
  for (const Premises::Premise& one : premises.premises)
    names.push_back(premises.module.properties[one.cover].name);
  EXPECT_EQ(names, (std::vector<std::string>{"premise_of_exclusive", "premise_of_unlock_frees"}));
}

}  // namespace
}  // namespace gms::check
