// events.h and events.cpp: how the lines of a trace become actions.
#include <algorithm>
#include <set>

#include "gen/backend/cpp/expr.h"
#include "gen/backend/cpp/files.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::gen::cpp {
namespace {

using ir::kNoId;
using ir::TypeKind;

constexpr std::string_view kHeader = R"(
// The events of @SPEC@: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/@SPACE@/clauses.h"
#include "model/generated/@SPACE@/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::@SPACE@ {

/// Judges the event with this number, by the function of its op. The journal takes back what it did
/// if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

@HEADS@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kJudge = R"(
// The events of @SPEC@ by number.
#include "model/generated/@SPACE@/events.h"

namespace gms::model::@SPACE@ {

Verdict judge(EventRun<State>& run, std::uint32_t event) {
  switch (event) {
@CASES@    default: return Verdict::kUndecided;
  }
}

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kSource = R"(
// Events of @SPEC@.
#include "model/generated/@SPACE@/events.h"

#include <cstddef>

#include "model/generated/@SPACE@/actions.h"
@FUNCTIONS@#include "model/generated/@SPACE@/slots.h"
#include "model/generated/@SPACE@/words.h"
#include "model/runtime/value.h"

namespace gms::model::@SPACE@ {

@BODY@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kWordsHeader = R"(
// How traces spell the enums of @SPEC@.
#pragma once

#include "model/runtime/names.h"

namespace gms::model::@SPACE@ {

@WORD_HEADS@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kWordsSource = R"(
// How traces spell the enums of @SPEC@.
#include "model/generated/@SPACE@/words.h"

#include <array>

namespace gms::model::@SPACE@ {

@WORDS@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kSlots = R"(
// The fields of lines that the events of @SPEC@ read, by number.
#pragma once

#include <cstddef>

namespace gms::model::@SPACE@ {

enum FieldSlot : std::size_t {
@SLOTS@};

}  // namespace gms::model::@SPACE@
)";

bool is_errno(const ir::Type& type) {
  return type.kind == TypeKind::kEnum && type.decl == ir::kErrnoEnum;
}
bool plain_array(const ir::EventField& field) {
  return field.columns.size() == 1 && field.columns[0].empty();
}

void find_bound(const std::vector<ir::EventStmt>& body, std::set<std::uint32_t>& fields) {
  for (const ir::EventStmt& stmt : body) {
    if (const auto* call = std::get_if<ir::EventCall>(&stmt.node)) {
      for (const ir::EventCall::Bind& bind : call->binds)
        fields.insert(bind.field);
    } else if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&stmt.node)) {
      find_bound(branch->then_body, fields);
      find_bound(branch->else_body, fields);
    } else if (const auto* loop = std::get_if<ir::EventStmt::ForEach>(&stmt.node)) {
      find_bound(loop->body, fields);
    }
  }
}

class EventWriter {
 public:
  EventWriter(const Unit& unit, const Slots& slots, ir::DomainId id, std::set<ir::EnumId>& words,
              base::TextWriter& out)
      : u_(unit),
        event_(unit.m.events[id]),
        facts_(unit.facts.events[id]),
        slots_(slots),
        words_(words),
        e_(unit, event_.locals, facts_),
        out_(out),
        function_(unit.events[id]) {
    find_bound(event_.body, bound_);
  }

  void write() {
    Unit::doc(out_, event_.doc);
    if (const std::string place = u_.place(event_.span); !place.empty()) out_.line("// ", place);
    base::TextWriter body;
    std::swap(body, out_);
    body_();
    std::swap(body, out_);
    const std::string text = body.take();
    out_.open("Verdict " + function_ + "(EventRun<State>& run) {");
    if (mentions(text, "s")) out_.line("State& s = run.s;");
    out_.line(text.empty() ? "" : text.substr(0, text.size() - 1));
    out_.close();
    out_.blank();
  }

 private:
  static constexpr std::string_view kGiveUp = " return Verdict::kUndecided;";

  std::string slot(const std::string& name) const { return slots_.constants[slots_.find(name)]; }
  std::string field(const std::string& name) const { return "run.field(" + slot(name) + ")"; }
  const ir::Type& type(ir::VarId var) const { return event_.locals[var].type; }

  std::string how(const ir::Type& type) {
    if (type.kind != TypeKind::kEnum) return std::to_string(type.width) + "u";
    words_.insert(type.decl);
    return to_snake(u_.enums[type.decl]) + "_words()";
  }

  std::string absent(const ir::EventField& one, bool optional) const {
    if (one.default_value != kNoId) return "Absent::kIsDefault";
    if (one.unlogged_any) return "Absent::kIsUnknown";
    return one.required || !optional ? "Absent::kIsError" : "Absent::kIsZero";
  }

  void declare(ir::VarId var) {
    const bool lazy = facts_.lazy[var];
    out_.line(u_.type(type(var), lazy), ' ', e_.name(var), lazy ? "" : u_.initial(type(var)), ";");
  }

  void body_() {
    for (const ir::EventField& one : event_.fields) {
      if (one.kind == ir::FieldKind::kArray) continue;
      for (const ir::VarId var : {one.var, one.word, one.offset}) {
        if (var != kNoId &&
            (facts_.reads[var] > 0 || one.kind == ir::FieldKind::kValue || var == one.word))
          declare(var);
      }
    }
    names_.resize(event_.fields.size());
    for (std::uint32_t i = 0; i < event_.fields.size(); ++i) {
      switch (event_.fields[i].kind) {
        case ir::FieldKind::kValue: read_value(event_.fields[i]); break;
        case ir::FieldKind::kName: read_name(i); break;
        case ir::FieldKind::kArray: read_array(event_.fields[i]); break;
      }
    }
    for (std::uint32_t i = 0; i < event_.fields.size(); ++i) {
      if (event_.fields[i].kind == ir::FieldKind::kName) find_handle(i);
    }
    for (const ir::EventField& one : event_.fields) {
      if (one.default_value == kNoId || one.var == kNoId || facts_.reads[one.var] == 0) continue;
      out_.line("if (!", field(one.name), ".present()) ", e_.name(one.var), " = ",
                e_.loose(one.default_value, facts_.lazy[one.var]), ";");
    }
    block(event_.body);
    for (const std::uint32_t i : bound_)
      out_.line("if (", names_[i], ") run.introduce(*", names_[i], ");");
    out_.line("return Verdict::kConforms;");
  }

  void read_value(const ir::EventField& one) {
    if (one.var == kNoId) return;
    const ir::Type& t = type(one.var);
    if (t.kind == TypeKind::kHandle) {
      u_.problems.push_back("event " + event_.op + ": a handle in a field of values");
      return;
    }
    out_.line("if (!read_field(", field(one.name), ", ", how(t), ", ",
              absent(one, t.optional || is_errno(t)), ", ", e_.name(one.var), "))", kGiveUp);
  }

  void read_name(std::uint32_t index) {
    const ir::EventField& one = event_.fields[index];
    names_[index] = e_.scope().add(to_snake(one.name) + "_name");
    out_.line("std::optional<NameTable::Id> ", names_[index], ";");
    const bool offset = one.offset != kNoId;
    std::string offset_name = "nullptr";
    if (offset) {
      if (facts_.reads[one.offset] == 0) {
        e_.rename(one.offset, e_.scope().add("unused_offset"));
        declare(one.offset);
      }
      offset_name = "&" + e_.name(one.offset);
    }
    std::string mode = one.default_value != kNoId ? "Absent::kIsDefault"
                       : one.required             ? "Absent::kIsError"
                       : one.unlogged_any         ? "Absent::kIsError"
                                                  : "Absent::kIsZero";
    std::string cond = "!run.read_name(" + slot(one.name) + ", " + mode + ", " + names_[index] +
                       ", " + offset_name + ")";
    if (one.word != kNoId) {
      const ir::Type& t = type(one.word);
      // A known word is no name; anything else is.
      out_.line(u_.type(ir::value_of(t)), ' ', e_.name(one.word), "_word{};");
      out_.open("if (take_value(" + field(one.name) + ", " + how(t) + ", " + e_.name(one.word) +
                "_word)) {");
      out_.line(e_.name(one.word), " = ", e_.name(one.word), "_word;");
      out_.reopen("} else if (" + cond + ") {");
      out_.line("return Verdict::kUndecided;");
      out_.close();
    } else {
      out_.line("if (", cond, ")", kGiveUp);
    }
  }

  void find_handle(std::uint32_t index) {
    const ir::EventField& one = event_.fields[index];
    if (one.var == kNoId) return;
    const bool bound = bound_.contains(index);
    const ir::Type& t = type(one.var);
    if (t.kind != TypeKind::kHandle || !t.optional) {
      u_.problems.push_back("event " + event_.op + ": a name in a local of another type");
      return;
    }
    std::string target = e_.name(one.var);
    if (facts_.reads[one.var] == 0) {
      if (one.on_missing == kNoId && bound) return;
      target = e_.scope().add("unused_" + target);
      out_.line(u_.type(t), ' ', target, ";");
    }
    const std::string find = "run.find_handle(*" + names_[index] + ", " +
                             (bound ? "true" : "false") + ", " + target + ")";
    if (one.on_missing == kNoId) {
      out_.line("if (", names_[index], " && !", find, ")", kGiveUp);
      return;
    }
    const ir::ActionId action = one.on_missing;
    const std::string domain = u_.domains[t.decl];
    out_.open("if (" + names_[index] + " && run.is_missing<" + domain + ">(*" + names_[index] +
              ")) {");
    const std::string& outputs = u_.action_outputs[action];
    out_.line(outputs, " out;");
    out_.line("const bool made = run.make_missing(*", names_[index],
              ", [&](Follow& choose) { return ", call_text(action, one.on_missing_args),
              "; }, [&] { return ", u_.type(t), "(out.", u_.action_fields[action][0], "); }, ",
              target, ");");
    out_.line("if (!made)", kGiveUp);
    out_.reopen("} else if (" + names_[index] + " && !" + find + ") {");
    out_.line("return Verdict::kUndecided;");
    out_.close();
  }

  void read_array(const ir::EventField& one) {
    const bool objects = !plain_array(one);
    out_.line("if (!is_array(", field(one.name), ", ", objects ? "true" : "false", ", ",
              one.required ? "true" : "false", "))", kGiveUp);
    std::string reads;
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      const ir::VarId var = one.column_vars[c];
      declare(var);
      const ir::Type& t = type(var);
      const std::string array = field(objects ? one.name + '.' + one.columns[c] : one.name);
      reads += (c == 0 ? "" : " && ") + ("read_field(element(" + array) + ", at), " + how(t) +
               ", " + (t.optional || is_errno(t) ? "Absent::kIsZero" : "Absent::kIsError") + ", " +
               e_.name(var) + ")";
    }
    const std::string reader = e_.scope().add("read_" + to_snake(one.name));
    out_.line("const auto ", reader, " = [&](std::size_t at) { return ",
              reads.empty() ? "true" : reads, "; };");
    const auto loop =
        out_.block("for (std::size_t at = 0; at < " + field(one.name) + ".size(); ++at) {");
    out_.line("if (!", reader, "(at))", kGiveUp);
    readers_.emplace_back(one.name, reader);
  }

  std::string call_text(ir::ActionId action, const std::vector<ir::ExprId>& args) {
    const ir::Action& a = u_.m.actions[action];
    std::string text = u_.actions[action] + "(s, choose";
    for (std::size_t i = 0; i < args.size(); ++i) {
      const ir::VarId param = a.params[i];
      text += ", " + (args[i] == kNoId ? u_.type(a.locals[param].type, true) + "::unknown()"
                                       : e_.loose(args[i], u_.facts.actions[action].lazy[param]));
    }
    return text + (a.outputs.empty() ? ")" : ", out)");
  }

  void block(const std::vector<ir::EventStmt>& body) {
    for (const ir::EventStmt& one : body) {
      std::visit(ir::Overloaded{
                     [&](const ir::EventCall& call) { this->call(call); },
                     [&](const ir::EventStmt::Branch& branch) {
                       const std::string cond = e_.text(branch.cond);
                       out_.open("if (" +
                                 (e_.is_lazy(branch.cond) ? "known_true(" + cond + ")" : cond) +
                                 ") {");
                       block(branch.then_body);
                       if (!branch.else_body.empty()) {
                         out_.reopen("} else {");
                         block(branch.else_body);
                       }
                       out_.close();
                     },
                     [&](const ir::EventStmt::ForEach& loop) {
                       const std::string& name = event_.fields[loop.field].name;
                       const Scope::Mark mark = e_.scope().mark();
                       const std::string index =
                           loop.index == kNoId ? e_.scope().add("i") : e_.name(loop.index);
                       out_.open("for (std::uint64_t " + index + " = 0; " + index + " < " +
                                 field(name) + ".size(); ++" + index + ") {");
                       for (const auto& [array, reader] : readers_) {
                         if (array == name) out_.line(reader, "(", index, ");");
                       }
                       block(loop.body);
                       out_.close();
                       e_.scope().back_to(mark);
                       if (loop.index != kNoId) e_.rename(loop.index, "");
                     },
                     [&](const ir::EventStmt::Reject& reject) {
                       out_.line("// ", reject.why);
                       out_.line("return Verdict::kUndecided;");
                     },
                 },
                 one.node);
    }
  }

  /// What an observation says, read before the call.
  std::string observed(ir::ExprId id) {
    const ir::Expr& e = u_.m.exprs[id];
    if (e.op == ir::Op::kVar || e.op == ir::Op::kConst) return e_.exact(id);
    const std::string name = e_.scope().add("seen");
    out_.line("const auto ", name, " = ", e_.exact(id), ";");
    return name;
  }

  void call(const ir::EventCall& call) {
    const ir::Action& action = u_.m.actions[call.action];
    out_.open("{");
    const Scope::Mark mark = e_.scope().mark();
    std::string result = "std::nullopt", matches;
    for (const ir::EventCall::Observe& observe : call.observes) {
      std::string when;
      if (observe.when != kNoId) {
        when = e_.scope().add("shown");
        const std::string cond = e_.text(observe.when);
        out_.line("const bool ", when, " = ",
                  e_.is_lazy(observe.when) ? "known_true(" + cond + ")" : cond, ";");
      }
      const std::string value = observed(observe.value);
      if (observe.output == kNoId) {
        if (result != "std::nullopt")
          u_.problems.push_back("event " + event_.op + ": two results of one call");
        result = "told(" + value + ")";
        if (!when.empty()) result = when + " ? " + result + " : std::nullopt";
      } else {
        const std::string one = "agrees(out." + u_.action_fields[call.action][observe.output] +
                                ", " + value + ", unsure)";
        matches += (matches.empty() ? "" : " && ") +
                   (when.empty() ? one : "(!" + when + " || " + one + ")");
      }
    }
    if (!action.outputs.empty()) out_.line(u_.action_outputs[call.action], " out;");
    out_.line("const Verdict verdict = run.follow(", result, ", [&](Follow& choose) { return ",
              call_text(call.action, call.args), "; }, [&](Unsure&",
              matches.empty() ? "" : " unsure", ") { return ", matches.empty() ? "true" : matches,
              "; });");
    out_.line("if (verdict != Verdict::kConforms) return verdict;");
    for (const ir::EventCall::Bind& bind : call.binds) {
      const ir::Type& t = action.locals[action.outputs[bind.output]].type;
      const std::string made = "out." + u_.action_fields[call.action][bind.output];
      out_.line("if (!run.bind(", names_[bind.field], ", ",
                t.optional || u_.facts.unset[call.action][bind.output]
                    ? made
                    : "Optional<" + u_.type(t) + ">(" + made + ")",
                "))", kGiveUp);
    }
    e_.scope().back_to(mark);
    out_.close();
  }

  const Unit& u_;
  const ir::Event& event_;
  const LocalFacts& facts_;
  const Slots& slots_;
  std::set<ir::EnumId>& words_;
  ExprWriter e_;
  base::TextWriter& out_;
  std::string function_;
  std::set<std::uint32_t> bound_;
  std::vector<std::string> names_;
  std::vector<std::pair<std::string, std::string>> readers_;
};

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

Slots::Slots(const ir::Module& module) : allowed(module.events.size()) {
  Scope scope;
  const auto add = [&](const std::string& name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return i;
    }
    names.push_back(name);
    constants.push_back(scope.add("kSlot" + to_pascal(to_snake(name))));
    return names.size() - 1;
  };
  add("op");
  for (const std::string& name : module.common_fields)
    add(name);
  const std::size_t common = names.size();
  for (std::size_t i = 0; i < module.events.size(); ++i) {
    std::set<std::size_t> may;
    for (std::size_t k = 0; k < common; ++k)
      may.insert(k);
    const auto allow = [&](const std::string& name) {
      if (const std::size_t dot = name.find('.'); dot != std::string::npos)
        may.insert(add(name.substr(0, dot)));
      may.insert(add(name));
    };
    for (const ir::EventField& field : module.events[i].fields) {
      allow(field.name);
      if (field.kind != ir::FieldKind::kArray || plain_array(field)) continue;
      for (const std::string& column : field.columns)
        allow(field.name + '.' + column);
    }
    allowed[i].assign(may.begin(), may.end());
  }
}

std::size_t Slots::find(const std::string& name) const {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void add_event_files(const Unit& u, std::vector<EmittedFile>& out) {
  constexpr std::size_t kMaxLines = 300;
  const Slots slots(u.m);
  base::TextWriter words_text, word_heads, cases, heads, slot_list;
  std::vector<std::string> bodies(1);
  std::size_t lines = 0;
  std::set<ir::EnumId> words;
  cases.indent().indent();
  for (std::uint32_t i = 0; i < u.m.events.size(); ++i) {
    if (u.m.events[i].ignored) continue;
    base::TextWriter body;
    EventWriter(u, slots, i, words, body).write();
    const auto more =
        static_cast<std::size_t>(std::count(body.str().begin(), body.str().end(), '\n'));
    if (lines != 0 && lines + more > kMaxLines) {
      bodies.emplace_back();
      lines = 0;
    }
    lines += more;
    bodies.back() += body.str() + '\n';
    cases.line("case ", std::to_string(i), ": return ", u.events[i], "(run);");
    heads.line("Verdict ", u.events[i], "(EventRun<State>& run);");
  }
  for (const ir::EnumId id : words) {
    const std::string head = "const WordTable& " + to_snake(u.enums[id]) + "_words()";
    word_heads.line(head, ";");
    words_text.open(head + " {");
    words_text.open("static constexpr auto kWords = std::to_array<Spelling>({");
    for (const ir::EnumMember& member : u.m.enums[id].members) {
      // An absent error is written as null; its name is no word.
      if (id == ir::kErrnoEnum && member.value == 0) continue;
      const std::string_view spelling = member.spelling.empty() ? member.name : member.spelling;
      words_text.line("{", quoted(spelling), ", ", std::to_string(member.value), "},");
    }
    words_text.close("});");
    words_text.line("static const WordTable kTable(kWords);");
    words_text.line("return kTable;");
    words_text.close();
    words_text.blank();
  }
  slot_list.indent();
  for (std::size_t i = 0; i < slots.names.size(); ++i)
    slot_list.line(slots.constants[i], ",  // ", slots.names[i]);
  const std::string functions =
      u.m.fns.empty() ? "" : "#include \"model/generated/" + u.space + "/functions.h\"\n";
  const auto file = [&](const std::string& name, std::string_view skeleton,
                        const std::string& body) {
    out.push_back({name, fill(skeleton, {{"SPEC", u.m.name},
                                         {"SPACE", u.space},
                                         {"FUNCTIONS", functions},
                                         {"WORDS", words_text.str()},
                                         {"WORD_HEADS", word_heads.str()},
                                         {"HEADS", heads.str()},
                                         {"BODY", body},
                                         {"CASES", cases.str()},
                                         {"SLOTS", slot_list.str()}})});
  };
  file("slots.h", kSlots, "");
  file("words.h", kWordsHeader, "");
  file("words.cpp", kWordsSource, "");
  file("events.h", kHeader, "");
  file("events.cpp", kJudge, "");
  for (std::size_t i = 0; i < bodies.size(); ++i)
    file("events_" + std::to_string(i + 1) + ".cpp", kSource, bodies[i]);
}

}  // namespace gms::gen::cpp
