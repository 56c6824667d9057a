#include "checker/conform/decode.h"

#include <charconv>

#include "base/spelling.h"
#include "checker/conform/messages.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using base::make_diagnostic;

std::string_view kind_text(ValueKind kind) {
  switch (kind) {
    case ValueKind::kAbsent: return "nothing";
    case ValueKind::kNull: return "null";
    case ValueKind::kBool: return "a boolean";
    case ValueKind::kUnsigned:
    case ValueKind::kNegative: return "a number";
    case ValueKind::kString: return "a string";
    case ValueKind::kArray:
    case ValueKind::kObjectArray: return "an array";
    case ValueKind::kObject: return "an object";
  }
  return "a value";
}

std::string hint_for(std::string_view word, const std::vector<std::string_view>& known) {
  const auto close = base::closest_name(word, known);
  return close ? "did you mean '" + std::string(*close) + "'?" : std::string();
}

std::string number_text(const Value& value) {
  return value.kind() == ValueKind::kNegative
             ? std::to_string(static_cast<std::int64_t>(value.bits()))
             : std::to_string(value.bits());
}

/// What JSON has to hold for a value of the type.
std::string wanted_text(const ir::Module& module, const ir::Type& type) {
  switch (type.kind) {
    case ir::TypeKind::kBool: return "true or false";
    case ir::TypeKind::kInt:
    case ir::TypeKind::kIndex:
      return "a number (" + ir::type_text(module, ir::value_of(type)) + ")";
    case ir::TypeKind::kEnum: return "a word of " + module.enums[type.decl].name;
    case ir::TypeKind::kHandle: return "the name of a " + module.domains[type.decl].name;
  }
  return "a value";
}

/// "m3+16384" as "m3" and 16384.
struct Offset {
  std::string_view name;
  std::uint64_t bytes = 0;
  bool bad = false;
};
Offset split_offset(std::string_view text) {
  const std::size_t plus = text.rfind('+');
  if (plus == std::string_view::npos) return {text, 0, false};
  Offset result{text.substr(0, plus), 0, false};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + plus + 1, end, result.bytes);
  result.bad = error != std::errc() || stop != end || plus + 1 == text.size();
  return result;
}

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
    ++at;
  return at;
}

std::size_t value_end(std::string_view line, std::size_t at) {
  int depth = 0;
  bool inside = false;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (inside) {
      if (c == '\\') ++at;
      inside = c != '"';
      if (!inside && depth == 0) return at + 1;
    } else if (c == '"') {
      inside = true;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return line.size();
}

std::size_t find_key(std::string_view line, std::string_view key, std::size_t from) {
  const std::string quoted = '"' + std::string(key) + '"';
  for (std::size_t at = line.find(quoted, from); at != std::string_view::npos;
       at = line.find(quoted, at + 1)) {
    const std::size_t colon = skip_blanks(line, at + quoted.size());
    if (colon < line.size() && line[colon] == ':') return skip_blanks(line, colon + 1);
  }
  return std::string_view::npos;
}

base::Span span_of(std::size_t begin, std::size_t end) {
  return {base::kNoFile, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

base::Span find_value(std::string_view line, std::string_view key) {
  std::size_t from = 0;
  if (const std::size_t dot = key.find('.'); dot != std::string_view::npos) {
    from = find_key(line, key.substr(0, dot), 0);
    key.remove_prefix(dot + 1);
    if (from == std::string_view::npos) return span_of(0, line.size());
  }
  const std::size_t begin = find_key(line, key, from);
  if (begin == std::string_view::npos) return span_of(0, line.size());
  return span_of(begin, value_end(line, begin));
}

std::optional<NameId> Decoded::name_in(std::uint32_t field) const {
  for (const NamedField& one : names) {
    if (one.field == field) return one.name;
  }
  return std::nullopt;
}

Decoder::Problem Decoder::check_keys(const Record& record, const EventPlan& plan) const {
  const std::string& op = plan.event->op;
  const auto refuse = [&](std::string_view key) -> Problem {
    auto diagnostic = make_diagnostic(diag::unknown_key, find_value(record.text, key), op, key);
    diagnostic.hint = hint_for(key, table_.keys(plan));
    return diagnostic;
  };
  if (!record.unknown.empty()) {
    const UnknownField& first = record.unknown.front();
    const std::string in =
        first.container == kNoField ? "" : table_.fields().name(first.container) + '.';
    return refuse(in + std::string(first.name));
  }
  for (std::size_t word = 0; word < record.presence.size(); ++word) {
    if ((record.presence[word] & ~plan.allowed[word]) == 0) continue;
    for (const FieldIndex slot : record.order) {
      if (!plan.allows(slot)) return refuse(table_.fields().name(slot));
    }
  }
  return std::nullopt;
}

Decoder::Problem Decoder::convert(const Record& record, const std::string& key, const Value& value,
                                  const ir::Type& type, Datum& out) const {
  const ir::Module& module = table_.module();
  const auto wrong = [&]() -> Problem {
    return make_diagnostic(diag::wrong_type, find_value(record.text, key), key,
                           wanted_text(module, type), kind_text(value.kind()));
  };
  if (value.kind() == ValueKind::kNull || value.kind() == ValueKind::kAbsent) {
    if (type.optional) {
      out = Datum::none();
      return std::nullopt;
    }
    if (type.kind != ir::TypeKind::kEnum || type.decl != ir::kErrnoEnum) return wrong();
    out = Datum::known(0);  // an errno of null: no error
    return std::nullopt;
  }
  const auto too_large = [&]() -> Problem {
    return make_diagnostic(diag::out_of_range, find_value(record.text, key), key,
                           number_text(value), ir::type_text(module, ir::value_of(type)));
  };
  switch (type.kind) {
    case ir::TypeKind::kBool:
      if (value.kind() == ValueKind::kBool ||
          (value.kind() == ValueKind::kUnsigned && value.bits() <= 1)) {
        out = Datum::known(value.bits());
        return std::nullopt;
      }
      return value.kind() == ValueKind::kUnsigned ? too_large() : wrong();
    case ir::TypeKind::kInt:
    case ir::TypeKind::kIndex: {
      if (value.kind() != ValueKind::kUnsigned && value.kind() != ValueKind::kNegative)
        return wrong();
      const bool negative = value.kind() == ValueKind::kNegative;
      const std::uint64_t bits = value.bits() & ir::mask_of(type.width);
      const bool fits = type.is_signed ? value.as_i64().has_value() &&
                                             ir::sign_extend(bits, type.width) == *value.as_i64()
                                       : !negative && bits == value.bits();
      if (!fits) return too_large();
      out = Datum::known(bits);
      return std::nullopt;
    }
    case ir::TypeKind::kEnum: {
      const auto word = value.as_string();
      if (!word) return wrong();
      const std::uint64_t* member = table_.words(type.decl).find(*word);
      if (member == nullptr) {
        const ir::Enum& words = module.enums[type.decl];
        auto diagnostic = make_diagnostic(diag::unknown_word, find_value(record.text, key), key,
                                          *word, words.name);
        std::vector<std::string_view> known;
        for (const ir::EnumMember& one : words.members)
          known.push_back(one.spelling.empty() ? one.name : one.spelling);
        diagnostic.hint = hint_for(*word, known);
        return diagnostic;
      }
      out = Datum::known(*member);
      return std::nullopt;
    }
    case ir::TypeKind::kHandle: return wrong();
  }
  return wrong();
}

Decoder::Problem Decoder::absent(const Record& record, const FieldPlan& field, std::uint32_t index,
                                 Decoded& out) const {
  const ir::EventField& decl = *field.decl;
  if (decl.default_value != ir::kNoId) {
    out.defaults.push_back(index);
  } else if (decl.unlogged_any) {
    if (decl.var != ir::kNoId) out.locals[decl.var] = Datum::unknown();
  } else if (decl.required) {
    return make_diagnostic(diag::missing_key, span_of(0, record.text.size()), out.event().op,
                           decl.name);
  } else if (decl.kind == ir::FieldKind::kValue && decl.var != ir::kNoId) {
    // Optional types are none from the start; an errno that is absent is no error.
    const ir::Type& type = out.event().locals[decl.var].type;
    if (type.optional) return std::nullopt;
    if (type.kind != ir::TypeKind::kEnum || type.decl != ir::kErrnoEnum)
      return make_diagnostic(diag::missing_key, span_of(0, record.text.size()), out.event().op,
                             decl.name);
    out.locals[decl.var] = Datum::known(0);
  }
  return std::nullopt;
}

Decoder::Problem Decoder::decode_value(const Record& record, const FieldPlan& field,
                                       std::uint32_t index, Decoded& out) const {
  const ir::EventField& decl = *field.decl;
  const Value& value = record[field.slot];
  if (!value.present()) return absent(record, field, index, out);
  return convert(record, decl.name, value, out.event().locals[decl.var].type, out.locals[decl.var]);
}

Decoder::Problem Decoder::decode_name(const Record& record, const FieldPlan& field,
                                      std::uint32_t index, Decoded& out) {
  const ir::EventField& decl = *field.decl;
  const Value& value = record[field.slot];
  if (!value.present()) return absent(record, field, index, out);
  if (value.kind() == ValueKind::kNull && !decl.required) return std::nullopt;
  const auto text = value.as_string();
  if (!text) {
    const std::string wanted =
        decl.var == ir::kNoId ? "a name"
                              : wanted_text(table_.module(), out.event().locals[decl.var].type);
    return make_diagnostic(diag::wrong_type, find_value(record.text, decl.name), decl.name, wanted,
                           kind_text(value.kind()));
  }
  if (decl.word != ir::kNoId) {
    const ir::Type& type = out.event().locals[decl.word].type;
    if (const std::uint64_t* member = table_.words(type.decl).find(*text)) {
      out.locals[decl.word] = Datum::known(*member);
      return std::nullopt;
    }
  }
  Offset split{*text, 0, false};
  if (decl.offset != ir::kNoId) {
    split = split_offset(*text);
    if (split.bad)
      return make_diagnostic(diag::offset_in_name, find_value(record.text, decl.name), decl.name,
                             *text);
    out.locals[decl.offset] = Datum::known(split.bytes);
  }
  out.names.push_back({index, names_.intern(split.name)});
  return std::nullopt;
}

Decoder::Problem Decoder::decode_array(const Record& record, const FieldPlan& field,
                                       std::uint32_t index, Decoded& out) const {
  const ir::EventField& decl = *field.decl;
  const Value& value = record[field.slot];
  if (!value.present() && !decl.required) {
    if (decl.default_value != ir::kNoId || decl.unlogged_any)
      return absent(record, field, index, out);
    out.arrays.push_back({index, 0, std::vector<std::vector<Datum>>(field.columns.size())});
    return std::nullopt;
  }
  if (!value.present()) return absent(record, field, index, out);
  // An empty array is of either kind.
  const ValueKind wanted = field.plain_elements ? ValueKind::kArray : ValueKind::kObjectArray;
  const bool empty = value.kind() == ValueKind::kArray && value.size() == 0;
  if (value.kind() != wanted && !empty) {
    return make_diagnostic(diag::wrong_type, find_value(record.text, decl.name), decl.name,
                           field.plain_elements ? "an array of values" : "an array of objects",
                           kind_text(value.kind()));
  }
  ArrayField array{index, value.size(), {}};
  for (std::size_t c = 0; c < field.columns.size(); ++c) {
    const ColumnPlan& column = field.columns[c];
    const std::string key = field.plain_elements ? decl.name : decl.name + '.' + decl.columns[c];
    const ir::Type& type = out.event().locals[column.var].type;
    std::vector<Datum>& values = array.columns.emplace_back(value.size());
    const std::span<const Value> elements = record[column.slot].elements();
    for (std::size_t i = 0; i < value.size(); ++i) {
      const Value element = i < elements.size() ? elements[i] : Value();
      if (Problem problem = convert(record, key, element, type, values[i])) return problem;
    }
  }
  out.arrays.push_back(std::move(array));
  return std::nullopt;
}

std::optional<base::Diagnostic> Decoder::decode(const Record& record, Decoded& out) {
  out.names.clear();
  out.defaults.clear();
  out.arrays.clear();
  out.line = record.line;
  out.text = record.text;
  out.plan = table_.find(record.op);
  if (out.plan == nullptr) {
    auto diagnostic = make_diagnostic(diag::unknown_op, find_value(record.text, "op"),
                                      table_.module().name, record.op);
    diagnostic.hint = hint_for(record.op, table_.ops());
    return diagnostic;
  }
  const ir::Event& event = out.event();
  const ClockSlots& clock = table_.clock();
  const auto number = [&](FieldIndex slot) {
    return slot == kNoField ? std::nullopt : record[slot].as_u64();
  };
  out.seq = number(clock.seq);
  out.begin = number(clock.begin);
  out.end = number(clock.end);
  out.tid = number(clock.tid).value_or(0);
  if (event.ignored) return std::nullopt;
  if (Problem problem = check_keys(record, *out.plan)) return problem;

  out.locals.resize(event.locals.size());
  for (std::size_t i = 0; i < event.locals.size(); ++i)
    out.locals[i] = event.locals[i].type.optional ? Datum::none() : Datum{};
  for (std::uint32_t i = 0; i < out.plan->fields.size(); ++i) {
    const FieldPlan& field = out.plan->fields[i];
    Problem problem;
    switch (field.decl->kind) {
      case ir::FieldKind::kValue: problem = decode_value(record, field, i, out); break;
      case ir::FieldKind::kName: problem = decode_name(record, field, i, out); break;
      case ir::FieldKind::kArray: problem = decode_array(record, field, i, out); break;
    }
    if (problem) return problem;
  }
  return std::nullopt;
}

}  // namespace gms::check
