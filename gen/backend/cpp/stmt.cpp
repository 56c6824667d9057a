#include "gen/backend/cpp/stmt.h"

#include <algorithm>

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::gen::cpp {

using ir::kNoId;
using ir::TypeKind;

StmtWriter::StmtWriter(const Unit& unit, const Subject& subject)
    : u_(unit),
      subject_(subject),
      e_(unit, subject.callable->locals, *subject.facts),
      expectations_(*subject.callable, e_) {
  const ir::Callable& c = *subject.callable;
  targets_.resize(c.locals.size());
  for (const ir::VarId var : c.params)
    param_names_.push_back(e_.name(var));
}

const std::vector<std::string>& StmtWriter::fields() const {
  return subject_.is_action ? u_.action_fields[subject_.id] : u_.proc_fields[subject_.id];
}

bool StmtWriter::can_exit() const {
  return subject_.is_action || u_.facts.proc_exits[subject_.id];
}

std::string StmtWriter::head(const std::string* body) {
  const ir::Callable& c = *subject_.callable;
  const auto named = [&](const std::string& type, const std::string& name) {
    return body == nullptr || mentions(*body, name) ? type + ' ' + name : type;
  };
  std::string params = named("State&", "s");
  if (can_exit()) params += ", " + named("Chooser&", "choose");
  for (std::size_t i = 0; i < c.params.size(); ++i) {
    const ir::VarId var = c.params[i];
    params += ", " + named(u_.type(c.locals[var].type, is_lazy_local(var)), param_names_[i]);
  }
  const std::string& name = subject_.is_action ? u_.actions[subject_.id] : u_.procs[subject_.id];
  const std::string& results =
      subject_.is_action ? u_.action_outputs[subject_.id] : u_.proc_results[subject_.id];
  if (!can_exit()) return (results.empty() ? "void" : results) + ' ' + name + '(' + params + ')';
  if (!results.empty()) params += ", " + results + "& out";
  return "template <class Chooser>\nClause " + name + '(' + params + ')';
}

void StmtWriter::write(base::TextWriter& out) {
  const ir::Callable& c = *subject_.callable;
  base::TextWriter body;
  out_ = &body;
  body.indent();
  const std::string& results =
      subject_.is_action ? u_.action_outputs[subject_.id] : u_.proc_results[subject_.id];
  if (!results.empty()) body.line(can_exit() ? "out = {};" : results + " out;");
  for (std::size_t i = 0; i < c.outputs.size(); ++i) {
    const ir::VarId var = c.outputs[i];
    const bool is_param = std::find(c.params.begin(), c.params.end(), var) != c.params.end();
    if (is_param) body.line("out.", fields()[i], " = ", e_.name(var), ";");
    const bool unset = subject_.is_action && u_.facts.unset[subject_.id][i];
    e_.rename(var, "out." + fields()[i] + (unset ? ".value()" : ""));
    targets_[var] = "out." + fields()[i];
    if (unset && is_lazy_local(var) && subject_.facts->reads[var] > 0)
      u_.problems.push_back(c.name + ": reads an output that may be unknown and may be missing");
  }
  for (ir::VarId var = 0; var < c.locals.size(); ++var) {
    const bool is_output = std::find(c.outputs.begin(), c.outputs.end(), var) != c.outputs.end();
    if (!subject_.facts->assigned[var] || is_output) continue;
    const ir::Type& type = c.locals[var].type;
    const bool lazy = is_lazy_local(var);
    const std::string initial = lazy ? "" : u_.initial(type);
    body.line(u_.type(type, lazy), ' ', e_.name(var), initial, ";");
  }
  const auto any_lazy = [&](const std::vector<ir::VarId>& vars) {
    return std::any_of(vars.begin(), vars.end(), [&](ir::VarId var) { return is_lazy_local(var); });
  };
  if (subject_.is_action && any_lazy(c.params) && any_lazy(c.outputs)) {
    body.line("// An unknown argument may be shown: nothing is learnt from what is seen.");
    body.line("s.blur();");
  }
  if (!subject_.is_action) expectations_.leave_to_callers(c.body);
  block(c.body);
  if (subject_.is_action) {
    const ir::ClauseId ok = static_cast<const ir::Action&>(c).ok_clause;
    if (ok != kNoId) body.line("return ", u_.clauses[ok], ";");
  } else {
    const bool ends = !c.body.empty() && [&] {
      const auto* last = std::get_if<ir::Return>(&u_.m.stmts[c.body.back()].node);
      return last != nullptr && last->cond == kNoId;
    }();
    if (!ends) leave();
  }
  const std::string text = body.take();

  Unit::doc(out, c.doc);
  const std::string place = u_.place(c.span);
  if (!c.cite.function.empty() && c.doc.find(c.cite.function) == std::string::npos)
    out.line("/// (", c.cite.function, ")");
  if (!place.empty()) out.line("// ", place);
  out.line(head(&text), " {");
  out.line(text.substr(0, text.size() - 1));
  out.line("}");
}

bool StmtWriter::is_needed(ir::VarId var) const {
  const std::vector<ir::VarId>& outputs = subject_.callable->outputs;
  return subject_.facts->reads[var] > 0 ||
         std::find(outputs.begin(), outputs.end(), var) != outputs.end();
}

void StmtWriter::leave() {
  if (can_exit()) {
    out_->line("return Clause::kNone;");
  } else {
    out_->line(u_.proc_results[subject_.id].empty() ? "return;" : "return out;");
  }
}

void StmtWriter::block(const ir::Block& block) {
  const Scope::Mark mark = e_.scope().mark();
  const Expectations::Mark expected = expectations_.mark();
  bool news = true;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const ir::Stmt& one = u_.m.stmts[block[i]];
    if (news && expectations_.looks(one)) {
      const std::vector<std::string> points = expectations_.before(block, i);
      std::string list;
      for (const std::string& point : points)
        list += (list.empty() ? "" : ", ") + point;
      if (!list.empty()) {
        out_->line("// What is looked at below.");
        out_->line("expect(", list, ");");
      }
      news = false;
    }
    stmt(one);
    news = expectations_.define(one) || news;
  }
  expectations_.back_to(expected);
  e_.scope().back_to(mark);
}

void StmtWriter::declare(ir::VarId var, const std::string& value) {
  const ir::Callable& c = *subject_.callable;
  const bool is_output = std::find(c.outputs.begin(), c.outputs.end(), var) != c.outputs.end();
  if (is_output || subject_.facts->assigned[var]) {
    out_->line(target(var), " = ", value, ";");
  } else {
    out_->line("const ", u_.type(c.locals[var].type, is_lazy_local(var)), ' ', e_.name(var), " = ",
               value, ";");
  }
}

void StmtWriter::assign(const ir::Assign& s) {
  out_->line(target(s.var), " = ", e_.loose(s.value, is_lazy_local(s.var)), ";");
}

void StmtWriter::stmt(const ir::Stmt& stmt) {
  std::visit(ir::Overloaded{
                 [&](const ir::Let& s) {
                   if (subject_.facts->reads[s.var] == 0) return;
                   declare(s.var, e_.loose(s.value, is_lazy_local(s.var)));
                 },
                 [&](const ir::Assign& s) { assign(s); },
                 [&](const ir::Update& s) { write_update(s, e_, *subject_.facts, *out_); },
                 [&](const ir::Guard& s) { guard(s); },
                 [&](const ir::Return& s) { give_back(s); },
                 [&](const ir::Call& s) { call(s); },
                 [&](const ir::If& s) { branch(s, false); },
                 [&](const ir::Choose& s) { choose(s); },
                 [&](const ir::Require& s) {
                   out_->line("// Otherwise this run does not exist.");
                   out_->line("if (!(", e_.text(s.cond), ")) return Clause::kImpossible;");
                 },
                 [&](const ir::Create& s) {
                   const std::string value =
                       "s.create<" + u_.type(subject_.callable->locals[s.var].type) + ">()";
                   const ir::Callable& c = *subject_.callable;
                   const bool is_output =
                       std::find(c.outputs.begin(), c.outputs.end(), s.var) != c.outputs.end();
                   if (subject_.facts->reads[s.var] == 0 && !is_output) {
                     out_->line(value, ";");
                   } else {
                     declare(s.var, value);
                   }
                 },
                 [&](const ir::Destroy& s) { out_->line("destroy(s, ", e_.text(s.handle), ");"); },
                 [&](const auto&) {
                   u_.problems.push_back(subject_.callable->name +
                                         ": a stepwise statement is left in the atomic reading");
                 },
             },
             stmt.node);
}

void StmtWriter::branch(const ir::If& s, bool chained) {
  const std::string head = "if (" + e_.text(s.cond) + ") {";
  if (chained) {
    out_->reopen("} else " + head);
  } else {
    out_->open(head);
  }
  block(s.then_block);
  if (s.else_block.size() == 1) {
    if (const auto* next = std::get_if<ir::If>(&u_.m.stmts[s.else_block[0]].node))
      return branch(*next, true);
  }
  if (!s.else_block.empty()) {
    out_->reopen("} else {");
    block(s.else_block);
  }
  out_->close();
}

void StmtWriter::guard(const ir::Guard& s) {
  const ir::Clause& clause = u_.m.clauses[s.clause];
  const std::string place = u_.place(clause.span);
  const std::string where = place.empty() ? "" : ", " + place;
  if (s.raced) {
    out_->line("// ", clause.label, where, ": only when calls overlap.");
    return;
  }
  out_->line("// ", clause.label, where);
  std::string cond = s.cond == kNoId ? "" : e_.operand(s.cond, s.may ? Prec::kBitOr : Prec::kAny);
  const bool always = s.cond == kNoId || cond == "true";
  if (s.may) {
    const std::string may =
        "choose.may(" +
        u_.constant({TypeKind::kEnum, false, false, 1, ir::kErrnoEnum}, clause.result, false) + ")";
    cond = always ? may : cond + " && " + may;
  }
  const std::string leave = "return " + u_.clauses[s.clause] + ";";
  if (always && !s.may) {
    for (const ir::Assign& with : s.with)
      assign(with);
    out_->line(leave);
    return;
  }
  if (s.with.empty()) {
    out_->line("if (", cond, ") ", leave);
    return;
  }
  const auto block = out_->block("if (" + cond + ") {");
  for (const ir::Assign& with : s.with)
    assign(with);
  out_->line(leave);
}

void StmtWriter::give_back(const ir::Return& s) {
  const bool always = s.cond == kNoId;
  if (!always) out_->open("if (" + e_.text(s.cond) + ") {");
  const std::vector<ir::VarId>& outputs = subject_.callable->outputs;
  std::vector<std::string> values;
  bool reads_outputs = false;
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    values.push_back(e_.loose(s.values[i], is_lazy_local(outputs[i])));
    reads_outputs = reads_outputs || mentions(values.back(), "out");
  }
  if (reads_outputs && values.size() > 1) {
    std::string list;
    for (const std::string& value : values)
      list += (list.empty() ? "" : ", ") + value;
    out_->line("out = {", list, "};");
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& to = target(outputs[i]);
      if (to != values[i]) out_->line(to, " = ", values[i], ";");
    }
  }
  leave();
  if (!always) out_->close();
}

void StmtWriter::call(const ir::Call& s) {
  const bool exits = u_.facts.proc_exits[s.proc];
  const std::string& results = u_.proc_results[s.proc];
  const ir::Callable& proc = u_.m.procs[s.proc];
  std::string args = exits ? "s, choose" : "s";
  for (std::size_t i = 0; i < s.args.size(); ++i)
    args += ", " + e_.loose(s.args[i], u_.facts.procs[s.proc].lazy[proc.params[i]]);
  const bool used = std::any_of(s.results.begin(), s.results.end(),
                                [&](ir::VarId var) { return var != kNoId && is_needed(var); });
  std::string holder;
  if (!results.empty() && (exits || used)) {
    holder = e_.scope().add(u_.procs[s.proc] + "_results");
  }
  if (exits) {
    if (!holder.empty()) {
      out_->line(results, ' ', holder, ";");
      args += ", " + holder;
    }
    const std::string exit = e_.scope().add("exit");
    out_->line("if (const Clause ", exit, " = ", u_.procs[s.proc], "(", args, "); ", exit,
               " != Clause::kNone) return ", exit, ";");
  } else {
    out_->line(holder.empty() ? "" : "const " + results + ' ' + holder + " = ", u_.procs[s.proc],
               "(", args, ");");
  }
  const ir::Callable& c = *subject_.callable;
  for (std::size_t i = 0; i < s.results.size(); ++i) {
    const ir::VarId var = s.results[i];
    if (var == kNoId || !is_needed(var)) continue;
    const std::string field = holder + '.' + u_.proc_fields[s.proc][i];
    const bool is_output = std::find(c.outputs.begin(), c.outputs.end(), var) != c.outputs.end();
    if (is_output || subject_.facts->assigned[var]) {
      out_->line(target(var), " = ", field, ";");
    } else {
      e_.rename(var, field);
    }
  }
}

void StmtWriter::choose(const ir::Choose& s) {
  const ir::Type& type = subject_.callable->locals[s.var].type;
  if (type.optional || (s.lo != kNoId && type.is_signed)) {
    u_.problems.push_back(subject_.callable->name + ": a choice of this type");
    return;
  }
  const ir::Callable& c = *subject_.callable;
  const bool is_output = std::find(c.outputs.begin(), c.outputs.end(), s.var) != c.outputs.end();
  const bool number = type.kind == TypeKind::kInt || type.kind == TypeKind::kIndex;
  const std::string range = type.kind == TypeKind::kBool ? "whole(1)"
                            : number                     ? e_.range({s.var, type, s.lo, s.hi})
                                                         : e_.values(type);
  const std::string variable = e_.name(s.var);
  const std::string candidate = e_.scope().add("candidate");
  e_.rename(s.var, candidate);
  const std::string cond = s.cond == kNoId ? "true" : e_.text(s.cond);
  e_.rename(s.var, variable);
  const bool named = mentions(cond, candidate);
  if (!is_output && !subject_.facts->assigned[s.var])
    out_->line(u_.type(type), ' ', variable, u_.initial(type), ";");
  const bool list = !number && type.kind != TypeKind::kBool;
  out_->line("if (!choose.", list ? "pick_of" : "pick", "(", range, ", ", variable, ", [&](",
             u_.type(type), named ? " " + candidate : "", ") { return ", cond,
             "; })) return Clause::kImpossible;");
}

}  // namespace gms::gen::cpp
