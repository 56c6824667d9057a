// One record of a trace as the values of its event's locals. What depends on the state (which
// handle a name stands for, computed defaults) is left to checker/conform/event_run.h, so that a
// line is decoded once for all states that are being followed.
#pragma once

#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "checker/conform/datum.h"
#include "checker/conform/event_table.h"
#include "checker/conform/names.h"
#include "checker/trace/record.h"

namespace gms::check {

/// A kName field that holds a name.
struct NamedField {
  std::uint32_t field = 0;  // index into the event's fields
  NameId name = 0;
};

/// The elements of a kArray field, column by column in the order of FieldPlan::columns.
struct ArrayField {
  std::uint32_t field = 0;
  std::size_t size = 0;
  std::vector<std::vector<Datum>> columns;
};

struct Decoded {
  const EventPlan* plan = nullptr;
  std::uint64_t line = 0;
  std::string text;           // the line
  std::vector<Datum> locals;  // by VarId; what a name stands for is still unset
  std::vector<NamedField> names;
  std::vector<std::uint32_t> defaults;  // fields that are absent and have a default value
  std::vector<ArrayField> arrays;
  // As far as the line says.
  std::optional<std::uint64_t> seq, begin, end;
  std::optional<std::uint64_t> visible;  // of a store, if that may be after its end
  std::uint64_t tid = 0;

  const ir::Event& event() const { return *plan->event; }
  /// The name in the field, if it holds one.
  std::optional<NameId> name_in(std::uint32_t field) const;
};

class Decoder {
 public:
  /// Both must outlive the decoder.
  Decoder(const EventTable& table, NameTable& names) : table_(table), names_(names) {}

  /// Nothing if `out` is filled; else what is wrong. The diagnostic's span holds offsets in the
  /// record's text and no file. Keeps the buffers of `out`.
  std::optional<base::Diagnostic> decode(const Record& record, Decoded& out);

 private:
  using Problem = std::optional<base::Diagnostic>;

  Problem check_keys(const Record& record, const EventPlan& plan) const;
  Problem decode_value(const Record& record, const FieldPlan& field, std::uint32_t index,
                       Decoded& out) const;
  Problem decode_name(const Record& record, const FieldPlan& field, std::uint32_t index,
                      Decoded& out);
  Problem decode_array(const Record& record, const FieldPlan& field, std::uint32_t index,
                       Decoded& out) const;
  Problem absent(const Record& record, const FieldPlan& field, std::uint32_t index,
                 Decoded& out) const;
  Problem convert(const Record& record, const std::string& key, const Value& value,
                  const ir::Type& type, Datum& out) const;

  const EventTable& table_;
  NameTable& names_;
};

/// The bytes of the value that stands under `key` ("fault.flags": of the member) in a line of JSON,
/// or the whole line if it is not found.
base::Span find_value(std::string_view line, std::string_view key);

}  // namespace gms::check
