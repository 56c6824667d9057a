#include "gen/sema/types.h"

namespace gms::gen::sema {

using ir::TypeKind;

Type Type::boolean() {
  return of(bool_type());
}
bool Type::is_bool() const {
  return is_scalar() && scalar.kind == TypeKind::kBool && !scalar.optional;
}
bool Type::is_int() const {
  return is_scalar() && scalar.kind == TypeKind::kInt && !scalar.optional;
}
bool Type::is_index() const {
  return is_scalar() && scalar.kind == TypeKind::kIndex && !scalar.optional;
}

std::optional<ir::Type> parse_int_type(const std::string& name) {
  if (name.size() < 2 || name.size() > 3 || (name[0] != 'u' && name[0] != 'i')) return {};
  unsigned width = 0;
  for (const char c : name.substr(1)) {
    if (c < '0' || c > '9') return {};
    width = width * 10 + static_cast<unsigned>(c - '0');
  }
  if (name[1] == '0' || width < 1 || width > 64) return {};
  return int_type(width, name[0] == 'i');
}

std::string type_name(const ir::Module& module, const Type& type) {
  switch (type.shape) {
    case Shape::kPoison: return "<error>";
    case Shape::kNone: return "none";
    case Shape::kLiteral: return "an integer literal";
    case Shape::kScalar: return ir::type_text(module, type.scalar);
    case Shape::kRange: return "range " + ir::type_text(module, type.scalar);
    case Shape::kStruct: return "a struct";
  }
  return "";
}

bool literal_fits(Wide literal, const ir::Type& type) {
  if (type.kind != TypeKind::kInt && type.kind != TypeKind::kIndex) return false;
  const Wide one = 1;
  if (!type.is_signed) return literal >= 0 && literal < (one << type.width);
  return literal >= -(one << (type.width - 1)) && literal < (one << (type.width - 1));
}

std::string wide_text(Wide value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  unsigned __int128 rest =
      negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  std::string text;
  for (; rest > 0; rest /= 10)
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  return negative ? "-" + text : text;
}

std::optional<ir::Type> join(const ir::Type& a, const ir::Type& b) {
  if (converts(a, b)) return b;
  if (converts(b, a)) return a;
  // u32? and u64: the optional of the wider.
  const ir::Type wide_a = with_optional(a, a.optional || b.optional);
  const ir::Type wide_b = with_optional(b, a.optional || b.optional);
  if (converts(a, wide_b) && converts(b, wide_b)) return wide_b;
  if (converts(a, wide_a) && converts(b, wide_a)) return wide_a;
  return {};
}

bool converts(const ir::Type& from, const ir::Type& to) {
  if (from.optional && !to.optional) return false;
  if (with_optional(from, to.optional) == to) return true;
  // A wider optional would need a test for `none`: written out by the author.
  return from.kind == TypeKind::kInt && to.kind == TypeKind::kInt && !from.is_signed &&
         !to.is_signed && from.width <= to.width && !from.optional;
}

}  // namespace gms::gen::sema
