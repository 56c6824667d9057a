// Lines of one op nearly always have the same keys in the same order: their shape. A line is held
// against the shapes of earlier ones, so that nothing more is asked of a key than whether its bytes
// are the expected ones, and which fields are present is known beforehand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/trace/field_table.h"
#include "checker/trace/record.h"

namespace gms::check {

/// The fields of lines that are built alike, and the values of one of them.
class LineShape {
 public:
  /// As in Record.
  std::span<const FieldIndex> order() const { return order_; }
  std::span<const std::uint64_t> presence() const { return presence_; }
  std::span<const Value> slots() const { return slots_; }

 private:
  friend class LineShapes;

  // What is to be read, in the order of the line.
  struct Step {
    enum class Kind : std::uint8_t {
      kValue,        // a scalar or an array of scalars
      kObject,       // its members follow
      kObjectArray,  // the members that each object has follow
      kClose,        // the end of the members
      kEnd,          // the end of the line
    };
    std::uint32_t literal = 0;  // in LineShapes: what is before the value
    FieldIndex field = kNoField;
    Kind kind = Kind::kEnd;
    std::uint8_t size = 0;  // of the literal

    bool operator==(const Step&) const = default;
  };

  std::vector<Step> steps_;
  std::vector<FieldIndex> order_;
  std::vector<std::uint64_t> presence_;
  std::vector<Value> slots_;  // each shape has its own, so that those of other fields stay empty
};

/// The shapes met so far, in bounded memory. A line that none of them fits or that is not quite
/// plain (plain_text.h) is left to the JSON parser, which decides what is good: a wrong shape costs
/// time only.
class LineShapes {
 public:
  /// Bytes that must be readable behind a line, the first of them a control character.
  static constexpr std::size_t kPadding = 32;

  /// `table` must outlive the shapes.
  explicit LineShapes(const FieldTable& table);
  LineShapes(const LineShapes&) = delete;  // it points into itself
  LineShapes& operator=(const LineShapes&) = delete;

  struct Reading {
    const LineShape* shape;  ///< with the values of the line
    const char* end;         ///< of the line, behind its closing brace
  };

  /// Reads the line at `at` if it has a known shape; otherwise both are null. The values live until
  /// the next call of read() or learn().
  Reading read(const char* at);

  /// Remembers how a good line is built whose fields are all in `order`, with the values in
  /// `slots`.
  void learn(std::string_view op, std::span<const FieldIndex> order, std::span<const Value> slots);

 private:
  using Step = LineShape::Step;
  using Kind = Step::Kind;

  // The bytes before a value: a comma or an opening brace and the key.
  struct alignas(64) Literal {
    static constexpr std::size_t kMostBytes = 32;

    std::array<char, kMostBytes> bytes{};
    std::array<char, kMostBytes> mask{};  // which of them count
  };

  // Shapes of the ops that share a hash.
  struct Row {
    static constexpr std::size_t kShapes = 4;

    std::array<LineShape, kShapes> shapes;
    LineShape* recent;       // of any row: what the last line of such an op had
    const LineShape* after;  // one that is known to have the same steps up to the op, or null
    std::size_t oldest = 0;
  };

  void add_literal(std::string_view text);
  bool matches(const Step& step, const char* at) const;
  Row& row_of(std::string_view op);
  static bool begin_alike(const LineShape& a, const LineShape& b, std::size_t steps);
  LineShape* other(Row& row, const LineShape& shape, std::size_t steps, const char* at) const;
  template <class SlotOf>
  const char* read_members(const char* at, const Step*& step, SlotOf slot_of) const;
  const char* read_container(const char* at, const Step*& step, std::span<Value> slots);
  const char* read_array(const char* at, Value& slot);
  std::vector<Value>& new_array();
  bool find_steps(std::span<const FieldIndex> order, std::span<const Value> slots);
  void remember(Row& row, std::size_t steps, std::span<const FieldIndex> order);

  const FieldTable* table_;
  // Of each field behind a comma, of each field behind a brace, and a closing brace.
  std::vector<Literal> literals_;
  std::vector<std::uint8_t> sizes_;  // of them; 0 for those that are too long
  LineShape nothing_;
  Row beginnings_;  // shapes that differ up to the op
  std::vector<Row> rows_;
  std::vector<std::vector<Value>> arrays_;
  std::size_t arrays_used_ = 0;
  std::vector<Step> steps_;  // of the shape being learnt
};

}  // namespace gms::check
