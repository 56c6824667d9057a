// The state functions of pages.
#pragma once

#include <tuple>

#include "model/generated/pages/types.h"
#include "model/runtime/function.h"
#include "model/runtime/lazy.h"
#include "model/runtime/optional.h"

namespace gms::model::pages {

using Base = StateBase<InodeTag, PinTag, ProcessTag>;

struct State : Base {
  const Params params;

  Function<Base, Page, Inode> npages{*this, 0};
  Function<Base, Sharing, Inode, Bits<52, Page>> sharing{*this, Sharing::kShared};
  Function<Base, bool, Inode, Bits<52, Page>> cached{*this, false};
  Function<Base, Lazy<std::uint8_t>, Inode, Bits<52, Page>, Bits<12, std::uint16_t>> content{*this,
                                                                                             0};
  Function<Base, Lazy<Optional<std::uint64_t>>, Inode, Bits<52, Page>> frame{
      *this, Optional<std::uint64_t>{}};
  Function<Base, Hold, Pin, Bits<52, Page>> hold{*this, Hold::kNone};
  Function<Base, Optional<Inode>, Pin> pinned{*this, Optional<Inode>{}};
  Function<Base, Lazy<std::uint8_t>, Pin, Bits<52, Page>> orphan_byte{*this, 0};
  Function<Base, Lazy<bool>, Process, Inode, Bits<52, Page>> mapped{*this, false};
  Function<Base, Optional<Inode>> newest{*this, Optional<Inode>{}};

  auto functions() {
    return std::tie(npages, sharing, cached, content, frame, hold, pinned, orphan_byte, mapped,
                    newest);
  }
  auto functions() const {
    return std::tie(npages, sharing, cached, content, frame, hold, pinned, orphan_byte, mapped,
                    newest);
  }

  explicit State(const Params& the_params);
  State(const State& other);
  State& operator=(const State&) = delete;
  ~State();
  friend bool operator==(const State& a, const State& b);
};

// Ends an object and everything that is keyed by it. Nothing if it is not live.
void destroy(State& s, Inode inode);
void destroy(State& s, Pin pin);
void destroy(State& s, Process process);

}  // namespace gms::model::pages
