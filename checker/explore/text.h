// Objects and calls as text: objects that no trace has named are called by their domain and number.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "checker/conform/names.h"
#include "checker/explore/explore.h"
#include "checker/report/print.h"

namespace gms::check {

/// fd1, mapping2: gives each object that is met its name.
class Objects {
 public:
  explicit Objects(const ir::Module& module) : m_(module) {}
  void meet(const ir::Type& type, const Datum& value);
  /// Another name, for an object that was not met yet.
  void name(const ir::Type& type, const Datum& value, const std::string& name);
  /// As Printer::value.
  std::string text(const ir::Type& type, const Datum& value, std::string_view label = {},
                   std::string_view where = {});
  Printer printer() const { return {m_, names_, bindings_}; }

 private:
  const ir::Module& m_;
  NameTable names_;
  Bindings bindings_;
  std::set<std::pair<ir::DomainId, std::uint64_t>> known_;
};

/// close(proc=process1, fd=fd1)
std::string call_text(const ir::Module& module, Objects& objects, ir::ActionId action,
                      const std::vector<Datum>& args);
/// close(proc=process1, fd=fd1) = EBADF  [no_fd]
std::string call_text(const ir::Module& module, Objects& objects, const RunCall& call);

}  // namespace gms::check
