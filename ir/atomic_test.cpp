#include "ir/atomic.h"

#include <gtest/gtest.h>

#include "ir/taint.h"
#include "ir/test_modules.h"
#include "ir/text/parse.h"
#include "ir/text/print.h"
#include "ir/verify.h"

namespace gms::ir {
namespace {

Module parse_good(std::string_view text) {
  base::DiagSink sink;
  auto module = parse(text, base::FileId{0}, sink);
  for (const base::Diagnostic& d : sink.sorted())
    ADD_FAILURE() << d.message();
  return module.value_or(Module{});
}

// The text of one declaration.
std::string declaration(const Module& m, const std::string& head) {
  const std::string text = print(m, {.spans = false});
  const std::size_t at = text.find("\n(" + head);
  if (at == std::string::npos) return "";
  return text.substr(at + 1, text.find("\n\n", at) - at - 1);
}

TEST(Atomic, rewrites_steps_scans_and_eachs) {
  const Module atomic = to_atomic(parse_good(testing::kPages));
  EXPECT_EQ(declaration(atomic, "action convert"), R"((action convert
  (locals
    (i Inode)
    (lo Page)
    (hi Page)
    (want Sharing)
    (at Page)
    (p Page)
    (q Page)
    (r#7 Page)
    (s Page)
    (m Process)
    (r#10 Page)
    (r.first Page?)
    (r#12 Page))
  (params i lo hi want)
  (outputs at)
  (body
    (exit bad_range (if (not (and (lt lo hi) (le hi [npages i])))))
    (exit equal (if (forall ((p lo hi)) (eq [sharing i p] want))))
    (exit raced raced (if true))
    (if
      (eq want private:Sharing)
      (then
        (update (for ((m) (q lo hi))) (put [mapped m i q] false))
        (let r.first (first ((r#10 lo hi)) (call busy i r#10)))
        (let r#12 (unwrap r.first))
        (exit busy (if (is_some r.first)) (with at r#12))))
    (update (for ((s lo hi))) (put [sharing i s] want)))
  (end ok)))");
  EXPECT_NE(declaration(atomic, "action punch")
                .find("(update (for ((m#9) (q lo hi))) (where (live i)) (put [mapped m#9 i q] "
                      "false))"),
            std::string::npos)
      << declaration(atomic, "action punch");
  EXPECT_NE(declaration(atomic, "action read")
                .find("(body (set v (ite [cached i p] (some [content i p b]) none:u8?)))"),
            std::string::npos);
}

TEST(Atomic, keeps_modules_well_formed) {
  for (const std::string_view text : {testing::kLock, testing::kPages}) {
    const Module atomic = to_atomic(parse_good(text));
    base::DiagSink sink;
    EXPECT_TRUE(verify(atomic, sink));
    for (const base::Diagnostic& d : sink.sorted())
      ADD_FAILURE() << d.message();
    const std::string once = print(atomic);
    EXPECT_EQ(print(parse_good(once)), once);
    EXPECT_EQ(print(to_atomic(atomic)), once);
  }
}

}  // namespace
}  // namespace gms::ir
