// model.h and model.cpp, names.h, and calls.h and calls.cpp: actions by number.
#include "gen/backend/cpp/files.h"

#include <cinttypes>
#include <cstdio>

#include "ir/text/digest.h"

namespace gms::gen::cpp {
namespace {

constexpr std::string_view kHeader = R"(
// The compiled model of @SPEC@.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/runtime/engine.h"

namespace gms::model::@SPACE@ {

/// Of the module that this was made from: a spec with another one is another spec.
inline constexpr std::uint64_t kDigest = @DIGEST@;

/// The state of a fresh system. `params` in the order of the spec; those that are missing have
/// their defaults.
std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params = {});

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kNames = R"(
// The names of @SPEC@, by number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/generated/@SPACE@/slots.h"

namespace gms::model::@SPACE@ {

using Names = std::string_view;

@TABLES@
/// Bits of each state function's values.
inline constexpr std::array<std::uint8_t, @STATE_COUNT@> kStateWidths = {@WIDTHS@};
/// The fields that each event may have.
inline constexpr std::array<std::span<const std::uint16_t>, @EVENT_COUNT@> kEventSlots = {@EVENT_SLOTS@};

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kCallsHeader = R"(
// Calls of the actions of @SPEC@ by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/generated/@SPACE@/clauses.h"
#include "model/generated/@SPACE@/state.h"
#include "model/runtime/choice.h"
#include "model/runtime/datum.h"

namespace gms::model::@SPACE@ {

/// Runs an action once along the choices; appends its outputs.
Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs);

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kCallsSource = R"(
// Calls of the actions of @SPEC@ by number.
#include "model/generated/@SPACE@/calls.h"

#include "model/generated/@SPACE@/actions.h"

namespace gms::model::@SPACE@ {

Clause call(State& s, Enumerate& choose, std::uint32_t action, @ARGS@,
            std::vector<Datum>& outputs) {
  switch (action) {
@CALLS@    default: return Clause::kImpossible;
  }
}

}  // namespace gms::model::@SPACE@
)";

constexpr std::string_view kSource = R"(
// The compiled model of @SPEC@.
#include "model/generated/@SPACE@/model.h"

#include "model/generated/@SPACE@/calls.h"
#include "model/generated/@SPACE@/events.h"
#include "model/generated/@SPACE@/names.h"
#include "model/generated/@SPACE@/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::@SPACE@ {
namespace {

struct Spec {
  using State = @SPACE@::State;
  using Params = @SPACE@::Params;

  static constexpr ModelInfo kInfo{"@SPEC@", kParams, kDomains, kStates, kActions,
                                   kClauses, kEvents, kSlots};
  static constexpr std::span<const std::uint8_t> kStateWidths = @SPACE@::kStateWidths;
  static constexpr std::span<const std::span<const std::uint16_t>> kEventSlots = @SPACE@::kEventSlots;

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }
  static Clause call(State& s, Enumerate& choose, std::uint32_t action,
                     std::span<const Datum> args, std::vector<Datum>& outputs) {
    return @SPACE@::call(s, choose, action, args, outputs);
  }
};

}  // namespace

std::unique_ptr<Model> make_model(@MAKE_PARAMS@) {
  Params result;
@PARAMS@  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::@SPACE@
)";

std::string digest_text(const ir::Module& module) {
  char text[20];
  std::snprintf(text, sizeof text, "0x%016" PRIx64, ir::digest(module));
  return text;
}

template <class List, class Fn>
void table(base::TextWriter& out, const std::string& name, const List& list, Fn&& text) {
  std::string items;
  for (const auto& one : list)
    items += (items.empty() ? "\"" : ", \"") + text(one) + '"';
  out.line("inline constexpr std::array<Names, ", std::to_string(list.size()), "> ", name, " = {",
           items, "};");
}

}  // namespace

void add_model_files(const Unit& u, std::vector<EmittedFile>& out) {
  const ir::Module& m = u.m;
  const Slots slots(m);
  base::TextWriter tables, calls, params;
  const auto name = [](const auto& one) { return one.name; };
  table(tables, "kParams", m.params, name);
  table(tables, "kDomains", m.domains, name);
  table(tables, "kStates", m.states, name);
  table(tables, "kActions", m.actions, name);
  table(tables, "kClauses", m.clauses, [&](const ir::Clause& one) {
    return (one.action != ir::kNoId ? m.actions[one.action].name : m.procs[one.proc].name) + '.' +
           one.label;
  });
  table(tables, "kEvents", m.events, [](const ir::Event& one) { return one.op; });
  table(tables, "kSlots", slots.names, [](const std::string& one) { return one; });
  std::string event_slots, widths;
  for (std::size_t i = 0; i < m.events.size(); ++i) {
    std::string items;
    for (const std::size_t slot : slots.allowed[i])
      items += (items.empty() ? "" : ", ") + slots.constants[slot];
    const std::string table_name = "kSlotsOf" + to_pascal(u.events[i]);
    tables.line("inline constexpr std::uint16_t ", table_name, "[] = {", items, "};");
    event_slots += (i == 0 ? "" : ", ") + table_name;
  }
  for (std::size_t i = 0; i < m.states.size(); ++i)
    widths += (i == 0 ? "" : ", ") + std::to_string(m.states[i].type.kind == ir::TypeKind::kHandle
                                                        ? 64
                                                        : m.states[i].type.width);
  calls.indent().indent();
  bool any_args = false;
  for (std::size_t i = 0; i < m.actions.size(); ++i) {
    const ir::Action& action = m.actions[i];
    std::string args = "s, choose";
    for (std::size_t k = 0; k < action.params.size(); ++k) {
      const ir::VarId var = action.params[k];
      args += ", from_datum<" + u.type(action.locals[var].type, u.facts.actions[i].lazy[var]) +
              ">(args[" + std::to_string(k) + "])";
      any_args = true;
    }
    if (action.outputs.empty()) {
      calls.line("case ", std::to_string(i), ": return ", u.actions[i], "(", args, ");");
      continue;
    }
    std::string sizes;
    for (const ir::VarId var : action.outputs) {
      const ir::Type& type = action.locals[var].type;
      sizes += (sizes.empty() ? "" : ", ") +
               std::to_string(type.kind == ir::TypeKind::kHandle ? 64 : type.width);
    }
    calls.open("case " + std::to_string(i) + ": {");
    calls.line("static constexpr std::uint8_t kWidths[] = {", sizes, "};");
    calls.line(u.action_outputs[i], " out;");
    calls.line("const Clause clause = ", u.actions[i], "(", args, ", out);");
    calls.line("append_outputs(out.fields(), kWidths, outputs);");
    calls.line("return clause;");
    calls.close();
  }
  params.indent();
  for (std::size_t i = 0; i < m.params.size(); ++i) {
    const std::string at = std::to_string(i);
    const std::string value = "params[" + at + "]";
    params.line("if (params.size() > ", at, ") result.", u.params[i], " = ",
                m.params[i].type.kind == ir::TypeKind::kBool
                    ? value + " != 0"
                    : "static_cast<" + u.type(m.params[i].type) + ">(" + value + ")",
                ";");
  }
  const std::string span = "std::span<const std::uint64_t>";
  const auto file = [&](const char* file_name, std::string_view skeleton) {
    out.push_back(
        {file_name, fill(skeleton, {{"SPEC", m.name},
                                    {"SPACE", u.space},
                                    {"DIGEST", digest_text(m)},
                                    {"TABLES", tables.str()},
                                    {"STATE_COUNT", std::to_string(m.states.size())},
                                    {"WIDTHS", widths},
                                    {"EVENT_COUNT", std::to_string(m.events.size())},
                                    {"EVENT_SLOTS", event_slots},
                                    {"ARGS", std::string("std::span<const Datum>") +
                                                 (any_args ? " args" : "")},
                                    {"CALLS", calls.str()},
                                    {"MAKE_PARAMS", span + (m.params.empty() ? "" : " params")},
                                    {"PARAMS", params.str()}})});
  };
  file("model.h", kHeader);
  file("names.h", kNames);
  file("calls.h", kCallsHeader);
  file("calls.cpp", kCallsSource);
  file("model.cpp", kSource);
}

}  // namespace gms::gen::cpp
