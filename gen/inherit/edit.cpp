#include "gen/inherit/edit.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/spelling.h"
#include "gen/inherit/messages.h"

namespace gms::gen {

namespace diag = inherit::diag;

namespace {

// Where a statement stands. Invalid after the block or one around it has changed.
struct Place {
  ast::Block* block = nullptr;
  std::size_t index = 0;

  ast::Stmt& stmt() const { return (*block)[index]; }
};

// The blocks of a statement.
std::vector<ast::Block*> blocks_of(ast::Stmt& stmt) {
  if (auto* s = std::get_if<ast::IfStmt>(&stmt.node)) return {&s->then_body, &s->else_body};
  if (auto* s = std::get_if<ast::StepStmt>(&stmt.node)) return {&s->body};
  if (auto* s = std::get_if<ast::HoldStmt>(&stmt.node)) return {&s->body};
  if (auto* s = std::get_if<ast::ScanStmt>(&stmt.node)) return {&s->body};
  if (auto* s = std::get_if<ast::EachStmt>(&stmt.node)) return {&s->body};
  return {};
}

std::optional<ast::Name> step_name(const ast::Stmt& stmt) {
  const auto* step = std::get_if<ast::StepStmt>(&stmt.node);
  return step != nullptr ? step->name : std::nullopt;
}

bool is_called(const ast::Stmt& stmt, std::string_view label) {
  if (stmt.label && stmt.label->name.text == label) return true;
  const std::optional<ast::Name> step = step_name(stmt);
  return step && step->text == label;
}

void find(ast::Block& block, std::string_view label, std::vector<Place>& found) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (is_called(block[i], label)) found.push_back({&block, i});
    for (ast::Block* inner : blocks_of(block[i]))
      find(*inner, label, found);
  }
}

void all_labels(ast::Block& block, std::vector<std::string_view>& labels, bool& unlabelled) {
  for (ast::Stmt& stmt : block) {
    if (stmt.label) labels.push_back(stmt.label->name.text);
    if (const auto* step = std::get_if<ast::StepStmt>(&stmt.node); step && step->name) {
      labels.push_back(step->name->text);
    }
    if (std::holds_alternative<ast::ExitStmt>(stmt.node) && !stmt.label) unlabelled = true;
    for (ast::Block* inner : blocks_of(stmt))
      all_labels(*inner, labels, unlabelled);
  }
}

class Editor {
 public:
  Editor(const ast::Name& owner, ast::Block& body, base::DiagSink& sink)
      : owner_(owner), body_(body), sink_(sink) {}

  bool apply(const ast::EditInsert& edit) {
    switch (edit.place) {
      case ast::EditPlace::kFirst:
        body_.insert(body_.begin(), edit.stmts.begin(), edit.stmts.end());
        return true;
      case ast::EditPlace::kLast:
        body_.insert(body_.end(), edit.stmts.begin(), edit.stmts.end());
        return true;
      case ast::EditPlace::kBefore:
      case ast::EditPlace::kAfter: {
        const std::optional<Place> at = place(*edit.at);
        if (!at) return false;
        const std::size_t index = at->index + (edit.place == ast::EditPlace::kAfter ? 1 : 0);
        at->block->insert(at->block->begin() + static_cast<std::ptrdiff_t>(index),
                          edit.stmts.begin(), edit.stmts.end());
        return true;
      }
      case ast::EditPlace::kReplace: {
        const std::optional<Place> at = place(*edit.at);
        if (!at) return false;
        ast::Stmt stmt = edit.stmts.front();
        keep_label(at->stmt(), *edit.at, stmt);
        at->stmt() = std::move(stmt);
        return true;
      }
    }
    return false;
  }

  bool apply(const ast::EditDrop& edit) {
    const std::optional<Place> at = place(edit.label);
    if (!at) return false;
    at->block->erase(at->block->begin() + static_cast<std::ptrdiff_t>(at->index));
    return true;
  }

  bool apply(const ast::EditSwap& edit) {
    const std::optional<Place> a = place(edit.a);
    const std::optional<Place> b = place(edit.b);
    if (!a || !b) return false;
    if (contains(a->stmt(), edit.b.text)) {
      sink_.report(diag::swap_nested, edit.b.span, edit.b.text, edit.a.text);
      return false;
    }
    if (contains(b->stmt(), edit.a.text)) {
      sink_.report(diag::swap_nested, edit.a.span, edit.a.text, edit.b.text);
      return false;
    }
    if (&a->stmt() != &b->stmt()) std::swap(a->stmt(), b->stmt());
    return true;
  }

 private:
  std::optional<Place> place(const ast::Name& label) {
    std::vector<Place> found;
    find(body_, label.text, found);
    if (found.size() == 1) return found.front();
    if (found.empty()) {
      base::Diagnostic& diagnostic =
          sink_.report(diag::unknown_inherited_label, label.span, owner_.text, label.text);
      diagnostic.note(owner_.span, "it is declared here");
      std::vector<std::string_view> labels;
      bool unlabelled = false;
      all_labels(body_, labels, unlabelled);
      if (const auto near = base::closest_name(label.text, labels)) {
        diagnostic.with_hint("did you mean '" + std::string(*near) + "'?");
      } else if (unlabelled) {
        diagnostic.with_hint("only clauses with a label of their own can be named here");
      }
      return std::nullopt;
    }
    base::Diagnostic& diagnostic =
        sink_.report(diag::ambiguous_label, label.span, owner_.text, label.text);
    for (const Place& one : found)
      diagnostic.note(one.stmt().span, "one is here");
    return std::nullopt;
  }

  static bool contains(ast::Stmt& outer, std::string_view label) {
    std::vector<Place> found;
    for (ast::Block* inner : blocks_of(outer))
      find(*inner, label, found);
    return !found.empty();
  }

  // What replaces a clause is called as the clause was, unless it has a name of its own.
  static void keep_label(const ast::Stmt& old, const ast::Name& name, ast::Stmt& stmt) {
    if (stmt.label || step_name(stmt)) return;
    auto* step = std::get_if<ast::StepStmt>(&stmt.node);
    if (step != nullptr && !old.label) {
      step->name = name;
    } else {
      stmt.label = ast::Label{name, std::nullopt};
    }
  }

  const ast::Name& owner_;
  ast::Block& body_;
  base::DiagSink& sink_;
};

}  // namespace

bool apply_edits(const ast::EditDecl& edits, const ast::Name& owner, ast::Block& body,
                 base::DiagSink& sink) {
  Editor editor(owner, body, sink);
  bool good = true;
  for (const ast::Edit& edit : edits.edits) {
    const bool done =
        std::visit([&editor](const auto& node) { return editor.apply(node); }, edit.node);
    good = good && done;
  }
  return good;
}

}  // namespace gms::gen
