// A call of a trace that outlives the reader's buffers.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/trace/record.h"
#include "model/runtime/engine.h"

namespace gms::check::linearize {

class KeptCall {
 public:
  /// `end` >= `begin`.
  KeptCall(const Record& record, std::uint32_t the_event, std::uint64_t the_thread,
           std::uint64_t the_begin, std::uint64_t the_end);
  KeptCall(const KeptCall&) = delete;
  KeptCall& operator=(const KeptCall&) = delete;
  ~KeptCall() = default;

  std::uint64_t line = 0, thread = 0, begin = 0, end = 0;
  std::uint32_t event = 0;

  /// Whether it took effect before the other one, whatever the order of those that overlap.
  bool precedes(const KeptCall& other) const {
    return end < other.begin || (thread == other.thread && line < other.line);
  }

  /// Its fields, laid out in `slots` until clear().
  model::EventInput lay_out(std::vector<Value>& slots) const;
  void clear(std::vector<Value>& slots) const;

 private:
  Value own(const Value& value);
  std::span<const Value> own(std::span<const Value> elements);

  std::vector<std::pair<FieldIndex, Value>> fields_;
  std::vector<std::uint64_t> presence_;
  bool has_unknown_ = false;
  std::string text_;             // all strings; what points into it is not moved
  std::vector<Value> elements_;  // of all arrays
};
using Call = std::shared_ptr<const KeptCall>;

}  // namespace gms::check::linearize
