// What the generated events are written with: reading a line's fields, names and words, and
// following one call. Every function that returns false means Verdict::kUndecided: what is wrong
// with the line is found, and told, by a slower engine.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/runtime/choice.h"
#include "model/runtime/engine.h"
#include "model/runtime/lazy.h"
#include "model/runtime/names.h"
#include "model/runtime/value.h"

namespace gms::model {

/// How an absent field is read.
enum class Absent : std::uint8_t {
  kIsError,
  kIsZero,     // none, or no error
  kIsUnknown,  // any value
  kIsDefault,  // what the variable holds already
};

// ---- Values: false if the field does not hold one of the type ----
inline bool take_value(const FieldValue& field, unsigned, bool& out) {
  const bool good = field.kind() == FieldKind::kBool ||
                    (field.kind() == FieldKind::kUnsigned && field.bits() <= 1);
  if (good) out = field.bits() != 0;
  return good;
}
template <std::unsigned_integral T>
bool take_value(const FieldValue& field, unsigned width, T& out) {
  if (field.kind() != FieldKind::kUnsigned || field.bits() > bits::mask(width)) return false;
  out = static_cast<T>(field.bits());
  return true;
}
template <std::signed_integral T>
bool take_value(const FieldValue& field, unsigned width, T& out) {
  const std::optional<std::int64_t> value = field.as_i64();
  if (!value || bits::to_signed(static_cast<std::uint64_t>(*value), width) != *value) return false;
  out = static_cast<T>(*value);
  return true;
}
template <class E>
bool take_value(const FieldValue& field, const WordTable& words, E& out) {
  const std::optional<std::string_view> text = field.as_string();
  const std::optional<std::uint64_t> member = text ? words.find(*text) : std::nullopt;
  if (!member) return false;
  out = static_cast<E>(*member);
  return true;
}

/// A field of the type, null or absent included. `how` is the width of a number or the words of an
/// enum.
template <class T, class How>
struct FieldReader {
  static bool read(const FieldValue& field, const How& how, Absent absent, T& out) {
    if (!field.present() && absent != Absent::kIsError) return true;
    if constexpr (std::same_as<T, Errno>) {
      if (field.kind() == FieldKind::kNull) {
        out = Errno::kOk;
        return true;
      }
    }
    return take_value(field, how, out);
  }
};
template <class T, class How>
struct FieldReader<Optional<T>, How> {
  static bool read(const FieldValue& field, const How& how, Absent absent, Optional<T>& out) {
    if (!field.present()) return absent != Absent::kIsError;
    if (field.kind() == FieldKind::kNull) {
      out = {};
      return true;
    }
    T value{};
    if (!take_value(field, how, value)) return false;
    out = value;
    return true;
  }
};
template <class T, class How>
struct FieldReader<Lazy<T>, How> {
  static bool read(const FieldValue& field, const How& how, Absent absent, Lazy<T>& out) {
    if (!field.present() && absent == Absent::kIsUnknown) {
      out = {};
      return true;
    }
    T value = out.value();
    if (!FieldReader<T, How>::read(field, how, absent, value)) return false;
    out = value;
    return true;
  }
};
template <class T, class How>
bool read_field(const FieldValue& field, const How& how, Absent absent, T& out) {
  return FieldReader<T, How>::read(field, how, absent, out);
}

/// "m3+16384" as "m3" and 16384; false if what follows the last plus is no number.
inline bool split_offset(std::string_view& name, std::uint64_t& offset) {
  const std::size_t plus = name.rfind('+');
  if (plus == std::string_view::npos) return true;
  const char* begin = name.data() + plus + 1;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(begin, end, offset);
  if (error != std::errc() || stop != end || begin == end) return false;
  name = name.substr(0, plus);
  return true;
}

/// Observations of values that the model does not know.
struct Unsure {
  unsigned count = 0;
  Datum seen;  // the last of them
};

/// Whether a value that the model gives is the one that was observed: true for a comparison that
/// cannot be made, which is noted if the model should learn from it.
template <class A, class B>
bool agrees(const A& model, const B& observed, Unsure& unsure) {
  if constexpr (requires { observed.is_known(); }) {
    return !observed.is_known() || agrees(model, observed.value(), unsure);
  } else if constexpr (requires { model.is_known(); }) {
    if (model.is_known()) return agrees(model.value(), observed, unsure);
    ++unsure.count;
    unsure.seen = to_datum(observed);
    return true;
  } else {
    return model == observed;
  }
}

/// Whether a condition is known to hold.
constexpr bool known_true(bool x) {
  return x;
}
constexpr bool known_true(const Lazy<bool>& x) {
  return x.is_known() && x.value();
}
/// A result to be followed: none if the log does not tell it.
constexpr std::optional<Errno> told(Errno result) {
  return result;
}
constexpr std::optional<Errno> told(const Lazy<Errno>& result) {
  return result.is_known() ? std::optional<Errno>(result.value()) : std::nullopt;
}
/// An element of an array; absent past the end.
inline FieldValue element(const FieldValue& array, std::size_t at) {
  return at < array.elements().size() ? array.elements()[at] : FieldValue();
}
/// Whether the field is an array of scalars, or of objects; an empty one is either.
inline bool is_array(const FieldValue& field, bool of_objects, bool required) {
  if (!field.present()) return !required;
  return field.kind() == (of_objects ? FieldKind::kObjectArray : FieldKind::kArray) ||
         (field.kind() == FieldKind::kArray && field.size() == 0);
}

/// The state, names and buffers of a model while it judges an event.
template <class State>
class EventRun {
 public:
  EventRun(State& state, NameTable& names, std::vector<std::uint64_t>& coverage)
      : s(state), names_(names), coverage_(coverage) {}

  State& s;

  /// Prepares for an event; `slot_of` maps the model's slots to those of the input.
  void begin(const EventInput& input, std::span<const std::uint16_t> slot_of) {
    input_ = input;
    slot_of_ = slot_of;
    introduced_.clear();
    covered_.clear();
  }
  /// What stays of an event that conforms; with a journal it can be taken back.
  void commit(Journal* journal) {
    for (const NameTable::Id name : introduced_)
      names_.introduce(name, journal);
    for (const std::uint32_t clause : covered_) {
      ++coverage_[clause];
      if (journal != nullptr) journal->record([count = &coverage_[clause]] { --*count; });
    }
  }

  const FieldValue& field(std::size_t slot) const { return input_.slots[slot_of_[slot]]; }

  /// A name, or null and absent if `absent` allows it; then `id` stays empty.
  bool read_name(std::size_t slot, Absent absent, std::optional<NameTable::Id>& id,
                 std::uint64_t* offset) {
    const FieldValue& value = field(slot);
    if (!value.present()) return absent != Absent::kIsError;
    if (value.kind() == FieldKind::kNull) return absent != Absent::kIsError;
    const std::optional<std::string_view> text = value.as_string();
    if (!text) return false;
    std::string_view name = *text;
    if (offset != nullptr && !split_offset(name, *offset)) return false;
    id = names_.intern(name);
    return true;
  }

  /// The handle that a name stands for: none if it is not live any more, or if an event was to make
  /// it and failed. `bound_here`: this event may give the name.
  template <class D>
  bool find_handle(NameTable::Id name, bool bound_here, Optional<Handle<D>>& out) {
    constexpr std::size_t kDomain = State::template number_of_kind<Handle<D>>();
    const HandleId id = names_.handle(kDomain, name);
    if (!id.is_none()) {
      const Handle<D> handle{id};
      if (s.is_live(handle)) out = handle;
      return true;
    }
    return bound_here || (names_.is_introduced(name) && !names_.is_bound_outside(kDomain, name));
  }
  template <class H>
  bool is_missing(NameTable::Id name) const {
    constexpr std::size_t kDomain = State::template number_of_kind<H>();
    return names_.handle(kDomain, name).is_none() && !names_.is_introduced(name);
  }
  void introduce(NameTable::Id name) { introduced_.push_back(name); }

  /// Gives a name to a handle that a call has returned; false if it is another live object's.
  template <class D>
  bool bind(const std::optional<NameTable::Id>& name, const Optional<Handle<D>>& handle) {
    constexpr std::size_t kDomain = State::template number_of_kind<Handle<D>>();
    if (!name || !handle.has_value() || handle.value().is_none()) return true;
    const Handle<D> old{names_.handle(kDomain, *name)};
    if (s.is_live(old) && !(old == handle.value())) return false;
    names_.bind(kDomain, *name, handle.value(), s.journal());
    return true;
  }

  /// Runs a call along the choices that the observation allows. `run(Follow&)` returns the clause,
  /// and `matches(Unsure&)` compares the outputs. If it conforms, the state is the one after the
  /// call; else it is unspecified until the journal is rolled back.
  template <class Run, class Matches>
  Verdict follow(std::optional<Errno> result, Run&& run, Matches&& matches) {
    follow_.start();
    follow_.expect(result);
    const Journal::Mark mark = s.journal()->mark();
    std::optional<std::vector<std::uint64_t>> found;
    for (;;) {
      s.forget_reads();
      const auto clause = run(follow_);
      Unsure unsure;
      bool good = is_exit(clause) && follow_.accepts(result_of(clause)) && matches(unsure);
      if (good && unsure.count > 0) {
        if (unsure.count > 1) s.blur();
        good = s.learn(unsure.seen) != Learnt::kContradicts;
      }
      if (!follow_.is_complete()) return Verdict::kUndecided;
      if (good && found) return Verdict::kUndecided;
      const bool more = follow_.has_next();
      if (good && !more) {
        covered_.push_back(number_of(clause));
        return Verdict::kConforms;
      }
      if (!more && !found) return Verdict::kDoesNotConform;
      s.journal()->rollback(mark);
      if (good) found = follow_.sequence();
      if (more) {
        follow_.next();
      } else {  // once more what was found before
        follow_.replay(*found);
        found.reset();
      }
    }
  }

  /// The first outcome that succeeds and gives a handle, for a name that nothing has made.
  template <class D, class Run, class Output>
  bool make_missing(NameTable::Id name, Run&& run, Output&& output, Optional<Handle<D>>& out) {
    constexpr std::size_t kDomain = State::template number_of_kind<Handle<D>>();
    follow_.start();
    follow_.expect(Errno::kOk);
    const Journal::Mark mark = s.journal()->mark();
    for (;;) {
      const auto clause = run(follow_);
      const Optional<Handle<D>> made = output();
      if (is_exit(clause) && result_of(clause) == Errno::kOk && made.has_value() &&
          !made.value().is_none()) {
        names_.bind(kDomain, name, made.value(), s.journal());
        out = made;
        return follow_.is_complete();
      }
      if (!follow_.has_next()) return false;
      s.journal()->rollback(mark);
      follow_.next();
    }
  }

 private:
  NameTable& names_;
  std::vector<std::uint64_t>& coverage_;
  EventInput input_;
  std::span<const std::uint16_t> slot_of_;
  Follow follow_;
  std::vector<NameTable::Id> introduced_;
  std::vector<std::uint32_t> covered_;
};

}  // namespace gms::model
