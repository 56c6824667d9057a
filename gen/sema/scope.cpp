#include "gen/sema/scope.h"

#include "base/spelling.h"

namespace gms::gen::sema {

std::string_view kind_noun(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::kConst: return "a constant";
    case SymbolKind::kFlag: return "a flag";
    case SymbolKind::kMember: return "an enum member";
    case SymbolKind::kEnum: return "an enum";
    case SymbolKind::kFlags: return "a flags type";
    case SymbolKind::kStruct: return "a struct";
    case SymbolKind::kDomain: return "a domain";
    case SymbolKind::kIndexSort: return "an index sort";
    case SymbolKind::kParam: return "a parameter of the spec";
    case SymbolKind::kState: return "a state function";
    case SymbolKind::kFn: return "a function";
    case SymbolKind::kProc: return "a procedure";
    case SymbolKind::kAction: return "an action";
    case SymbolKind::kLock: return "a lock";
    case SymbolKind::kProperty: return "a property";
    case SymbolKind::kEvent: return "an event";
  }
  return "";
}

const Symbol* SymbolTable::add(const std::string& name, const Symbol& symbol) {
  std::vector<Symbol>& same = symbols_[name];
  for (const Symbol& other : same) {
    const bool members = other.kind == SymbolKind::kMember && symbol.kind == SymbolKind::kMember;
    if (!members || other.id == symbol.id) return &other;
  }
  same.push_back(symbol);
  return nullptr;
}

std::vector<Symbol>* SymbolTable::find(const std::string& name) {
  const auto found = symbols_.find(name);
  return found == symbols_.end() ? nullptr : &found->second;
}

Symbol* SymbolTable::find_one(const std::string& name) {
  std::vector<Symbol>* same = find(name);
  if (same == nullptr || same->front().kind == SymbolKind::kMember) return nullptr;
  return &same->front();
}

std::vector<std::string> SymbolTable::names() const {
  std::vector<std::string> names;
  for (const auto& [name, symbols] : symbols_)
    names.push_back(name);
  return names;
}

void LocalScopes::pop(const std::function<void(const LocalName&)>& leave) {
  const std::size_t mark = marks_.back();
  marks_.pop_back();
  for (std::size_t i = mark; i < names_.size(); ++i)
    leave(names_[i]);
  names_.resize(mark);
}

LocalName* LocalScopes::find(std::string_view name) {
  for (auto it = names_.rbegin(); it != names_.rend(); ++it)
    if (it->name == name) return &*it;
  return nullptr;
}

std::vector<std::string> LocalScopes::names() const {
  std::vector<std::string> names;
  for (const LocalName& local : names_)
    names.push_back(local.name);
  return names;
}

ir::VarId Frame::new_var(std::string name, const ir::Type& type) {
  locals.push_back({std::move(name), type});
  return static_cast<ir::VarId>(locals.size() - 1);
}

std::optional<std::string> suggest(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  const auto close = base::closest_name(name, views);
  return close ? std::optional<std::string>(*close) : std::nullopt;
}

}  // namespace gms::gen::sema
