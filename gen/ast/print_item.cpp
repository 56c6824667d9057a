// Files and their items.
#include "gen/ast/print.h"
#include "gen/ast/print_parts.h"

namespace gms::gen::ast {

namespace {

bool has_docs(const std::vector<ParamDef>& params) {
  for (const ParamDef& param : params) {
    if (!param.doc.empty()) return true;
  }
  return false;
}

std::string param_text(const ParamDef& param) {
  return (param.inout ? "inout " : "") + param.name.text + " : " + print(param.type);
}

std::string types_text(const std::vector<TypeRef>& types) {
  return "[" + join(types, [](const TypeRef& type) { return print(type); }) + "]";
}

std::string expectation_text(const std::optional<Expectation>& expectation) {
  return expectation ? " [expect refuted " + quoted(expectation->reason) + "]" : "";
}

const char* drop_text(DropKind kind) {
  switch (kind) {
    case DropKind::kInvariant: return "invariant ";
    case DropKind::kLemma: return "lemma ";
    case DropKind::kProperty: return "property ";
    case DropKind::kLaw: return "law ";
    case DropKind::kCover: return "cover ";
    case DropKind::kEvent: return "event ";
    case DropKind::kAction: return "action ";
  }
  return "?";
}

class ItemPrinter {
 public:
  explicit ItemPrinter(base::TextWriter& out) : out_(out) {}

  void operator()(const IncludeDecl& d) { out_.line("include ", quoted(d.path)); }
  void operator()(const CommonFieldsDecl& d) { out_.line("fields ", names_text(d.names)); }
  void operator()(const ConstDecl& d) {
    write_doc(out_, d.doc);
    out_.line("const ", d.name.text, " : ", print(d.type), " = ", print(*d.value));
  }
  void operator()(const EnumDecl& d) {
    write_doc(out_, d.doc);
    const auto block = out_.block("enum " + d.name.text + " {");
    for (const EnumMember& member : d.members) {
      write_doc(out_, member.doc);
      std::string text = member.name.text;
      if (member.value) text += " = " + print(*member.value);
      for (const Text& spelling : member.spellings)
        text += " " + quoted(spelling);
      out_.line(text, ",");
    }
  }
  void operator()(const FlagsDecl& d) {
    write_doc(out_, d.doc);
    const auto block = out_.block("flags " + d.name.text + " : " + print(d.type) + " {");
    for (const FlagMember& member : d.members) {
      write_doc(out_, member.doc);
      out_.line(member.name.text, " = ", print(*member.value), ",");
    }
  }
  void operator()(const StructDecl& d) {
    write_doc(out_, d.doc);
    const auto block = out_.block("struct " + d.name.text + " {");
    for (const ParamDef& field : d.fields) {
      write_doc(out_, field.doc);
      out_.line(param_text(field), ",");
    }
  }
  void operator()(const DomainDecl& d) {
    write_doc(out_, d.doc);
    out_.line("domain ", names_text(d.names));
  }
  void operator()(const IndexDecl& d) {
    write_doc(out_, d.doc);
    out_.line("index ", d.name.text, " : ", print(d.type));
  }
  void operator()(const ParamDecl& d) {
    write_doc(out_, d.doc);
    std::string value = print(*d.default_value);
    // What follows starts with `in`; an expression that ends in an open operand would take it.
    if (!d.values.empty()) value = "(" + value + ") in [" + exprs_text(d.values) + "]";
    out_.line("param ", d.name.text, " : ", print(d.type), " = ", value);
  }
  void operator()(const QuirkDecl& d) {
    write_doc(out_, d.doc);
    out_.line("quirk ", d.name.text);
  }
  void operator()(const LockDecl& d) {
    write_doc(out_, d.doc);
    out_.line(d.shared_mode ? "rw lock " : "lock ", d.name.text,
              d.keys.empty() ? "" : " : " + types_text(d.keys));
  }
  void operator()(const StateDecl& d) {
    write_doc(out_, d.doc);
    out_.line(d.ghost ? "ghost state " : "state ", d.name.text, " : ",
              d.keys.empty() ? "" : types_text(d.keys) + " -> ", print(d.type),
              d.initial ? " = " + print(*d.initial) : "");
  }
  void operator()(const FnDecl& d) {
    write_doc(out_, d.doc);
    signature("fn " + d.name.text, d.params, " -> " + print(d.type) + " = " + print(*d.value),
              false);
  }
  void operator()(const ProcDecl& d) {
    write_doc(out_, d.doc);
    callable("procedure " + d.name.text, d.params, d.returns, d.cite, d.body);
  }
  void operator()(const ActionDecl& d) {
    write_doc(out_, d.doc);
    const std::string hidden =
        d.hidden_budget ? "hidden budget " + std::to_string(*d.hidden_budget) + " " : "";
    callable(hidden + "action " + d.name.text, d.params, d.returns, d.cite, d.body);
  }
  void operator()(const EditDecl& d) {
    write_doc(out_, d.doc);
    const auto block = out_.block("in " + d.target.text + " {");
    for (const Edit& edit : d.edits) {
      write_doc(out_, edit.doc);
      std::visit([this](const auto& node) { write(node); }, edit.node);
    }
  }
  void operator()(const EventDecl& d) {
    write_doc(out_, d.doc);
    write_event(out_, d);
  }
  void operator()(const InvariantDecl& d) {
    write_doc(out_, d.doc);
    property(d.lemma ? "lemma " : "invariant ", d.name, "", d.expectation, d.value);
  }
  void operator()(const PropertyDecl& d) {
    write_doc(out_, d.doc);
    property("property ", d.name, " on " + (d.on_all ? "all" : names_text(d.actions)),
             d.expectation, d.value);
  }
  void operator()(const CoverDecl& d) {
    write_doc(out_, d.doc);
    property("cover ", d.name, d.action ? " on " + d.action->text : "", std::nullopt, d.value);
  }
  void operator()(const LawDecl& d) {
    write_doc(out_, d.doc);
    signature("law " + d.name.text, d.params, expectation_text(d.expectation) + " {", true);
    if (d.assume) out_.line("assume ", print(*d.assume));
    side("{", d.left);
    if (d.has_same) side("same {", d.right);
    if (!d.agree.empty()) out_.line("agree ", names_text(d.agree));
    if (d.then) out_.line("then ", print(*d.then));
    out_.close();
  }
  void operator()(const DropDecl& d) { out_.line("drop ", drop_text(d.kind), d.name.text); }
  void operator()(const ExpectDecl& d) {
    out_.line("expect ", d.refuted ? "refuted " : "proved ", d.name.text,
              d.reason ? " " + quoted(*d.reason) : "");
  }
  void operator()(const DiffExpectDecl& d) {
    out_.line("expect ", d.kind.text, " ", quoted(d.what), d.on ? " on " + d.on->text : "",
              d.reason ? " " + quoted(*d.reason) : "");
  }

 private:
  // `head(params)tail`; parameters with doc comments get a line each. `opens`: a body follows.
  void signature(const std::string& head, const std::vector<ParamDef>& params,
                 const std::string& tail, bool opens) {
    if (!has_docs(params)) {
      const std::string line = head + "(" + join(params, param_text) + ")" + tail;
      if (opens) {
        out_.open(line);
      } else {
        out_.line(line);
      }
      return;
    }
    out_.open(head + "(");
    for (const ParamDef& param : params) {
      write_doc(out_, param.doc);
      out_.line(param_text(param), ",");
    }
    if (opens) {
      out_.reopen(")" + tail);
    } else {
      out_.close(")" + tail);
    }
  }
  void callable(const std::string& head, const std::vector<ParamDef>& params,
                const std::vector<ParamDef>& returns, const std::optional<Cite>& cite,
                const Block& body) {
    if (has_docs(returns)) {
      signature(head, params, " returns (", true);
      for (const ParamDef& param : returns) {
        write_doc(out_, param.doc);
        out_.line(param_text(param), ",");
      }
      out_.reopen(")" + cite_text(cite) + " {");
    } else {
      const std::string outputs =
          returns.empty() ? "" : " returns (" + join(returns, param_text) + ")";
      signature(head, params, outputs + cite_text(cite) + " {", true);
    }
    write_block(out_, body);
    out_.close();
  }
  void property(const char* word, const Name& name, const std::string& on,
                const std::optional<Expectation>& expectation, const ExprPtr& value) {
    out_.line(word, name.text, on, expectation_text(expectation), " :");
    out_.indent();
    out_.line(print(*value));
    out_.dedent();
  }
  void side(const char* head, const std::vector<LawCall>& calls) {
    const auto block = out_.block(head);
    for (const LawCall& call : calls) {
      out_.line(
          call.results.empty() ? "" : "let (" + names_text(call.results) + ") = ", call.action.text,
          args_text(call.args), call.demanded ? " -> " + call.demanded->text : "");
    }
  }
  void write(const EditInsert& edit) {
    std::string head;
    switch (edit.place) {
      case EditPlace::kBefore: head = "before " + edit.at->text + ":"; break;
      case EditPlace::kAfter: head = "after " + edit.at->text + ":"; break;
      case EditPlace::kFirst: head = "first:"; break;
      case EditPlace::kLast: head = "last:"; break;
      case EditPlace::kReplace: head = "replace " + edit.at->text + ":"; break;
    }
    out_.line(head);
    out_.indent();
    write_block(out_, edit.stmts);
    out_.dedent();
  }
  void write(const EditDrop& edit) { out_.line("drop ", edit.label.text); }
  void write(const EditSwap& edit) { out_.line("swap ", edit.a.text, ", ", edit.b.text); }

  base::TextWriter& out_;
};

bool is_short(const Item& item) {
  return std::visit(
      Overloaded{[](const ConstDecl& d) { return d.doc.empty(); },
                 [](const DomainDecl& d) { return d.doc.empty(); },
                 [](const IndexDecl& d) { return d.doc.empty(); },
                 [](const ParamDecl& d) { return d.doc.empty(); },
                 [](const QuirkDecl& d) { return d.doc.empty(); },
                 [](const LockDecl& d) { return d.doc.empty(); },
                 [](const StateDecl& d) { return d.doc.empty(); },
                 [](const IncludeDecl&) { return true; },
                 [](const CommonFieldsDecl&) { return true; }, [](const DropDecl&) { return true; },
                 [](const ExpectDecl&) { return true; }, [](const DiffExpectDecl&) { return true; },
                 [](const EventDecl& d) { return d.doc.empty() && d.ignored; },
                 [](const auto&) { return false; }},
      item.node);
}

}  // namespace

std::string print(const Item& item) {
  base::TextWriter out;
  std::visit(ItemPrinter(out), item.node);
  return out.take();
}

std::string print(const File& file) {
  base::TextWriter out;
  write_doc(out, file.doc);
  out.line("spec ", file.name.text, file.extends ? " extends " + file.extends->text : "");
  for (const Text& link : file.links)
    out.line("link ", quoted(link));
  const Item* before = nullptr;
  for (const Item& item : file.items) {
    const bool together = before != nullptr && is_short(*before) && is_short(item) &&
                          before->node.index() == item.node.index();
    if (!together) out.blank();
    std::visit(ItemPrinter(out), item.node);
    before = &item;
  }
  return out.take();
}

}  // namespace gms::gen::ast
