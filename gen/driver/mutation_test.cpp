// Damaged specs: whatever stands in the file, elaboration ends, and a module that comes out is
// well-formed. The damage is small (one token gone, doubled, or swapped with another place's), so
// most of it passes the parser and meets the checks of names, types and statements.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/render_text.h"
#include "gen/sema/sema.h"
#include "gen/syntax/parse.h"
#include "ir/verify.h"

namespace gms::gen {
namespace {

std::vector<std::string> tokens_of(const std::string& text) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (is_word(text[i])) {
      while (end < text.size() && is_word(text[end]))
        ++end;
    } else if (text.compare(i, 2, "//") == 0) {
      end = text.find('\n', i);
    } else if (text[i] == '"') {
      end = text.find('"', i + 1) + 1;
    }
    tokens.push_back(text.substr(i, end - i));
    i = end;
  }
  return tokens;
}

std::string joined(const std::vector<std::string>& tokens) {
  std::string text;
  for (const std::string& token : tokens)
    text += token;
  return text;
}

// The number of modules that came out.
int check(const std::string& text) {
  base::SourceSet sources;
  base::DiagSink sink;
  const base::FileId file = sources.add("damaged.gms", text);
  const auto tree = parse_spec(file, sources, sink);
  if (!tree) return 0;
  const auto module = elaborate(*tree, sink);
  EXPECT_EQ(module.has_value(), !sink.has_errors()) << text;
  if (!module) return 0;
  base::DiagSink verdict;
  EXPECT_TRUE(ir::verify(*module, verdict)) << base::render_text(verdict, sources) << text;
  return 1;
}

TEST(DamagedSpec, GivesAMessageOrAWellFormedModule) {
  const auto read = base::read_file("gen/tests/accept/everything.gms");
  ASSERT_TRUE(read.text) << read.error;
  const std::vector<std::string> tokens = tokens_of(*read.text);
  ASSERT_EQ(check(joined(tokens)), 1);
  const char* rounds = std::getenv("GMS_MUTATIONS");
  const int count = rounds != nullptr ? std::atoi(rounds) : 150;
  std::mt19937_64 random(20240611);
  const auto pick = [&] { return random() % tokens.size(); };
  int modules = 0;
  for (int i = 0; i < count && !HasFailure(); ++i) {
    std::vector<std::string> damaged = tokens;
    const int mistakes = 1 + static_cast<int>(random() % 3);
    for (int k = 0; k < mistakes; ++k) {
      const std::size_t at = pick();
      switch (random() % 3) {
        case 0: damaged[at].clear(); break;
        case 1: damaged[at] += " " + tokens[at]; break;
        case 2: damaged[at] = tokens[pick()]; break;
      }
    }
    modules += check(joined(damaged));
  }
  EXPECT_GT(modules,
            count / 50);  // else the damage is too coarse to test anything behind the parser
}

}  // namespace
}  // namespace gms::gen
