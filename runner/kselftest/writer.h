// One vector while it is written as statements in C: its variables, and what is known of them
// before anything is called.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runner/call.h"
#include "runner/kselftest/expected.h"

namespace gms::runner {

/// A VM: which of its descriptors is open, and its vCPU.
struct Machine {
  std::string descriptor;  // the variable; empty: closed
  std::string vcpu;        // the variable
  bool has_vcpu = false;   // the guest's code has its slot and its address
};

struct Variable {
  enum class Made { kNever, kPerhaps, kSurely };
  Object::Kind kind = Object::Kind::kDescriptor;
  std::string name;  // in C
  Made made = Made::kSurely;
  bool closed = false;
  std::uint64_t pages = 0;     // of a mapping that was surely made: what is certainly its own
  Machine* machine = nullptr;  // of a VM's descriptor
};

class Writer {
 public:
  /// The next statements make a call that is expected to end so.
  void begin(const Expected& expected) { expected_ = expected; }

  // ---- Statements ----

  // Nothing is written after the end.
  void say(const std::string& statement) { append("  " + statement + '\n'); }
  void blank_line() { append("\n"); }
  /// `&r` is passed otherwise than by `call`.
  void uses_result() { calls_ = true; }
  void call(std::string_view function, std::vector<std::string> arguments);
  /// The test ends here, skipped, if the condition does not hold.
  void need(const std::string& condition, const std::string& lacking);
  /// What this kernel lacks if the condition does not hold; counts if the call ends otherwise.
  void needs(const std::string& condition, const std::string& what);
  /// After the call.
  void check(std::string_view macro, const Expected& expected);
  /// The test always ends here.
  void skip(const std::string& reason);
  bool over() const { return over_; }

  // ---- Objects ----

  /// The variable for what this call makes.
  Variable& made(Call& call, std::string_view field, Object::Kind kind);
  /// Null after the test was made to end: no call made it.
  Variable* use(const std::string& name);
  /// The number behind a name or a word; -1 for what is closed.
  std::string descriptor(Call& call, std::string_view field, bool words_too = false);
  /// The argument for a mapping whose pages are touched.
  std::string pages(Call& call, std::string_view field, std::uint64_t first, std::uint64_t count);
  /// userspace_addr.
  std::string address(const std::string& text, std::uint64_t size);
  Machine* newest_vm();
  Machine& new_vm(const Variable& descriptor);
  std::string newest_gmem, newest_mapping;  // names in the vector

  std::string text() const;

 private:
  std::string ordinary_memory(const std::string& name, std::uint64_t size);
  Variable& declare(const std::string& name, Object::Kind kind);
  void append(const std::string& text) {
    if (!over_) statements_ += text;
  }

  Expected expected_;
  bool over_ = false, calls_ = false;
  std::map<std::string, Variable> variables_;
  std::map<std::string, std::string> taken_;  // names in C, with those in the vector
  std::vector<std::unique_ptr<Machine>> machines_;
  std::vector<std::pair<std::string, std::string>> declarations_;  // of each name in C
  std::string statements_;
};

}  // namespace gms::runner
