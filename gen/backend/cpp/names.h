// Identifiers of the generated code: how a spec's names become C++ names that are legal and unique.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gms::gen::cpp {

/// "read_lock" as "ReadLock", "EPERM.1" as "EPERM1".
std::string to_pascal(std::string_view name);
/// "ReadLock" as "read_lock"; every character that C++ does not take becomes '_'.
std::string to_snake(std::string_view name);

/// Names of one scope. Inner scopes end in reverse order.
class Scope {
 public:
  Scope() = default;
  explicit Scope(std::set<std::string> reserved) : taken_(std::move(reserved)) {}

  /// The wanted name if it is free and no keyword, else one like it.
  std::string add(std::string wanted);
  void reserve(const std::string& name) { taken_.insert(name); }

  using Mark = std::size_t;
  Mark mark() const { return order_.size(); }
  /// Forgets the names added since.
  void back_to(Mark mark);

 private:
  std::set<std::string> taken_;
  std::vector<std::string> order_;
};

/// Whether the text has the identifier as a whole word.
bool mentions(std::string_view text, std::string_view identifier);

}  // namespace gms::gen::cpp
