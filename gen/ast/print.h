// The canonical text of a syntax tree: one layout, the fewest parentheses. Parsing it gives the
// same tree (but for places and `//` remarks, which no tree holds).
#pragma once

#include <string>

#include "base/text_writer.h"
#include "gen/ast/ast.h"

namespace gms::gen::ast {

std::string print(const File& file);
std::string print(const Item& item);  // ends with a line end
std::string print(const Stmt& stmt);  // ends with a line end
std::string print(const Expr& expr);  // one line without an end
std::string print(const TypeRef& type);

}  // namespace gms::gen::ast
