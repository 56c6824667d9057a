// One module on its way to C++: the names that its declarations have there, and the spelling of
// types and constants.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/text_writer.h"
#include "gen/backend/cpp/facts.h"
#include "gen/backend/cpp/names.h"
#include "ir/ir.h"

namespace gms::gen::cpp {

class Unit {
 public:
  /// Tells where a span is, as "rwlock.gms:12"; empty if that is not known.
  using Places = std::function<std::string(base::Span)>;

  /// The module is an atomic reading (ir/atomic.h). It must outlive the unit.
  Unit(const ir::Module& module, Places places);

  const ir::Module& m;
  const Facts facts;

  // Names by id.
  std::string space;  // the namespace's last part
  std::vector<std::string> enums, domains, tags, sorts, params, states;
  std::vector<std::string> handle_names;          // of a variable, by domain
  std::vector<std::vector<std::string>> members;  // by enum: with its name, `Mode::kIdle`
  std::vector<std::string> fns, procs, actions, events;
  std::vector<std::string> proc_results,
      action_outputs;  // structs; empty if there is nothing in them
  std::vector<std::vector<std::string>> proc_fields, action_fields;
  std::vector<std::string> clauses;  // `Clause::kReadLockOk`
  Scope functions;                   // what a local must not hide

  std::string type(const ir::Type& type, bool lazy = false) const;
  /// "uint64_t" and the like for numbers of the width.
  static std::string number_type(unsigned width, bool is_signed);
  /// What a value is before anything is assigned, as an initializer: "{}" where T{} is right.
  std::string initial(const ir::Type& type) const;
  /// A constant; `typed`: with its exact C++ type, also where a literal would do.
  std::string constant(const ir::Type& type, std::uint64_t bits, bool typed) const;
  /// What the back end cannot express, as sentences; empty if all went well.
  mutable std::vector<std::string> problems;

  /// Its place in the spec as "file:line", or an empty text.
  std::string place(base::Span span) const { return places_ ? places_(span) : std::string(); }

  /// Writes the text as `/// ` lines.
  static void doc(base::TextWriter& out, const std::string& text);

 private:
  Places places_;
};

}  // namespace gms::gen::cpp
