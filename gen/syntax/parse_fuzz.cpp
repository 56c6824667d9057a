// Any bytes: no crash, no hang, a message or a tree; and a tree's text parses to the same text
// again.
//
// Built with clang and -fsanitize=fuzzer this is a libFuzzer target. Without (GMS_FUZZ_STANDALONE)
// it has its own simple loop: parse_fuzz SECONDS SEED FILE...
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/render_text.h"
#include "base/source.h"
#include "gen/ast/print.h"
#include "gen/syntax/parse.h"

namespace {

// The canonical text, or nothing. Stops the program when parsing breaks its promises.
std::optional<std::string> canonical(const std::string& text) {
  gms::base::SourceSet sources;
  gms::base::DiagSink sink;
  const std::optional<gms::gen::ast::File> file =
      gms::gen::parse_spec(sources.add("fuzz.gms", text), sources, sink);
  const std::string messages = gms::base::render_text(sink, sources);
  if (file.has_value() == sink.has_errors() || sink.has_errors() == messages.empty()) std::abort();
  if (!file) return std::nullopt;
  return gms::gen::ast::print(*file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::optional<std::string> once = canonical(std::string(data, data + size));
  if (once && canonical(*once) != once) {
    std::fprintf(stderr, "no round trip:\n%s", once->c_str());
    std::abort();
  }
  return 0;
}

#ifdef GMS_FUZZ_STANDALONE

#include <algorithm>
#include <cctype>
#include <chrono>
#include <random>
#include <utility>
#include <vector>

#include "base/file_system.h"

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit) {
  return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
}

// Words and marks of a text: mutations of whole tokens get further into the parser than those of
// bytes.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> tokens;
  const auto is_letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (const char c : text) {
    const bool grows = !tokens.empty() && is_letter(c) && is_letter(tokens.back().back());
    if (grows) {
      tokens.back() += c;
    } else {
      tokens.emplace_back(1, c);
    }
  }
  return tokens;
}

std::string mutate(const std::vector<std::string>& corpus, Random& random) {
  std::vector<std::string> tokens = split(corpus[below(random, corpus.size())]);
  const std::vector<std::string> donor = split(corpus[below(random, corpus.size())]);
  for (std::size_t edits = 1 + below(random, 6); edits > 0; --edits) {
    const auto at = tokens.begin() + static_cast<std::ptrdiff_t>(below(random, tokens.size()));
    const std::size_t from = below(random, donor.size());
    const std::size_t count = 1 + below(random, std::min<std::size_t>(20, donor.size() - from));
    const auto first = donor.begin() + static_cast<std::ptrdiff_t>(from);
    if (tokens.empty() || donor.empty()) return {};
    switch (below(random, 5)) {
      case 0: tokens.erase(at); break;
      case 1: tokens.insert(at, first, first + static_cast<std::ptrdiff_t>(count)); break;
      case 2: *at = donor[from]; break;
      case 3: (*at)[below(random, at->size())] = static_cast<char>(random()); break;
      default: std::swap(*at, tokens[below(random, tokens.size())]); break;
    }
  }
  std::string text;
  for (const std::string& token : tokens)
    text += token;
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: parse_fuzz SECONDS SEED FILE...\n");
    return 2;
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  Random random(std::strtoull(argv[2], nullptr, 10));
  std::vector<std::string> corpus;
  for (int i = 3; i < argc; ++i) {
    if (auto read = gms::base::read_file(argv[i]); read.text) {
      corpus.push_back(std::move(*read.text));
    }
  }
  if (corpus.empty()) return 2;
  std::size_t runs = 0;
  std::size_t good = 0;
  double slowest = 0;
  while (std::chrono::steady_clock::now() < end) {
    const std::string text = mutate(corpus, random);
    // Where a crash can be found again.
    if (const auto error = gms::base::write_file("parse_fuzz.last", text)) return 2;
    const auto begin = std::chrono::steady_clock::now();
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    slowest = std::max(slowest, took.count());
    ++runs;
    if (canonical(text)) ++good;
  }
  std::printf("%zu texts, %zu of them valid, the slowest took %.3f s\n", runs, good, slowest);
  return 0;
}

#endif  // GMS_FUZZ_STANDALONE
