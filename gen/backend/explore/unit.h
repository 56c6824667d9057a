// One module on its way to an explorer in C++: the names of its declarations there, and the layout
// of a state.
#pragma once

#include <string>
#include <vector>

#include "gen/backend/cpp/names.h"
#include "gen/backend/explore/layout.h"

namespace gms::gen::explore {

class Unit {
 public:
  Unit(const ir::Module& module, const Bounds& bounds);

  const ir::Module& m;
  const Bounds& b;
  Layout layout;

  // Names by id. Of a state function the part behind `get_` and `set_`, of a domain the part behind
  // `live_`, of an enum the name of the table of its members' values.
  std::vector<std::string> states, domains, enums, fns, procs, actions;
  cpp::Scope functions;  // what a local must not hide

  /// `u64`, `bool` or `Opt`.
  static std::string type(const ir::Type& type);
  /// A constant of the type, in the form that values have while a call runs.
  std::string constant(const ir::Type& type, std::uint64_t bits) const;
  std::string none_or(const ir::Type& type, const std::optional<std::uint64_t>& bits) const;
  /// Before anything is assigned.
  std::string zero(const ir::Type& type) const;
  /// What every point of the function holds in the first state.
  std::string initial(const ir::State& state) const;

  /// By number: what can be cut off, as the report says it. The number of a reason.
  unsigned reason(const std::string& text) const;
  const std::vector<std::string>& reasons() const { return reasons_; }

  /// What cannot be said in such a program, as sentences; empty if all went well.
  mutable std::vector<std::string> problems;

 private:
  mutable std::vector<std::string> reasons_;
};

}  // namespace gms::gen::explore
