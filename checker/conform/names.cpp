#include "checker/conform/names.h"

namespace gms::check {

NameId NameTable::intern(std::string_view name) {
  if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
  const auto id = static_cast<NameId>(texts_.size());
  texts_.emplace_back(name);
  ids_.emplace(texts_.back(), id);
  return id;
}

void Bindings::bind(ir::DomainId domain, NameId name, std::uint32_t handle) {
  if (tables_ == nullptr) {
    tables_ = std::make_shared<Tables>();
  } else if (tables_.use_count() != 1) {
    tables_ = std::make_shared<Tables>(*tables_);
  }
  if (domain >= tables_->size()) tables_->resize(domain + 1);
  std::vector<std::uint32_t>& table = (*tables_)[domain];
  if (name >= table.size()) table.resize(name + 1);
  table[name] = handle;
}

bool Bindings::name_of(ir::DomainId domain, std::uint32_t handle, NameId& name) const {
  if (handle == 0 || tables_ == nullptr || domain >= tables_->size()) return false;
  const std::vector<std::uint32_t>& table = (*tables_)[domain];
  for (std::size_t i = table.size(); i-- > 0;) {
    if (table[i] != handle) continue;
    name = static_cast<NameId>(i);
    return true;
  }
  return false;
}

ir::DomainId Bindings::other_domain(NameId name, ir::DomainId but) const {
  if (tables_ == nullptr) return ir::kNoId;
  for (ir::DomainId domain = 0; domain < tables_->size(); ++domain) {
    if (domain != but && find(domain, name) != 0) return domain;
  }
  return ir::kNoId;
}

}  // namespace gms::check
