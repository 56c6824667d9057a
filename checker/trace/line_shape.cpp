// A line is read along the shape that the last one of its op had, and from where it differs along
// another that begins alike.
#include "checker/trace/line_shape.h"

#include <algorithm>
#include <string>

#include "checker/trace/byte_block.h"
#include "checker/trace/op_class.h"
#include "checker/trace/plain_text.h"

namespace gms::check {
namespace {

static_assert(LineShapes::kPadding >= plain::kPadding);

constexpr std::size_t kMostElements = 1u << 10;  // longer arrays are rare

}  // namespace

void LineShapes::add_literal(std::string_view text) {
  Literal& literal = literals_.emplace_back();
  const bool fits = text.size() <= Literal::kMostBytes;
  sizes_.push_back(fits ? static_cast<std::uint8_t>(text.size()) : std::uint8_t{0});
  if (!fits) return;
  std::copy(text.begin(), text.end(), literal.bytes.begin());
  std::fill_n(literal.mask.begin(), text.size(), static_cast<char>(0xff));
}

inline bool LineShapes::matches(const Step& step, const char* at) const {
  constexpr std::size_t kBlock = ByteBlock::kSize;
  static_assert(Literal::kMostBytes == 2 * kBlock && Literal::kMostBytes <= kPadding);
  const Literal& literal = literals_[step.literal];
  const auto differs = [&](std::size_t from) {
    return !((ByteBlock(at + from) ^ ByteBlock(literal.bytes.data() + from)) &
             ByteBlock(literal.mask.data() + from))
                .is_zero();
  };
  return !differs(0) && (step.size <= kBlock || !differs(kBlock));
}

LineShapes::LineShapes(const FieldTable& table)
    : table_(&table),
      beginnings_{{}, &nothing_, nullptr},
      rows_(kOpClasses, Row{{}, &nothing_, nullptr}) {
  literals_.reserve(table.size() * 2 + 1);
  for (const char before : {',', '{'}) {
    for (FieldIndex field = 0; field < table.size(); ++field) {
      const std::string_view name = table.name(field);
      const std::string_view key = name.substr(name.size() - table.key_size(field));
      add_literal(before + ('"' + std::string(key)) + "\":");
    }
  }
  add_literal("}");
  nothing_.steps_.push_back(
      {static_cast<std::uint32_t>(literals_.size() - 1), kNoField, Kind::kEnd, sizes_.back()});
}

inline LineShapes::Row& LineShapes::row_of(std::string_view op) {
  return rows_[op_class(op)];
}

// Whether both have the same steps up to there, where `b` has not ended.
inline bool LineShapes::begin_alike(const LineShape& a, const LineShape& b, std::size_t steps) {
  if (a.steps_.size() <= steps) return false;
  for (std::size_t i = 0; i < steps; ++i)
    if (a.steps_[i] != b.steps_[i]) return false;
  return true;
}

// A shape with the steps taken so far of this one that goes on as the line does, or null.
LineShape* LineShapes::other(Row& row, const LineShape& shape, std::size_t steps,
                             const char* at) const {
  for (LineShape& candidate : row.shapes) {
    if (begin_alike(candidate, shape, steps) && matches(candidate.steps_[steps], at))
      return &candidate;
  }
  return nullptr;
}

std::vector<Value>& LineShapes::new_array() {
  if (arrays_used_ == arrays_.size()) arrays_.emplace_back();
  std::vector<Value>& array = arrays_[arrays_used_++];
  array.clear();
  return array;
}

const char* LineShapes::read_array(const char* at, Value& slot) {
  std::vector<Value>& array = new_array();
  if (at[1] == ']') {
    slot = Value::array(array);
    return at + 2;
  }
  do {
    if (array.size() == kMostElements) return nullptr;
    at = plain::read_scalar(at + 1, array.emplace_back());
    if (at == nullptr) return nullptr;
  } while (*at == ',');
  slot = Value::array(array);
  return *at == ']' ? at + 1 : nullptr;
}

// From the brace before the first member to what stands behind the last one's brace; `step`
// likewise.
template <class SlotOf>
const char* LineShapes::read_members(const char* at, const Step*& step, SlotOf slot_of) const {
  for (;;) {
    if (!matches(*step, at)) return nullptr;
    at += step->size;
    if (step->kind == Kind::kClose) break;
    at = plain::read_scalar(at, slot_of(step->field));
    if (at == nullptr) return nullptr;
    ++step;
  }
  ++step;
  return at;
}

const char* LineShapes::read_container(const char* at, const Step*& step, std::span<Value> slots) {
  const Step& container = *step++;
  const Step* const first = step;
  while (step->kind != Kind::kClose)
    ++step;
  const auto members = static_cast<std::size_t>(step - first);
  step = first;
  if (container.kind == Kind::kObject) {
    slots[container.field] = Value::object(members);
    return read_members(at, step, [&](FieldIndex field) -> Value& { return slots[field]; });
  }
  const std::size_t column = arrays_used_;
  for (std::size_t i = 0; i < members; ++i)
    new_array();
  std::size_t elements = 0;
  if (*at != '[') return nullptr;
  do {
    if (elements == kMostElements) return nullptr;
    step = first;
    auto to = arrays_.begin() + static_cast<std::ptrdiff_t>(column);
    at = read_members(at + 1, step, [&to](FieldIndex) -> Value& { return (to++)->emplace_back(); });
    if (at == nullptr) return nullptr;
    ++elements;
  } while (*at == ',');
  slots[container.field] = Value::object_array(elements);
  for (std::size_t i = 0; i < members; ++i)
    slots[first[i].field] = Value::array(arrays_[column + i]);
  return *at == ']' ? at + 1 : nullptr;
}

LineShapes::Reading LineShapes::read(const char* at) {
  arrays_used_ = 0;
  Row* row = &beginnings_;
  LineShape* shape = row->recent;
  const Step* step = shape->steps_.data();
  const FieldIndex op = table_->op();
  // The same place in another shape, which gets the values read so far.
  const auto turn_to = [&](LineShape& to) {
    for (const Step* taken = shape->steps_.data(); taken != step; ++taken) {
      if (taken->kind != Kind::kClose) to.slots_[taken->field] = shape->slots_[taken->field];
    }
    step = to.steps_.data() + (step - shape->steps_.data());
    shape = &to;
  };
  const auto taken = [&] { return static_cast<std::size_t>(step - shape->steps_.data()); };
  // Nothing is read past the control character behind the line: neither a literal nor a value has
  // one.
  for (;;) {
    if (!matches(*step, at)) {
      LineShape* const better = other(*row, *shape, taken(), at);
      if (better == nullptr) break;
      turn_to(*better);
    }
    at += step->size;
    if (step->kind != Kind::kValue) [[unlikely]] {
      if (step->kind == Kind::kEnd) {
        if (row == &beginnings_) break;  // it has no op
        row->recent = shape;
        row->after = beginnings_.recent;
        return {shape, at};
      }
      at = read_container(at, step, shape->slots_);
      if (at == nullptr) break;
      continue;
    }
    const FieldIndex field = (step++)->field;
    Value& slot = shape->slots_[field];
    at = *at != '[' ? plain::read_scalar(at, slot) : read_array(at, slot);
    if (at == nullptr) break;
    if (field == op) {
      const std::optional<std::string_view> text = slot.as_string();
      if (!text) break;
      beginnings_.recent = shape;
      row = &row_of(*text);
      if (row->after == shape || begin_alike(*row->recent, *shape, taken())) turn_to(*row->recent);
    }
  }
  return {nullptr, nullptr};
}

// False: no shape can be made of it.
bool LineShapes::find_steps(std::span<const FieldIndex> order, std::span<const Value> slots) {
  const auto fields = static_cast<std::uint32_t>(table_->size());
  const Step close{fields * 2, kNoField, Kind::kClose, sizes_.back()};
  steps_.clear();
  FieldIndex container = kNoField;
  std::uint32_t behind_brace = fields;
  for (const FieldIndex field : order) {
    if (container != kNoField && table_->container(field) != container) {
      if (steps_.back().kind != Kind::kValue) return false;
      steps_.push_back(close);
      container = kNoField;
    }
    const ValueKind value = slots[field].kind();
    const Kind kind = value == ValueKind::kObject        ? Kind::kObject
                      : value == ValueKind::kObjectArray ? Kind::kObjectArray
                                                         : Kind::kValue;
    if (sizes_[field] == 0) return false;
    steps_.push_back({field + behind_brace, field, kind, sizes_[field]});
    behind_brace = kind == Kind::kValue ? 0 : fields;
    if (kind != Kind::kValue) container = field;
  }
  if (steps_.back().kind != Kind::kValue) return false;
  if (container != kNoField) steps_.push_back(close);
  steps_.push_back(nothing_.steps_.back());
  return true;
}

// As a shape of the row, unless one has the same first steps.
void LineShapes::remember(Row& row, std::size_t steps, std::span<const FieldIndex> order) {
  const std::span<const Step> begins = std::span(steps_).first(steps);
  for (LineShape& known : row.shapes) {
    if (known.steps_.size() < steps ||
        !std::ranges::equal(begins, std::span(known.steps_).first(steps)))
      continue;
    row.recent = &known;
    return;
  }
  LineShape& shape = row.shapes[row.oldest];
  row.oldest = (row.oldest + 1) % Row::kShapes;
  for (Row& each : rows_)
    each.after = nullptr;
  shape.steps_ = steps_;
  shape.order_.assign(order.begin(), order.end());
  shape.slots_.assign(table_->size(), Value());
  shape.presence_.assign((table_->size() + 63) / 64, 0);
  for (const FieldIndex field : order)
    shape.presence_[field / 64] |= std::uint64_t{1} << (field % 64);
  row.recent = &shape;
}

void LineShapes::learn(std::string_view op, std::span<const FieldIndex> order,
                       std::span<const Value> slots) {
  if (!find_steps(order, slots)) return;
  const auto is_op = [this](const Step& step) { return step.field == table_->op(); };
  const auto to_op = std::ranges::find_if(steps_, is_op) - steps_.begin() + 1;
  remember(beginnings_, static_cast<std::size_t>(to_op), order);
  remember(row_of(op), steps_.size(), order);
}

}  // namespace gms::check
