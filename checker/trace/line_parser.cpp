// The hot path. A key is compared first with the one that followed the same key in the last line of the same op;
// only a miss costs a hash. Strings stay in the line's own bytes unless they hold an escape.
#include "checker/trace/line_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "checker/trace/json_text.h"

namespace gms::check {
namespace {

namespace ondemand = simdjson::ondemand;
static_assert(LineParser::kPadding >= simdjson::SIMDJSON_PADDING);
static_assert(LineParser::kPadding > FieldTable::kKeyWindow);

constexpr std::size_t kOpClasses = 64;  // ops are told apart by a small hash; a clash costs time only

std::size_t op_class(std::string_view op) {
  std::uint64_t word = op.size();
  for (std::size_t i = 0; i < op.size() && i < 24; ++i) word = word * 31 + static_cast<unsigned char>(op[i]);
  return (word * 0x9e3779b97f4a7c15u) >> 58;
}
static_assert(kOpClasses == 1 << (64 - 58));

}  // namespace

class LineParser::Impl {
 public:
  explicit Impl(const FieldTable& table)
      : table_(&table),
        slots_(table.size()),
        presence_((table.size() + 63) / 64),
        order_(table.size()),
        column_of_(table.size()),
        hints_(kOpClasses * (table.size() + 1), table.op()),
        hint_row_(hints_.data()),
        start_(static_cast<FieldIndex>(table.size())) {}

  bool parse(std::string_view text, Record& record);

 private:
  // The names met so far in one object, or in all objects of one array.
  struct Scope {
    FieldIndex container = kNoField;  // a listed field, or none
    bool listed = false;              // whether fields inside can be listed, and unknown ones are reported
    bool columns = false;             // objects of an array: names come again in the next object
    FieldIndex previous = 0;          // the listed field before, or start_, for the hint
    std::size_t object = 0;           // number of the object in the array
    std::size_t names = 0;
    struct Other {
      std::string_view name;
      std::size_t object;  // the last one that had it
    };
    std::vector<Other> others;  // names not listed
  };

  bool read_line(std::string_view text);
  bool read_key(const char* raw, Scope& scope, FieldIndex& field);
  bool find_key(const char* raw, Scope& scope, FieldIndex& field);
  bool other_name(std::string_view name, Scope& scope);
  bool key_text(const char* raw, std::string_view& text);
  bool read_container(ondemand::value& value, char opening, FieldIndex field);
  bool read_scalar(ondemand::value& value, Value& out);
  bool read_string(ondemand::value& value, Value& out);
  bool read_object(ondemand::value& value, FieldIndex field);
  bool read_array(ondemand::value& value, FieldIndex field);
  bool read_element_object(ondemand::value& value);
  void finish_columns(std::size_t elements);
  bool resolve(std::string_view raw, std::string_view& text);
  void open_scope(Scope& scope, FieldIndex container, bool listed, bool columns);
  void note(FieldIndex field);
  void forget_last();
  std::vector<Value>& new_array(std::size_t& index);
  const FieldTable* table_;
  ondemand::parser parser_;

  // What the record shows.
  std::vector<Value> slots_;
  std::vector<std::uint64_t> presence_;
  std::vector<FieldIndex> order_;  // the first present_ of them
  std::size_t present_ = 0;
  std::vector<UnknownField> unknown_;
  Value unlisted_;  // takes the values of fields that are not listed

  // Of the line being read.
  const char* end_ = nullptr;
  bool has_escape_ = false;
  std::vector<char> resolved_;  // strings with their escapes resolved; as long as the line, so it never moves
  std::size_t resolved_size_ = 0;
  std::vector<std::vector<Value>> arrays_;
  std::size_t arrays_used_ = 0;
  Scope line_scope_;
  Scope inner_scope_;

  // The columns of the array of objects being read.
  std::vector<std::size_t> column_of_;  // field -> index in arrays_, valid if it is in columns_
  std::vector<FieldIndex> columns_;

  // For each class of ops a row: which field came after this one (after the start of the object) the last time.
  std::vector<FieldIndex> hints_;
  FieldIndex* hint_row_;
  FieldIndex start_;
};

void LineParser::Impl::forget_last() {
  for (std::size_t i = 0; i < present_; ++i) {
    slots_[order_[i]] = Value();
    presence_[order_[i] / 64] = 0;
  }
  present_ = 0;
  unknown_.clear();
  arrays_used_ = 0;
  resolved_size_ = 0;
  hint_row_ = hints_.data();
}

void LineParser::Impl::open_scope(Scope& scope, FieldIndex container, bool listed, bool columns) {
  scope.container = container;
  scope.listed = listed;
  scope.columns = columns;
  scope.previous = start_;
  scope.object = 0;
  scope.names = 0;
  scope.others.clear();
}

// Enters a listed field, of which a line has at most one, as present.
inline void LineParser::Impl::note(FieldIndex field) {
  presence_[field / 64] |= std::uint64_t{1} << (field % 64);
  order_[present_++] = field;
}

std::vector<Value>& LineParser::Impl::new_array(std::size_t& index) {
  if (arrays_used_ == arrays_.size()) arrays_.emplace_back();
  index = arrays_used_++;
  arrays_[index].clear();
  return arrays_[index];
}

// The text between the quotes, escapes resolved.
bool LineParser::Impl::resolve(std::string_view raw, std::string_view& text) {
  text = raw;
  if (!has_escape_ || std::memchr(raw.data(), '\\', raw.size()) == nullptr) [[likely]]
    return true;
  char* const out = resolved_.data() + resolved_size_;
  std::size_t size = 0;
  if (!unescape(raw, out, size)) return false;
  resolved_size_ += size;
  text = std::string_view(out, size);
  return true;
}

// The first pass of simdjson has made sure that a closing quote exists.
bool LineParser::Impl::key_text(const char* raw, std::string_view& text) {
  const char* quote = raw;
  for (;;) {
    quote = static_cast<const char*>(std::memchr(quote, '"', static_cast<std::size_t>(end_ - quote)));
    if (quote == nullptr) return false;
    const char* backslash = quote;
    while (backslash != raw && backslash[-1] == '\\') --backslash;
    if ((quote - backslash) % 2 == 0) break;
    ++quote;
  }
  return resolve(std::string_view(raw, static_cast<std::size_t>(quote - raw)), text);
}

// Sets `field` to the listed field or kNoField. False: the key is wrong, or its object has too many.
[[gnu::always_inline]] inline bool LineParser::Impl::read_key(const char* raw, Scope& scope, FieldIndex& field) {
  if (!scope.listed) return find_key(raw, scope, field);
  const FieldIndex expected = hint_row_[scope.previous];
  if (!table_->matches(expected, scope.container, raw)) [[unlikely]]
    return find_key(raw, scope, field);
  field = expected;
  scope.previous = expected;
  return true;
}

bool LineParser::Impl::find_key(const char* raw, Scope& scope, FieldIndex& field) {
  std::string_view text;
  field = kNoField;
  if (!key_text(raw, text)) return false;
  if (scope.listed) field = table_->find(scope.container, text);
  if (field == kNoField) return other_name(text, scope);
  hint_row_[scope.previous] = field;
  scope.previous = field;
  return true;
}

bool LineParser::Impl::other_name(std::string_view name, Scope& scope) {
  for (Scope::Other& other : scope.others) {
    if (other.name != name) continue;
    if (!scope.columns || other.object == scope.object) return false;
    other.object = scope.object;
    return true;
  }
  scope.others.push_back({name, scope.object});
  if (scope.listed) unknown_.push_back({scope.container, name});
  return ++scope.names <= kMaxFieldNames;
}

[[gnu::always_inline]] inline bool LineParser::Impl::read_string(ondemand::value& value, Value& out) {
  std::string_view token = value.raw_json_token();
  ondemand::raw_json_string ignored;
  if (value.get_raw_json_string().get(ignored)) return false;
  // The token reaches to the next one, over white space.
  while (token.back() != '"') token.remove_suffix(1);
  std::string_view text;
  if (!resolve(token.substr(1, token.size() - 2), text)) return false;
  out = Value::string(text);
  return true;
}

[[gnu::always_inline]] inline bool LineParser::Impl::read_scalar(ondemand::value& value, Value& out) {
  switch (value.raw_json_token().front()) {
    case '"': return read_string(value, out);
    case 'n': {
      bool is_null = false;
      if (value.is_null().get(is_null) || !is_null) return false;
      out = Value::null();
      return true;
    }
    case 't':
    case 'f': {
      bool boolean = false;
      if (value.get_bool().get(boolean)) return false;
      out = Value::boolean(boolean);
      return true;
    }
    case '-': {
      std::int64_t number = 0;
      if (value.get_int64().get(number)) return false;
      out = Value::of_signed(number);
      return true;
    }
    default: {
      std::uint64_t number = 0;
      if (value.get_uint64().get(number)) return false;
      out = Value::of_unsigned(number);
      return true;
    }
  }
}

bool LineParser::Impl::read_object(ondemand::value& value, FieldIndex container) {
  ondemand::object object;
  if (value.get_object().get(object)) return false;
  open_scope(inner_scope_, container, container != kNoField, false);
  std::size_t members = 0;
  for (auto result : object) {
    if (result.error()) return false;
    ondemand::field&& member = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!read_key(member.key().raw(), inner_scope_, field)) return false;
    Value* slot = &unlisted_;
    if (field != kNoField) {
      slot = &slots_[field];
      if (slot->present() || ++inner_scope_.names > kMaxFieldNames) return false;
      note(field);
    }
    if (!read_scalar(member.value(), *slot)) return false;
    ++members;
  }
  if (container != kNoField) slots_[container] = Value::object(members);
  return true;
}

bool LineParser::Impl::read_element_object(ondemand::value& value) {
  ondemand::object object;
  if (value.get_object().get(object)) return false;
  inner_scope_.previous = start_;
  for (auto result : object) {
    if (result.error()) return false;
    ondemand::field&& member = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!read_key(member.key().raw(), inner_scope_, field)) return false;
    Value scalar;
    if (!read_scalar(member.value(), scalar)) return false;
    if (field == kNoField) continue;
    if (std::find(columns_.begin(), columns_.end(), field) == columns_.end()) {
      if (++inner_scope_.names > kMaxFieldNames) return false;
      columns_.push_back(field);
      new_array(column_of_[field]);
    }
    std::vector<Value>& column = arrays_[column_of_[field]];
    if (column.size() > inner_scope_.object) return false;  // twice in this object
    column.resize(inner_scope_.object);                     // absent where earlier objects lack it
    column.push_back(scalar);
  }
  return true;
}

void LineParser::Impl::finish_columns(std::size_t elements) {
  for (const FieldIndex field : columns_) {
    std::vector<Value>& column = arrays_[column_of_[field]];
    column.resize(elements);
    slots_[field] = Value::array(column);
    note(field);
  }
}

bool LineParser::Impl::read_array(ondemand::value& value, FieldIndex field) {
  ondemand::array array;
  if (value.get_array().get(array)) return false;
  std::size_t index = 0;
  new_array(index);
  columns_.clear();
  open_scope(inner_scope_, field, field != kNoField, true);
  std::size_t elements = 0;
  bool objects = false;
  for (auto result : array) {
    if (result.error() || elements == kMaxElements) return false;
    ondemand::value&& element = std::move(result).value_unsafe();
    const bool is_object = element.raw_json_token().front() == '{';
    if (elements != 0 && is_object != objects) return false;
    objects = is_object;
    if (is_object) {
      inner_scope_.object = elements;
      if (!read_element_object(element)) return false;
    } else {
      Value scalar;
      if (!read_scalar(element, scalar)) return false;
      if (field != kNoField) arrays_[index].push_back(scalar);
    }
    ++elements;
  }
  if (field == kNoField) return true;
  slots_[field] = objects ? Value::object_array(elements) : Value::array(arrays_[index]);
  finish_columns(elements);
  return true;
}

// Kept apart from the loop over the fields of a line, which is short without it.
[[gnu::noinline]] bool LineParser::Impl::read_container(ondemand::value& value, char opening, FieldIndex field) {
  return opening == '{' ? read_object(value, field) : read_array(value, field);
}

bool LineParser::Impl::read_line(std::string_view text) {
  if (text.size() > parser_.capacity() &&
      parser_.allocate(std::max<std::size_t>(text.size() * 2, 4096)) != simdjson::SUCCESS)
    return false;
  ondemand::document document;
  if (parser_.iterate(text.data(), text.size(), text.size() + kPadding).get(document)) return false;
  ondemand::object object;
  if (document.get_object().get(object)) return false;
  open_scope(line_scope_, kNoField, true, false);
  const FieldIndex op_field = table_->op();
  for (auto result : object) {
    if (result.error()) return false;
    // A reference: a copy of what was just written word by word would stall on the stores.
    ondemand::field&& entry = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!read_key(entry.key().raw(), line_scope_, field)) return false;
    Value* slot = &unlisted_;
    if (field != kNoField) {
      slot = &slots_[field];
      if (slot->present() || ++line_scope_.names > kMaxFieldNames) return false;
      note(field);
    }
    ondemand::value& value = entry.value();
    const char first = value.raw_json_token().front();
    if (first == '{' || first == '[') {
      if (!read_container(value, first, field)) return false;
    } else if (!read_scalar(value, *slot)) {
      return false;
    }
    if (field == op_field) {
      const std::optional<std::string_view> op = slot->as_string();
      if (!op) return false;
      hint_row_ = hints_.data() + op_class(*op) * (table_->size() + 1);
    }
  }
  // Only at the end of the document simdjson has no location to give.
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS &&
         slots_[op_field].present();
}

bool LineParser::Impl::parse(std::string_view text, Record& record) {
  forget_last();
  record = Record();
  record.text = text;
  end_ = text.data() + text.size();
  has_escape_ = std::memchr(text.data(), '\\', text.size()) != nullptr;
  if (has_escape_ && resolved_.size() < text.size()) resolved_.resize(text.size());
  if (!read_line(text)) {
    forget_last();
    return false;
  }
  record.op = *slots_[table_->op()].as_string();
  record.slots = slots_;
  record.presence = presence_;
  record.order = std::span(order_.data(), present_);
  record.unknown = unknown_;
  return true;
}

LineParser::LineParser(const FieldTable& table) : impl_(std::make_unique<Impl>(table)) {}
LineParser::LineParser(LineParser&&) noexcept = default;
LineParser& LineParser::operator=(LineParser&&) noexcept = default;
LineParser::~LineParser() = default;

bool LineParser::parse(std::string_view text, Record& record) { return impl_->parse(text, record); }

}  // namespace gms::check
