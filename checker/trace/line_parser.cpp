// Writes each value of a line straight into its slot. Nearly all lines are built like an earlier
// one and are read by its shape. Any other walks once through simdjson's on-demand view of it,
// which alone decides what is JSON.
#include "checker/trace/line_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "checker/trace/json_text.h"
#include "checker/trace/key_reader.h"
#include "checker/trace/line_shape.h"

namespace gms::check {
namespace {

namespace ondemand = simdjson::ondemand;
static_assert(LineParser::kPadding >= simdjson::SIMDJSON_PADDING);
static_assert(LineParser::kPadding > FieldTable::kKeyWindow);
static_assert(LineParser::kPadding >= LineShapes::kPadding);

constexpr std::size_t kKeptElements = 1u << 14;

}  // namespace

class LineParser::Impl {
 public:
  explicit Impl(const FieldTable& table)
      : table_(&table),
        slots_(table.size()),
        presence_((table.size() + 63) / 64),
        order_(table.size()),
        shapes_(table),
        keys_(table),
        column_of_(table.size()) {}

  const char* parse_known(const char* at, Record& record);
  bool parse(std::string_view text, Record& record);

 private:
  bool read_line(std::string_view text);
  bool read_container(ondemand::value& value, char opening, FieldIndex field);
  bool read_scalar(ondemand::value& value, Value& out);
  bool read_string(ondemand::value& value, Value& out);
  bool read_object(ondemand::value& value, FieldIndex field);
  bool read_array(ondemand::value& value, FieldIndex field);
  bool read_element_object(ondemand::value& value);
  void finish_columns(std::size_t elements);
  void note(FieldIndex field);
  void forget_last();
  std::vector<Value>& new_array(std::size_t& index);

  const FieldTable* table_;
  ondemand::parser parser_;

  // What the record shows, unless the line has a known shape.
  std::vector<Value> slots_;
  std::vector<std::uint64_t> presence_;
  std::vector<FieldIndex> order_;  // the first present_ of them
  std::size_t present_ = 0;
  Value unlisted_;  // takes the values of fields that are not listed

  LineShapes shapes_;

  // Of the line being read.
  KeyReader keys_;
  std::vector<std::vector<Value>> arrays_;
  std::size_t arrays_used_ = 0;
  KeyScope line_scope_;
  KeyScope inner_scope_;

  // The columns of the array of objects being read.
  std::vector<std::size_t> column_of_;  // field -> index in arrays_, valid if it is in columns_
  std::vector<FieldIndex> columns_;
};

void LineParser::Impl::forget_last() {
  for (std::size_t i = 0; i < present_; ++i) {
    slots_[order_[i]] = Value();
    presence_[order_[i] / 64] = 0;
  }
  present_ = 0;
  // A huge array must not stay for the rest of the trace.
  for (std::size_t i = 0; i < arrays_used_; ++i) {
    if (arrays_[i].capacity() > kKeptElements) arrays_[i] = {};
  }
  arrays_used_ = 0;
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

[[gnu::always_inline]] inline bool LineParser::Impl::read_string(ondemand::value& value,
                                                                 Value& out) {
  std::string_view token = value.raw_json_token();
  ondemand::raw_json_string ignored;
  if (value.get_raw_json_string().get(ignored)) return false;
  // The token reaches to the next one, over white space.
  while (token.back() != '"')
    token.remove_suffix(1);
  std::string_view text;
  if (!keys_.resolve(token.substr(1, token.size() - 2), text)) return false;
  out = Value::string(text);
  return true;
}

[[gnu::always_inline]] inline bool LineParser::Impl::read_scalar(ondemand::value& value,
                                                                 Value& out) {
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
  keys_.open(inner_scope_, container, container != kNoField, false);
  std::size_t members = 0;
  for (auto result : object) {
    if (result.error()) return false;
    ondemand::field&& member = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!keys_.read(member.key().raw(), inner_scope_, field)) return false;
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
  for (auto result : object) {
    if (result.error()) return false;
    ondemand::field&& member = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!keys_.read(member.key().raw(), inner_scope_, field)) return false;
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
  keys_.open(inner_scope_, field, field != kNoField, true);
  std::size_t elements = 0;
  bool objects = false;
  for (auto result : array) {
    if (result.error() || elements == kMaxElements) return false;
    ondemand::value&& element = std::move(result).value_unsafe();
    const bool is_object = element.raw_json_token().front() == '{';
    if (elements != 0 && is_object != objects) return false;
    objects = is_object;
    if (is_object) {
      keys_.next_object(inner_scope_, elements);
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
[[gnu::noinline]] bool LineParser::Impl::read_container(ondemand::value& value, char opening,
                                                        FieldIndex field) {
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
  keys_.open(line_scope_, kNoField, true, false);
  const FieldIndex op_field = table_->op();
  for (auto result : object) {
    if (result.error()) return false;
    // A reference: a copy of what was just written word by word would stall on the stores.
    ondemand::field&& entry = std::move(result).value_unsafe();
    FieldIndex field = kNoField;
    if (!keys_.read(entry.key().raw(), line_scope_, field)) return false;
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
      keys_.set_op(*op);
    }
  }
  // Only at the end of the document simdjson has no location to give.
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS &&
         slots_[op_field].present();
}

const char* LineParser::Impl::parse_known(const char* at, Record& record) {
  const LineShapes::Reading reading = shapes_.read(at);
  if (reading.end == nullptr) return nullptr;
  const LineShape& shape = *reading.shape;
  record.text = std::string_view(at, static_cast<std::size_t>(reading.end - at));
  record.op = *shape.slots()[table_->op()].as_string();
  record.slots = shape.slots();
  record.presence = shape.presence();
  record.order = shape.order();
  record.unknown = {};
  return reading.end;
}

bool LineParser::Impl::parse(std::string_view text, Record& record) {
  forget_last();
  keys_.begin_line(text);
  if (!read_line(text)) {
    forget_last();
    record = Record();
    record.text = text;
    return false;
  }
  record.text = text;
  record.op = *slots_[table_->op()].as_string();
  record.slots = slots_;
  record.presence = presence_;
  record.order = std::span(order_.data(), present_);
  record.unknown = keys_.unknown();
  if (record.unknown.empty()) shapes_.learn(record.op, record.order, slots_);
  return true;
}

LineParser::LineParser(const FieldTable& table) : impl_(std::make_unique<Impl>(table)) {}
LineParser::LineParser(LineParser&&) noexcept = default;
LineParser& LineParser::operator=(LineParser&&) noexcept = default;
LineParser::~LineParser() = default;

const char* LineParser::parse_known(const char* at, Record& record) {
  return impl_->parse_known(at, record);
}

bool LineParser::parse(std::string_view text, Record& record) {
  return impl_->parse(text, record);
}

}  // namespace gms::check
