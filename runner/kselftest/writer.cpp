#include "runner/kselftest/writer.h"

#include <algorithm>
#include <memory>

#include "runner/kselftest/c_text.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;
using Made = Variable::Made;

// Pages of which the distance in bytes is no number that addresses have.
constexpr std::uint64_t kFarPages = std::uint64_t{1} << 40;

std::string prefix(Kind kind) {
  switch (kind) {
    case Kind::kDescriptor: return "fd_";
    case Kind::kMapping: return "map_";
    case Kind::kPin: return "pin_";
  }
  return "";
}

std::string declaration(Kind kind, const std::string& name) {
  switch (kind) {
    case Kind::kDescriptor: return "int " + name + " = -1;";
    case Kind::kMapping: return "struct gm_mapping " + name + " = {NULL, 0, 0};";
    case Kind::kPin: return "struct gm_pin " + name + " = {-1};";
  }
  return "";
}

bool is_in_word(char c) {
  return c_word({&c, 1}).front() == c;
}

/// As a word: a compiler warns of variables that are not used.
bool mentions(const std::string& statements, const std::string& name) {
  for (std::size_t at = statements.find(name); at != std::string::npos;
       at = statements.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_in_word(statements[at - 1])) &&
        (end == statements.size() || !is_in_word(statements[end])))
      return true;
  }
  return false;
}

/// Whether the variable holds what its call makes.
std::string is_made(const Variable& variable) {
  switch (variable.kind) {
    case Kind::kDescriptor: return variable.name + " >= 0";
    case Kind::kMapping: return variable.name + ".base != NULL";
    case Kind::kPin: return variable.name + ".pipe >= 0";
  }
  return "true";
}

}  // namespace

void Writer::call(std::string_view function, std::vector<std::string> arguments) {
  arguments.emplace_back("&r");
  calls_ = true;
  append(c_call(function, arguments));
}

void Writer::need(const std::string& condition, const std::string& lacking) {
  append(c_call("GV_NEED", {condition, c_string(lacking)}));
}

void Writer::needs(const std::string& condition, const std::string& what) {
  append(c_call("gv_needs", {condition, c_string(what)}));
}

void Writer::check(std::string_view macro, const Expected& expected) {
  append(c_call(macro, {expected.condition, c_string(expected.text)}));
}

void Writer::skip(const std::string& reason) {
  append(c_call("gv_skip", {c_string("%s"), c_string(reason)}));
  say("GV_END();");
  over_ = true;
}

Variable& Writer::declare(const std::string& name, Kind kind) {
  Variable& variable = variables_[name];
  const std::string wish = prefix(kind) + c_word(name);
  std::string free = wish;
  for (int i = 2; taken_.contains(free) && taken_[free] != name; ++i)
    free = wish + '_' + std::to_string(i);
  if (taken_.emplace(free, name).second) declarations_.emplace_back(free, declaration(kind, free));
  variable = Variable{};
  variable.kind = kind;
  variable.name = free;
  return variable;
}

Variable& Writer::made(Call& call, std::string_view field, Kind kind) {
  Variable& variable = declare(call.text(field), kind);
  variable.made = !expected_.may_succeed ? Made::kNever
                  : expected_.may_fail   ? Made::kPerhaps
                                         : Made::kSurely;
  return variable;
}

Variable* Writer::use(const std::string& name) {
  const auto found = variables_.find(name);
  if (found == variables_.end()) return nullptr;
  Variable& variable = found->second;
  if (variable.made == Made::kNever) {
    skip("'" + name + "' does not exist");
    return nullptr;
  }
  if (variable.made == Made::kPerhaps && !variable.closed)
    need(is_made(variable), "'" + name + "' does not exist");
  variable.made = Made::kSurely;
  return &variable;
}

std::string Writer::descriptor(Call& call, std::string_view field, bool words_too) {
  const std::string name = call.text(field);
  const auto word = words_too ? fd_word(name) : std::nullopt;
  if (!word) {
    const Variable* const variable = use(name);
    return variable != nullptr ? variable->name : "-1";
  }
  switch (*word) {
    case FdWord::kNone: return "-1";
    case FdWord::kDevice: return "gm_context.kvm";
    case FdWord::kOther: return "0";
    case FdWord::kVm: {
      const Machine* const vm = newest_vm();
      return vm == nullptr || vm->descriptor.empty() ? "-1" : vm->descriptor;
    }
  }
  return "-1";
}

std::string Writer::pages(Call& call, std::string_view field, std::uint64_t first,
                          std::uint64_t count) {
  const std::string name = call.text(field);
  const Variable* const map = use(name);
  if (map == nullptr) return "NULL";
  const std::string problem = "page " + std::to_string(first) + " of '" + name +
                              "': addresses so far behind a mapping are not touched";
  if (first >= kFarPages || count >= kFarPages) {
    skip(problem);
  } else if (first + count > map->pages) {
    need("gv_reaches(&" + map->name + ", " + c_number(first * GM_PAGE_SIZE) + ", " +
             c_number(count * GM_PAGE_SIZE) + ")",
         problem);
  }
  return "&" + map->name;
}

std::string Writer::ordinary_memory(const std::string& name, std::uint64_t size) {
  const Variable& map = declare(name, Kind::kMapping);
  say(map.name + " = gm_map_anonymous(" + c_number(std::max(size, std::uint64_t{GM_PAGE_SIZE})) +
      ");");
  need(is_made(map), "there is no memory for '" + name + "'");
  return map.name;
}

std::string Writer::address(const std::string& text, std::uint64_t size) {
  const std::string anon = "gv_address(&gm_context.anon, ";
  if (text == "0") return "0";
  if (text == "anon") return anon + "0)";
  if (text == "anon+1") return anon + "1)";
  std::string name = text;
  std::uint64_t offset = 0;
  if (text == "gmem mapping") {
    name = newest_mapping;
  } else if (const std::size_t plus = text.find('+'); plus != std::string::npos) {
    name = text.substr(0, plus);
    offset = std::stoull(text.substr(plus + 1));
  }
  const auto found = variables_.find(name);
  const bool there = found != variables_.end() && found->second.made != Made::kNever;
  const std::string map = there ? use(name)->name : ordinary_memory(name, offset + size);
  return "gv_address(&" + map + ", " + c_number(offset) + ')';
}

Machine* Writer::newest_vm() {
  if (machines_.empty()) skip("no VM could be made");
  return machines_.empty() ? nullptr : machines_.back().get();
}

Machine& Writer::new_vm(const Variable& descriptor) {
  const std::string vcpu = "vcpu_" + descriptor.name.substr(prefix(Kind::kDescriptor).size());
  machines_.push_back(std::make_unique<Machine>(Machine{descriptor.name, vcpu}));
  return *machines_.back();
}

std::string Writer::text() const {
  auto all = declarations_;
  for (const auto& machine : machines_)
    all.emplace_back(machine->vcpu, "struct gm_vcpu " + machine->vcpu + " = {.fd = -1};");
  std::string text;
  for (const auto& [name, declaration] : all)
    if (mentions(statements_, name)) text += "  " + declaration + '\n';
  if (calls_ && mentions(statements_, "r")) text += "  struct gm_result r;\n";
  return text + (text.empty() ? "" : "\n") + statements_;
}

}  // namespace gms::runner
