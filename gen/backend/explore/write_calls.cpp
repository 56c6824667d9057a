#include <algorithm>

#include "gen/backend/explore/parts.h"
#include "gen/backend/explore/stmt.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::gen::explore {
namespace {

using ir::PropertyKind;

std::string num(std::uint64_t n) {
  return std::to_string(n);
}

std::string head(const Unit& u, const std::string& what, const Places& places, base::Span span) {
  (void)u;
  const std::string place = places ? places(span) : std::string();
  return "// " + what + (place.empty() ? "" : ", " + place);
}

std::string fn_head(const Unit& u, ir::FnId f, ExprWriter& e) {
  const ir::Callable& fn = u.m.fns[f];
  std::string text = "inline " + Unit::type(u.m.exprs[fn.expr].type) + ' ' + u.fns[f] +
                     "([[maybe_unused]] const State& s";
  for (const ir::VarId p : fn.params)
    text += ", [[maybe_unused]] " + Unit::type(fn.locals[p].type) + ' ' + e.name(p);
  return text + ", [[maybe_unused]] Context& cx)";
}

void write_proc(const Unit& u, ir::ProcId p, const Places& places, base::TextWriter& out) {
  const ir::Callable& proc = u.m.procs[p];
  base::TextWriter body;
  StmtWriter writer(u, proc, false, body);
  std::string params =
      "([[maybe_unused]] State& s, [[maybe_unused]] const State& before, "
      "[[maybe_unused]] Context& cx";
  for (const ir::VarId v : proc.params)
    params +=
        ", [[maybe_unused]] " + Unit::type(proc.locals[v].type) + ' ' + writer.exprs().name(v);
  for (std::size_t i = 0; i < proc.outputs.size(); ++i)
    params += ", " + Unit::type(proc.locals[proc.outputs[i]].type) + "& out" + num(i);
  out.blank();
  out.line(head(u, proc.name, places, proc.span));
  // Outputs get their values where the procedure is left.
  const bool has_outputs = !proc.outputs.empty();
  out.open("inline unsigned " + u.procs[p] + params + ") {");
  writer.declare_locals();
  if (has_outputs) body.open("const unsigned left = [&]() -> unsigned {");
  writer.body();
  body.line("return kOn;");
  if (has_outputs) {
    body.close("}();");
    for (std::size_t i = 0; i < proc.outputs.size(); ++i)
      body.line("out", num(i), " = ", writer.exprs().name(proc.outputs[i]), ";");
    body.line("return left;");
  }
  out.line(body.take());
  out.close();
}

void write_property(const Unit& u, std::size_t number, const Places& places,
                    base::TextWriter& out) {
  const ir::Property& p = u.m.properties[u.layout.checked[number]];
  const bool calls = is_of_calls(p);
  if (calls && p.actions.size() == 1) return;  // stands in the action
  ExprWriter e(u, p.locals, u.functions);
  if (calls) e.state = "before";
  out.blank();
  out.line(head(u, p.name, places, p.span));
  out.line("inline bool property_", num(number),
           calls ? "([[maybe_unused]] const State& before, [[maybe_unused]] const State& after, "
                   "[[maybe_unused]] unsigned clause, [[maybe_unused]] u64 result, "
                 : "([[maybe_unused]] const State& s, ",
           "[[maybe_unused]] Context& cx) {");
  out.line("  return ", e.text(p.expr), ";");
  out.line("}");
}

void write_action(const Unit& u, ir::ActionId a, const Places& places, base::TextWriter& out) {
  const ir::Action& action = u.m.actions[a];
  base::TextWriter body;
  StmtWriter writer(u, action, true, body);
  std::string params = "(const State& before";
  for (const ir::VarId v : action.params)
    params +=
        ", [[maybe_unused]] " + Unit::type(action.locals[v].type) + ' ' + writer.exprs().name(v);
  out.blank();
  out.line(head(u, action.name, places, action.span));
  out.open("inline void " + u.actions[a] + params + ", Sink& out) {");
  out.line("Context& cx = out.cx;");
  const bool choices = StmtWriter::has_choices(u.m, action.body);
  if (choices) out.open("do {");
  out.line("State s = before;");
  out.line("unsigned clause = ", num(action.ok_clause), ";");
  bool creates = false;
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d) {
    const Pool& pool = u.layout.pools[d];
    if (!pool.created) continue;
    creates = true;
    std::string used = "0";
    for (const ir::VarId v : action.params) {
      const ir::Type& type = action.locals[v].type;
      if (!pool.destroyed || type.kind != ir::TypeKind::kHandle || type.decl != d) continue;
      const std::string& name = writer.exprs().name(v);
      used += type.optional ? " | (" + name + ".has ? u64{1} << " + name + ".v : 0)"
                            : " | u64{1} << " + name;
    }
    out.line("cx.used[", num(d), "] = ", used, ";");
  }
  if (creates) out.line("if (cx.recording) cx.created.clear();");
  base::TextWriter declared;
  writer.declare_locals();
  writer.body();
  out.line(body.take());
  out.dedent().line("done:").indent();
  out.open("if (cx.is_cut()) {");
  out.line("out.cut();");
  out.reopen("} else {");
  out.line("[[maybe_unused]] const u64 result = kResults[clause];");
  for (std::size_t i = 0; i < u.layout.checked.size(); ++i) {
    const ir::Property& p = u.m.properties[u.layout.checked[i]];
    if (!is_of_call(p, a)) continue;
    out.open("if (cx.open[" + num(i) + "]) {  // " + p.name);
    std::string holds;
    if (p.actions.size() == 1) {
      ExprWriter e(u, p.locals, writer.exprs().scope());
      e.take_names(writer.exprs(), action.locals.size());
      e.state = "before";
      e.primed = "s";
      holds = e.text(p.expr);
    } else {
      holds = "property_" + num(i) + "(before, s, clause, result, cx)";
    }
    out.line("const bool holds = ", holds, ";");
    out.line("cx.judge(", num(i), ", holds, ", p.kind == PropertyKind::kCover ? "true" : "false",
             ");");
    out.close();
  }
  out.line("out.emit(before, s, clause);");
  out.close();
  out.dedent().line("dead:").indent();
  out.line("if (cx.is_cut()) out.cut();");
  if (choices) out.close("} while (cx.next_choice());");
  out.close();
}

}  // namespace

bool is_of_calls(const ir::Property& p) {
  return p.kind == PropertyKind::kTwoState ||
         (p.kind == PropertyKind::kCover && !p.actions.empty());
}

bool is_of_call(const ir::Property& p, ir::ActionId action) {
  if (!is_of_calls(p)) return false;
  return p.actions.empty() ||
         std::find(p.actions.begin(), p.actions.end(), action) != p.actions.end();
}

void write_calls(const Unit& u, const Places& places, base::TextWriter& out) {
  out.blank();
  std::string results;
  const ir::Type errno_type = ir::enum_type(u.m, ir::kErrnoEnum);
  for (const ir::Clause& clause : u.m.clauses)
    results += (results.empty() ? "" : ", ") +
               num(member_of(u.m.enums[errno_type.decl], clause.result)) + 'u';
  out.line("/// By clause: the place of its result among the members of Errno.");
  out.line("[[maybe_unused]] constexpr u64 kResults[] = {", results.empty() ? "0" : results, "};");
  out.line("/// Of a procedure: its caller goes on; its caller has no outcome.");
  out.line("[[maybe_unused]] constexpr unsigned kOn = ~0u, kDead = ~0u - 1;");
  out.blank();
  for (ir::FnId f = 0; f < u.m.fns.size(); ++f) {
    ExprWriter e(u, u.m.fns[f].locals, u.functions);
    out.line(fn_head(u, f, e), ";");
  }
  for (ir::FnId f = 0; f < u.m.fns.size(); ++f) {
    ExprWriter e(u, u.m.fns[f].locals, u.functions);
    const std::string fn = fn_head(u, f, e);
    out.blank();
    out.line(head(u, u.m.fns[f].name, places, u.m.fns[f].span));
    out.line(fn, " {");
    out.line("  return ", e.text(u.m.fns[f].expr), ";");
    out.line("}");
  }
  std::vector<bool> called(u.m.procs.size());
  const auto mark = [&](const ir::Block& block) {
    ir::for_each_stmt(u.m, block, [&](ir::StmtId, const ir::Stmt& stmt) {
      if (const auto* call = std::get_if<ir::Call>(&stmt.node)) called[call->proc] = true;
    });
  };
  for (ir::ActionId a = 0; a < u.m.actions.size(); ++a)
    if (u.b.actions[a]) mark(u.m.actions[a].body);
  for (std::size_t p = u.m.procs.size(); p-- > 0;)
    if (called[p]) mark(u.m.procs[p].body);
  for (ir::ProcId p = 0; p < u.m.procs.size(); ++p)
    if (called[p]) write_proc(u, p, places, out);
  for (std::size_t i = 0; i < u.layout.checked.size(); ++i)
    write_property(u, i, places, out);
  for (ir::ActionId a = 0; a < u.m.actions.size(); ++a)
    if (u.b.actions[a]) write_action(u, a, places, out);
}

}  // namespace gms::gen::explore
