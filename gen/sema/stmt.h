// Statements of procedures and actions: from the tree to ir::Stmt. Exits become clauses with
// labels; ranges and structs become the locals they are made of; `hold` becomes acquire and
// release.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gen/ast/ast.h"
#include "gen/sema/context.h"
#include "gen/sema/expr.h"

namespace gms::gen::sema {

/// Whose body it is.
struct Owner {
  std::string name;
  ir::ActionId action = ir::kNoId;  // kNoId: a procedure
  ir::Citation cite;                // of clauses without their own
};

ir::Citation citation(const std::optional<ast::Cite>& cite, const ir::Citation& otherwise);

/// Declares parameters and outputs as locals of the frame and records them in the callable.
/// `signature` gets one entry for each parameter.
void declare_params(Context& context, Frame& frame, Exprs& exprs,
                    const std::vector<ast::ParamDef>& params, bool inout_allowed,
                    ir::Callable& callable, Signature& signature);
void declare_outputs(Context& context, Frame& frame, Exprs& exprs,
                     const std::vector<ast::ParamDef>& outputs, ir::Callable& callable);

class Bodies {
 public:
  Bodies(Context& context, Frame& frame, Exprs& exprs, ir::Callable& callable, Owner owner)
      : ctx_(context),
        frame_(frame),
        exprs_(exprs),
        build_(context.build),
        callable_(callable),
        owner_(std::move(owner)) {}

  /// The outermost block; its lets go to `exported` instead of being checked for use here.
  void body(const ast::Block& block, ir::Block& out);

  const std::vector<ir::ClauseId>& clauses() const { return clauses_; }
  const std::vector<LocalName>& exported() const { return exported_; }

  /// A procedure's end that is reached returns the outputs as they are.
  void return_at_end(ir::Block& out, base::Span span);

  /// Adds a clause; reports a label that exists already.
  ir::ClauseId clause(const std::string& label, std::uint64_t result, const ir::Citation& cite,
                      const std::string& doc, base::Span span);

 private:
  enum class Scope { kExported, kOwn };
  void block(const ast::Block& block, ir::Block& out, Scope scope);
  void statement(const ast::Stmt& stmt, ir::Block& out);

  // stmt_exit.cpp
  struct ExitContext {
    const std::optional<ast::Label>& label;
    const std::string& doc;
    base::Span span;
  };
  void exit(const ast::Exit& exit, const ExitContext& where, ir::Block& out);
  ir::ClauseId exit_clause(const ast::Exit& exit, const ExitContext& where);
  std::optional<std::uint64_t> errno_value(const ast::Name& name);
  std::vector<ir::Assign> withs(const ast::Exit& exit);
  std::vector<ir::Racer> racers(const ast::Exit& exit);
  std::optional<ir::Racer> racer(const ast::Racer& racer, std::vector<LocalName>& bound);
  bool witness(const ast::Exit& exit, ir::ClauseId clause, ir::Guard& guard, ir::Block& out);
  void let(const ast::LetStmt& let, const ExitContext& where, ir::Block& out);
  void let_else(const ast::LetStmt& let, const ExitContext& where, ir::Block& out);
  void call(const ast::CallStmt& call, base::Span span, ir::Block& out);
  void give_back(const ast::ReturnStmt& stmt, base::Span span, ir::Block& out);

  // stmt_update.cpp
  void assign(const ast::AssignStmt& stmt, base::Span span, ir::Block& out);
  void assign_local(const ast::AssignStmt& stmt, LocalName& local, base::Span span, ir::Block& out);
  void for_each(const ast::ForStmt& stmt, base::Span span, ir::Block& out);
  void update(const std::vector<ast::Binder>& binders, const ast::ExprPtr& where,
              const std::vector<const ast::PointAssign*>& assigns, base::Span span, ir::Block& out);
  std::optional<ir::Update::One> point(const ast::PointAssign& assign, ir::Update& update);
  ir::ExprId key(const ast::Key& key, const ir::Type& type, ir::Update& update);
  ir::ExprId fresh_key(const ir::Type& type, ir::ExprId lo, ir::ExprId hi, base::Span span,
                       ir::Update& update);
  void check_keys(const ir::Update& update, std::size_t written_binders, base::Span span);

  // stmt_step.cpp
  void choose(const ast::ChooseStmt& stmt, base::Span span, ir::Block& out);
  void create(const ast::CreateStmt& stmt, base::Span span, ir::Block& out);
  void destroy(const ast::DestroyStmt& stmt, base::Span span, ir::Block& out);
  void hold(const ast::HoldStmt& stmt, base::Span span, ir::Block& out);
  void scan(const ast::ScanStmt& stmt, base::Span span, ir::Block& out);
  void each(const ast::EachStmt& stmt, const std::optional<ast::Label>& label, base::Span span,
            ir::Block& out);
  void check_each(const ir::Block& body, ir::ExprId where, base::Span span);
  std::optional<ir::Acquire> lock(const ast::Name& name, bool exclusive,
                                  const std::vector<ast::ExprPtr>& keys, base::Span span);

  ir::VarId declare(const ast::Name& name, const ir::Type& type, LocalKind kind);
  void push(ir::Block& out, decltype(ir::Stmt::node) node, base::Span span) {
    out.push_back(build_.stmt(std::move(node), span));
  }

  Context& ctx_;
  Frame& frame_;
  Exprs& exprs_;
  Builder& build_;
  ir::Callable& callable_;
  Owner owner_;
  std::vector<ir::ClauseId> clauses_;
  std::map<std::uint64_t, unsigned> exits_by_errno_;
  std::vector<LocalName> exported_;
  int hidden_depth_ = 0;  // inside `if` and `each`: lets are not exported
};

/// Whether the expression mentions one of the variables.
bool mentions(const ir::Module& module, ir::ExprId id, const std::vector<ir::VarId>& vars);

/// Whether control can pass the end of the block.
bool falls_through(const ir::Module& module, const ir::Block& block);

}  // namespace gms::gen::sema
