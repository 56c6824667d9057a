#include "ir/type.h"

#include <algorithm>
#include <bit>

namespace gms::ir {

Type enum_type(const Module& module, EnumId id) {
  std::uint64_t largest = 1;
  for (const EnumMember& member : module.enums[id].members)
    largest = std::max(largest, member.value);
  return {TypeKind::kEnum, false, false, static_cast<std::uint8_t>(std::bit_width(largest)), id};
}

Type index_type(const Module& module, IndexSortId id) {
  return {TypeKind::kIndex, false, false, module.index_sorts[id].width, id};
}

std::uint64_t zero_bits(const Module& module, const Type& type) {
  if (type.optional || type.kind != TypeKind::kEnum) return 0;
  const Enum& the_enum = module.enums[type.decl];
  if (the_enum.members.empty() || find_member(the_enum, 0) != nullptr) return 0;
  return the_enum.members.front().value;
}

bool is_value_of(const Module& module, const Type& type, std::uint64_t bits) {
  if (type.kind == TypeKind::kEnum) return find_member(module.enums[type.decl], bits) != nullptr;
  return bits <= mask_of(type.width);
}

std::string type_text(const Module& module, const Type& type) {
  std::string text;
  switch (type.kind) {
    case TypeKind::kBool: text = "bool"; break;
    case TypeKind::kInt: text = (type.is_signed ? "i" : "u") + std::to_string(type.width); break;
    case TypeKind::kEnum:
      text = type.decl < module.enums.size() ? module.enums[type.decl].name : "?enum";
      break;
    case TypeKind::kHandle:
      text = type.decl < module.domains.size() ? module.domains[type.decl].name : "?domain";
      break;
    case TypeKind::kIndex:
      text = type.decl < module.index_sorts.size() ? module.index_sorts[type.decl].name : "?index";
      break;
  }
  if (type.optional) text += '?';
  return text;
}

std::string value_text(const Module& module, const Type& type, std::uint64_t bits) {
  switch (type.kind) {
    case TypeKind::kBool: return bits != 0 ? "true" : "false";
    case TypeKind::kInt:
      return type.is_signed ? std::to_string(sign_extend(bits, type.width)) : std::to_string(bits);
    case TypeKind::kEnum:
      if (const EnumMember* member = find_member(module.enums[type.decl], bits))
        return member->name;
      return std::to_string(bits);
    case TypeKind::kHandle: return module.domains[type.decl].name + "#" + std::to_string(bits);
    case TypeKind::kIndex: return std::to_string(bits);
  }
  return {};
}

const EnumMember* find_member(const Enum& the_enum, std::uint64_t bits) {
  for (const EnumMember& member : the_enum.members) {
    if (member.value == bits) return &member;
  }
  return nullptr;
}

}  // namespace gms::ir
