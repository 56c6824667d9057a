// The event declarations of a spec, prepared for decoding: which key of which op fills which local.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "checker/trace/field_table.h"
#include "ir/ir.h"
#include "model/runtime/names.h"

namespace gms::check {

/// How words of a trace stand for the members of an enum.
class WordTable {
 public:
  WordTable() = default;
  /// The module must outlive the table.
  explicit WordTable(const ir::Enum& words);
  /// The member's value, or null.
  const std::uint64_t* find(std::string_view word) const;

 private:
  std::unordered_map<std::string_view, std::uint64_t> by_spelling_;
};

struct ColumnPlan {
  FieldIndex slot = kNoField;
  ir::VarId var = ir::kNoId;
};

struct FieldPlan {
  const ir::EventField* decl = nullptr;
  FieldIndex slot = kNoField;       // of the field itself; of an array: of the array
  bool plain_elements = false;      // kArray: scalars instead of objects
  bool bound_here = false;          // kName: a `named` of this event may give the name its handle
  std::vector<ColumnPlan> columns;  // kArray
};

/// One op.
struct EventPlan {
  const ir::Event* event = nullptr;
  std::vector<FieldPlan> fields;       // in step with event->fields
  std::vector<bool> raced_by;          // events whose calls an exit `when raced` of it may name
  std::vector<std::uint64_t> allowed;  // bit i % 64 of word i / 64: the op may carry slot i

  bool allows(FieldIndex slot) const { return (allowed[slot / 64] >> (slot % 64) & 1) != 0; }
};

/// Where the fields stand that say when and by whom a call was made. A trace may lack them.
struct ClockSlots {
  FieldIndex seq = kNoField, tid = kNoField, begin = kNoField, end = kNoField;
};

/// Immutable. The module must outlive it.
class EventTable {
 public:
  EventTable() = default;  // knows no event
  /// A message if the module's events cannot be told apart in JSON (a key with two dots, a column
  /// without a name among others, an op declared twice).
  static std::variant<EventTable, std::string> make(const ir::Module& module);

  const ir::Module& module() const { return *module_; }
  const FieldTable& fields() const { return *fields_; }
  const EventPlan* find(std::string_view op) const;
  const std::vector<EventPlan>& events() const { return events_; }
  const WordTable& words(ir::EnumId id) const { return words_[id]; }
  /// The clause is an exit `when raced`.
  bool raced(ir::ClauseId clause) const { return raced_[clause]; }
  const ClockSlots& clock() const { return clock_; }
  /// All ops, for a suggestion to a misspelt one.
  std::vector<std::string_view> ops() const;
  /// All keys that the op may carry.
  std::vector<std::string_view> keys(const EventPlan& plan) const;

 private:
  const ir::Module* module_ = nullptr;
  std::vector<FieldTable> field_table_;  // one; FieldTable has no default
  const FieldTable* fields_ = nullptr;
  std::vector<EventPlan> events_;
  model::WordTable by_op_{std::span<const model::Spelling>()};
  std::vector<WordTable> words_;
  std::vector<bool> raced_;  // by ClauseId
  ClockSlots clock_;
};

}  // namespace gms::check
