#include "gen/sema/decl.h"

#include <algorithm>
#include <bit>
#include <type_traits>

namespace gms::gen::sema {

namespace {

template <typename Decl, typename Visit>
void for_all(const ast::File& file, const Visit& visit) {
  std::uint32_t id = 0;
  for (const ast::Item& item : file.items) {
    if (const auto* decl = std::get_if<Decl>(&item.node)) visit(*decl, id, item.span);
    ++id;
  }
}

}  // namespace

void Declarations::run() {
  progress_.assign(ctx_.file.items.size(), Progress::kNew);
  result_.assign(ctx_.file.items.size(), ir::kNoId);
  add_errno();
  register_names();
  types();
  for_all<ast::ConstDecl>(ctx_.file, [&](const ast::ConstDecl& decl, std::uint32_t id, base::Span) {
    constant(id, decl.name.span);
  });
  for_all<ast::StructDecl>(ctx_.file, [&](const ast::StructDecl& decl, std::uint32_t id,
                                          base::Span) { structure(decl, result_[id]); });
  for_all<ast::ParamDecl>(ctx_.file, [&](const ast::ParamDecl& decl, std::uint32_t id, base::Span) {
    param(decl, result_[id]);
  });
  for_all<ast::LockDecl>(ctx_.file, [&](const ast::LockDecl& decl, std::uint32_t id, base::Span) {
    lock(decl, result_[id]);
  });
  for_all<ast::StateDecl>(ctx_.file, [&](const ast::StateDecl& decl, std::uint32_t id, base::Span) {
    state(decl, result_[id]);
  });
  for_all<ast::FnDecl>(ctx_.file, [&](const ast::FnDecl& decl, std::uint32_t id, base::Span) {
    if (progress_[id] == Progress::kNew) function(id, decl.name.span);
  });
  for_all<ast::ProcDecl>(ctx_.file, [&](const ast::ProcDecl& decl, std::uint32_t id, base::Span) {
    if (progress_[id] == Progress::kNew) procedure(id, decl.name.span);
  });
  for_all<ast::ActionDecl>(ctx_.file, [&](const ast::ActionDecl& decl, std::uint32_t id,
                                          base::Span) { action(decl, result_[id]); });
}

void Declarations::types() {
  for_all<ast::IndexDecl>(ctx_.file, [&](const ast::IndexDecl& decl, std::uint32_t id, base::Span) {
    index_sort(decl, result_[id]);
  });
  for_all<ast::EnumDecl>(ctx_.file, [&](const ast::EnumDecl& decl, std::uint32_t id, base::Span) {
    enum_values(decl, result_[id]);
  });
  for_all<ast::FlagsDecl>(ctx_.file, [&](const ast::FlagsDecl& decl, std::uint32_t id, base::Span) {
    flag_values(decl, result_[id]);
  });
}

std::optional<std::uint64_t> Declarations::constant_bits(const ast::Expr& expr,
                                                         const ir::Type& type) {
  Frame frame(Place::kConst);
  Exprs exprs(ctx_, frame);
  const ir::ExprId id = exprs.check(expr, type);
  if (id == ir::kNoId) return {};
  const auto bits = ctx_.build.constant_of(id);
  if (!bits) ctx_.diags.report(diag::not_constant, expr.span);
  return bits;
}

bool Declarations::already_busy(std::uint32_t item, const ast::Name& name, base::Span user) {
  constexpr std::size_t kLongestChain = 200;  // each link costs stack
  if (progress_[item] == Progress::kNew && chain_ >= kLongestChain) {
    ctx_.diags.report(diag::chain_too_long, user, name.text, chain_)
        .with_hint("declare what is needed before its users");
    return true;
  }
  if (progress_[item] != Progress::kBusy) return false;
  ctx_.diags.report(diag::recursive, user, name.text).note(name.span, "declared here");
  return true;
}

std::optional<ir::Const> Declarations::constant(std::uint32_t item, base::Span user) {
  const auto& decl = std::get<ast::ConstDecl>(ctx_.file.items[item].node);
  if (already_busy(item, decl.name, user)) return {};
  if (progress_[item] == Progress::kNew) {
    progress_[item] = Progress::kBusy;
    ++chain_;
    const Type type = ctx_.resolve(decl.type);
    const bool fits =
        type.is_scalar() && !type.scalar.optional && type.scalar.kind != ir::TypeKind::kHandle;
    if (!fits && !type.is_poison())
      ctx_.diags.report(diag::declared_type, decl.type.span, ctx_.name_of(type), "a constant");
    const auto bits = fits ? constant_bits(*decl.value, type.scalar) : std::nullopt;
    if (bits) {
      result_[item] = static_cast<std::uint32_t>(ctx_.module.consts.size());
      ctx_.module.consts.push_back(
          {decl.name.text, type.scalar, *bits, decl.doc, ctx_.file.items[item].span});
    }
    progress_[item] = Progress::kDone;
    --chain_;
  }
  if (result_[item] == ir::kNoId) return {};
  return ctx_.module.consts[result_[item]];
}

void Declarations::enum_values(const ast::EnumDecl& decl, ir::EnumId id) {
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < decl.members.size(); ++i) {
    const ast::EnumMember& member = decl.members[i];
    if (member.value) next = constant_bits(*member.value, int_type(64)).value_or(next);
    ctx_.module.enums[id].members[i].value = next;
    for (std::size_t j = 0; j < i; ++j) {
      if (ctx_.module.enums[id].members[j].value != next) continue;
      ctx_.diags
          .report(diag::member_value, member.name.span, member.name.text, decl.members[j].name.text)
          .note(decl.members[j].name.span, "the first one");
    }
    ++next;
  }
}

void Declarations::flag_values(const ast::FlagsDecl& decl, ir::EnumId id) {
  const ir::Type type = int_type(ctx_.module.enums[id].width);
  for (std::size_t i = 0; i < decl.members.size(); ++i) {
    const auto bits = constant_bits(*decl.members[i].value, type);
    if (bits) ctx_.module.enums[id].members[i].value = *bits;
  }
}

void Declarations::index_sort(const ast::IndexDecl& decl, ir::IndexSortId id) {
  const auto type = parse_int_type(decl.type.name.text);
  if (type && !type->is_signed && !decl.type.optional && !decl.type.is_range) {
    ctx_.module.index_sorts[id].width = type->width;
    return;
  }
  ctx_.diags.report(diag::declared_type, decl.type.span, decl.type.name.text, "an index sort")
      .with_hint("indices are unsigned integers, such as u52");
}

void Declarations::structure(const ast::StructDecl& decl, std::uint32_t id) {
  std::vector<StructField> fields;
  for (const ast::ParamDef& field : decl.fields) {
    const Type type = ctx_.resolve(field.type);
    if (type.is_poison()) continue;
    for (const StructField& other : fields)
      if (other.name == field.name.text)
        ctx_.diags.report(diag::duplicate_name, field.name.span, field.name.text);
    if (type.is_scalar()) {
      fields.push_back({field.name.text, type.scalar});
    } else {
      ctx_.diags.report(diag::declared_type, field.type.span, ctx_.name_of(type),
                        "a struct's field");
    }
  }
  ctx_.globals.structs[id].fields = std::move(fields);
}

void Declarations::param(const ast::ParamDecl& decl, ir::ParamId id) {
  const Type type = ctx_.resolve(decl.type);
  ctx_.bad_params.insert(id);  // until its type is known to be good
  if (type.is_poison()) return;
  const bool fits =
      type.is_scalar() && !type.scalar.optional &&
      (type.scalar.kind == ir::TypeKind::kBool || type.scalar.kind == ir::TypeKind::kInt ||
       type.scalar.kind == ir::TypeKind::kEnum);
  if (!fits) {
    ctx_.diags
        .report(diag::declared_type, decl.type.span, ctx_.name_of(type), "a parameter of the spec")
        .with_hint("it is a bool, an enum or an integer");
    return;
  }
  ctx_.module.params[id].type = type.scalar;
  ctx_.bad_params.erase(id);
  const auto initial = constant_bits(*decl.default_value, type.scalar);
  if (initial) ctx_.module.params[id].default_value = *initial;
  bool listed = decl.values.empty();
  for (const ast::ExprPtr& value : decl.values) {
    const auto bits = constant_bits(*value, type.scalar);
    if (!bits) {
      listed = true;
      continue;
    }
    ctx_.module.params[id].values.push_back(*bits);
    listed |= !initial || *bits == *initial;
  }
  if (!listed)
    ctx_.diags.report(diag::default_not_listed, decl.default_value->span, decl.name.text);
}

// False when a key is wrong, which has been reported.
bool Declarations::check_keys(const std::vector<ast::TypeRef>& refs, std::vector<ir::Type>& keys) {
  constexpr unsigned kSmallWidth = 16;
  constexpr std::size_t kMaxHandles = 4;
  constexpr unsigned kMaxBits = 64;
  const auto rank = [](const ir::Type& type) {
    return type.kind == ir::TypeKind::kHandle ? 0 : type.kind == ir::TypeKind::kIndex ? 1 : 2;
  };
  bool good = true;
  std::size_t handles = 0;
  unsigned bits = 0;
  for (const ast::TypeRef& ref : refs) {
    const Type type = ctx_.resolve(ref);
    if (type.is_poison()) {
      keys.push_back(bool_type());
      good = false;
      continue;
    }
    const bool small =
        type.is_scalar() && (type.scalar.kind != ir::TypeKind::kInt ||
                             (type.scalar.width <= kSmallWidth && !type.scalar.is_signed));
    if (!type.is_scalar() || type.scalar.optional || !small) {
      base::Diagnostic& d = ctx_.diags.report(diag::key_type, ref.span, ctx_.name_of(type));
      if (type.is_int())
        d.with_hint(
            "keys are handles, indices, enums, bool and unsigned integers up to u16; "
            "a wide integer becomes an index sort");
      keys.push_back(bool_type());
      good = false;
      continue;
    }
    if (!keys.empty() && rank(type.scalar) < rank(keys.back())) {
      ctx_.diags.report(diag::key_order, ref.span, ctx_.name_of(type), ctx_.name_of(keys.back()))
          .with_hint("handles come first, then indices, then small scalars");
    }
    handles += rank(type.scalar) == 0 ? 1 : 0;
    bits += rank(type.scalar) == 0 ? 0 : type.scalar.width;
    keys.push_back(type.scalar);
    if (handles > kMaxHandles || bits > kMaxBits) {
      ctx_.diags.report(diag::key_type, ref.span, ctx_.name_of(type))
          .with_hint("at most 4 handles and 64 bits of indices and small scalars are keys");
      handles = 0;
      bits = 0;
    }
  }
  return good;
}

void Declarations::lock(const ast::LockDecl& decl, ir::LockId id) {
  check_keys(decl.keys, ctx_.module.locks[id].keys);
}

void Declarations::state(const ast::StateDecl& decl, ir::StateId id) {
  std::vector<ir::Type> keys;
  if (!check_keys(decl.keys, keys)) ctx_.bad_states.insert(id);
  const Type type = ctx_.resolve(decl.type);
  ir::State& result = ctx_.module.states[id];
  result.keys = std::move(keys);
  if (!type.is_scalar()) ctx_.bad_states.insert(id);
  if (type.is_poison()) return;
  if (!type.is_scalar()) {
    ctx_.diags.report(diag::declared_type, decl.type.span, ctx_.name_of(type),
                      "a state function's values");
    return;
  }
  result.type = type.scalar;
  result.initial = ir::zero_bits(ctx_.module, type.scalar);
  result.initial_none = type.scalar.optional;
  if (!decl.initial) return;

  Frame frame(Place::kConst);
  Exprs exprs(ctx_, frame);
  ir::ExprId value = exprs.check(*decl.initial, type.scalar);
  if (value == ir::kNoId) return;
  const ir::Op op = ctx_.build.at(value).op;
  if (op == ir::Op::kNone) return;
  if (op == ir::Op::kSome) value = ctx_.build.at(value).args[0];
  const auto bits = ctx_.build.constant_of(value);
  if (!bits) {
    ctx_.diags.report(diag::not_constant, decl.initial->span);
    return;
  }
  ctx_.module.states[id].initial = *bits;
  ctx_.module.states[id].initial_none = false;
}

}  // namespace gms::gen::sema
