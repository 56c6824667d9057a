// Declarations: names first, then types, values, state, and the bodies. Constants, functions and
// procedures are elaborated when their first user needs them, so that the module lists callees
// before callers whatever the order in the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gen/sema/context.h"
#include "gen/sema/stmt.h"

namespace gms::gen::sema {

class Declarations : public OnDemand {
 public:
  explicit Declarations(Context& context) : ctx_(context) { context.on_demand = this; }

  /// Everything but properties and events.
  void run();

  std::optional<ir::Const> constant(std::uint32_t item, base::Span user) override;
  ir::FnId function(std::uint32_t item, base::Span user) override;
  ir::ProcId procedure(std::uint32_t item, base::Span user) override;

 private:
  enum class Progress : std::uint8_t { kNew, kBusy, kDone };

  // decl_name.cpp
  void register_names();
  void add_errno();
  void add_name(SymbolTable& table, const ast::Name& name, const Symbol& symbol);
  void add_enum(const ast::EnumDecl& decl, base::Span span);
  void add_flags(const ast::FlagsDecl& decl, base::Span span);

  // decl.cpp
  void types();
  void enum_values(const ast::EnumDecl& decl, ir::EnumId id);
  void flag_values(const ast::FlagsDecl& decl, ir::EnumId id);
  void index_sort(const ast::IndexDecl& decl, ir::IndexSortId id);
  void structure(const ast::StructDecl& decl, std::uint32_t id);
  void param(const ast::ParamDecl& decl, ir::ParamId id);
  void lock(const ast::LockDecl& decl, ir::LockId id);
  void state(const ast::StateDecl& decl, ir::StateId id);
  bool check_keys(const std::vector<ast::TypeRef>& refs, std::vector<ir::Type>& keys);
  std::optional<std::uint64_t> constant_bits(const ast::Expr& expr, const ir::Type& type);
  /// Reports a cycle, and a chain of later declarations that is too long to follow.
  bool already_busy(std::uint32_t item, const ast::Name& name, base::Span user);

  // decl_body.cpp
  void action(const ast::ActionDecl& decl, ir::ActionId id);

  Context& ctx_;
  std::vector<Progress> progress_;     // by AST item
  std::vector<std::uint32_t> result_;  // by AST item: id in the module, or kNoId
  std::size_t chain_ = 0;              // declarations being elaborated, each for the one before it
};

}  // namespace gms::gen::sema
