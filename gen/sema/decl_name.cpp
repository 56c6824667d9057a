// The first pass: every declared name into its table, with the vectors of the module sized so that
// ids are known before any type or value is.
#include <type_traits>

#include "gen/sema/decl.h"
#include "gen/sema/errnos.h"

namespace gms::gen::sema {

void Declarations::add_errno() {
  ir::Enum errnos;
  errnos.name = "Errno";
  errnos.doc = "The result of an action: ok, or Linux's error numbers.";
  errnos.members.push_back({"ok", 0, "ok"});
  for (const ErrnoName& errno_name : linux_errnos())
    errnos.members.push_back(
        {std::string(errno_name.name), errno_name.value, std::string(errno_name.name)});
  Symbol symbol;
  symbol.builtin = true;
  symbol.id = ir::kErrnoEnum;
  symbol.kind = SymbolKind::kEnum;
  ctx_.globals.names.add("Errno", symbol);
  symbol.kind = SymbolKind::kMember;
  for (std::uint32_t i = 1; i < errnos.members.size(); ++i) {
    symbol.member = i;
    ctx_.globals.names.add(errnos.members[i].name, symbol);
  }
  ctx_.module.enums.push_back(std::move(errnos));
}

void Declarations::add_name(SymbolTable& table, const ast::Name& name, const Symbol& written) {
  Symbol symbol = written;
  symbol.span = name.span;
  if (is_builtin_function(name.text) || name.text == "bool" || parse_int_type(name.text)) {
    ctx_.diags.report(diag::reserved_name, name.span, name.text);
    return;
  }
  const Symbol* other = table.add(name.text, symbol);
  if (other == nullptr) return;
  if (other->builtin) {
    ctx_.diags.report(diag::reserved_name, name.span, name.text);
    return;
  }
  ctx_.diags.report(diag::duplicate_name, name.span, name.text)
      .note(other->span, "the first one, " + std::string(kind_noun(other->kind)));
}

void Declarations::add_enum(const ast::EnumDecl& decl, base::Span span) {
  ir::Enum result;
  result.name = decl.name.text;
  result.doc = decl.doc;
  result.span = span;
  const auto id = static_cast<std::uint32_t>(ctx_.module.enums.size());
  add_name(ctx_.globals.names, decl.name, {SymbolKind::kEnum, id, 0, {}, false, false});
  for (const ast::EnumMember& member : decl.members) {
    add_name(ctx_.globals.names, member.name,
             {SymbolKind::kMember,
              id,
              static_cast<std::uint32_t>(result.members.size()),
              {},
              false,
              false});
    const std::string spelling =
        member.spellings.empty() ? member.name.text : member.spellings[0].value;
    if (member.spellings.size() > 1)
      ctx_.diags.report(diag::several_spellings, member.spellings[1].span, member.name.text);
    for (const ir::EnumMember& other : result.members) {
      if (other.spelling != spelling) continue;
      ctx_.diags.report(diag::same_spelling, member.name.span, member.name.text, other.name);
      break;
    }
    result.members.push_back({member.name.text, 0, spelling});
  }
  ctx_.module.enums.push_back(std::move(result));
}

void Declarations::add_flags(const ast::FlagsDecl& decl, base::Span span) {
  ir::Enum result;
  result.name = decl.name.text;
  result.is_flags = true;
  result.width = 64;
  result.doc = decl.doc;
  result.span = span;
  if (const auto type = parse_int_type(decl.type.name.text);
      type && !type->is_signed && !decl.type.optional && !decl.type.is_range)
    result.width = type->width;
  else
    ctx_.diags.report(diag::declared_type, decl.type.span, decl.type.name.text, "flags")
        .with_hint("flags are unsigned integers, such as u64");
  const auto id = static_cast<std::uint32_t>(ctx_.module.enums.size());
  add_name(ctx_.globals.names, decl.name, {SymbolKind::kFlags, id, 0, {}, false, false});
  for (const ast::FlagMember& member : decl.members) {
    add_name(ctx_.globals.names, member.name,
             {SymbolKind::kFlag,
              id,
              static_cast<std::uint32_t>(result.members.size()),
              {},
              false,
              false});
    result.members.push_back({member.name.text, 0, member.name.text});
  }
  ctx_.module.enums.push_back(std::move(result));
}

void Declarations::register_names() {
  ir::Module& module = ctx_.module;
  Globals& globals = ctx_.globals;
  const auto next = [](const auto& vector) { return static_cast<std::uint32_t>(vector.size()); };
  std::uint32_t item_id = 0;
  std::uint32_t action_id = 0;
  for (const ast::Item& item : ctx_.file.items) {
    const base::Span span = item.span;
    std::visit(
        [&](const auto& decl) {
          using Decl = std::decay_t<decltype(decl)>;
          if constexpr (std::is_same_v<Decl, ast::CommonFieldsDecl>) {
            for (const ast::Name& name : decl.names)
              module.common_fields.push_back(name.text);
          } else if constexpr (std::is_same_v<Decl, ast::ConstDecl>) {
            add_name(globals.names, decl.name, {SymbolKind::kConst, item_id, 0, {}, false, false});
          } else if constexpr (std::is_same_v<Decl, ast::EnumDecl>) {
            result_[item_id] = next(module.enums);
            add_enum(decl, span);
          } else if constexpr (std::is_same_v<Decl, ast::FlagsDecl>) {
            result_[item_id] = next(module.enums);
            add_flags(decl, span);
          } else if constexpr (std::is_same_v<Decl, ast::StructDecl>) {
            const std::uint32_t id = next(globals.structs);
            add_name(globals.names, decl.name, {SymbolKind::kStruct, id, 0, {}, false, false});
            globals.structs.push_back({decl.name.text, {}});
            result_[item_id] = id;
          } else if constexpr (std::is_same_v<Decl, ast::DomainDecl>) {
            for (const ast::Name& name : decl.names) {
              const std::uint32_t id = next(module.domains);
              add_name(globals.names, name, {SymbolKind::kDomain, id, 0, {}, false, false});
              module.domains.push_back({name.text, decl.doc, name.span});
            }
          } else if constexpr (std::is_same_v<Decl, ast::IndexDecl>) {
            const std::uint32_t id = next(module.index_sorts);
            add_name(globals.names, decl.name, {SymbolKind::kIndexSort, id, 0, {}, false, false});
            module.index_sorts.push_back({decl.name.text, 64, decl.doc, span});
            result_[item_id] = id;
          } else if constexpr (std::is_same_v<Decl, ast::ParamDecl>) {
            const std::uint32_t id = next(module.params);
            add_name(globals.names, decl.name, {SymbolKind::kParam, id, 0, {}, false, false});
            ir::Param result;
            result.name = decl.name.text;
            result.type = bool_type();
            result.doc = decl.doc;
            result.span = span;
            module.params.push_back(std::move(result));
            result_[item_id] = id;
          } else if constexpr (std::is_same_v<Decl, ast::QuirkDecl>) {
            const std::uint32_t id = next(module.params);
            add_name(globals.names, decl.name, {SymbolKind::kParam, id, 0, {}, false, false});
            ir::Param result;
            result.name = decl.name.text;
            result.type = bool_type();
            result.is_quirk = true;
            result.doc = decl.doc;
            result.span = span;
            module.params.push_back(std::move(result));
          } else if constexpr (std::is_same_v<Decl, ast::LockDecl>) {
            const std::uint32_t id = next(module.locks);
            add_name(globals.locks, decl.name, {SymbolKind::kLock, id, 0, {}, false, false});
            module.locks.push_back({decl.name.text, {}, decl.shared_mode, decl.doc, span});
            result_[item_id] = id;
          } else if constexpr (std::is_same_v<Decl, ast::StateDecl>) {
            const std::uint32_t id = next(module.states);
            add_name(globals.names, decl.name, {SymbolKind::kState, id, 0, {}, false, false});
            ir::State result;
            result.name = decl.name.text;
            result.ghost = decl.ghost;
            result.doc = decl.doc;
            result.span = span;
            module.states.push_back(std::move(result));
            result_[item_id] = id;
          } else if constexpr (std::is_same_v<Decl, ast::FnDecl>) {
            add_name(globals.names, decl.name, {SymbolKind::kFn, item_id, 0, {}, false, false});
          } else if constexpr (std::is_same_v<Decl, ast::ProcDecl>) {
            add_name(globals.callables, decl.name,
                     {SymbolKind::kProc, item_id, 0, {}, false, false});
          } else if constexpr (std::is_same_v<Decl, ast::ActionDecl>) {
            add_name(globals.callables, decl.name,
                     {SymbolKind::kAction, action_id, 0, {}, false, false});
            result_[item_id] = action_id++;
          } else if constexpr (std::is_same_v<Decl, ast::EventDecl>) {
            add_name(globals.events, decl.name, {SymbolKind::kEvent, item_id, 0, {}, false, false});
          } else if constexpr (std::is_same_v<Decl, ast::InvariantDecl> ||
                               std::is_same_v<Decl, ast::PropertyDecl> ||
                               std::is_same_v<Decl, ast::LawDecl> ||
                               std::is_same_v<Decl, ast::CoverDecl>) {
            add_name(globals.properties, decl.name,
                     {SymbolKind::kProperty, item_id, 0, {}, false, false});
          } else {
            static_assert(
                std::is_same_v<Decl, ast::IncludeDecl> || std::is_same_v<Decl, ast::EditDecl> ||
                    std::is_same_v<Decl, ast::DropDecl> || std::is_same_v<Decl, ast::ExpectDecl> ||
                    std::is_same_v<Decl, ast::DiffExpectDecl>,
                "these are gone after gen/inherit");
          }
        },
        item.node);
    ++item_id;
  }
}

}  // namespace gms::gen::sema
