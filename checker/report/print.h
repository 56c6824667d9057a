// How values, calls and events of a spec are written in reports: as strace would, with the names of
// the trace.
#pragma once

#include <span>
#include <string>

#include "checker/conform/decode.h"
#include "checker/conform/event_run.h"
#include "checker/conform/names.h"
#include "ir/ir.h"

namespace gms::check {

/// Writes with the names that objects have in one state. Everything is made safe for a terminal by
/// the caller.
class Printer {
 public:
  /// All must outlive the printer.
  Printer(const ir::Module& module, const NameTable& names, const Bindings& bindings)
      : module_(module), names_(names), bindings_(bindings) {}

  /// `label`: the local's name and `where` the action's, by which flags are recognised; may be
  /// empty.
  std::string value(const ir::Type& type, const Datum& value, std::string_view label = {},
                    std::string_view where = {}) const;
  /// set_memory_attributes2(file=g2, offset=0x1000, attributes=PRIVATE)
  std::string call(ir::ActionId action, std::span<const Datum> args) const;
  /// EAGAIN, error_offset=4096: the result and the outputs.
  std::string outcome(ir::ActionId action, std::uint64_t result,
                      std::span<const Datum> outputs) const;
  std::string errno_name(std::uint64_t result) const;
  /// set_attr2(gmem=g2, offset=0x1000, ...) = EAGAIN, error_offset=4096: a line of the trace.
  /// Fields that no rule reads are left out.
  std::string event(const Decoded& event) const;

 private:
  /// A member of an enum as traces write it.
  std::string word(const ir::Type& type, const Datum& value) const;
  const ir::Enum* flags_for(const ir::Type& type, std::string_view label,
                            std::string_view where) const;

  const ir::Module& module_;
  const NameTable& names_;
  const Bindings& bindings_;
};

/// 0x2000 from 4096 on if it is a multiple of 16, else decimal.
std::string number_text(std::uint64_t number);

}  // namespace gms::check
