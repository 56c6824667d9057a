// Actions of linux_7_1.
#include "model/generated/linux_7_1/actions.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// fallocate(2)
/// (ksys_fallocate)
// linux_6_18/fallocate.gms:44
template <class Chooser>
Clause fallocate(State& s, Chooser& choose, Process proc, Optional<Fd> fd, std::uint32_t mode,
                 std::int64_t offset, std::int64_t length, bool injected) {
  // What is looked at below.
  expect(s.content.spot(s.fd_inode(fd.value()).value(),
                        (wrap<52>(static_cast<std::uint64_t>(offset) >> 12) <= 0
                             ? std::uint64_t{0}
                             : wrap<52>(static_cast<std::uint64_t>(offset) >> 12)),
                        0),
         s.frame.spot(s.fd_inode(fd.value()).value(),
                      (wrap<52>(static_cast<std::uint64_t>(offset) >> 12) <= 0
                           ? std::uint64_t{0}
                           : wrap<52>(static_cast<std::uint64_t>(offset) >> 12))),
         s.cached.spot(s.fd_inode(fd.value()).value(),
                       (wrap<52>(static_cast<std::uint64_t>(offset) >> 12) <= 0
                            ? std::uint64_t{0}
                            : wrap<52>(static_cast<std::uint64_t>(offset) >> 12))),
         s.partly_filled.spot(s.fd_inode(fd.value()).value(),
                              (wrap<52>(static_cast<std::uint64_t>(offset) >> 12) <= 0
                                   ? std::uint64_t{0}
                                   : wrap<52>(static_cast<std::uint64_t>(offset) >> 12))),
         s.uptodate.spot(s.fd_inode(fd.value()).value(),
                         (wrap<52>(static_cast<std::uint64_t>(offset) >> 12) <= 0
                              ? std::uint64_t{0}
                              : wrap<52>(static_cast<std::uint64_t>(offset) >> 12))),
         s.partly_filled.spot(s.fd_inode(fd.value()).value(),
                              wrap<52>(static_cast<std::uint64_t>(offset) >> 12)),
         s.cached.spot(s.fd_inode(fd.value()).value(),
                       wrap<52>(static_cast<std::uint64_t>(offset) >> 12)));
  // no_fd, linux_6_18/fallocate.gms:46
  if (!is_open(s, proc, fd)) return Clause::kFallocateNoFd;
  // not_gmem, linux_6_18/fallocate.gms:47
  if (!s.fd_inode(fd.value()).has_value()) return Clause::kFallocateNotGmem;
  const Inode inode = s.fd_inode(fd.value()).value();
  if (const Clause exit = fallocate_inode(s, choose, inode, mode, offset, length, injected);
      exit != Clause::kNone)
    return exit;
  return Clause::kFallocateOk;
}

template Clause fallocate(State& s, Follow& choose, Process proc, Optional<Fd> fd,
                          std::uint32_t mode, std::int64_t offset, std::int64_t length,
                          bool injected);
template Clause fallocate(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                          std::uint32_t mode, std::int64_t offset, std::int64_t length,
                          bool injected);

}  // namespace gms::model::linux_7_1
