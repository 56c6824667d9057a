// A compiled model as the checker drives it: events in, verdicts out; and, for tests and for
// exploration, single actions with their outcomes and the state at a point.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/runtime/datum.h"
#include "model/runtime/field_value.h"
#include "model/runtime/names.h"

namespace gms::model {

enum class Verdict : std::uint8_t {
  kConforms,        // exactly one way explains the event, and the state is the one after it
  kDoesNotConform,  // no way explains it
  kUndecided,       // more than one way explains it, or the line is not as declared, or something
                    // is unknown that matters: ask a slower engine
};

/// Fields of one line, by the model's own numbers or as `use_slots` says.
struct EventInput {
  std::span<const FieldValue> slots;
  std::span<const std::uint64_t> presence;  // bit i % 64 of word i / 64: slot i is present
  bool has_unknown_fields = false;          // fields that stand in no slot
};

/// One way that a call may end.
struct Outcome {
  std::uint32_t clause = 0;        // as in the module
  std::uint64_t result = 0;        // an Errno
  std::span<const Datum> outputs;  // in the order of the action's outputs
  bool last = true;                // no other sequence of choices follows
};
enum class Visit : std::uint8_t {
  kNext,  // undo the outcome, go on to the next
  kKeep,  // leave the state as this outcome made it, and stop
  kStop,  // undo and stop
};
using Visitor = std::function<Visit(const Outcome&)>;

/// A live handle: its bits, and how many of its domain were created before it.
struct LiveHandle {
  std::uint64_t bits = 0;
  std::uint64_t serial = 0;
};
/// Keys that are handles, as bits; positions from..last that have the value. Numbers have their
/// full width here: negative ones are extended.
using RunVisitor = std::function<void(std::span<const std::uint64_t> handles, std::uint64_t from,
                                      std::uint64_t last, const Datum& value)>;

/// The names that a model's numbers stand for, in the order of the spec's module.
struct ModelInfo {
  std::string_view spec;
  std::span<const std::string_view> params;
  std::span<const std::string_view> domains;
  std::span<const std::string_view> states;
  std::span<const std::string_view> actions;
  std::span<const std::string_view> clauses;  // "action.label"
  std::span<const std::string_view> events;   // their ops
  std::span<const std::string_view> slots;    // fields of all events; "array.column"
};

/// A state of one spec with fixed parameters, and the names that a trace has given to its objects.
class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelInfo& info() const = 0;

  /// For each of info().slots, in which slot of EventInput it stands; at first in its own. Slots
  /// are below `slot_count`.
  virtual void use_slots(std::span<const std::uint16_t> slot_of, std::size_t slot_count) = 0;

  /// Judges an event, not an ignored one. Unless it conforms, nothing has changed.
  Verdict event(std::uint32_t event, const EventInput& input) {
    const Verdict verdict = try_event(event, input);
    if (verdict == Verdict::kConforms) commit();
    return verdict;
  }
  /// The same in two steps: an event that conforms is open until one of the others is called.
  virtual Verdict try_event(std::uint32_t event, const EventInput& input) = 0;
  virtual void commit() = 0;
  virtual void take_back() = 0;

  // ---- Orders of calls that overlap: more than one event that can be taken back ----
  using Mark = std::size_t;
  virtual Mark mark() const = 0;
  /// Instead of commit(): the open event stays until it is taken back.
  virtual void keep() = 0;
  /// Takes back all events since the mark.
  virtual void take_back_to(Mark mark) = 0;
  /// What was done before the mark stays. Later marks are less by it from then on.
  virtual void settle_before(Mark mark) = 0;

  /// False once a value that the environment chose was shown or copied without being learnt: then
  /// `kConforms` may be too generous.
  virtual bool is_exact() const = 0;
  /// How often each clause has explained a call, by its number.
  virtual std::span<const std::uint64_t> coverage() const = 0;

  // ---- Without a trace ----
  virtual std::unique_ptr<Model> clone() const = 0;
  /// Equal states; names do not matter. Both of one spec.
  virtual bool equals(const Model& other) const = 0;
  virtual std::uint64_t hash() const = 0;
  /// The live handles of a domain, oldest first.
  virtual std::vector<Datum> handles(std::uint32_t domain) const = 0;
  virtual Datum read(std::uint32_t state, std::span<const Datum> keys) const = 0;
  /// Visits the outcomes of a call; while the visitor runs, the state is the one after the outcome.
  /// After the last kNext it is as before. False if there were too many choices to visit all.
  virtual bool outcomes(std::uint32_t action, std::span<const Datum> args,
                        const Visitor& visit) = 0;

  // ---- All of it, to be carried to another engine and back ----
  virtual std::vector<LiveHandle> live(std::uint32_t domain) const = 0;  // oldest first
  /// How many handles of the domain were ever created.
  virtual std::uint64_t created(std::uint32_t domain) const = 0;
  virtual void each_run(std::uint32_t state, const RunVisitor& visit) const = 0;
  virtual const NameTable& names() const = 0;
  // Only for a fresh model, and in this order: handles by ascending serial, then runs.
  /// The bits of the new handle.
  virtual std::uint64_t put_handle(std::uint32_t domain, std::uint64_t serial) = 0;
  virtual void put_created(std::uint32_t domain, std::uint64_t created) = 0;
  /// False if no value of this function can be unknown, as `value` is.
  virtual bool put_run(std::uint32_t state, std::span<const std::uint64_t> handles,
                       std::uint64_t from, std::uint64_t last, const Datum& value) = 0;
  virtual NameTable& names() = 0;
};

}  // namespace gms::model
