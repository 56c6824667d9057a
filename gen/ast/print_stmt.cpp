// Statements.
#include <string_view>

#include "gen/ast/print.h"
#include "gen/ast/print_parts.h"

namespace gms::gen::ast {

namespace {

std::string keys_text(const std::vector<ExprPtr>& keys) {
  return keys.empty() ? "" : "[" + exprs_text(keys) + "]";
}

std::string mode_text(bool exclusive) {
  return exclusive ? "exclusive " : "shared ";
}

std::string where_text(const ExprPtr& where) {
  return where ? " where " + print(*where) : "";
}

std::string condition_text(const ExprPtr& cond) {
  return cond ? " if " + print(*cond) : "";
}

std::string point_assign_text(const PointAssign& assign) {
  std::string text = assign.target.name.text;
  if (!assign.target.keys.empty()) {
    const auto key = [](const Key& one) {
      return one.value ? print(*one.value) : std::string("*");
    };
    text += "[" + join(assign.target.keys, key) + "]";
  }
  return text + " = " + expr_text(assign.value);
}

class StmtPrinter {
 public:
  StmtPrinter(base::TextWriter& out, std::string label) : out_(out), label_(std::move(label)) {}

  void operator()(const ExitStmt& s) { line(exit_text(s.exit)); }
  void operator()(const LetStmt& s) {
    line("let " + s.name.text + (s.type ? " : " + print(*s.type) : "") + " = " +
         expr_text(s.value) + (s.otherwise ? " else " + exit_text(*s.otherwise) : ""));
  }
  void operator()(const CallStmt& s) {
    const std::string call = s.proc.text + args_text(s.args);
    line(s.results.empty() ? "call " + call : "let (" + names_text(s.results) + ") = " + call);
  }
  void operator()(const ReturnStmt& s) {
    std::string values = exprs_text(s.values);
    if (s.values.size() > 1) values = "(" + values + ")";
    line("return" + (values.empty() ? "" : " " + values) + condition_text(s.cond));
  }
  void operator()(const AssignStmt& s) {
    line((s.update ? "update " : "") + point_assign_text(s.assign) +
         (s.binders.empty() ? "" : " for " + binders_text(s.binders)) + where_text(s.where));
  }
  void operator()(const ForStmt& s) {
    const auto block =
        out_.block(label_ + "for " + binders_text(s.binders) + where_text(s.where) + " {");
    for (const PointAssign& one : s.assigns)
      out_.line(point_assign_text(one));
  }
  void operator()(const IfStmt& s) {
    out_.open(label_ + "if " + print(*s.cond) + " {");
    write_block(out_, s.then_body);
    const IfStmt* last = &s;
    while (last->has_else) {
      const Block& body = last->else_body;
      const IfStmt* next = body.size() == 1 && !body[0].label && body[0].doc.empty()
                               ? std::get_if<IfStmt>(&body[0].node)
                               : nullptr;
      if (next == nullptr) {
        out_.reopen("} else {");
        write_block(out_, body);
        break;
      }
      out_.reopen("} else if " + print(*next->cond) + " {");
      write_block(out_, next->then_body);
      last = next;
    }
    out_.close();
  }
  void operator()(const ChooseStmt& s) {
    line("choose " + s.name.text + " : " + print(s.type) +
         (s.range ? " in " + print(*s.range) : "") + where_text(s.where));
  }
  void operator()(const RequireStmt& s) { line("require " + print(*s.cond)); }
  void operator()(const CreateStmt& s) { line("create " + s.name.text + " : " + s.domain.text); }
  void operator()(const DestroyStmt& s) { line("destroy " + print(*s.handle)); }
  void operator()(const StepStmt& s) {
    body("step" + (s.name ? " " + s.name->text : ""), s.body, s.linearize ? "} linearize" : "}");
  }
  void operator()(const HoldStmt& s) {
    body("hold " + mode_text(s.exclusive) + s.lock.text + keys_text(s.keys), s.body);
  }
  void operator()(const AcquireStmt& s) {
    line("acquire " + mode_text(s.exclusive) + s.lock.text + keys_text(s.keys));
  }
  void operator()(const ReleaseStmt& s) { line("release " + s.lock.text + keys_text(s.keys)); }
  void operator()(const ScanStmt& s) {
    body("scan " + binder_text(s.binder) + (s.descending ? " descending" : " ascending"), s.body);
  }
  void operator()(const EachStmt& s) {
    body("each " + binder_text(s.binder) + where_text(s.where), s.body);
  }
  void operator()(const AwaitStmt& s) { line("await " + print(*s.cond)); }
  void operator()(const SampleStmt& s) { line("sample " + s.name.text + " = " + s.counter.text); }
  void operator()(const RetryStmt& s) { line("retry" + condition_text(s.cond)); }

 private:
  void line(const std::string& text) { out_.line(label_, text); }
  void body(const std::string& head, const Block& block, std::string_view close = "}") {
    out_.open(label_ + head + " {");
    write_block(out_, block);
    out_.close(close);
  }

  base::TextWriter& out_;
  std::string label_;
};

std::string_view evidence_text(Evidence evidence) {
  switch (evidence) {
    case Evidence::kTrace: return "trace";
    case Evidence::kSource: return "source";
    case Evidence::kPatch: return "patch";
    case Evidence::kInferred: return "inferred";
  }
  return "?";
}

}  // namespace

std::string cite_text(const std::optional<Cite>& cite) {
  if (!cite) return {};
  std::string text = " [" + std::string(evidence_text(cite->evidence));
  if (cite->function) text += ", " + cite->function->text;
  if (cite->note) text += ", " + quoted(*cite->note);
  return text + "]";
}

namespace {

std::string racer_text(const ast::Racer& racer) {
  std::string text = racer.action.text;
  if (!racer.params.empty()) {
    const auto one = [](const ast::Racer::Param& param) {
      return param.param.text + " = " + param.local.text;
    };
    text += "(" + join(racer.params, one) + ")";
  }
  return text + condition_text(racer.cond);
}

}  // namespace

std::string exit_text(const Exit& exit) {
  std::string text = exit.may ? "may " : "";
  text += exit.error ? "fail " + exit.error->text : "succeed";
  text += condition_text(exit.cond);
  if (!exit.withs.empty()) {
    const auto one = [](const With& with) { return with.output.text + " = " + print(*with.value); };
    text += " with " + join(exit.withs, one);
  }
  if (exit.raced) text += " when raced";
  if (!exit.racers.empty()) text += " (" + join(exit.racers, racer_text) + ")";
  return text;
}

void write_doc(base::TextWriter& out, const Doc& doc) {
  if (doc.empty()) return;
  for (std::size_t begin = 0;;) {
    const std::size_t end = doc.find('\n', begin);
    const std::string line = doc.substr(begin, end - begin);
    out.line(line.empty() ? "///" : "/// " + line);
    if (end == std::string::npos) return;
    begin = end + 1;
  }
}

void write_stmt(base::TextWriter& out, const Stmt& stmt) {
  write_doc(out, stmt.doc);
  std::string label;
  if (stmt.label) label = stmt.label->name.text + cite_text(stmt.label->cite) + ": ";
  std::visit(StmtPrinter(out, std::move(label)), stmt.node);
}

void write_block(base::TextWriter& out, const Block& block) {
  for (const Stmt& stmt : block)
    write_stmt(out, stmt);
}

std::string print(const Stmt& stmt) {
  base::TextWriter out;
  write_stmt(out, stmt);
  return out.take();
}

}  // namespace gms::gen::ast
