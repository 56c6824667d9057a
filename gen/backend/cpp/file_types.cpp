// types.h and state.h.
#include <algorithm>

#include "gen/backend/cpp/files.h"
#include "ir/type.h"

namespace gms::gen::cpp {
namespace {

using ir::TypeKind;

constexpr std::string_view kTypes = R"(
// The kinds of values of @SPEC@: enums, objects, indices, parameters.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"
#include "model/runtime/handles.h"

namespace gms::model::@SPACE@ {


@TYPES@
/// What distinguishes one kernel from another; fixed for a run.
struct Params {
@PARAMS@};

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kClauses = R"(
// The ways out of the actions of @SPEC@.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"

namespace gms::model::@SPACE@ {

/// How a run of an action ends.
enum class Clause : std::uint16_t {
@CLAUSES@  kNone,        // it has not ended yet
  kImpossible,  // no such run exists
};
inline constexpr std::array<Errno, @CLAUSE_COUNT@> kResults = {
@RESULTS@};

constexpr bool is_exit(Clause clause) { return clause < Clause::kNone; }
/// Of a way out.
constexpr Errno result_of(Clause clause) { return kResults[static_cast<std::size_t>(clause)]; }
constexpr std::uint32_t number_of(Clause clause) { return static_cast<std::uint32_t>(clause); }

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kState = R"(
// The state functions of @SPEC@.
#pragma once

#include <tuple>

#include "model/generated/@SPACE@/types.h"
#include "model/runtime/function.h"
#include "model/runtime/lazy.h"
#include "model/runtime/optional.h"

namespace gms::model::@SPACE@ {

using Base = StateBase<@TAGS@>;

struct State : Base {
  const Params params;

@FUNCTIONS@
  auto functions() { return std::tie(@NAMES@); }
  auto functions() const { return std::tie(@NAMES@); }

  explicit State(const Params& the_params);
  State(const State& other);
  State& operator=(const State&) = delete;
  ~State();
  friend bool operator==(const State& a, const State& b);
};

// Ends an object and everything that is keyed by it. Nothing if it is not live.
@DESTROYS@
}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kStateSource = R"(
// What concerns all state functions of @SPEC@ at once.
#include "model/generated/@SPACE@/state.h"

namespace gms::model::@SPACE@ {

State::State(const Params& the_params) : params(the_params) {}
State::State(const State& other) : Base(other), params(other.params) {
  functions() = other.functions();
}
State::~State() = default;

bool operator==(const State& a, const State& b) {
  return static_cast<const Base&>(a) == static_cast<const Base&>(b) &&
         a.functions() == b.functions();
}

@DESTROYS@
}  // namespace gms::model::@SPACE@
)";

std::string key(const Unit& u, const ir::Type& type) {
  if (type.kind == TypeKind::kHandle) return u.domains[type.decl];
  const std::string width = std::to_string(type.width);
  if (type.kind == TypeKind::kIndex) return "Bits<" + width + ", " + u.sorts[type.decl] + ">";
  return "Bits<" + width + (u.type(type) == "std::uint64_t" ? "" : ", " + u.type(type)) + ">";
}

std::string types_text(const Unit& u, const std::vector<EmittedFile>& others) {
  base::TextWriter out;
  for (std::size_t i = 0; i < u.m.enums.size(); ++i) {
    const ir::Enum& one = u.m.enums[i];
    if (i == ir::kErrnoEnum || one.is_flags) continue;
    std::uint64_t largest = 0;
    for (const ir::EnumMember& member : one.members)
      largest = std::max(largest, member.value);
    const unsigned width = largest < 0x100      ? 8
                           : largest < 0x10000  ? 16
                           : largest >> 32 == 0 ? 32
                                                : 64;
    Unit::doc(out, one.doc);
    out.open("enum class " + u.enums[i] + " : " + Unit::number_type(width, false) + " {");
    std::string list;
    for (std::size_t k = 0; k < one.members.size(); ++k) {
      const std::string name = u.members[i][k].substr(u.enums[i].size() + 2);
      const std::string& spelling = one.members[k].spelling;
      const bool renamed = !spelling.empty() && spelling != one.members[k].name;
      out.line(name, " = ", std::to_string(one.members[k].value), ",",
               renamed ? "  // \"" + spelling + '"' : "");
      list += (list.empty() ? "" : ", ") + u.members[i][k];
    }
    out.close("};");
    const std::string all = "kAll" + u.enums[i];
    if (std::any_of(others.begin(), others.end(),
                    [&](const EmittedFile& file) { return mentions(file.text, all); }))
      out.line("inline constexpr std::array ", all, " = {", list, "};");
    out.blank();
  }
  if (std::any_of(others.begin(), others.end(),
                  [](const EmittedFile& file) { return mentions(file.text, "kBools"); })) {
    out.line("inline constexpr std::array kBools = {false, true};");
    out.blank();
  }
  for (std::size_t i = 0; i < u.m.domains.size(); ++i) {
    out.line("struct ", u.tags[i], ";");
    Unit::doc(out, u.m.domains[i].doc);
    out.line("using ", u.domains[i], " = Handle<", u.tags[i], ">;");
    out.blank();
  }
  for (std::size_t i = 0; i < u.m.index_sorts.size(); ++i) {
    Unit::doc(out, u.m.index_sorts[i].doc);
    out.line("using ", u.sorts[i], " = std::uint64_t;  // ",
             std::to_string(u.m.index_sorts[i].width), " bits");
  }
  return out.take();
}

}  // namespace

void add_type_files(const Unit& u, std::vector<EmittedFile>& files) {
  base::TextWriter params, clauses, results;
  params.indent();
  for (std::size_t i = 0; i < u.m.params.size(); ++i) {
    const ir::Param& one = u.m.params[i];
    Unit::doc(params, one.doc);
    params.line(u.type(one.type), ' ', u.params[i], " = ",
                u.constant(one.type, one.default_value, false), ";",
                one.is_quirk ? "  // a quirk" : "");
  }
  clauses.indent();
  results.indent();
  for (std::size_t i = 0; i < u.m.clauses.size(); ++i) {
    const std::string name = u.clauses[i].substr(8);
    clauses.line(name, ",");
    results.line(u.constant({TypeKind::kEnum, false, false, 1, ir::kErrnoEnum},
                            u.m.clauses[i].result, false),
                 ",  // ", name);
  }
  const auto file = [&](const char* name, std::string_view skeleton, std::size_t at) {
    files.insert(files.begin() + static_cast<std::ptrdiff_t>(at),
                 {name, fill(skeleton, {{"SPEC", u.m.name},
                                        {"SPACE", u.space},
                                        {"TYPES", types_text(u, files)},
                                        {"PARAMS", params.str()},
                                        {"CLAUSES", clauses.str()},
                                        {"CLAUSE_COUNT", std::to_string(u.m.clauses.size())},
                                        {"RESULTS", results.str()}})});
  };
  file("types.h", kTypes, 0);
  file("clauses.h", kClauses, 1);
}

void add_state_files(const Unit& u, std::vector<EmittedFile>& out) {
  base::TextWriter functions, heads, bodies;
  for (std::size_t i = 0; i < u.domains.size(); ++i) {
    const std::string handle = u.handle_names[i];
    const std::string head = "void destroy(State& s, " + u.domains[i] + ' ' + handle + ')';
    heads.line(head, ";");
    bodies.line(head, " { model::destroy(s, ", handle, "); }");
  }
  functions.indent();
  std::string names, tags;
  for (std::size_t i = 0; i < u.m.states.size(); ++i) {
    const ir::State& one = u.m.states[i];
    names += (i == 0 ? "" : ", ") + u.states[i];
    std::string keys;
    for (const ir::Type& type : one.keys)
      keys += ", " + key(u, type);
    const std::string type = u.type(one.type, one.observe_only);
    const std::string initial = one.type.optional && one.initial_none
                                    ? u.type(one.type) + "{}"
                                    : u.constant(one.type, one.initial, false);
    Unit::doc(functions, one.doc);
    functions.line("Function<Base, ", type, keys, "> ", u.states[i], "{*this, ", initial, "};");
  }
  for (const std::string& tag : u.tags)
    tags += (tags.empty() ? "" : ", ") + tag;
  if (u.m.domains.empty() || u.m.states.empty())
    u.problems.push_back("a spec without domains or without state");
  const auto file = [&](const char* name, std::string_view skeleton, const std::string& destroys) {
    out.push_back({name, fill(skeleton, {{"SPEC", u.m.name},
                                         {"SPACE", u.space},
                                         {"TAGS", tags},
                                         {"FUNCTIONS", functions.str()},
                                         {"NAMES", names},
                                         {"DESTROYS", destroys}})});
  };
  file("state.h", kState, heads.str());
  file("state.cpp", kStateSource, bodies.str());
}

}  // namespace gms::gen::cpp
