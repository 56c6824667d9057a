// The fields of an event: which JSON they accept and which variables they fill.
#include <algorithm>

#include "gen/sema/event.h"
#include "gen/sema/property.h"

namespace gms::gen::sema {

std::optional<ir::Type> Events::field_type(const ast::Name& name) {
  const auto type = ctx_.resolve_scalar(name);
  if (!type || type->kind != ir::TypeKind::kIndex) return type;
  ctx_.diags.report(diag::field_type, name.span, ctx_.name_of(*type))
      .with_hint("read an integer and convert it where it is used: " + ctx_.name_of(*type) +
                 "(..)");
  return {};
}

void Events::field(const ast::EventField& written, Building& b) {
  ir::EventField result;
  result.name = written.name.text;
  for (std::size_t i = 0; i < b.event.fields.size(); ++i) {
    if (b.event.fields[i].name != result.name) continue;
    ctx_.diags.report(diag::duplicate_field, written.name.span, result.name);
    break;
  }
  const auto& common = ctx_.module.common_fields;
  if (std::find(common.begin(), common.end(), result.name) != common.end())
    ctx_.diags.report(diag::common_field, written.name.span, result.name)
        .with_hint("`fields` lists it: no rule reads it");
  b.domains.emplace_back();
  b.columns.emplace_back();
  if (const auto* scalar = std::get_if<ast::ScalarField>(&written.type))
    scalar_field(*scalar, written, result, b);
  else if (const auto* handle = std::get_if<ast::HandleField>(&written.type))
    handle_field(*handle, written, result, b);
  else
    array_field(std::get<ast::ArrayField>(written.type), written, result, b);
  result.unlogged_any = written.default_any;
  if (written.default_value || written.default_any) result.required = false;
  if (written.default_any) {
    for (const ir::VarId var : {result.var, result.word, result.offset})
      if (var != ir::kNoId) b.unlogged.push_back(var);
  }
  b.event.fields.push_back(std::move(result));
}

void Events::scalar_field(const ast::ScalarField& written, const ast::EventField& field,
                          ir::EventField& result, Building& b) {
  LocalName local;
  local.name = field.name.text;
  local.span = field.name.span;
  local.kind = LocalKind::kField;
  const auto type = field_type(written.type);
  if (type && type->kind == ir::TypeKind::kHandle) {
    // The variable is optional either way; a field without `?` stands for the handle itself.
    result.kind = ir::FieldKind::kName;
    const ir::Type optional = with_optional(*type, true);
    result.var = b.frame.new_var(local.name, optional);
    local.type = Type::of(with_optional(*type, written.optional));
    local.unwrap = !written.optional;
    local.vars = {result.var};
    b.domains.back() = type->decl;
  } else if (type) {
    const ir::Type full = with_optional(*type, written.optional);
    result.var = b.frame.new_var(local.name, full);
    local.type = Type::of(full);
    local.vars = {result.var};
  }
  result.required = !written.optional;
  b.frame.scopes.add(std::move(local));
}

void Events::handle_field(const ast::HandleField& written, const ast::EventField& field,
                          ir::EventField& result, Building& b) {
  result.kind = ir::FieldKind::kName;
  result.required = true;
  const auto add = [&](const std::string& name, const ast::Name& place,
                       const std::optional<ir::Type>& type, ir::VarId& var) {
    LocalName local;
    local.name = name;
    local.span = place.span;
    local.kind = LocalKind::kField;
    if (type) {
      var = b.frame.new_var(name, *type);
      local.type = Type::of(*type);
      local.vars = {var};
    }
    b.frame.scopes.add(std::move(local));
  };
  const auto wanted = [&](const ast::Name& name, ir::TypeKind kind,
                          std::string_view noun) -> std::optional<ir::Type> {
    const auto type = ctx_.resolve_scalar(name);
    if (!type || type->kind == kind) return type;
    ctx_.diags.report(diag::wrong_kind, name.span, name.text, "a type of other values", noun);
    return {};
  };
  const std::string& name = field.name.text;
  auto domain = wanted(written.domain, ir::TypeKind::kHandle, "a domain");
  if (domain) {
    b.domains.back() = domain->decl;
    domain->optional = true;
  }
  add(name, field.name, domain, result.var);
  auto word = wanted(written.words, ir::TypeKind::kEnum, "an enum");
  if (word) word->optional = true;
  add(name + ".word", written.words, word, result.word);
  if (written.offset_type) {
    const auto offset = wanted(*written.offset_type, ir::TypeKind::kInt, "an integer");
    add(name + ".offset", *written.offset_type, offset, result.offset);
  }
}

void Events::array_field(const ast::ArrayField& written, const ast::EventField& field,
                         ir::EventField& result, Building& b) {
  result.kind = ir::FieldKind::kArray;
  result.required = true;
  if (field.default_value || field.default_any) ctx_.diags.report(diag::array_default, field.span);
  for (const ast::ArrayColumn& column : written.columns) {
    LocalName local;
    local.name = column.name.text;
    local.span = column.name.span;
    local.kind = LocalKind::kField;
    auto type = field_type(column.type);
    if (type && type->kind == ir::TypeKind::kHandle) {
      ctx_.diags.report(diag::field_type, column.type.span, ctx_.name_of(*type));
      type.reset();
    }
    if (type) {
      const ir::Type full = with_optional(*type, column.optional);
      local.type = Type::of(full);
      local.vars = {b.frame.new_var(field.name.text + "." + local.name, full)};
      result.columns.push_back(written.columns.size() == 1 ? std::string() : local.name);
      result.column_vars.push_back(local.vars[0]);
    }
    b.columns.back().push_back(std::move(local));
  }
}

// Defaults and makers may use every field, so they come after all are known.
void Events::field_rules(const ast::EventField& written, std::size_t index, Building& b) {
  Exprs exprs(ctx_, b.frame);
  const ir::VarId var = b.event.fields[index].var;
  if (written.default_value && b.event.fields[index].kind != ir::FieldKind::kArray) {
    if (var == ir::kNoId)
      exprs.infer(*written.default_value);
    else
      b.event.fields[index].default_value =
          exprs.check(*written.default_value, b.frame.locals[var].type);
  }
  if (!written.maker) return;
  if (b.event.fields[index].kind != ir::FieldKind::kName) {
    ctx_.diags.report(diag::maker_misplaced, written.maker->action.span);
    return;
  }
  const auto action = find_action(ctx_, written.maker->action);
  if (!action) return;
  const ir::Action& maker = ctx_.module.actions[*action];
  const auto domain = b.domains[index];
  const bool makes = !maker.outputs.empty() && domain &&
                     maker.locals[maker.outputs[0]].type.kind == ir::TypeKind::kHandle &&
                     maker.locals[maker.outputs[0]].type.decl == *domain;
  if (!makes && domain) {
    ctx_.diags
        .report(diag::maker_output, written.maker->action.span, maker.name,
                ctx_.module.domains[*domain].name)
        .note(maker.span, "its first output is what the field's name gets");
  }
  b.event.fields[index].on_missing = *action;
  b.event.fields[index].on_missing_args =
      exprs.arguments(ctx_.actions[*action], written.maker->args, written.maker->action.span, false)
          .flat;
}

}  // namespace gms::gen::sema
