/// Every construct of the language once, in the layout of the printer.
/// It means nothing.
///
/// A third paragraph.
spec everything extends base
link "https://example.org/mail?id=1"
link "a \"quoted\" link, a \\ and a \ttab"

include "part.gms"

fields seq, tid, fault.flags, result

/// The size of a page.
const PAGE_SIZE : u64 = 4_096

const MASK : u64 = ~(PAGE_SIZE - 1) & 0xffff_ffff

/// Who may see a page.
enum Sharing {
  /// everybody
  shared,
  private = 1 + 1 "priv" "PRIVATE",
  ok,
}

flags Attr : u64 {
  NONE = 0,
  /// as in the kernel
  PRIVATE = 1 << 3,
}

struct UserArg {
  /// whether the kernel can read it
  readable : bool,
  size : u64,
}

domain File, Inode, Mapping, Pin

index Page : u52

param order : u6 = 0
param levels : u8 = (1 + 2) in [1, 2, 3]

quirk stale_mmio

lock slots
rw lock invalidate_lock : [Inode]

state sharing : [Inode, Page] -> Sharing
state inode_of : [File] -> Inode?
state newest : File? = none
ghost state count : u64 = 0

fn busy(i : Inode, p : Page) -> bool = cached[i, p] and some k of Pin : hold[k, p] == live

fn noted(
  /// the page
  p : Page,
  q : Page,
) -> Page = if p < q then p else if q < p then q else min(p, q)

/// Fills what is not there.
procedure fill(inode : Inode, pages : range Page) returns (done : u64, more : bool) [source, kvm_gmem_fill, "v7"] {
  for p in pages where not cached[inode, p] {
    content[inode, p, *] = 0
    frame[inode, p] = any
    cached[inode, p] = true
  }
  return (len(pages), false) if empty(pages)
  return
  return (1, true)
}

/// KVM_SET_MEMORY_ATTRIBUTES2
action set_attributes(fd : File?, offset : u64, flags : u64, inout error_offset : u64) returns (value : u8?) [source, kvm_gmem_set_attributes] {
  /// The descriptor.
  bad_fd [trace, fdget]: let file = fd else fail EBADF
  let inode : Inode? = inode_of[file]!
  bad_flags [patch, "only a note"]: fail EINVAL if flags != 0
  let (done, more) = fill(inode!, a ..< b, inode = inode)
  call fill(any, x = any)
  update sharing[inode, *] = private
  value = any
  orphan[k, p] = content[inode, p, 0] for k of Pin, p in pages where hold[k, p] == live
  choose n : u52 in lo ..< hi where n != 3
  choose m : u8
  require done <= n
  create k : Pin
  destroy k
  hold exclusive invalidate_lock[inode, 0] {
    already: succeed if all p in pages : sharing[inode, p] == want
    may fail ENOMEM if injected with error_offset = offset, value = 3 when raced
    zapping: if want == private {
      step zap {
        mapped[*, pages] = false
      }
    } else if want == shared {
      step {
      } linearize
    } else {
    }
    scan p in pages ascending {
      busy: fail EAGAIN if busy(inode, p) with error_offset = u64(p) * PAGE_SIZE
    }
    scan q in pages descending {
      fail EIO
    }
    each s in pages where s > 3 {
      step drop_it {
        mapped[s, s] = false
      }
    }
  }
  acquire shared slots
  release slots[1, 2]
  sample seen = sequence
  retry if seen != sequence
  retry
  await not locked or x!.field.lo == -1
  succeed
}

hidden budget 2 action reclaim(
  /// which
  i : Inode,
) returns (
  /// whether
  done : bool,
) {
}

in set_attributes {
  before bad_flags:
    /// Checked first.
    fresh: fail EPERM if never
  after already:
    value = 1
  first:
    require true
  last:
    require false
  drop zap
  swap bad_fd, bad_flags
  replace busy:
    busy: fail EBUSY
}

invariant exclusive :
  all a of Mapping, p in lo ..< hi : mapped[a, p] implies (b implies c) implies d

lemma helper [expect refuted "known"] :
  (a implies b) implies not (x or y) and not z

property atomic on set_attributes, reclaim :
  result == ok and exit(busy) implies sharing'[i, p] == live'(k)

property frame on all [expect refuted "the zap"] :
  x' == x

cover busy_seen on set_attributes :
  exit(busy)

cover both :
  some p of Page : p in r and q not in r

law idempotent(a : File, n : u64) [expect refuted "no"] {
  assume n > 0 and (a + b) * c - (d - e) << 1 == x & y | z ^ w
  {
    act(a, n) -> ok
    let (v, w) = act(a, n = 3) -> EAGAIN
  }
  same {
    act(a, n) -> ok
  }
  agree sharing, mapped
}

law ends() {
  {
    act()
  }
  then first p in r : (all q in r : q < p) or p == 0
}

drop invariant old_one
drop action old_action

expect refuted exclusive "because"
expect proved helper

expect finding "call-accepted" on unlock "a flag"
expect verdict "compatible"

/// A line of the trace.
event set_attr2(gmem : Fd or FdWord, at : Map + u64 or MapWord, offset : u64, vm : Vm? = none else make_vm(any, n = 2), injected : bool = false, byte : u8? = any, values : [v : u8?], ptes : [present : bool, pfn : u64?], fault.in : u8) {
  set_attributes(fd = gmem, offset = offset) observes result = errno, value = byte if errno == ok, k named fault.pin
  if injected {
    for i in values {
      host_read(m, i, v)
    }
  } else if x {
    reject "not judged: \"x\""
  } else {
    reject "no"
  }
}

event noted(
  /// the name
  name : u64,
) {
}

event meta ignored
event note ignored
