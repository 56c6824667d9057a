#include "gen/sema/context.h"

namespace gms::gen::sema {

std::string Context::name_of(const Type& type) const {
  if (type.shape == Shape::kStruct) return globals.structs[type.structure].name;
  return type_name(module, type);
}

std::optional<ir::Type> Context::resolve_scalar(const ast::Name& name) {
  if (name.text == "bool") return bool_type();
  if (const auto integer = parse_int_type(name.text)) return integer;
  Symbol* symbol = globals.names.find_one(name.text);
  if (symbol == nullptr) {
    if (std::vector<Symbol>* members = globals.names.find(name.text)) {
      diags.report(diag::wrong_kind, name.span, name.text, kind_noun(SymbolKind::kMember), "a type")
          .note(members->front().span, "declared here");
      return {};
    }
    std::vector<std::string> types = {"bool", "u8", "u16", "u32", "u64", "i32", "i64"};
    for (const auto& [other, symbols] : globals.names.all()) {
      switch (symbols.front().kind) {
        case SymbolKind::kEnum:
        case SymbolKind::kFlags:
        case SymbolKind::kStruct:
        case SymbolKind::kDomain:
        case SymbolKind::kIndexSort: types.push_back(other); break;
        case SymbolKind::kConst:
        case SymbolKind::kFlag:
        case SymbolKind::kMember:
        case SymbolKind::kParam:
        case SymbolKind::kState:
        case SymbolKind::kFn:
        case SymbolKind::kProc:
        case SymbolKind::kAction:
        case SymbolKind::kLock:
        case SymbolKind::kProperty:
        case SymbolKind::kEvent: break;
      }
    }
    report_unknown(diag::unknown_type, name, types);
    return {};
  }
  symbol->used = true;
  switch (symbol->kind) {
    case SymbolKind::kEnum: return enum_type(module, symbol->id);
    case SymbolKind::kFlags: return int_type(module.enums[symbol->id].width);
    case SymbolKind::kDomain: return ir::handle_type(symbol->id);
    case SymbolKind::kIndexSort: return index_type(module, symbol->id);
    case SymbolKind::kStruct:
    case SymbolKind::kConst:
    case SymbolKind::kFlag:
    case SymbolKind::kMember:
    case SymbolKind::kParam:
    case SymbolKind::kState:
    case SymbolKind::kFn:
    case SymbolKind::kProc:
    case SymbolKind::kAction:
    case SymbolKind::kLock:
    case SymbolKind::kProperty:
    case SymbolKind::kEvent: break;
  }
  if (symbol->kind == SymbolKind::kStruct) {
    diags.report(diag::struct_misplaced, name.span, "this type")
        .with_hint("only parameters can be structs");
  } else {
    diags.report(diag::wrong_kind, name.span, name.text, kind_noun(symbol->kind), "a type")
        .note(symbol->span, "declared here");
  }
  return {};
}

Type Context::resolve(const ast::TypeRef& ref) {
  if (!ref.is_range) {
    Symbol* symbol = globals.names.find_one(ref.name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::kStruct) {
      symbol->used = true;
      if (!ref.optional) return Type::of_struct(symbol->id);
      diags.report(diag::struct_misplaced, ref.span, "optional");
      return Type::poison();
    }
  }
  const auto scalar = resolve_scalar(ref.name);
  if (!scalar) return Type::poison();
  if (!ref.is_range) return Type::of(with_optional(*scalar, ref.optional));
  if (scalar->kind == ir::TypeKind::kIndex) return Type::range_of(*scalar);
  diags.report(diag::declared_type, ref.span, name_of(*scalar), "the elements of a range")
      .with_hint("ranges are made of an index sort: index Page : u52");
  return Type::poison();
}

void Context::report_unknown(const base::Message<1>& message, const ast::Name& name,
                             const std::vector<std::string>& candidates) {
  base::Diagnostic& d = diags.report(message, name.span, name.text);
  if (const auto meant = suggest(name.text, candidates))
    d.with_hint("did you mean '" + *meant + "'?");
}

}  // namespace gms::gen::sema
