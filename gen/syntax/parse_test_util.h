// Parsing from a string, for tests.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/diagnostic.h"
#include "base/render_text.h"
#include "base/source.h"
#include "gen/ast/ast.h"
#include "gen/syntax/parse.h"

namespace gms::gen::test {

struct Parsed {
  base::SourceSet sources;
  base::DiagSink sink;
  std::optional<ast::File> file;

  explicit Parsed(std::string text) {
    const base::FileId id = sources.add("t.gms", std::move(text));
    file = parse_spec(id, sources, sink);
  }
  std::string messages() const { return base::render_text(sink, sources); }
};

}  // namespace gms::gen::test
