// Names of objects in a trace, and which handles they stand for.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

using NameId = std::uint32_t;

/// The names met in one trace, each once. Grows with the number of different names.
class NameTable {
 public:
  NameId intern(std::string_view name);
  const std::string& text(NameId id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, NameId> ids_;  // views of texts_
};

/// Which handle of a domain a name stands for in one state; 0 for none. Copies share until written.
class Bindings {
 public:
  std::uint32_t find(ir::DomainId domain, NameId name) const {
    if (tables_ == nullptr || domain >= tables_->size()) return 0;
    const std::vector<std::uint32_t>& table = (*tables_)[domain];
    return name < table.size() ? table[name] : 0;
  }
  void bind(ir::DomainId domain, NameId name, std::uint32_t handle);

  /// Names from this one on are bound to nothing in the domain.
  NameId bound(ir::DomainId domain) const {
    if (tables_ == nullptr || domain >= tables_->size()) return 0;
    return static_cast<NameId>((*tables_)[domain].size());
  }
  /// The last name bound to the handle, for printing; linear.
  bool name_of(ir::DomainId domain, std::uint32_t handle, NameId& name) const;
  /// A domain other than `but` in which the name is bound, or kNoId.
  ir::DomainId other_domain(NameId name, ir::DomainId but) const;

  friend bool operator==(const Bindings& a, const Bindings& b) {
    return a.tables_ == b.tables_ ||
           (a.tables_ != nullptr && b.tables_ != nullptr && *a.tables_ == *b.tables_);
  }

 private:
  using Tables = std::vector<std::vector<std::uint32_t>>;
  std::shared_ptr<Tables> tables_;
};

}  // namespace gms::check
