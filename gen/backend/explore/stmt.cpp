#include "gen/backend/explore/stmt.h"

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::gen::explore {
namespace {

using ir::kNoId;
using ir::TypeKind;

void binders_of(const ir::Module& m, ir::ExprId id, std::set<ir::VarId>& into) {
  if (id == kNoId) return;
  const ir::Expr& e = m.exprs[id];
  if (e.binders != kNoId)
    for (const ir::Binder& binder : m.binder_lists[e.binders])
      into.insert(binder.var);
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { binders_of(m, arg, into); });
}

bool reads_state(const ir::Module& m, ir::ExprId id) {
  if (id == kNoId) return false;
  const ir::Expr& e = m.exprs[id];
  if (e.op == ir::Op::kState || e.op == ir::Op::kCall) return true;
  bool reads = false;
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { reads = reads || reads_state(m, arg); });
  return reads;
}

}  // namespace

StmtWriter::StmtWriter(const Unit& unit, const ir::Callable& callable, bool is_action,
                       base::TextWriter& out)
    : u_(unit),
      callable_(callable),
      is_action_(is_action),
      out_(out),
      exprs_(unit, callable.locals, unit.functions) {}

bool StmtWriter::has_choices(const ir::Module& m, const ir::Block& block) {
  bool has = false;
  ir::for_each_stmt(m, block, [&](ir::StmtId, const ir::Stmt& stmt) {
    if (std::holds_alternative<ir::Choose>(stmt.node)) has = true;
    if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) has = has || guard->may;
    if (const auto* call = std::get_if<ir::Call>(&stmt.node))
      has = has || has_choices(m, m.procs[call->proc].body);
  });
  return has;
}

void StmtWriter::declare_locals() {
  std::set<ir::VarId> skip(callable_.params.begin(), callable_.params.end());
  ir::for_each_stmt(u_.m, callable_.body, [&](ir::StmtId, const ir::Stmt& stmt) {
    ir::for_each_expr(stmt, [&](ir::ExprId e) { binders_of(u_.m, e, skip); });
    if (const auto* update = std::get_if<ir::Update>(&stmt.node))
      for (const ir::Binder& binder : update->binders)
        skip.insert(binder.var);
  });
  for (ir::VarId v = 0; v < callable_.locals.size(); ++v) {
    if (skip.count(v) != 0) continue;
    const ir::Type& type = callable_.locals[v].type;
    out_.line("[[maybe_unused]] ", Unit::type(type), " ", exprs_.name(v), " = ", u_.zero(type),
              ";");
  }
}

void StmtWriter::block(const ir::Block& statements) {
  for (const ir::StmtId id : statements)
    stmt(id);
}

void StmtWriter::assign(const ir::Assign& s) {
  out_.line(exprs_.name(s.var), " = ", exprs_.text(s.value), ";");
}

/// A procedure returns the clause at which its caller ends, or kOn.
void StmtWriter::leave(const std::string& clause) {
  if (is_action_) {
    if (clause != "clause") out_.line("clause = ", clause, ";");
    out_.line("goto done;");
  } else {
    out_.line("return ", clause, ";");
  }
}

void StmtWriter::stmt(ir::StmtId id) {
  std::visit(ir::Overloaded{
                 [&](const ir::Let& s) {
                   assign({s.var, s.value});
                 },
                 [&](const ir::Assign& s) { assign(s); },
                 [&](const ir::Update& s) { update(s); },
                 [&](const ir::Guard& s) { guard(s); },
                 [&](const ir::Return& s) { returns(s); },
                 [&](const ir::Call& s) { call(s); },
                 [&](const ir::If& s) {
                   out_.open("if " + ('(' + exprs_.text(s.cond)) + ") {");
                   block(s.then_block);
                   if (!s.else_block.empty()) {
                     out_.reopen("} else {");
                     block(s.else_block);
                   }
                   out_.close();
                 },
                 [&](const ir::Choose& s) { choose(s); },
                 [&](const ir::Require& s) {
                   out_.line("if (!", exprs_.text(s.cond), ") ",
                             is_action_ ? "goto dead;" : "return kDead;");
                 },
                 [&](const ir::Create& s) { create(s); },
                 [&](const ir::Destroy& s) {
                   const ir::DomainId d = u_.m.exprs[s.handle].type.decl;
                   out_.line("destroy_", u_.domains[d], "(s, ", exprs_.text(s.handle), ", cx);");
                 },
                 [&](const auto&) { u_.problems.emplace_back("a step or a lock"); },
             },
             u_.m.stmts[id].node);
}

void StmtWriter::guard(const ir::Guard& s) {
  if (s.raced) return;  // never alone
  std::string cond = exprs_.condition(s.cond);
  if (s.may) cond += " && cx.pick(2) == 0";
  out_.open("if (" + cond + ") {  // " + u_.m.clauses[s.clause].label);
  for (const ir::Assign& a : s.with)
    assign(a);
  leave(std::to_string(s.clause));
  out_.close();
}

void StmtWriter::returns(const ir::Return& s) {
  out_.open("if (" + exprs_.condition(s.cond) + ") {");
  for (std::size_t i = 0; i < s.values.size(); ++i)
    out_.line("const auto value", std::to_string(i), " = ", exprs_.text(s.values[i]), ";");
  for (std::size_t i = 0; i < s.values.size(); ++i)
    out_.line(exprs_.name(callable_.outputs[i]), " = value", std::to_string(i), ";");
  out_.line("return kOn;");
  out_.close();
}

void StmtWriter::call(const ir::Call& s) {
  const ir::Callable& proc = u_.m.procs[s.proc];
  std::string args;
  for (const ir::ExprId arg : s.args)
    args += ", " + exprs_.text(arg);
  out_.open("{");
  std::string stores;
  for (std::size_t i = 0; i < proc.outputs.size(); ++i) {
    const std::string name = "result" + std::to_string(i);
    out_.line(Unit::type(proc.locals[proc.outputs[i]].type), " ", name, ";");
    args += ", " + name;
    if (i < s.results.size() && s.results[i] != kNoId)
      stores += exprs_.name(s.results[i]) + " = " + name + "; ";
  }
  out_.line("const unsigned left = ", u_.procs[s.proc], "(s, before, cx", args, ");");
  if (is_action_) {
    out_.line("if (left == kDead) goto dead;");
    out_.open("if (left != kOn) {");
    out_.line("clause = left;");
    leave("clause");
    out_.close();
  } else {
    out_.line("if (left != kOn) return left;");
  }
  if (!stores.empty()) out_.line(stores.substr(0, stores.size() - 1));
  out_.close();
}

void StmtWriter::choose(const ir::Choose& s) {
  const ir::Type& type = callable_.locals[s.var].type;
  const std::string& v = exprs_.name(s.var);
  const std::string dead = is_action_ ? "goto dead;" : "return kDead;";
  out_.open("{");
  std::string count, value;
  const ir::Type plain = ir::value_of(type);
  switch (plain.kind) {
    case TypeKind::kBool:
      count = "2";
      value = "taken";
      break;
    case TypeKind::kEnum:
      count = std::to_string(u_.m.enums[plain.decl].members.size());
      value = "taken";
      break;
    case TypeKind::kHandle: {
      const std::string& d = u_.domains[plain.decl];
      out_.line("const u64 count = count_", d, "(s);");
      count = "count";
      value = "nth_" + d + "(s, taken)";
      break;
    }
    case TypeKind::kIndex:
    case TypeKind::kInt: {
      const bool index = plain.kind == TypeKind::kIndex;
      if (s.lo != kNoId) {
        if (plain.is_signed) u_.problems.emplace_back("a choice in a range of signed numbers");
        out_.line("const u64 lo = ", exprs_.text(s.lo), ";");
        out_.line("u64 count = ", exprs_.text(s.hi), ";");
        out_.line("count = count > lo ? count - lo : 0;");
      } else {
        out_.line("const u64 lo = 0;");
        const std::string all = index ? std::to_string(u_.b.sorts[plain.decl])
                                      : "ones(" + std::to_string(plain.width) + ")";
        out_.line("u64 count = ", all, ";");
      }
      const std::string what =
          index ? u_.m.index_sorts[plain.decl].name : ir::type_text(u_.m, plain);
      const std::uint64_t most = index ? u_.b.sorts[plain.decl] + 1 : 4096;
      const std::string limit = std::to_string(most);
      out_.line("if (count > ", limit, ") { cx.cut(",
                std::to_string(u_.reason("a choice of " + what + " among more than " + limit)),
                "); count = ", limit, "; }");
      count = "count";
      value = "lo + taken";
      break;
    }
  }
  const std::string more = type.optional ? " + 1" : "";
  out_.line("if (", count, more, " == 0) ", dead);
  out_.line("const u64 taken = cx.pick(", count, more, ");");
  if (type.optional)
    out_.line(v, " = taken < ", count, " ? some(", value, ") : Opt{};");
  else
    out_.line(v, " = ", value, ";");
  out_.close();
  if (s.cond != kNoId) out_.line("if (!", exprs_.text(s.cond), ") ", dead);
}

void StmtWriter::create(const ir::Create& s) {
  const ir::DomainId d = callable_.locals[s.var].type.decl;
  out_.line(exprs_.name(s.var), " = create_", u_.domains[d], "(s, before, cx);");
  out_.line("if (cx.is_cut()) ", is_action_ ? "goto done;" : "return kDead;");
}

/// All points at once: what is read is the state before, `old`.
void StmtWriter::update(const ir::Update& s) {
  bool any = false, reads = s.binders.empty() ? false : reads_state(u_.m, s.where);
  for (const ir::Update::One& one : s.assigns) {
    if (!u_.layout.fields[one.state].kept) continue;
    any = true;
    if (one.value == kNoId)
      u_.problems.emplace_back("any value for " + u_.m.states[one.state].name);
    // A single assignment at a single point reads before it writes.
    if (s.binders.empty() && s.assigns.size() == 1) continue;
    reads = reads || reads_state(u_.m, one.value);
    for (const ir::ExprId key : one.keys)
      reads = reads || reads_state(u_.m, key);
  }
  if (!any) return;
  for (const ir::Binder& binder : s.binders)
    reads = reads || reads_state(u_.m, binder.lo) || reads_state(u_.m, binder.hi);
  if (s.where != kNoId && s.binders.empty() && s.assigns.size() > 1) reads = true;
  out_.open("{");
  if (reads) out_.line("const State old = s;");
  const std::string now = exprs_.state;
  if (reads) exprs_.state = "old";
  std::string loops;
  for (const ir::Binder& binder : s.binders)
    loops += exprs_.loop(binder);
  if (s.where != kNoId) loops += "if (" + exprs_.text(s.where) + ") ";
  out_.open(loops + "{");
  for (const ir::Update::One& one : s.assigns) {
    if (!u_.layout.fields[one.state].kept || one.value == kNoId) continue;
    std::string args;
    for (const ir::ExprId key : one.keys)
      args += ", " + exprs_.text(key);
    out_.line("set_", u_.states[one.state], "(s", args, ", ", exprs_.text(one.value), ", cx);");
  }
  out_.close();
  exprs_.state = now;
  out_.close();
}

}  // namespace gms::gen::explore
