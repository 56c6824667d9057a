// Events: what a line of a trace holds, and which actions it stands for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gen/sema/context.h"
#include "gen/sema/expr.h"

namespace gms::gen::sema {

class Events {
 public:
  explicit Events(Context& context) : ctx_(context) {}
  void run();

  /// Arguments whose value a log may lack: their parameters must turn out to decide nothing.
  struct UnloggedArg {
    ir::ActionId action;
    std::size_t param;  // position in ir::Action::params
    base::Span span;
  };
  const std::vector<UnloggedArg>& unlogged_args() const { return unlogged_args_; }

 private:
  struct Building {
    ir::Event event;
    Frame frame{Place::kEvent};
    std::vector<ir::VarId> unlogged;  // variables of fields with `= any`
    // By field: what `named` may bind, and the columns of arrays.
    std::vector<std::optional<ir::DomainId>> domains;
    std::vector<std::vector<LocalName>> columns;
  };
  void event(const ast::EventDecl& decl, base::Span span);
  void field(const ast::EventField& field, Building& b);
  void scalar_field(const ast::ScalarField& type, const ast::EventField& field,
                    ir::EventField& result, Building& b);
  void handle_field(const ast::HandleField& type, const ast::EventField& field,
                    ir::EventField& result, Building& b);
  void array_field(const ast::ArrayField& type, const ast::EventField& field,
                   ir::EventField& result, Building& b);
  void field_rules(const ast::EventField& field, std::size_t index, Building& b);
  std::optional<ir::Type> field_type(const ast::Name& name);

  std::vector<ir::EventStmt> block(const ast::EventBlock& block, Building& b);
  std::optional<ir::EventStmt> call(const ast::EventCall& call, base::Span span, Building& b);
  void observe(const ast::Observe& observe, ir::EventCall& result, Building& b);
  void observe_named(const ast::ObserveNamed& named, ir::EventCall& result, Building& b);
  std::optional<std::uint32_t> output_of(const ast::Name& name, ir::ActionId action);
  std::vector<ir::ExprId> arguments(const Signature& callee, ir::ActionId action,
                                    const std::vector<ast::Arg>& args, base::Span span,
                                    Building& b);
  ir::ExprId condition(const ast::ExprPtr& written, Building& b);
  std::optional<ir::EventStmt> for_each(const ast::EventFor& loop, base::Span span, Building& b);

  Context& ctx_;
  std::vector<UnloggedArg> unlogged_args_;
};

}  // namespace gms::gen::sema
