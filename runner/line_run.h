// One line of a vector on its way from text to what was recorded: checked, made, told.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "runner/call.h"
#include "runner/executor.h"
#include "runner/op_table.h"

namespace gms::runner {

/// Which of the process's threads makes the call: 0 is the first one. Negative: the field 'tid' is
/// no such number.
int thread_of(const Line& line);

/// "meta" or "note".
bool is_no_call(const Line& line);

class LineRun {
 public:
  /// The line and the objects must outlive it.
  LineRun(const Line& line, Objects& objects, bool perform, int thread);

  /// Nothing is written down yet, so that threads lose no time between calls. False: `step` says
  /// why.
  bool make();
  /// To be asked once, after make().
  Step step(std::uint64_t seq, const Traits& traits) const;

  std::uint64_t begin() const { return call_ ? call_->result.begin : 0; }
  DescriptorUse use() const { return call_ ? call_->use : DescriptorUse{}; }

 private:
  void check_fields();
  Line recorded(std::uint64_t seq) const;
  /// Where the guest's accesses go through userspace_addr, they are accesses of the host to what is
  /// mapped there. Whatever else means nothing becomes a note, so that lines keep their numbers.
  Line judged(const Line& line, const Traits& traits) const;

  const Line& line_;
  bool perform_;
  const OpEntry* entry_ = nullptr;
  bool injection_ = false;
  std::unique_ptr<Call> call_;
  Step::Kind kind_ = Step::Kind::kRecorded;
  std::string message_;  // of what is broken or lacking
};

}  // namespace gms::runner
