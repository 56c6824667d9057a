#include "gen/sema/scope.h"

#include <algorithm>
#include <cctype>

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
  for (const auto& [name, symbols] : symbols_) names.push_back(name);
  return names;
}

void LocalScopes::pop(const std::function<void(const LocalName&)>& leave) {
  const std::size_t mark = marks_.back();
  marks_.pop_back();
  for (std::size_t i = mark; i < names_.size(); ++i) leave(names_[i]);
  names_.resize(mark);
}

LocalName* LocalScopes::find(std::string_view name) {
  for (auto it = names_.rbegin(); it != names_.rend(); ++it)
    if (it->name == name) return &*it;
  return nullptr;
}

std::vector<std::string> LocalScopes::names() const {
  std::vector<std::string> names;
  for (const LocalName& local : names_) names.push_back(local.name);
  return names;
}

ir::VarId Frame::new_var(std::string name, const ir::Type& type) {
  locals.push_back({std::move(name), type});
  return static_cast<ir::VarId>(locals.size() - 1);
}

namespace {

// Edit distance where a swap of neighbours counts once and case counts nothing.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> suggest(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongest = 64;  // hostile names are not worth a quadratic search
  if (name.size() > kLongest) return {};
  const std::size_t limit = name.size() <= 2 ? 1 : name.size() <= 5 ? 2 : 3;
  std::optional<std::string> best;
  std::size_t best_distance = std::min(limit + 1, std::max<std::size_t>(name.size(), 2));
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongest || candidate == name) continue;
    const std::size_t d = distance(name, candidate);
    if (d < best_distance || (d == best_distance && best && candidate < *best)) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace gms::gen::sema
