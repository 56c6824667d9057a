// Calls of a spec as lines of a trace: what checker/conform/event_run.h does, the other way round.
// A call is written as the first event whose declaration can stand for it; the results are what the
// spec allows, one line for each way in which the call may end.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/conform/datum.h"
#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"
#include "ir/ir.h"

namespace gms::check {

/// An object that no event makes: the line that names it first stands for the call, too.
struct UnnamedObject {
  ir::ActionId maker = ir::kNoId;
  std::optional<std::vector<Datum>> args;  // none: whatever the line says
  ir::DomainId domain = ir::kNoId;
  std::uint64_t handle = 0;
};

/// What the objects of one sequence are called, and how many values the environment chose in it.
class ObjectNames {
 public:
  /// The name that the object got last, or null.
  const std::string* find(ir::DomainId domain, std::uint64_t handle) const;
  /// Every object of the domain that has a name, dead ones too, with it.
  const std::map<std::uint64_t, std::string>& of(ir::DomainId domain) const;
  /// A name that no object had, with the first letter of the field's.
  std::string invent(const std::string& field) {
    return field.substr(0, 1) + std::to_string(++last_);
  }
  /// The next names are not those of others who go on from here.
  void leave_out(unsigned count) { last_ += count; }
  void give(ir::DomainId domain, std::uint64_t handle, std::string name) {
    names_[domain][handle] = std::move(name);
  }
  /// What the next line has to name.
  const std::optional<UnnamedObject>& unnamed() const { return unnamed_; }
  void leave_unnamed(std::optional<UnnamedObject> object) { unnamed_ = std::move(object); }
  std::uint64_t chosen_values() const { return chosen_; }
  void choose_values(std::uint64_t in_all) { chosen_ = in_all; }

 private:
  std::map<ir::DomainId, std::map<std::uint64_t, std::string>> names_;
  unsigned last_ = 0;
  std::optional<UnnamedObject> unnamed_;
  std::uint64_t chosen_ = 0;
};

/// One line, and where it leads.
struct WrittenEvent {
  nlohmann::ordered_json line;  // without seq, tid and times; null: the next line says it, too
  std::vector<ir::ClauseId> clauses;  // by which its calls left
  ir::interp::State next;
  ObjectNames names;
  bool free = false;  // it shows a value that the environment chose, such as a page frame's number
};

/// The way by which a call left by that clause; the first one if none did. Not empty.
WrittenEvent& way_by(std::vector<WrittenEvent>& ways, ir::ClauseId clause);

class EventWriter {
 public:
  /// The module must outlive it. `not_given`: fields that no caller can set, such as whether a
  /// fault was injected; they keep their defaults.
  EventWriter(const ir::Module& module, const std::vector<std::string>& not_given);

  /// In front of each action of the module, or of one that only has more behind its ids: that some
  /// event can make the call, as far as its declaration alone says that.
  void require_events(ir::Module& module) const;
  /// The same as an exit in front of each action, which all other calls take: then versions of an
  /// action can be compared for the calls that count.
  void end_other_calls(ir::Module& module) const;

  /// Whether a line can stand for the call, or for it and the next one. `last` led to the state;
  /// null: none. The interpreter is one of the module, or of one that only has more behind its ids.
  bool can_write(ir::interp::Interpreter& in, const ir::interp::State& state, const RunCall* last,
                 ir::ActionId action, std::span<const Datum> args) const;
  /// For a call that names the newest object of a silent call's: the arguments that the silent one
  /// must have had. Nothing if the call does not name it.
  std::optional<std::vector<Datum>> silent_args(ir::interp::Interpreter& in,
                                                const ir::interp::State& state,
                                                const RunCall& silent, ir::ActionId action,
                                                std::span<const Datum> args) const;
  /// Whether no event makes the call but in front of another one, for an object that it names.
  bool is_silent(ir::ActionId action) const {
    return forms_[action].empty() && !makes_[action].empty();
  }

  /// Calls that the event that stands for this one may make in loops in front of it: it shows
  /// them, too.
  std::vector<ir::ActionId> also_calls(ir::ActionId action) const;

  /// Whether nobody sees how the call failed: each event that makes it goes on where it succeeds.
  bool errors_alike(ir::ActionId action) const;

  /// By StateId: what an event looks at itself to find out that it stands for the call.
  std::vector<bool> read_to_find(ir::ActionId action) const;

  /// All ways in which the event that stands for the call may end, at most kMaxWays; empty if no
  /// event can.
  std::vector<WrittenEvent> write(ir::interp::Interpreter& in, const ir::interp::State& state,
                                  const ObjectNames& names, ir::ActionId action,
                                  std::span<const Datum> args) const;
  static constexpr std::size_t kMaxWays = 64;

 private:
  /// A call in an event, and under which conditions the event makes it and no other before.
  struct Form {
    const ir::Event* event = nullptr;
    const ir::EventCall* call = nullptr;
    std::vector<std::pair<ir::ExprId, bool>> conditions;
  };
  /// What a field is to the caller.
  struct EventFacts {
    std::vector<bool> input;      // by VarId: what the caller says
    std::vector<bool> output;     // by VarId: what the call shows
    std::vector<bool> fixed;      // by VarId: an input that keeps its default
    std::vector<bool> names_new;  // by field: it says what a new object is called
  };
  struct Solution {
    const Form* form = nullptr;
    std::vector<Datum> locals;
  };

  ir::ExprId some_event_can(ir::Module& module, ir::ActionId action) const;
  void find_forms(const ir::Event& event, const std::vector<ir::EventStmt>& body,
                  std::vector<std::pair<ir::ExprId, bool>> conditions);
  bool as_parameters(const Form& form, ir::ActionId action, ir::ExprId condition,
                     std::vector<std::pair<ir::VarId, ir::VarId>>& rename) const;
  bool is_input_array(const ir::Event& event, std::uint32_t field) const;
  std::optional<Solution> solve(ir::interp::Interpreter& in, const ir::interp::State& state,
                                ir::ActionId action, std::span<const Datum> args,
                                const std::optional<UnnamedObject>& unnamed,
                                const ObjectNames* names) const;
  std::optional<UnnamedObject> made_by(const RunCall& call) const;
  bool can_make(ir::interp::Interpreter& in, const ir::interp::State& state, ir::ActionId action,
                std::span<const Datum> args) const;
  bool names_it(ir::interp::Interpreter& in, const ir::interp::State& state,
                const ir::EventField& field, const std::vector<Datum>& locals,
                const UnnamedObject& object) const;
  std::vector<WrittenEvent> make_silently(ir::interp::Interpreter& in,
                                          const ir::interp::State& state, const ObjectNames& names,
                                          ir::ActionId action, std::span<const Datum> args) const;
  bool complete(ir::interp::Interpreter& in, const ir::interp::State& state, const Form& form,
                std::span<const Datum> args, const std::optional<UnnamedObject>& unnamed,
                const ObjectNames* names, const std::vector<ir::VarId>& open, std::size_t at,
                std::vector<Datum>& locals) const;

  const ir::Module& m_;
  std::map<const ir::Event*, EventFacts> facts_;
  std::vector<std::vector<Form>> forms_;  // by ActionId
  /// Calls that an event makes besides the one that it stands for; no call: for a missing field.
  std::vector<std::vector<Form>> besides_;
  /// By ActionId: the fields whose object it makes if no event has made it.
  std::vector<std::vector<const ir::EventField*>> makes_;
};

}  // namespace gms::check
