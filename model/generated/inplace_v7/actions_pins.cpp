// Actions of inplace_v7.
#include "model/generated/inplace_v7/actions.h"

#include "model/generated/inplace_v7/functions.h"
#include "model/generated/inplace_v7/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::inplace_v7 {

/// vmsplice of `n` pages into a pipe, which of none takes nothing: short if a page after the first
/// cannot be had. (iter_to_pipe)
// linux_6_18/pins.gms:12
template <class Chooser>
Clause pin(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, std::uint64_t n,
           bool injected, PinOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)));
  // no_memory, linux_6_18/pins.gms:15
  if (faulty(s, injected) && choose.may(Errno::kENOMEM)) return Clause::kPinNoMemory;
  if (n == 0) {
    const Pin empty_pipe = s.create<Pin>();
    out.k = empty_pipe;
    out.bytes = 0;
    // nothing, linux_6_18/pins.gms:20
    return Clause::kPinNothing;
  }
  const PopulateResults populate_results = populate(s, proc, m, at, n, Need::kGupFast);
  // no_page, linux_6_18/pins.gms:23
  if (populate_results.got == 0) return Clause::kPinNoPage;
  const Pin p = s.create<Pin>();
  take(s, p, s.map_inode(m).value(), file_page(s, m, at), populate_results.got);
  out.k = p;
  out.bytes = populate_results.got << 12;
  return Clause::kPinOk;
}

/// Byte 0 of the `nth` page in the pipe
/// (copy_page_to_iter)
// linux_6_18/pins.gms:32
template <class Chooser>
Clause pin_byte(State& s, Chooser&, Pin k, std::uint64_t nth, PinByteOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.hold.spot(k, wrap<52>(s.pin_first(k) + wrap<52>(nth))),
         s.orphan_byte.spot(k, wrap<52>(s.pin_first(k) + wrap<52>(nth))),
         s.content.spot(s.pin_inode(k).value(), wrap<52>(s.pin_first(k) + wrap<52>(nth)), 0));
  // no_pin, linux_6_18/pins.gms:33
  if (!s.is_live(k)) return Clause::kPinByteNoPin;
  // no_page, linux_6_18/pins.gms:34
  if (wrap<52>(s.pin_end(k) - s.pin_first(k)) <= nth ||
      s.hold(k, wrap<52>(s.pin_first(k) + wrap<52>(nth))) == Hold::kAbsent)
    return Clause::kPinByteNoPage;
  const Page p = wrap<52>(s.pin_first(k) + wrap<52>(nth));
  if (s.hold(k, p) == Hold::kOrphan) {
    out.byte = s.orphan_byte(k, p);
  } else {
    out.byte = s.content(s.pin_inode(k).value(), p, 0);
  }
  return Clause::kPinByteOk;
}

/// The rest of a read of the pipe: each page that was read is given back.
/// (pipe_buf_release)
// linux_6_18/pins.gms:40
template <class Chooser>
Clause pin_drain(State& s, Chooser&, Pin k, PinDrainOutputs& out) {
  out = {};
  // no_pin, linux_6_18/pins.gms:41
  if (!s.is_live(k)) return Clause::kPinDrainNoPin;
  out.bytes = wrap<52>(s.pin_end(k) - s.pin_first(k)) << 12;
  s.hold.at(k, whole(52)) = Hold::kAbsent;
  s.pin_end.at(k) = s.pin_first(k);
  return Clause::kPinDrainOk;
}

/// The pipe is closed.
/// (free_pipe_info)
// linux_6_18/pins.gms:48
template <class Chooser>
Clause unpin(State& s, Chooser&, Pin k) {
  // no_pin, linux_6_18/pins.gms:49
  if (!s.is_live(k)) return Clause::kUnpinNoPin;
  if (s.ring_buffers() == k) {
    s.ring_buffers.at() = Optional<Pin>{};
  }
  destroy(s, k);
  return Clause::kUnpinOk;
}

/// IORING_REGISTER_BUFFERS: a long-term pin of all the pages or of none.
/// (io_sqe_buffer_register)
// linux_6_18/pins.gms:55
template <class Chooser>
Clause io_uring_register_buffers(State& s, Chooser&, Process proc, Mapping m, MapPage at,
                                 std::uint64_t n) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)));
  // registered, linux_6_18/pins.gms:57
  if (s.ring_buffers().has_value()) return Clause::kIoUringRegisterBuffersRegistered;
  // empty_buffer, linux_6_18/pins.gms:58
  if (n == 0) return Clause::kIoUringRegisterBuffersEmptyBuffer;
  const PopulateResults populate_results = populate(s, proc, m, at, n, Need::kStore);
  // no_page, linux_6_18/pins.gms:60
  if (populate_results.got != n) return Clause::kIoUringRegisterBuffersNoPage;
  const Pin p = s.create<Pin>();
  take(s, p, s.map_inode(m).value(), file_page(s, m, at), populate_results.got);
  s.ring_buffers.at() = p;
  return Clause::kIoUringRegisterBuffersOk;
}

/// IORING_UNREGISTER_BUFFERS
/// (io_sqe_buffers_unregister)
// linux_6_18/pins.gms:68
template <class Chooser>
Clause io_uring_unregister_buffers(State& s, Chooser&) {
  // none_registered, linux_6_18/pins.gms:69
  if (!s.ring_buffers().has_value()) return Clause::kIoUringUnregisterBuffersNoneRegistered;
  const Pin p = s.ring_buffers().value();
  s.ring_buffers.at() = Optional<Pin>{};
  destroy(s, p);
  return Clause::kIoUringUnregisterBuffersOk;
}

/// io_uring_setup: a ring without buffers, the one that is used from now on. Buffers of an older
/// one stay registered with it.
// linux_6_18/pins.gms:76
template <class Chooser>
Clause io_uring_setup(State& s, Chooser&) {
  s.ring_buffers.at() = Optional<Pin>{};
  return Clause::kIoUringSetupOk;
}

template Clause pin(State& s, Follow& choose, Process proc, Mapping m, MapPage at, std::uint64_t n,
                    bool injected, PinOutputs& out);
template Clause pin(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                    std::uint64_t n, bool injected, PinOutputs& out);
template Clause pin_byte(State& s, Follow& choose, Pin k, std::uint64_t nth, PinByteOutputs& out);
template Clause pin_byte(State& s, Enumerate& choose, Pin k, std::uint64_t nth,
                         PinByteOutputs& out);
template Clause pin_drain(State& s, Follow& choose, Pin k, PinDrainOutputs& out);
template Clause pin_drain(State& s, Enumerate& choose, Pin k, PinDrainOutputs& out);
template Clause unpin(State& s, Follow& choose, Pin k);
template Clause unpin(State& s, Enumerate& choose, Pin k);
template Clause io_uring_register_buffers(State& s, Follow& choose, Process proc, Mapping m,
                                          MapPage at, std::uint64_t n);
template Clause io_uring_register_buffers(State& s, Enumerate& choose, Process proc, Mapping m,
                                          MapPage at, std::uint64_t n);
template Clause io_uring_unregister_buffers(State& s, Follow& choose);
template Clause io_uring_unregister_buffers(State& s, Enumerate& choose);
template Clause io_uring_setup(State& s, Follow& choose);
template Clause io_uring_setup(State& s, Enumerate& choose);

}  // namespace gms::model::inplace_v7
