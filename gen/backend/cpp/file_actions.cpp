// functions.h, procedures.h, actions.h, and the .cpp files with the bodies.
#include <algorithm>
#include <map>

#include "gen/backend/cpp/files.h"
#include "gen/backend/cpp/stmt.h"

namespace gms::gen::cpp {
namespace {

constexpr std::string_view kFunctions = R"(
// The pure functions of @SPEC@.
#pragma once

#include "model/generated/@SPACE@/state.h"

namespace gms::model::@SPACE@ {

@BODY@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kHeader = R"(
// @ABOUT@
#pragma once

#include <tuple>

#include "model/generated/@SPACE@/clauses.h"
#include "model/generated/@SPACE@/state.h"
#include "model/runtime/choice.h"

namespace gms::model::@SPACE@ {

@BODY@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kSource = R"(
// @ABOUT@
@INCLUDES@
namespace gms::model::@SPACE@ {

@BODY@
}  // namespace gms::model::@SPACE@
)";

/// Files are cut where they would grow beyond this many lines.
constexpr std::size_t kMaxLines = 300;

std::string stem(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return to_snake(name.substr(0, name.find('.')));
}

struct Piece {
  std::string group;  // the spec's file
  std::string text;   // the function
  std::string instances;
};

/// The pieces in their order, in files that follow the files of the spec.
void add_sources(const Unit& u, const std::string& kind, const std::string& about,
                 const std::vector<Piece>& pieces, std::vector<EmittedFile>& out) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Piece*>> groups;
  for (const Piece& piece : pieces) {
    if (!groups.contains(piece.group)) order.push_back(piece.group);
    groups[piece.group].push_back(&piece);
  }
  for (const std::string& group : order) {
    std::vector<std::pair<std::string, std::string>> files(1);  // bodies, instances
    std::size_t lines = 0;
    for (const Piece* piece : groups[group]) {
      const auto more =
          static_cast<std::size_t>(std::count(piece->text.begin(), piece->text.end(), '\n'));
      if (lines != 0 && lines + more > kMaxLines) {
        files.emplace_back();
        lines = 0;
      }
      lines += more;
      files.back().first += piece->text + '\n';
      files.back().second += piece->instances;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::string name = kind + (order.size() > 1 ? '_' + group : "");
      if (files.size() > 1) name += '_' + std::to_string(i + 1);
      std::string body = files[i].first;
      if (!files[i].second.empty()) body += files[i].second + '\n';
      std::string includes;
      const auto include = [&](const std::string& header) {
        includes += "#include \"" + header + "\"\n";
      };
      include("model/generated/" + u.space + '/' + kind + ".h");
      includes += '\n';
      if (!u.m.fns.empty()) include("model/generated/" + u.space + "/functions.h");
      if (kind != "procedures" && !u.m.procs.empty())
        include("model/generated/" + u.space + "/procedures.h");
      include("model/runtime/cursor.h");
      if (mentions(body, "Deferred")) include("model/runtime/deferred.h");
      include("model/runtime/value.h");
      out.push_back(
          {name + ".cpp",
           fill(kSource,
                {{"ABOUT", about}, {"INCLUDES", includes}, {"SPACE", u.space}, {"BODY", body}})});
    }
  }
}

void results_struct(const Unit& u, const std::string& name, const ir::Callable& c,
                    const LocalFacts& facts, const std::vector<std::string>& fields,
                    const std::vector<bool>* unset, base::TextWriter& out) {
  if (name.empty()) return;
  out.open("struct " + name + " {");
  std::string list;
  for (std::size_t i = 0; i < c.outputs.size(); ++i) {
    ir::Type type = c.locals[c.outputs[i]].type;
    if (unset != nullptr && (*unset)[i])
      type.optional = true;  // none where a way out gives nothing
    const bool lazy = facts.lazy[c.outputs[i]];
    out.line(u.type(type, lazy), ' ', fields[i],
             !lazy           ? u.initial(type)
             : type.optional ? " = " + u.type(type) + "{}"
                             : "",
             ";");
    list += (list.empty() ? "" : ", ") + fields[i];
  }
  out.line("auto fields() const { return std::tie(", list, "); }");
  out.close("};");
}

/// "template Clause f(State&, Follow&, ...);" for both choosers.
std::string instances(std::string head) {
  const std::string lead = "template <class Chooser>\n";
  if (!head.starts_with(lead)) return "";
  head = "template " + head.substr(lead.size());
  std::string result;
  for (const char* chooser : {"Follow", "Enumerate"}) {
    std::string one = head;
    one.replace(one.find("Chooser&"), 7, chooser);
    result += one + ";\n";
  }
  return result;
}

Piece make_piece(const Unit& u, const Subject& subject, base::TextWriter& header) {
  StmtWriter writer(u, subject);
  base::TextWriter text;
  writer.write(text);
  const std::string head = StmtWriter(u, subject).head(nullptr);
  header.line(head, ";");
  header.blank();
  const base::Span span = subject.callable->span;
  const auto file = static_cast<std::size_t>(span.file);
  const std::string group = file < u.m.files.size() ? stem(u.m.files[file]) : u.space;
  return {group, text.take(), instances(head)};
}

}  // namespace

EmittedFile functions_file(const Unit& u) {
  base::TextWriter out;
  for (std::size_t i = 0; i < u.m.fns.size(); ++i) {
    if (!u.facts.fn_used[i]) continue;
    const ir::Callable& c = u.m.fns[i];
    const LocalFacts& facts = u.facts.fns[i];
    ExprWriter e(u, c.locals, facts);
    std::string params;
    bool generic = false;
    std::vector<std::string> names;
    for (const ir::VarId var : c.params)
      names.push_back(e.name(var));
    const bool lazy = u.facts.fn_lazy[i];
    const std::string value = lazy || u.facts.fn_cursor[i] ? e.text(c.expr) : e.loose(c.expr);
    for (std::size_t k = 0; k < c.params.size(); ++k) {
      const ir::VarId var = c.params[k];
      const bool cursor = facts.cursor[var];
      generic = generic || cursor;
      params += ", " + (cursor ? "Index auto" : u.type(c.locals[var].type, facts.lazy[var]));
      if (mentions(value, names[k])) params += ' ' + names[k];
    }
    Unit::doc(out, c.doc);
    const std::string type = u.facts.fn_cursor[i] ? "auto" : u.type(u.m.exprs[c.expr].type, lazy);
    out.open((generic ? "" : "inline ") + type + ' ' + u.fns[i] + "(const State&" +
             (mentions(value, "s") ? " s" : "") + params + ") {");
    out.line("return ", value, ";");
    out.close();
    out.blank();
  }
  std::string text =
      fill(kFunctions, {{"SPEC", u.m.name}, {"SPACE", u.space}, {"BODY", out.take()}});
  return {"functions.h", std::move(text)};
}

void add_procedure_files(const Unit& u, std::vector<EmittedFile>& out) {
  if (u.m.procs.empty()) return;
  base::TextWriter header;
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < u.m.procs.size(); ++i) {
    const ir::Callable& c = u.m.procs[i];
    Unit::doc(header, c.doc);
    results_struct(u, u.proc_results[i], c, u.facts.procs[i], u.proc_fields[i], nullptr, header);
    pieces.push_back(make_piece(u, {&c, &u.facts.procs[i], false, i}, header));
  }
  const std::string about = "Procedures of " + u.m.name + ": what several actions do.";
  out.push_back({"procedures.h",
                 fill(kHeader, {{"ABOUT", about + " One that can end its caller returns\n// how, "
                                                  "or Clause::kNone."},
                                {"SPACE", u.space},
                                {"BODY", header.take()}})});
  add_sources(u, "procedures", about, pieces, out);
}

void add_action_files(const Unit& u, std::vector<EmittedFile>& out) {
  base::TextWriter header;
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < u.m.actions.size(); ++i) {
    const ir::Action& c = u.m.actions[i];
    Unit::doc(header, c.doc);
    results_struct(u, u.action_outputs[i], c, u.facts.actions[i], u.action_fields[i],
                   &u.facts.unset[i], header);
    pieces.push_back(make_piece(u, {&c, &u.facts.actions[i], true, i}, header));
  }
  const std::string about = "Actions of " + u.m.name + '.';
  out.push_back({"actions.h",
                 fill(kHeader, {{"ABOUT", about}, {"SPACE", u.space}, {"BODY", header.take()}})});
  add_sources(u, "actions", about, pieces, out);
}

}  // namespace gms::gen::cpp
