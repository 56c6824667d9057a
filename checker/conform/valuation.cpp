#include "checker/conform/valuation.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/spelling.h"
#include "checker/conform/messages.h"
#include "checker/conform/reach.h"
#include "ir/type.h"

namespace gms::check {
namespace {

std::vector<std::uint64_t> values_of(const ir::Module& module, const ir::Param& param) {
  if (!param.values.empty()) return param.values;
  std::vector<std::uint64_t> result{param.default_value};
  const auto add = [&](std::uint64_t value) {
    if (value != param.default_value) result.push_back(value);
  };
  if (param.type.kind == ir::TypeKind::kBool) {
    add(0);
    add(1);
  } else if (param.type.kind == ir::TypeKind::kEnum) {
    for (const ir::EnumMember& member : module.enums[param.type.decl].members)
      add(member.value);
  }
  return result;
}

}  // namespace

Valuation default_valuation(const ir::Module& module) {
  Valuation result;
  for (const ir::Param& param : module.params)
    result.push_back(param.default_value);
  return result;
}

std::optional<std::uint64_t> parse_value(const ir::Module& module, const ir::Type& type,
                                         std::string_view text) {
  if (type.kind == ir::TypeKind::kBool) {
    if (text == "true" || text == "1" || text == "on") return 1;
    if (text == "false" || text == "0" || text == "off") return 0;
    return std::nullopt;
  }
  if (type.kind == ir::TypeKind::kEnum) {
    for (const ir::EnumMember& member : module.enums[type.decl].members) {
      if (member.name == text || member.spelling == text) return member.value;
    }
    return std::nullopt;
  }
  const char* end = text.data() + text.size();
  if (type.is_signed) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    const std::uint64_t bits = static_cast<std::uint64_t>(number) & ir::mask_of(type.width);
    if (ir::sign_extend(bits, type.width) != number) return std::nullopt;
    return bits;
  }
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  std::uint64_t number = 0;
  const auto [stop, error] =
      std::from_chars(text.data() + (hex ? 2 : 0), end, number, hex ? 16 : 10);
  if (error != std::errc() || stop != end || number > ir::mask_of(type.width)) return std::nullopt;
  return number;
}

std::vector<Valuation> valuations(const ir::Module& module, const KernelChoice& choice, bool open,
                                  base::DiagSink& sink) {
  std::vector<std::vector<std::uint64_t>> values;
  for (const ir::Param& param : module.params) {
    values.push_back(open && !param.is_quirk ? values_of(module, param)
                                             : std::vector<std::uint64_t>{param.default_value});
  }
  const std::size_t errors = sink.error_count();
  const auto find = [&](const std::string& name, bool quirk) -> std::optional<std::size_t> {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < module.params.size(); ++i) {
      if (quirk && !module.params[i].is_quirk) continue;
      if (module.params[i].name == name) return i;
      known.push_back(module.params[i].name);
    }
    auto& diagnostic =
        sink.report(diag::unknown_parameter, {}, module.name, quirk ? "quirk" : "parameter", name);
    if (const auto close = base::closest_name(name, known))
      diagnostic.with_hint("did you mean '" + std::string(*close) + "'?");
    return std::nullopt;
  };
  for (const auto& [name, text] : choice.params) {
    const auto at = find(name, false);
    if (!at) continue;
    const ir::Type& type = module.params[*at].type;
    if (const auto bits = parse_value(module, type, text)) {
      values[*at] = {*bits};
    } else {
      sink.report(diag::bad_parameter_value, {}, name, text, ir::type_text(module, type));
    }
  }
  for (const std::string& name : choice.quirks) {
    if (const auto at = find(name, true)) values[*at] = {1};
  }
  if (sink.error_count() != errors) return {};

  std::vector<Valuation> result{{}};
  for (const std::vector<std::uint64_t>& some : values) {
    if (result.size() * some.size() > kMaxValuations) {
      sink.report(diag::too_many_valuations, {}, result.size() * some.size());
      return {};
    }
    std::vector<Valuation> longer;
    for (const Valuation& prefix : result) {
      for (const std::uint64_t value : some) {
        longer.push_back(prefix);
        longer.back().push_back(value);
      }
    }
    result = std::move(longer);
  }
  return result;
}

std::string valuation_text(const ir::Module& module, const Valuation& valuation, bool all) {
  std::string text;
  for (std::size_t i = 0; i < module.params.size(); ++i) {
    const ir::Param& param = module.params[i];
    if (valuation[i] == param.default_value && (!all || param.is_quirk)) continue;
    if (!text.empty()) text += ", ";
    if (param.is_quirk) {
      text += (valuation[i] != 0 ? "quirk " : "no quirk ") + param.name;
    } else {
      text += param.name + '=' + ir::value_text(module, param.type, valuation[i]);
    }
  }
  return text;
}

std::string valuation_set_text(const ir::Module& module, const std::vector<Valuation>& all,
                               const std::vector<Valuation>& some) {
  std::string text;
  for (std::size_t i = 0; i < module.params.size(); ++i) {
    std::set<std::uint64_t> of_all, of_some;
    for (const Valuation& valuation : all)
      of_all.insert(valuation[i]);
    for (const Valuation& valuation : some)
      of_some.insert(valuation[i]);
    if (of_some == of_all) continue;
    text += (text.empty() ? "" : ", ") + module.params[i].name + '=';
    for (auto it = of_some.begin(); it != of_some.end(); ++it)
      text +=
          (it == of_some.begin() ? "" : "|") + ir::value_text(module, module.params[i].type, *it);
  }
  return text;
}

std::vector<std::vector<bool>> parameters_read(const EventTable& table) {
  std::vector<std::vector<bool>> result;
  for (const EventPlan& plan : table.events()) {
    Reach reach(table.module());
    reach.add_event(*plan.event);
    result.push_back(reach.params());
  }
  return result;
}

}  // namespace gms::check
