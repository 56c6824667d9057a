#include "checker/report/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// "GmemFlags" as "gmem" and "flags".
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  for (const char c : name) {
    if (words.empty() || std::isupper(static_cast<unsigned char>(c)) != 0 || c == '_')
      words.emplace_back();
    if (c != '_') words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return words;
}

std::string flags_text(const ir::Enum& flags, std::uint64_t bits) {
  if (bits == 0) return "0";
  std::string text;
  for (const ir::EnumMember& member : flags.members) {
    if (member.value == 0 || (bits & member.value) != member.value) continue;
    if (!text.empty()) text += '|';
    text += member.name;
    bits &= ~member.value;
  }
  if (bits != 0) text += (text.empty() ? "" : "|") + fmt::format("{:#x}", bits);
  return text;
}

/// Which locals of an event are only compared with what the model gives, and which argument each
/// one is.
struct Roles {
  std::set<ir::VarId> inputs, outputs;
  std::map<ir::VarId, std::pair<ir::ActionId, ir::VarId>> argument;  // action and parameter
};

class RoleFinder {
 public:
  RoleFinder(const ir::Module& module, Roles& roles) : module_(module), roles_(roles) {}

  void body(const ir::Event& event, const std::vector<ir::EventStmt>& stmts) {
    for (const ir::EventStmt& stmt : stmts) {
      std::visit(ir::Overloaded{
                     [&](const ir::EventCall& call) { add(event, call); },
                     [&](const ir::EventStmt::Branch& branch) {
                       variables(branch.cond, roles_.inputs);
                       body(event, branch.then_body);
                       body(event, branch.else_body);
                     },
                     [&](const ir::EventStmt::ForEach& loop) { body(event, loop.body); },
                     [&](const ir::EventStmt::Reject&) {},
                 },
                 stmt.node);
    }
  }

 private:
  void add(const ir::Event& event, const ir::EventCall& call) {
    for (std::size_t i = 0; i < call.args.size(); ++i) {
      if (call.args[i] == ir::kNoId) continue;
      variables(call.args[i], roles_.inputs);
      std::set<ir::VarId> direct;
      variables(call.args[i], direct);
      if (direct.size() == 1)
        roles_.argument.emplace(*direct.begin(),
                                std::pair{call.action, module_.actions[call.action].params[i]});
    }
    for (const ir::EventCall::Bind& bind : call.binds) {
      const ir::EventField& field = event.fields[bind.field];
      if (field.var != ir::kNoId) roles_.inputs.insert(field.var);
    }
    for (const ir::EventCall::Observe& observe : call.observes) {
      variables(observe.value, roles_.outputs);
      if (observe.when != ir::kNoId) variables(observe.when, roles_.outputs);
    }
  }

  void variables(ir::ExprId id, std::set<ir::VarId>& into) const {
    const ir::Expr& node = module_.exprs[id];
    if (node.op == ir::Op::kVar) into.insert(node.ref);
    ir::for_each_operand(module_, node, [&](ir::ExprId arg) { variables(arg, into); });
  }

  const ir::Module& module_;
  Roles& roles_;
};

}  // namespace

std::string number_text(std::uint64_t number) {
  return number >= 4096 && number % 16 == 0 ? fmt::format("{:#x}", number) : std::to_string(number);
}

/// The flags whose members such a number consists of: the one set whose name and the local's have a
/// word in common, of several the one that shares a word with the action.
const ir::Enum* Printer::flags_for(const ir::Type& type, std::string_view label,
                                   std::string_view where) const {
  if (type.kind != ir::TypeKind::kInt || label.empty()) return nullptr;
  const std::string name = lower(label);
  std::vector<const ir::Enum*> fitting;
  for (const ir::Enum& one : module_.enums) {
    if (!one.is_flags || one.width != type.width) continue;
    const std::vector<std::string> words = words_of(one.name);
    const bool fits = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word.size() >= 4 && name.find(word) != std::string::npos;
    });
    if (fits) fitting.push_back(&one);
  }
  if (fitting.size() == 1) return fitting.front();
  const std::string action = lower(where);
  const ir::Enum* best = nullptr;
  for (const ir::Enum* one : fitting) {
    const std::vector<std::string> words = words_of(one->name);
    const bool shares = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word != "flags" && action.find(word) != std::string::npos;
    });
    if (!shares) continue;
    if (best != nullptr) return nullptr;
    best = one;
  }
  return best;
}

std::string Printer::errno_name(std::uint64_t result) const {
  const ir::EnumMember* member = ir::find_member(module_.enums[ir::kErrnoEnum], result);
  return member != nullptr ? member->name : "errno " + std::to_string(result);
}

std::string Printer::value(const ir::Type& type, const Datum& value, std::string_view label,
                           std::string_view where) const {
  if (value.is_unknown()) return "?";
  if (is_none(value)) return "none";
  switch (type.kind) {
    case ir::TypeKind::kHandle: {
      NameId name = 0;
      if (bindings_.name_of(type.decl, static_cast<std::uint32_t>(value.bits), name))
        return names_.text(name);
      return value.bits == 0 ? "none"
                             : module_.domains[type.decl].name + '#' + std::to_string(value.bits);
    }
    case ir::TypeKind::kInt:
      if (const ir::Enum* flags = flags_for(type, label, where))
        return flags_text(*flags, value.bits);
      if (type.is_signed) break;
      return number_text(value.bits);
    case ir::TypeKind::kIndex: return std::to_string(value.bits);
    case ir::TypeKind::kBool:
    case ir::TypeKind::kEnum: break;
  }
  return ir::value_text(module_, ir::value_of(type), value.bits);
}

std::string Printer::word(const ir::Type& type, const Datum& value) const {
  const ir::EnumMember* member = ir::find_member(module_.enums[type.decl], value.bits);
  if (member == nullptr) return this->value(type, value);
  return member->spelling.empty() ? member->name : member->spelling;
}

std::string Printer::call(ir::ActionId id, std::span<const Datum> args) const {
  const ir::Action& action = module_.actions[id];
  std::string text = action.name + '(';
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ir::Local& param = action.locals[action.params[i]];
    // What is absent or unlogged says nothing in a line that is long already.
    if (args[i].is_unknown() || (is_none(args[i]) && param.type.optional && args.size() > 4))
      continue;
    if (text.back() != '(') text += ", ";
    text += param.name + '=' + value(param.type, args[i], param.name, action.name);
  }
  return text + ')';
}

std::string Printer::outcome(ir::ActionId id, std::uint64_t result,
                             std::span<const Datum> outputs) const {
  const ir::Action& action = module_.actions[id];
  std::string text = errno_name(result);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const ir::Local& output = action.locals[action.outputs[i]];
    if (is_none(outputs[i])) continue;
    text += ", " + output.name + '=' + value(output.type, outputs[i], output.name, action.name);
  }
  return text;
}

std::string Printer::event(const Decoded& event) const {
  const ir::Event& decl = event.event();
  Roles roles;
  RoleFinder(module_, roles).body(decl, decl.body);
  std::string inputs, outputs, result;
  for (std::uint32_t i = 0; i < decl.fields.size(); ++i) {
    const ir::EventField& field = decl.fields[i];
    if (field.kind == ir::FieldKind::kArray) {
      for (const ArrayField& array : event.arrays) {
        if (array.field == i && array.size != 0)
          outputs += ", " + field.name + "=[" + std::to_string(array.size) + " elements]";
      }
      continue;
    }
    const bool input = roles.inputs.contains(field.var) ||
                       (field.word != ir::kNoId && roles.inputs.contains(field.word));
    if (!input && !roles.outputs.contains(field.var)) continue;
    std::string text;
    if (const auto name = event.name_in(i)) {
      text = names_.text(*name);
      if (field.offset != ir::kNoId && event.locals[field.offset].bits != 0)
        text += '+' + number_text(event.locals[field.offset].bits);
    } else if (field.word != ir::kNoId && !is_none(event.locals[field.word])) {
      text = word(decl.locals[field.word].type, event.locals[field.word]);
    } else if (field.var != ir::kNoId) {
      const Datum& datum = event.locals[field.var];
      const bool defaulted =
          std::find(event.defaults.begin(), event.defaults.end(), i) != event.defaults.end();
      if (defaulted || is_none(datum) || datum.is_unknown()) continue;
      const auto argument = roles.argument.find(field.var);
      const ir::Action* action =
          argument == roles.argument.end() ? nullptr : &module_.actions[argument->second.first];
      const ir::Type& type = decl.locals[field.var].type;
      text = type.kind == ir::TypeKind::kEnum ? word(type, datum)
             : action == nullptr
                 ? value(type, datum, field.name, decl.op)
                 : value(type, datum, action->locals[argument->second.second].name, action->name);
      if (type.kind == ir::TypeKind::kEnum && type.decl == ir::kErrnoEnum && !input) {
        result = text;
        continue;
      }
    }
    std::string& into = input ? inputs : outputs;
    into += ", " + field.name + '=' + text;
  }
  std::string text = decl.op + '(' + (inputs.empty() ? "" : inputs.substr(2)) + ')';
  if (!result.empty() || !outputs.empty())
    text += " = " + (result.empty() ? outputs.substr(2) : result + outputs);
  return text;
}

}  // namespace gms::check
