// Pieces that print_expr.cpp, print_stmt.cpp and print_item.cpp share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text_writer.h"
#include "gen/ast/ast.h"

namespace gms::gen::ast {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

// The pieces with a separator between them.
template <typename T, typename Print>
std::string join(const std::vector<T>& all, Print print_one, const char* separator = ", ") {
  std::string text;
  for (const T& one : all) {
    if (&one != &all.front()) text += separator;
    text += print_one(one);
  }
  return text;
}

std::string names_text(const std::vector<Name>& names);
std::string quoted(const Text& text);
std::string expr_text(const ExprPtr& expr);  // `any` for null
std::string exprs_text(const std::vector<ExprPtr>& exprs);
std::string args_text(const std::vector<Arg>& args);  // with parentheses
std::string binders_text(const std::vector<Binder>& binders);
std::string binder_text(const Binder& binder);
std::string cite_text(const std::optional<Cite>& cite);  // "" or " [..]"
void write_doc(base::TextWriter& out, const Doc& doc);
void write_stmt(base::TextWriter& out, const Stmt& stmt);
void write_block(base::TextWriter& out, const Block& block);
std::string exit_text(const Exit& exit);
void write_event(base::TextWriter& out, const EventDecl& event);

}  // namespace gms::gen::ast
