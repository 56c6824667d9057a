// The types of the front end: those of the IR, and what only the front end knows: literals that
// wait for their type, ranges, structs, and the poison that keeps one mistake at one message.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/type.h"

namespace gms::gen::sema {

using Wide = __int128;  // every literal and every sum of two 64-bit numbers fits

enum class Shape : std::uint8_t {
  kPoison,   // an error was reported here: accept everything, say nothing more
  kNone,     // the literal `none`, before its optional type is known
  kLiteral,  // an integer without a type yet
  kScalar,   // a value of the IR
  kRange,    // lo ..< hi; scalar is the element's type
  kStruct,   // arguments that travel together
};

struct Type {
  Shape shape = Shape::kPoison;
  ir::Type scalar;                      // kScalar, kRange
  std::uint32_t structure = ir::kNoId;  // kStruct: index into Globals::structs

  static Type poison() { return {}; }
  static Type of(ir::Type scalar) { return {Shape::kScalar, scalar, ir::kNoId}; }
  static Type range_of(ir::Type element) { return {Shape::kRange, element, ir::kNoId}; }
  static Type of_struct(std::uint32_t id) { return {Shape::kStruct, {}, id}; }
  static Type boolean();

  bool is_poison() const { return shape == Shape::kPoison; }
  bool is_scalar() const { return shape == Shape::kScalar; }
  bool is_bool() const;
  bool is_int() const;    // not optional
  bool is_index() const;  // not optional
  bool is_optional() const { return is_scalar() && scalar.optional; }
};

/// What an expression is: nodes of the IR, or a literal that has none yet.
struct Value {
  Type type;
  base::Span span;
  ir::ExprId id = ir::kNoId;      // kScalar
  std::vector<ir::ExprId> parts;  // kRange: lo, hi; kStruct: one for each field
  Wide literal = 0;               // kLiteral
  bool wraps = false;             // kLiteral made by `~`: may be cut to an unsigned type's width

  bool is_poison() const { return type.is_poison(); }
};

using ir::bool_type;
using ir::enum_type;
using ir::index_type;
using ir::int_type;
using ir::mask_of;

inline ir::Type with_optional(ir::Type type, bool optional) {
  type.optional = optional;
  return type;
}
inline ir::Type errno_type(const ir::Module& module) {
  return enum_type(module, ir::kErrnoEnum);
}

/// `u12`, `i64`: the type, or nothing. Widths outside 1..64 are not types.
std::optional<ir::Type> parse_int_type(const std::string& name);

/// As the spec would write it: `u64`, `Page?`, `range Page`.
std::string type_name(const ir::Module& module, const Type& type);

/// Whether the literal is a value of the integer or index type.
bool literal_fits(Wide literal, const ir::Type& type);
std::string wide_text(Wide value);

/// The smallest type that both convert to without being asked, unless there is none.
std::optional<ir::Type> join(const ir::Type& a, const ir::Type& b);

/// Whether a value of `from` may stand where `to` is wanted: equal, wider unsigned, or lifted.
bool converts(const ir::Type& from, const ir::Type& to);

}  // namespace gms::gen::sema
