#include "checker/linearize/kept_call.h"

namespace gms::check::linearize {
namespace {

std::size_t bytes_of(const Value& value) {
  return value.kind() == ValueKind::kString ? value.size() : 0;
}

}  // namespace

KeptCall::KeptCall(const Record& record, std::uint32_t the_event, std::uint64_t the_thread,
                   std::uint64_t the_begin, std::uint64_t the_end)
    : line(record.line),
      thread(the_thread),
      begin(the_begin),
      end(the_end),
      event(the_event),
      presence_(record.presence.begin(), record.presence.end()),
      has_unknown_(!record.unknown.empty()) {
  std::size_t bytes = 0, elements = 0;
  for (const FieldIndex field : record.order) {
    bytes += bytes_of(record[field]);
    elements += record[field].elements().size();
    for (const Value& element : record[field].elements())
      bytes += bytes_of(element);
  }
  text_.reserve(bytes);
  elements_.reserve(elements);
  fields_.reserve(record.order.size());
  for (const FieldIndex field : record.order)
    fields_.emplace_back(field, own(record[field]));
}

/// There is room: nothing that was copied before moves.
Value KeptCall::own(const Value& value) {
  if (const auto text = value.as_string()) {
    text_ += *text;
    return Value::string(std::string_view(text_).substr(text_.size() - text->size()));
  }
  return value.kind() == ValueKind::kArray ? Value::array(own(value.elements())) : value;
}
std::span<const Value> KeptCall::own(std::span<const Value> elements) {
  const std::size_t first = elements_.size();
  for (const Value& element : elements)  // scalars
    elements_.push_back(own(element));
  return std::span(elements_).subspan(first);
}

model::EventInput KeptCall::lay_out(std::vector<Value>& slots) const {
  for (const auto& [field, value] : fields_)
    slots[field] = value;
  return {slots, presence_, has_unknown_};
}

void KeptCall::clear(std::vector<Value>& slots) const {
  for (const auto& [field, value] : fields_)
    slots[field] = Value();
}

}  // namespace gms::check::linearize
