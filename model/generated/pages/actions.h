// Actions of pages.
#pragma once

#include <tuple>

#include "model/generated/pages/clauses.h"
#include "model/generated/pages/state.h"
#include "model/runtime/choice.h"

namespace gms::model::pages {

struct CreateOutputs {
  Inode i;
  auto fields() const { return std::tie(i); }
};
template <class Chooser>
Clause create(State& s, Chooser& choose, Page n, CreateOutputs& out);

struct SpawnOutputs {
  Process m;
  auto fields() const { return std::tie(m); }
};
template <class Chooser>
Clause spawn(State& s, Chooser& choose, SpawnOutputs& out);

struct ConvertOutputs {
  Optional<Page> at;
  auto fields() const { return std::tie(at); }
};
template <class Chooser>
Clause convert(State& s, Chooser& choose, Inode i, Page lo, Page hi, Sharing want,
               ConvertOutputs& out);

struct AllocateOutputs {
  Optional<Page> n;
  auto fields() const { return std::tie(n); }
};
template <class Chooser>
Clause allocate(State& s, Chooser& choose, Inode i, Page lo, Page hi, AllocateOutputs& out);

template <class Chooser>
Clause punch(State& s, Chooser& choose, Inode i, Page lo, Page hi);

template <class Chooser>
Clause map(State& s, Chooser& choose, Process m, Inode i, Page lo, Page hi);

struct PinOutputs {
  Pin k;
  auto fields() const { return std::tie(k); }
};
template <class Chooser>
Clause pin(State& s, Chooser& choose, Inode i, Page lo, Page hi, PinOutputs& out);

template <class Chooser>
Clause unpin(State& s, Chooser& choose, Pin k);

template <class Chooser>
Clause write(State& s, Chooser& choose, Inode i, Page p, std::uint16_t b, Lazy<std::uint8_t> v);

struct ReadOutputs {
  Lazy<Optional<std::uint8_t>> v = Optional<std::uint8_t>{};
  auto fields() const { return std::tie(v); }
};
template <class Chooser>
Clause read(State& s, Chooser& choose, Inode i, Page p, std::uint16_t b, ReadOutputs& out);

struct ShowOutputs {
  Lazy<Optional<std::uint64_t>> pfn = Optional<std::uint64_t>{};
  auto fields() const { return std::tie(pfn); }
};
template <class Chooser>
Clause show(State& s, Chooser& choose, Inode i, Page p, ShowOutputs& out);

}  // namespace gms::model::pages
