#include "gen/sema/stmt.h"

#include <algorithm>
#include <type_traits>

namespace gms::gen::sema {

ir::Citation citation(const std::optional<ast::Cite>& cite, const ir::Citation& otherwise) {
  if (!cite) return otherwise;
  ir::Citation result;
  switch (cite->evidence) {
    case ast::Evidence::kTrace: result.evidence = ir::Evidence::kTrace; break;
    case ast::Evidence::kSource: result.evidence = ir::Evidence::kSource; break;
    case ast::Evidence::kPatch: result.evidence = ir::Evidence::kPatch; break;
    case ast::Evidence::kInferred: result.evidence = ir::Evidence::kInferred; break;
  }
  // `[trace]` on a clause says how it is known; the kernel function is still the action's.
  result.function = cite->function ? cite->function->text : otherwise.function;
  if (cite->note) result.note = cite->note->value;
  return result;
}

void declare_params(Context& context, Frame& frame, Exprs& exprs,
                    const std::vector<ast::ParamDef>& params, bool inout_allowed,
                    ir::Callable& callable, Signature& signature) {
  for (const ast::ParamDef& param : params) {
    if (param.inout && !inout_allowed) context.diags.report(diag::inout_misplaced, param.span);
    LocalName local;
    local.name = param.name.text;
    local.type = context.resolve(param.type);
    local.span = param.name.span;
    local.kind = param.inout ? LocalKind::kOutput : LocalKind::kParam;
    if (param.inout && !local.type.is_scalar() && !local.type.is_poison()) {
      context.diags.report(diag::declared_type, param.type.span, context.name_of(local.type),
                           "an output");
      local.type = Type::poison();
    }
    if (const LocalName* other = frame.scopes.find(local.name)) {
      context.diags.report(diag::duplicate_name, local.span, local.name)
          .note(other->span, "the first one");
    }
    if (local.type.is_scalar()) {
      local.vars = {frame.new_var(local.name, local.type.scalar)};
    } else if (local.type.shape == Shape::kRange) {
      for (const char* end : {".lo", ".hi"})
        local.vars.push_back(frame.new_var(local.name + end, local.type.scalar));
    } else if (local.type.shape == Shape::kStruct) {
      for (const StructField& field : context.globals.structs[local.type.structure].fields)
        local.vars.push_back(frame.new_var(local.name + "." + field.name, field.type));
    }
    callable.params.insert(callable.params.end(), local.vars.begin(), local.vars.end());
    if (param.inout)
      callable.outputs.insert(callable.outputs.end(), local.vars.begin(), local.vars.end());
    signature.params.push_back({local.name, local.type, param.span});
    exprs.declare(std::move(local));
  }
}

void declare_outputs(Context& context, Frame& frame, Exprs& exprs,
                     const std::vector<ast::ParamDef>& outputs, ir::Callable& callable) {
  for (const ast::ParamDef& output : outputs) {
    LocalName local;
    local.name = output.name.text;
    local.type = context.resolve(output.type);
    local.span = output.name.span;
    local.kind = LocalKind::kOutput;
    if (!local.type.is_scalar() && !local.type.is_poison()) {
      context.diags.report(diag::declared_type, output.type.span, context.name_of(local.type),
                           "an output");
      local.type = Type::poison();
    }
    if (output.inout) context.diags.report(diag::inout_misplaced, output.span);
    if (const LocalName* other = frame.scopes.find(local.name)) {
      context.diags.report(diag::repeated_output, local.span, local.name)
          .note(other->span, "the first one")
          .with_hint("a parameter that is written back is declared `inout`");
      continue;
    }
    if (local.type.is_scalar()) local.vars = {frame.new_var(local.name, local.type.scalar)};
    callable.outputs.insert(callable.outputs.end(), local.vars.begin(), local.vars.end());
    exprs.declare(std::move(local));
  }
}

void Bodies::body(const ast::Block& statements, ir::Block& out) {
  block(statements, out, Scope::kExported);
}

void Bodies::block(const ast::Block& statements, ir::Block& out, Scope scope) {
  frame_.scopes.push();
  if (scope == Scope::kOwn) ++hidden_depth_;
  for (const ast::Stmt& stmt : statements)
    statement(stmt, out);
  if (scope == Scope::kOwn) --hidden_depth_;
  const bool exported = hidden_depth_ == 0 && owner_.action != ir::kNoId;
  if (!exported) {
    exprs_.leave_scope();
    return;
  }
  frame_.scopes.pop([&](const LocalName& local) {
    if (local.kind == LocalKind::kLet || local.kind == LocalKind::kCreated)
      exported_.push_back(local);
  });
}

void Bodies::statement(const ast::Stmt& stmt, ir::Block& out) {
  const base::Span span = stmt.span;
  const ExitContext where{stmt.label, stmt.doc, span};
  std::visit(
      [&](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, ast::ExitStmt>) {
          exit(node.exit, where, out);
        } else if constexpr (std::is_same_v<Node, ast::LetStmt>) {
          let(node, where, out);
        } else if constexpr (std::is_same_v<Node, ast::CallStmt>) {
          call(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::ReturnStmt>) {
          give_back(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::AssignStmt>) {
          assign(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::ForStmt>) {
          for_each(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::IfStmt>) {
          ir::If result;
          result.cond = exprs_.condition(*node.cond);
          block(node.then_body, result.then_block, Scope::kOwn);
          block(node.else_body, result.else_block, Scope::kOwn);
          push(out, std::move(result), span);
        } else if constexpr (std::is_same_v<Node, ast::ChooseStmt>) {
          choose(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::RequireStmt>) {
          push(out, ir::Require{exprs_.condition(*node.cond)}, span);
        } else if constexpr (std::is_same_v<Node, ast::CreateStmt>) {
          create(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::DestroyStmt>) {
          destroy(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::StepStmt>) {
          ir::Step result;
          if (node.name)
            result.label = node.name->text;
          else if (stmt.label)
            result.label = stmt.label->name.text;
          result.linearize = node.linearize;
          // Says when, not where: what is let in it is known behind it.
          for (const ast::Stmt& inner : node.body)
            statement(inner, result.body);
          push(out, std::move(result), span);
        } else if constexpr (std::is_same_v<Node, ast::HoldStmt>) {
          hold(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::AcquireStmt>) {
          if (auto result = lock(node.lock, node.exclusive, node.keys, span))
            push(out, std::move(*result), span);
        } else if constexpr (std::is_same_v<Node, ast::ReleaseStmt>) {
          if (auto result = lock(node.lock, true, node.keys, span))
            push(out, ir::Release{result->lock, std::move(result->keys)}, span);
        } else if constexpr (std::is_same_v<Node, ast::ScanStmt>) {
          scan(node, span, out);
        } else if constexpr (std::is_same_v<Node, ast::EachStmt>) {
          each(node, stmt.label, span, out);
        } else if constexpr (std::is_same_v<Node, ast::AwaitStmt>) {
          push(out, ir::Await{exprs_.condition(*node.cond)}, span);
        } else if constexpr (std::is_same_v<Node, ast::SampleStmt>) {
          push(out, ir::Sample{declare(node.name, bool_type(), LocalKind::kLet), node.counter.text},
               span);
        } else {
          static_assert(std::is_same_v<Node, ast::RetryStmt>);
          push(out, ir::Retry{exprs_.condition(node.cond)}, span);
        }
      },
      stmt.node);
}

ir::VarId Bodies::declare(const ast::Name& name, const ir::Type& type, LocalKind kind) {
  LocalName local;
  local.name = name.text;
  local.type = Type::of(type);
  local.span = name.span;
  local.kind = kind;
  local.vars = {frame_.new_var(name.text, type)};
  const ir::VarId var = local.vars[0];
  exprs_.declare(std::move(local));
  return var;
}

void Bodies::return_at_end(ir::Block& out, base::Span span) {
  if (callable_.outputs.empty() || !falls_through(ctx_.module, out)) return;
  ir::Return result;
  for (const ir::VarId var : callable_.outputs)
    result.values.push_back(build_.var(var, frame_.locals[var].type, span));
  push(out, std::move(result), span);
}

bool mentions(const ir::Module& module, ir::ExprId id, const std::vector<ir::VarId>& vars) {
  if (id == ir::kNoId) return false;
  const ir::Expr& expr = module.exprs[id];
  if (expr.op == ir::Op::kVar) return std::find(vars.begin(), vars.end(), expr.ref) != vars.end();
  if (expr.binders != ir::kNoId) {
    for (const ir::Binder& binder : module.binder_lists[expr.binders])
      if (mentions(module, binder.lo, vars) || mentions(module, binder.hi, vars)) return true;
  }
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ir::ExprId arg) { return mentions(module, arg, vars); });
}

bool falls_through(const ir::Module& module, const ir::Block& block) {
  for (const ir::StmtId id : block) {
    const auto& node = module.stmts[id].node;
    if (const auto* guard = std::get_if<ir::Guard>(&node)) {
      if (guard->cond == ir::kNoId && !guard->may && !guard->raced) return false;
    } else if (const auto* give = std::get_if<ir::Return>(&node)) {
      if (give->cond == ir::kNoId) return false;
    } else if (const auto* choice = std::get_if<ir::If>(&node)) {
      if (!falls_through(module, choice->then_block) && !falls_through(module, choice->else_block))
        return false;
    } else if (const auto* step = std::get_if<ir::Step>(&node)) {
      if (!falls_through(module, step->body)) return false;
    } else if (const auto* retry = std::get_if<ir::Retry>(&node)) {
      if (retry->cond == ir::kNoId) return false;
    }
  }
  return true;
}

}  // namespace gms::gen::sema
