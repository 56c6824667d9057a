// Actions of pages.
#include "model/generated/pages/actions.h"

#include "model/generated/pages/functions.h"
#include "model/generated/pages/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::pages {

template <class Chooser>
Clause create(State& s, Chooser&, Page n, CreateOutputs& out) {
  out = {};
  const Inode h = s.create<Inode>();
  s.npages.at(h) = n;
  s.newest.at() = h;
  out.i = h;
  return Clause::kCreateOk;
}

template <class Chooser>
Clause spawn(State& s, Chooser&, SpawnOutputs& out) {
  out = {};
  const Process h = s.create<Process>();
  out.m = h;
  return Clause::kSpawnOk;
}

template <class Chooser>
Clause convert(State& s, Chooser&, Inode i, Page lo, Page hi, Sharing want, ConvertOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.sharing.spot(i, lo));
  // bad_range
  if (!(lo < hi && hi <= s.npages(i))) return Clause::kConvertBadRange;
  // equal
  if (all(stretch(lo, hi), [&](Cursor p) { return s.sharing(i, p) == want; }))
    return Clause::kConvertEqual;
  // raced: only when calls overlap.
  if (want == Sharing::kPrivate) {
    for (const Process m : s.all<Process>()) {
      s.mapped.at(m, i, stretch(lo, hi)) = false;
    }
    const Optional<Page> r_first = first(stretch(lo, hi), [&](Cursor r) { return busy(s, i, r); });
    const Page r = r_first.value();
    // busy
    if (r_first.has_value()) {
      out.at = r;
      return Clause::kConvertBusy;
    }
  }
  s.sharing.at(i, stretch(lo, hi)) = want;
  return Clause::kConvertOk;
}

template <class Chooser>
Clause allocate(State& s, Chooser& choose, Inode i, Page lo, Page hi, AllocateOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.cached.spot(i, lo), s.frame.spot(i, lo));
  Page done = 0;
  if (!choose.pick(stretch(0, wrap<52>(wrap<52>(hi - lo) + 1)), done,
                   [&](Page) { return lo <= hi; }))
    return Clause::kImpossible;
  FillResults fill_results;
  if (const Clause exit = fill(s, choose, i, lo, wrap<52>(lo + done), fill_results);
      exit != Clause::kNone)
    return exit;
  // EINTR.1
  if (done < wrap<52>(hi - lo) && choose.may(Errno::kEINTR)) {
    out.n = done;
    return Clause::kAllocateEINTR1;
  }
  // Otherwise this run does not exist.
  if (!(done == wrap<52>(hi - lo))) return Clause::kImpossible;
  out.n = done;
  return Clause::kAllocateOk;
}

template <class Chooser>
Clause punch(State& s, Chooser&, Inode i, Page lo, Page hi) {
  // What is looked at below.
  expect(s.content.spot(i, lo, 0), s.cached.spot(i, lo), s.frame.spot(i, lo));
  for (const Pin k : s.all<Pin>()) {
    for_each_stretch(stretch(lo, hi), [&](Cursor p) {
      if (s.pinned(k) == i && s.hold(k, p) == Hold::kLive) {
        const Lazy<std::uint8_t> new_orphan_byte = s.copied(s.content(i, p, 0));
        s.orphan_byte.at(k, p.covered()) = new_orphan_byte;
        s.hold.at(k, p.covered()) = Hold::kOrphan;
      }
    });
  }
  for (const Process m : s.all<Process>()) {
    if (s.is_live(i)) {
      s.mapped.at(m, i, stretch(lo, hi)) = false;
    }
  }
  const Stretch r = stretch(lo, hi);
  s.content.at(i, r, whole(12)) = 0;
  s.cached.at(i, r) = false;
  s.frame.at(i, r) = Optional<std::uint64_t>{};
  return Clause::kPunchOk;
}

template <class Chooser>
Clause map(State& s, Chooser&, Process m, Inode i, Page lo, Page hi) {
  // What is looked at below.
  expect(s.mapped.spot(m, i, lo), s.sharing.spot(i, lo));
  for_each_stretch(stretch(lo, hi), [&](Cursor p) {
    if (s.sharing(i, p) == Sharing::kShared) {
      s.mapped.at(m, i, p.covered()) = true;
    }
  });
  return Clause::kMapOk;
}

template <class Chooser>
Clause pin(State& s, Chooser&, Inode i, Page lo, Page hi, PinOutputs& out) {
  out = {};
  const Pin h = s.create<Pin>();
  const Stretch p = stretch(lo, hi);
  if (!p.empty()) s.pinned.at(h) = i;
  s.hold.at(h, p) = Hold::kLive;
  out.k = h;
  return Clause::kPinOk;
}

template <class Chooser>
Clause unpin(State& s, Chooser&, Pin k) {
  destroy(s, k);
  return Clause::kUnpinOk;
}

template <class Chooser>
Clause write(State& s, Chooser&, Inode i, Page p, std::uint16_t b, Lazy<std::uint8_t> v) {
  s.content.at(i, p, b) = v;
  return Clause::kWriteOk;
}

template <class Chooser>
Clause read(State& s, Chooser&, Inode i, Page p, std::uint16_t b, ReadOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.cached.spot(i, p), s.content.spot(i, p, b));
  out.v = s.cached(i, p)
              ? Lazy<Optional<std::uint8_t>>(lift(
                    [&](std::uint8_t a) { return Optional<std::uint8_t>(a); }, s.content(i, p, b)))
              : Lazy<Optional<std::uint8_t>>(Optional<std::uint8_t>{});
  return Clause::kReadOk;
}

template <class Chooser>
Clause show(State& s, Chooser&, Inode i, Page p, ShowOutputs& out) {
  out = {};
  out.pfn = s.frame(i, p);
  return Clause::kShowOk;
}

template Clause create(State& s, Follow& choose, Page n, CreateOutputs& out);
template Clause create(State& s, Enumerate& choose, Page n, CreateOutputs& out);
template Clause spawn(State& s, Follow& choose, SpawnOutputs& out);
template Clause spawn(State& s, Enumerate& choose, SpawnOutputs& out);
template Clause convert(State& s, Follow& choose, Inode i, Page lo, Page hi, Sharing want,
                        ConvertOutputs& out);
template Clause convert(State& s, Enumerate& choose, Inode i, Page lo, Page hi, Sharing want,
                        ConvertOutputs& out);
template Clause allocate(State& s, Follow& choose, Inode i, Page lo, Page hi, AllocateOutputs& out);
template Clause allocate(State& s, Enumerate& choose, Inode i, Page lo, Page hi,
                         AllocateOutputs& out);
template Clause punch(State& s, Follow& choose, Inode i, Page lo, Page hi);
template Clause punch(State& s, Enumerate& choose, Inode i, Page lo, Page hi);
template Clause map(State& s, Follow& choose, Process m, Inode i, Page lo, Page hi);
template Clause map(State& s, Enumerate& choose, Process m, Inode i, Page lo, Page hi);
template Clause pin(State& s, Follow& choose, Inode i, Page lo, Page hi, PinOutputs& out);
template Clause pin(State& s, Enumerate& choose, Inode i, Page lo, Page hi, PinOutputs& out);
template Clause unpin(State& s, Follow& choose, Pin k);
template Clause unpin(State& s, Enumerate& choose, Pin k);
template Clause write(State& s, Follow& choose, Inode i, Page p, std::uint16_t b,
                      Lazy<std::uint8_t> v);
template Clause write(State& s, Enumerate& choose, Inode i, Page p, std::uint16_t b,
                      Lazy<std::uint8_t> v);
template Clause read(State& s, Follow& choose, Inode i, Page p, std::uint16_t b, ReadOutputs& out);
template Clause read(State& s, Enumerate& choose, Inode i, Page p, std::uint16_t b,
                     ReadOutputs& out);
template Clause show(State& s, Follow& choose, Inode i, Page p, ShowOutputs& out);
template Clause show(State& s, Enumerate& choose, Inode i, Page p, ShowOutputs& out);

}  // namespace gms::model::pages
