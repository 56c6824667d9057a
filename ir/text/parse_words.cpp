// Types, constants, places, citations and locals in .gir text.
#include <charconv>

#include "ir/text/parser.h"
#include "ir/text/words.h"

namespace gms::ir {

Type Parser::type_named(const Sexpr& at, std::string_view text) {
  const std::string_view whole = text;
  const bool optional = text.ends_with('?');
  if (optional) text.remove_suffix(1);
  Type type;
  const std::string name(text);
  if (name == "bool") {
    type = bool_type();
  } else if (const auto e = enums_.find(name); e != enums_.end()) {
    type = enum_type(m_, e->second);
  } else if (const auto d = domains_.find(name); d != domains_.end()) {
    type = handle_type(d->second);
  } else if (const auto i = index_sorts_.find(name); i != index_sorts_.end()) {
    type = index_type(m_, i->second);
  } else {
    unsigned width = 0;
    const char* end = text.data() + text.size();
    if (text.size() >= 2 && (text[0] == 'u' || text[0] == 'i')) {
      const auto [stop, error] = std::from_chars(text.data() + 1, end, width);
      if (error != std::errc() || stop != end) width = 0;
    }
    if (width < 1 || width > 64) {
      errors_.unknown(at, "type", whole);
      width = 1;
    }
    type = int_type(width, !text.empty() && text[0] == 'i');
  }
  type.optional = optional;
  return type;
}

std::uint64_t Parser::bits_of(const Sexpr& at, const Type& type, std::string_view text) {
  if (at.kind == Sexpr::Kind::kWord) {
    if (type.kind == TypeKind::kBool && (text == "true" || text == "false")) return text == "true";
    if (type.kind == TypeKind::kEnum) {
      for (const EnumMember& member : m_.enums[type.decl].members) {
        if (member.name == text) return member.value;
      }
    }
    if (type.kind == TypeKind::kHandle) {
      const std::string start = m_.domains[type.decl].name + "#";
      if (text.starts_with(start)) text.remove_prefix(start.size());
    }
    const char* end = text.data() + text.size();
    if (text.starts_with('-')) {
      std::int64_t value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc() && stop == end && type.is_signed &&
          sign_extend(static_cast<std::uint64_t>(value), type.width) == value) {
        return static_cast<std::uint64_t>(value) & mask_of(type.width);
      }
    } else {
      std::uint64_t value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc() && stop == end && value <= mask_of(type.width)) return value;
    }
  }
  errors_.fail(at, "this is not a value of type " + type_text(m_, type));
  return 0;
}

base::Span Parser::take_place(Form& form, base::Span outer) {
  if (!form.next_is_place()) return outer;
  const Sexpr& item = form.take();
  std::string_view text = item.text;
  text.remove_prefix(1);
  std::uint64_t parts[3] = {};  // file, begin, length
  const auto number = [&](std::uint64_t& out) {
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return true;
  };
  bool ok = number(parts[1]);
  bool absolute = false;
  if (ok && text.starts_with(':')) {
    absolute = true;
    text.remove_prefix(1);
    parts[0] = parts[1] + first_source_;
    ok = number(parts[1]);
  }
  ok = ok && text.starts_with('+');
  if (ok) {
    text.remove_prefix(1);
    ok = number(parts[2]) && text.empty();
  }
  constexpr std::uint64_t kMax = 0xffffffff;
  if (ok && !absolute) {
    ok = origin_.has_place() && parts[1] <= kMax;
    parts[0] = static_cast<std::uint32_t>(origin_.file);
    parts[1] += origin_.begin;
  }
  if (!ok || parts[0] >= kMax || parts[1] > kMax || parts[2] > kMax - parts[1]) {
    errors_.fail(item, "this is not a place: @begin+length or @file:begin+length");
    return outer;
  }
  return {base::FileId{static_cast<std::uint32_t>(parts[0])}, static_cast<std::uint32_t>(parts[1]),
          static_cast<std::uint32_t>(parts[1] + parts[2])};
}

Citation Parser::take_cite(Form& form) {
  Citation cite;
  if (!form.next_is("cite")) return cite;
  Form inner(form.take(), errors_);
  inner.take();
  cite.evidence = static_cast<Evidence>(take_choice(inner, kEvidenceWords));
  cite.function = inner.take_text();
  if (!inner.at_end()) cite.note = inner.take_text();
  inner.finish();
  return cite;
}

std::vector<Local> Parser::take_locals(Form& form) {
  std::vector<Local> locals;
  locals_.clear();
  types_.clear();
  if (!form.next_is("locals")) return locals;
  Form inner(form.take(), errors_);
  inner.take();
  while (!inner.at_end()) {
    const Sexpr& item = inner.take();
    Form one(item, errors_);
    const std::string text = one.take_word();
    Local local;
    local.type = take_type(one);
    local.name = text.substr(0, text.find('#'));
    if (!one.at_end()) local.name = one.take_text();
    one.finish();
    declare(locals_, item, text, locals.size());
    types_.push_back(local.type);
    locals.push_back(std::move(local));
  }
  return locals;
}

std::vector<VarId> Parser::take_vars(Form& form, std::string_view head, bool allow_none) {
  std::vector<VarId> vars;
  if (!form.next_is(head)) return vars;
  Form inner(form.take(), errors_);
  inner.take();
  while (!inner.at_end()) {
    if (allow_none && inner.accept("_")) {
      vars.push_back(kNoId);
    } else {
      vars.push_back(take_var(inner));
    }
  }
  return vars;
}

}  // namespace gms::ir
