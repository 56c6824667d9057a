// Actions of linux_6_18.
#include "model/generated/linux_6_18/actions.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/generated/linux_6_18/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// One byte of the page is read by the kernel.
/// (get_user_pages_remote)
// linux_6_18/access_paths.gms:7
template <class Chooser>
Clause kernel_read(State& s, Chooser&, Process proc, Mapping m, MapPage at, AccessPath path) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)));
  const PopulateResults populate_results =
      populate(s, proc, m, at, 1,
               path == AccessPath::kCopyUser   ? Need::kLoad
               : path == AccessPath::kRemoteVm ? Need::kGupRead
                                               : Need::kForcedRead);
  // no_page_proc_mem, linux_6_18/access_paths.gms:10
  if (populate_results.got == 0 && path == AccessPath::kProcMem)
    return Clause::kKernelReadNoPageProcMem;
  // no_page, linux_6_18/access_paths.gms:11
  if (populate_results.got == 0) return Clause::kKernelReadNoPage;
  return Clause::kKernelReadOk;
}

/// Byte 0 of the page is written by the kernel, with a value that the log does not show.
/// (get_user_pages_remote)
// linux_6_18/access_paths.gms:16
template <class Chooser>
Clause kernel_write(State& s, Chooser&, Process proc, Mapping m, MapPage at, AccessPath path) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.content.spot(s.map_inode(m).value(), file_page(s, m, at), 0));
  const PopulateResults populate_results = populate(s, proc, m, at, 1, Need::kStore);
  // no_page_proc_mem, linux_6_18/access_paths.gms:19
  if (populate_results.got == 0 && path == AccessPath::kProcMem)
    return Clause::kKernelWriteNoPageProcMem;
  // no_page, linux_6_18/access_paths.gms:20
  if (populate_results.got == 0) return Clause::kKernelWriteNoPage;
  s.content.at(s.map_inode(m).value(), file_page(s, m, at), 0) = Lazy<std::uint8_t>::unknown();
  return Clause::kKernelWriteOk;
}

/// mlock of one page. It does not make the page busy.
/// (__mm_populate)
// linux_6_18/access_paths.gms:26
template <class Chooser>
Clause mlock(State& s, Chooser&, Process proc, Mapping m, MapPage at) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.locked.spot(proc, m, at),
         s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)));
  // not_mapped, linux_6_18/access_paths.gms:28
  if (!s.vma(proc, m, at)) return Clause::kMlockNotMapped;
  s.locked.at(proc, m, at) = true;
  // unmapped_meanwhile, linux_6_18/access_paths.gms:32: only when calls overlap.
  const PopulateResults populate_results = populate(s, proc, m, at, 1, Need::kLoad);
  // no_page, linux_6_18/access_paths.gms:36
  if (populate_results.got == 0 && s.vma(proc, m, at)) return Clause::kMlockNoPage;
  return Clause::kMlockOk;
}

/// munlock of one page
/// (apply_vma_lock_flags)
// linux_6_18/access_paths.gms:41
template <class Chooser>
Clause munlock(State& s, Chooser&, Process proc, Mapping m, MapPage at) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.locked.spot(proc, m, at));
  // not_mapped, linux_6_18/access_paths.gms:42
  if (!s.vma(proc, m, at)) return Clause::kMunlockNotMapped;
  // vma_gone, linux_6_18/access_paths.gms:43: only when calls overlap.
  s.locked.at(proc, m, at) = false;
  return Clause::kMunlockOk;
}

/// msync of one page: the file has no fsync.
/// (vfs_fsync_range)
// linux_6_18/access_paths.gms:49
template <class Chooser>
Clause msync(State& s, Chooser&, Process proc, Mapping m, MapPage at) {
  // not_mapped, linux_6_18/access_paths.gms:50
  if (!s.vma(proc, m, at)) return Clause::kMsyncNotMapped;
  // vma_gone, linux_6_18/access_paths.gms:51: only when calls overlap.
  // no_fsync, linux_6_18/access_paths.gms:53
  return Clause::kMsyncNoFsync;
}

/// mincore of one page
/// (mincore_page)
// linux_6_18/access_paths.gms:57
template <class Chooser>
Clause mincore(State& s, Chooser&, Process proc, Mapping m, MapPage at, MincoreOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)));
  // not_mapped, linux_6_18/access_paths.gms:58
  if (!s.vma(proc, m, at)) return Clause::kMincoreNotMapped;
  // vma_gone, linux_6_18/access_paths.gms:59: only when calls overlap.
  out.resident = s.uptodate(s.map_inode(m).value(), file_page(s, m, at));
  return Clause::kMincoreOk;
}

/// madvise of one page
/// (do_madvise)
// linux_6_18/access_paths.gms:78
template <class Chooser>
Clause madvise(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
               std::uint32_t advice) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.locked.spot(proc, m, at), s.prot.spot(proc, m, at),
         s.vma.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.prot.spot(proc, m, (at <= 0 ? std::uint64_t{0} : at)),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.content.spot(s.map_inode(m).value(),
                        (wrap<52>(static_cast<std::uint64_t>(
                                      static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                  12) <= 0
                             ? std::uint64_t{0}
                             : wrap<52>(static_cast<std::uint64_t>(
                                            static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                        12)),
                        0),
         s.frame.spot(s.map_inode(m).value(),
                      (wrap<52>(static_cast<std::uint64_t>(
                                    static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                12) <= 0
                           ? std::uint64_t{0}
                           : wrap<52>(static_cast<std::uint64_t>(
                                          static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                      12))),
         s.cached.spot(s.map_inode(m).value(),
                       (wrap<52>(static_cast<std::uint64_t>(
                                     static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                 12) <= 0
                            ? std::uint64_t{0}
                            : wrap<52>(static_cast<std::uint64_t>(
                                           static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                       12))),
         s.partly_filled.spot(s.map_inode(m).value(),
                              (wrap<52>(static_cast<std::uint64_t>(
                                            static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                        12) <= 0
                                   ? std::uint64_t{0}
                                   : wrap<52>(static_cast<std::uint64_t>(static_cast<std::int64_t>(
                                                  file_page(s, m, at) << 12)) >>
                                              12))),
         s.uptodate.spot(s.map_inode(m).value(),
                         (wrap<52>(static_cast<std::uint64_t>(
                                       static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                   12) <= 0
                              ? std::uint64_t{0}
                              : wrap<52>(static_cast<std::uint64_t>(static_cast<std::int64_t>(
                                             file_page(s, m, at) << 12)) >>
                                         12))),
         s.partly_filled.spot(s.map_inode(m).value(),
                              wrap<52>(static_cast<std::uint64_t>(
                                           static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                       12)),
         s.cached.spot(s.map_inode(m).value(),
                       wrap<52>(static_cast<std::uint64_t>(
                                    static_cast<std::int64_t>(file_page(s, m, at) << 12)) >>
                                12)));
  // no_ksm, linux_6_18/access_paths.gms:79
  if ((advice == 12 || advice == 13) && !s.params.ksm) return Clause::kMadviseNoKsm;
  // unknown_advice, linux_6_18/access_paths.gms:80
  if (!is_hint(s, advice) && !drops_entries(s, advice) && advice != 8 && advice != 9 &&
      advice != 21 && advice != 22 && advice != 23)
    return Clause::kMadviseUnknownAdvice;
  // not_mapped, linux_6_18/access_paths.gms:84
  if (!s.vma(proc, m, at)) return Clause::kMadviseNotMapped;
  // vma_gone, linux_6_18/access_paths.gms:85: only when calls overlap.
  // locked_vma, linux_6_18/access_paths.gms:87
  if (s.locked(proc, m, at) && (advice == 4 || advice == 9 || advice == 20 || advice == 21))
    return Clause::kMadviseLockedVma;
  // anonymous_only, linux_6_18/access_paths.gms:89
  if (advice == 8) return Clause::kMadviseAnonymousOnly;
  const Inode inode = s.map_inode(m).value();
  const Page p = file_page(s, m, at);
  if (advice == 22 || advice == 23) {
    const Need need = advice == 23 ? Need::kStore : Need::kGupRead;
    // protected, linux_6_18/access_paths.gms:95
    if (!allows(s, s.prot(proc, m, at), need)) return Clause::kMadviseProtected;
    const PopulateResults populate_results = populate(s, proc, m, at, 1, need);
    // no_page, linux_6_18/access_paths.gms:97
    if (populate_results.got == 0) return Clause::kMadviseNoPage;
    // populated, linux_6_18/access_paths.gms:98
    return Clause::kMadvisePopulated;
  }
  if (drops_entries(s, advice)) {
    s.mapped.at(proc, m, p) = false;
  }
  if (advice == 21) {
    bool reclaimed = false;
    if (!choose.pick(whole(1), reclaimed, [&](bool) { return true; })) return Clause::kImpossible;
    if (reclaimed) {
      s.mapped.at(proc, m, p) = false;
    }
  }
  if (advice == 9) {
    if (const Clause exit =
            fallocate_inode(s, choose, inode, 3, static_cast<std::int64_t>(p << 12), 4096, false);
        exit != Clause::kNone)
      return exit;
    // removed, linux_6_18/access_paths.gms:109
    return Clause::kMadviseRemoved;
  }
  return Clause::kMadviseOk;
}

template Clause kernel_read(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                            AccessPath path);
template Clause kernel_read(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                            AccessPath path);
template Clause kernel_write(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                             AccessPath path);
template Clause kernel_write(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                             AccessPath path);
template Clause mlock(State& s, Follow& choose, Process proc, Mapping m, MapPage at);
template Clause mlock(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at);
template Clause munlock(State& s, Follow& choose, Process proc, Mapping m, MapPage at);
template Clause munlock(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at);
template Clause msync(State& s, Follow& choose, Process proc, Mapping m, MapPage at);
template Clause msync(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at);
template Clause mincore(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                        MincoreOutputs& out);
template Clause mincore(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                        MincoreOutputs& out);
template Clause madvise(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                        std::uint32_t advice);
template Clause madvise(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                        std::uint32_t advice);

}  // namespace gms::model::linux_6_18
