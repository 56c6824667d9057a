// Text of a spec -> syntax tree. The only library that sees ANTLR; its headers do not.
//
// Never throws, never crashes, for any bytes. Every mistake of a file is reported in one run (at
// most one message for each line from the parser proper); a tree comes out only if there was none.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "gen/ast/ast.h"

namespace gms::gen {

// Brackets may be nested this deep. Refused on the tokens, before the parser recurses.
inline constexpr std::size_t kMaxNesting = 256;
// Brackets, operators and `else if` along one path of the tree: no tree is deeper than about this.
// A parser built with sanitizers needs up to 10 kB of stack for each level.
inline constexpr std::size_t kMaxDepth = 400;
// About 50,000 lines. The largest file a person would write is a hundredth of that.
inline constexpr std::size_t kMaxSpecBytes = std::size_t{2} << 20;

// A file that starts with `spec NAME`.
std::optional<ast::File> parse_spec(base::FileId file, const base::SourceSet& sources,
                                    base::DiagSink& sink);

// A file of items without the `spec` line, for `include`.
std::optional<std::vector<ast::Item>> parse_part(base::FileId file, const base::SourceSet& sources,
                                                 base::DiagSink& sink);

}  // namespace gms::gen
